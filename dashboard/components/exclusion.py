"""Leaves a take out with a reason, and takes it in again; nothing is deleted."""

from uuid import UUID

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from motion.clinic import StoredTake, exclude_take, include_take, open_record
from motion.errors import MotionError

__all__ = ["show_exclusion"]


def show_exclusion(take: StoredTake) -> None:
    """Show the form that leaves a take out or takes it in again."""
    excluded = take.excluded_reason is not None
    if excluded:
        st.markdown(f"This take is left out: {words.plain(str(take.excluded_reason))}")
    else:
        st.markdown("The take stays in the record, but counts in no list of progress.")
    with st.form(f"exclusion-{take.id}-{take.version}", border=False):
        reason = st.text_input("Reason", max_chars=300)
        title = "Take it in again" if excluded else "Leave this take out"
        if st.form_submit_button(title):
            _change(take.id, reason, excluded, take.version)


def _change(take_id: UUID, reason: str, excluded: bool, version: int) -> None:
    try:
        with open_record() as record:
            if excluded:
                include_take(record, take_id, reason)
            else:
                exclude_take(record, take_id, reason, expected_version=version)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()
