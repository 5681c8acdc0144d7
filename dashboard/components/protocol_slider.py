"""A whole number that is set without typing: a slider, and buttons for smaller and larger steps."""

from typing import Final

import streamlit as st

__all__ = ["ask_number"]

_STEPS: Final = (-5, -1, 1, 5)


def ask_number(
    title: str, key: str, *, first: int, ends: tuple[int, int], unit: str, mark: str
) -> int:
    """Show a slider that stands at ``first`` when it is seen for the first time.

    Parameters
    ----------
    title
        What the number is, with its unit.
    key
        Its name in the session: the number is there under it, with how often a step was pressed.
    first
        Where it stands at first; moved to the nearer end where it lies outside.
    ends
        The smallest and the largest number.
    unit, mark
        The unit in words, for who hears a step's name (``degrees``), and on the step (``°``).
    """
    low, high = ends
    if key not in st.session_state:
        st.session_state[key] = (min(max(first, low), high), 0)
    value, pressed_n = st.session_state[key]
    # Another slider after each press: the old one would send its old place along with the next
    # press, which would begin from there.
    value = st.slider(title, low, high, value, step=1, key=f"{key}-at-{pressed_n}")
    st.session_state[key] = (value, pressed_n)
    with st.container(horizontal=True, key="protocol-steps"):
        for by in _STEPS:
            st.button(
                f"{by:+d}{mark}".replace("-", "\N{MINUS SIGN}"),
                key=f"{key}-{by}",
                help=f"{abs(by)} {unit} {'more' if by > 0 else 'less'}",
                on_click=_move,
                args=(key, by, low, high),
            )
    return int(value)


def _move(key: str, by: int, low: int, high: int) -> None:
    value, pressed_n = st.session_state[key]
    st.session_state[key] = (min(max(value + by, low), high), pressed_n + 1)
