"""Corrects a take by hand: landmarks, repetitions, sides, circumstances, the person; and back."""

from collections.abc import Callable

import streamlit as st

from dashboard.components.correction_frame import ask_landmarks
from dashboard.components.correction_numbers import ask_left_out
from dashboard.components.correction_person import ask_other_person
from dashboard.components.correction_repetitions import ask_repetitions
from dashboard.components.correction_sides import ask_circumstances, ask_sides
from dashboard.components.correction_store import show_draft
from dashboard.components.correction_versions import show_versions
from dashboard.components.exclusion import show_exclusion
from motion.clinic import StoredTake, TakeKind

__all__ = ["show_corrections"]


def show_corrections(take: StoredTake) -> None:
    """Ask for corrections of a take, show what they would change, and store them.

    Of a walk the contacts and foot offs have their own part (:mod:`walk_correct`).
    """
    st.markdown(
        "Correct what the camera or the form had wrong. The take is measured again; the result "
        "before is kept, and every correction is noted with your reason."
    )
    parts: dict[str, Callable[[StoredTake], None]] = {}
    if take.kind is TakeKind.POSE and take.analysis.person_found:
        parts["Landmarks"] = ask_landmarks
        if take.analysis.gait is None:
            parts["Repetitions"] = ask_repetitions
        parts["Left and right"] = ask_sides
        parts["Circumstances"] = ask_circumstances
    if take.kind is TakeKind.POSE:
        parts["Person"] = ask_other_person
    parts["Leave out"] = _ask_leave_out
    parts["Earlier results"] = show_versions
    chosen = st.segmented_control(
        "What is to be corrected?",
        list(parts),
        default=next(iter(parts)),
        required=True,
        key=f"correct-what-{take.id}",
    )
    _show_part(take, parts[chosen])


@st.fragment
def _show_part(take: StoredTake, ask: Callable[[StoredTake], None]) -> None:
    """Ask, and show the list: a click in the picture draws no more of the page than this."""
    ask(take)
    show_draft(take)


def _ask_leave_out(take: StoredTake) -> None:
    st.subheader("The whole take")
    show_exclusion(take)
    st.subheader("A single number")
    ask_left_out(take)
