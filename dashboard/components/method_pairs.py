"""The camera beside the goniometer, from daily work."""

import streamlit as st

from dashboard import words
from dashboard.agreement_chart import differences_of_methods
from dashboard.components.agreement_plot import agreement_sentence, show_agreement
from motion.clinic import MethodAgreement, compare_methods, list_pairs, open_record
from motion.library import sample_digests

__all__ = ["show_method_pairs"]


def show_method_pairs() -> None:
    """Show how far the camera and the hand agree, for the angle that is chosen."""
    with open_record() as record:
        found = compare_methods(list_pairs(record, without=sample_digests()))
    if not found:
        st.markdown(
            "No pairs yet. Type a goniometer's value on a take's page, under "
            "*Measured by hand*: each one is paired with the camera's."
        )
        return
    place = st.selectbox(
        "Pairs of",
        range(len(found)),
        format_func=lambda place: _title(found[place]),
        key="pairs-drawn",
    )
    chosen = found[place]
    show_agreement(differences_of_methods(chosen), _title(chosen))
    people = "1 patient" if chosen.people == 1 else f"{chosen.people} patients"
    st.markdown(f"{words.plain(agreement_sentence(chosen.agreement).capitalize())}; {people}.")
    st.caption(
        "This is agreement between two methods, not the camera's error: whoever reads a goniometer "
        "errs too, and the two may see different things. It does not change the measurement error "
        "or the smallest detectable change. Pairs of one patient are alike, so with few patients "
        "the intervals are too narrow. Takes that were measured by another method (pose model, "
        "joint centres, filter) have pairs of their own."
    )


def _title(found: MethodAgreement) -> str:
    joint, _, motion = found.angle.partition("_")
    parts = (
        words.short_title(joint, motion),
        words.end_of_range(found.measure).lower(),
        words.view_title(found.view).lower(),
        str(found.instrument),
    )
    last = found.last_at
    return f"{', '.join(parts)} ({len(found.pairs)}, the last of {last.day} {last:%b %Y})"
