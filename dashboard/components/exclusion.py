"""Leaves a take out with a reason, and takes it in again; nothing is deleted."""

import streamlit as st

from dashboard import words
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import Record, StoredTake, exclude_take, include_take

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
        who = ask_who("Changed by", key=f"exclusion-who-{take.id}")
        title = "Take it in again" if excluded else "Leave this take out"
        if not st.form_submit_button(title):
            return
    author = author_of(who)

    def write(record: Record) -> None:
        if excluded:
            include_take(record, take.id, reason, author)
        else:
            exclude_take(record, take.id, reason, author, expected_version=take.version)

    write_record(write)
