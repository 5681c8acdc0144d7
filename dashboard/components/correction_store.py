"""The corrections that are not stored yet: the list, what it would change, why and by whom."""

import math
from collections.abc import Iterator
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.tables import show_table
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.correction_draft import (
    Item,
    draft_of,
    drop_draft,
    item_text,
    to_correction,
    undo_item,
)
from motion.clinic import Record, StoredTake, correct_take, number_text
from motion.clinic.audit_words import number_title
from motion.correcting import measure_corrected
from motion.errors import MotionError
from motion.model import Analysis, Measurement, Repetition, Side

__all__ = ["show_draft"]

_PREVIEW: Final = "corrected-preview"


def show_draft(take: StoredTake) -> None:
    """Show the list, and store it where it is wanted."""
    items = draft_of(take)
    if not items:
        return
    st.subheader("Corrections that are not stored yet")
    st.markdown("\n".join(f"- {words.plain(item_text(item, take))}" for item in items))
    st.button("Take the last one back", icon=":material/undo:", on_click=undo_item, args=(take,))
    measured = _preview(take, items)
    if measured is not None:
        _show_changes(take.analysis, measured)
        _ask_store(take, measured)


def _preview(take: StoredTake, items: tuple[Item, ...]) -> Analysis | None:
    """Return the take measured with the list; measured once for each list."""
    key = (take.analysis_id, items)
    kept: tuple[object, Analysis] | None = st.session_state.get(_PREVIEW)
    if kept is not None and kept[0] == key:
        return kept[1]
    try:
        with st.spinner("Measuring"):
            measured = measure_corrected(take.analysis, to_correction(items))
    except MotionError as error:
        show_error(error)
        return None
    st.session_state[_PREVIEW] = key, measured
    return measured


def _show_changes(before: Analysis, after: Analysis) -> None:
    rows = [*_changes(before, after), *_repetition_changes(before, after)]
    if rows:
        show_table(("Number", "Now", "With the corrections"), rows, "What the list would change")
    else:
        st.info("No number would change.", icon=":material/info:")
    if any(each.rests_on_hand for each in after.measurements):
        st.caption(
            "A number that rests on landmarks placed by hand has no error figure: the camera's "
            "figures say nothing of a hand, so no change to it is judged."
        )


def _changes(before: Analysis, after: Analysis) -> Iterator[tuple[str, str, str]]:
    old = {_key(each): each for each in before.measurements}
    new = {_key(each): each for each in after.measurements}
    for key in dict.fromkeys((*old, *new)):
        was, is_now = _said(old.get(key)), _said(new.get(key))
        if was != is_now:
            yield number_title(*key), was, is_now


def _repetition_changes(before: Analysis, after: Analysis) -> Iterator[tuple[str, str, str]]:
    left = list(after.repetitions)
    for each in before.repetitions:
        same = next((r for r in left if _shares_time(each, r)), None)
        if same is not None:
            left.remove(same)
        was, is_now = _repetition_said(each), _repetition_said(same)
        if was != is_now:
            yield f"Repetition {each.repetition}", was, is_now
    for each in left:
        yield "One more repetition", _repetition_said(None), _repetition_said(each)


def _shares_time(one: Repetition, other: Repetition) -> bool:
    same = (one.joint, one.motion) == (other.joint, other.motion)
    return same and one.start_s < other.end_s and other.start_s < one.end_s


def _repetition_said(each: Repetition | None) -> str:
    if each is None:
        return "none"
    title = words.short_title(each.joint, each.motion, each.side)
    reached = number_text(each.peak_deg, "deg")
    times = f"{each.start_s:.2f} to {each.end_s:.2f} s"
    return f"{title}, {times}, {reached}, {words.repetition_verdict(each.verdict).lower()}"


def _key(number: Measurement) -> tuple[str, str, str, Side]:
    return number.measure, number.joint, number.motion, number.side


def _said(number: Measurement | None) -> str:
    if number is None or math.isnan(number.value):
        return words.NOT_MEASURED
    text = number_text(number.value, number.unit)
    return f"{text}, by hand" if number.rests_on_hand else text


def _ask_store(take: StoredTake, measured: Analysis) -> None:
    with st.form(f"correct-store-{take.id}-{take.analysis_id}", border=False):
        reason = st.text_input("Reason", max_chars=300, key=f"correct-reason-{take.id}")
        st.caption("A sign-off of this take ends when the corrections are stored.")
        who = ask_who("Corrected by", key=f"correct-who-{take.id}")
        stored = st.form_submit_button("Store the corrections", type="primary")
    if not stored:
        return
    author = author_of(who)

    def write(record: Record) -> None:
        correct_take(record, take, measured, reason, author=author)
        drop_draft(take)
        st.session_state.pop(_PREVIEW, None)

    write_record(write)
