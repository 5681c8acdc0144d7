"""The parts of a take that is no walk: only the one that is open is made."""

import math
from collections.abc import Callable

import streamlit as st

from dashboard.components.audit import show_audit
from dashboard.components.correction import show_corrections
from dashboard.components.review import show_review
from dashboard.components.take_about import show_about
from dashboard.components.take_numbers import show_angle_numbers
from dashboard.components.take_other import show_other_takes
from motion.clinic import StoredTake
from motion.errors import InputError

__all__ = ["read_moment", "show_take_parts"]


def read_moment(text: str) -> float | None:
    """Return the moment that an address names, in seconds; None where it names none.

    Raises
    ------
    InputError
        If it is not a number of seconds.
    """
    if not text:
        return None
    try:
        moment_s = float(text)
    except ValueError:
        moment_s = math.nan
    if not math.isfinite(moment_s):
        msg = f"the address names the moment {text!r}, not a number of seconds; open the take anew"
        raise InputError(msg)
    return moment_s


def show_take_parts(take: StoredTake, *, at_s: float | None) -> None:
    """Show the part of a take that is asked for; of nobody there is nothing to look at."""
    parts: dict[str, Callable[[], None]] = {}
    if take.analysis.person_found:
        parts["Review"] = lambda: _show_review(take, at_s)
        parts["Numbers"] = lambda: show_angle_numbers(take)
    parts["Corrections"] = lambda: show_corrections(take)
    parts["Audit trail"] = lambda: show_audit(take)
    parts["About this take"] = lambda: show_about(take)
    shown = st.tabs(list(parts), on_change="rerun", key=f"take-{take.id}")
    for tab, show in zip(shown, parts.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_review(take: StoredTake, at_s: float | None) -> None:
    show_review(take, at_s=at_s)
    show_other_takes(take)
