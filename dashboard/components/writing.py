"""Writes to the record from a form: by whom, and what is said where it fails."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from motion.clinic import Record, open_record
from motion.errors import MotionError

__all__ = ["ask_who", "author_of", "write_record"]

_WHO: Final = "written-by"


def ask_who(label: str, key: str) -> str:
    """Ask who writes; the name that was typed last is proposed."""
    known: str = st.session_state.get(_WHO, "")
    return st.text_input(label, value=known, max_chars=60, key=key)


def author_of(who: str) -> str | None:
    """Return who writes, and remember the name for the next time; None where nobody is named."""
    st.session_state[_WHO] = who.strip()
    return who.strip() or None


def write_record(write: Callable[[Record], object]) -> None:
    """Write, and draw the page anew; where it fails say why, and leave the form as it is."""
    try:
        with open_record() as record:
            write(record)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()
