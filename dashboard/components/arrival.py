"""Brings a section far below into view after a button near the top asked for it.

A page here is longer than the browser knows when it looks for a link's heading, and Streamlit
takes that heading out of the address as soon as a choice is written there: a link goes nowhere.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

__all__ = ["ask_arrival", "show_arrival"]

_HERE: Final = Path(__file__).parent
_ASKED: Final = "arrival-asked"
_COUNT: Final = "arrival-count"


def ask_arrival(anchor: str) -> None:
    """Have the heading of that anchor brought into view when it is drawn next."""
    st.session_state[_ASKED] = anchor
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def show_arrival(anchor: str) -> None:
    """Bring the heading into view where it was asked for; called after what stands below it."""
    if st.session_state.get(_ASKED) != anchor:
        return
    del st.session_state[_ASKED]
    # A key of its own each time: the same component again would not be begun anew.
    _component()(data={"anchor": anchor}, key=f"arrival-{st.session_state[_COUNT]}")


@cache
def _component() -> Any:
    return st.components.v2.component(
        "motion_arrival", js=(_HERE / "arrival.js").read_text("utf-8")
    )
