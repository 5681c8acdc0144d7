"""Leaves a single number of a take out with a reason, and takes it in again."""

import math

import streamlit as st

from dashboard import words
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    NumberKey,
    StoredTake,
    exclude_number,
    include_number,
    list_excluded_numbers,
    open_record,
)
from motion.clinic.audit_words import number_title

__all__ = ["ask_left_out"]


def ask_left_out(take: StoredTake) -> None:
    """Ask for a number, and why it counts no more, or again."""
    with open_record() as record:
        left_out = list_excluded_numbers(record, take.id)
    numbers = {
        NumberKey.of(each): number_title(*NumberKey.of(each))
        for each in take.analysis.measurements
        if not math.isnan(each.value)
    }
    if not numbers:
        st.caption("Nothing was measured that could be left out.")
        return
    for key, why in left_out.items():
        if key in numbers:
            st.markdown(f"- Left out: {words.plain(numbers[key])}. {words.plain(why)}")
    key = st.selectbox(
        "Number", list(numbers), format_func=numbers.__getitem__, key=f"number-{take.id}"
    )
    out = key in left_out
    st.caption(
        "To leave one repetition out, remove it under Repetitions: the numbers that are made of "
        "the repetitions are then made without it. A sign-off of this take ends when a number is "
        "left out or taken in again."
    )
    with st.form(f"number-out-{take.id}-{take.analysis_id}", border=False):
        reason = st.text_input("Reason", max_chars=300, key=f"number-reason-{take.id}")
        who = ask_who("Changed by", key=f"number-who-{take.id}")
        asked = st.form_submit_button("Take it in again" if out else "Leave this number out")
    if not asked:
        return
    author, turn = author_of(who), include_number if out else exclude_number
    write_record(
        lambda record: turn(record, take.id, key, reason, expected=take.analysis_id, author=author)
    )
