"""Corrects a walk's events by hand: moved, added, removed; the take is measured again."""

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.notices import show_error
from dashboard.components.replay import show_moment
from dashboard.gait_edits import edit_text, history_text, is_event_edit, left_to_edit
from dashboard.gait_style import SIDES
from motion.clinic import (
    EventEdit,
    StoredTake,
    apply_event_edits,
    correct_events,
    list_edits,
    open_record,
)
from motion.errors import MotionError
from motion.gait import GaitSettings
from motion.measuring import measure_again
from motion.model import Analysis, Event
from motion.settings import recall_settings

__all__ = ["show_correction"]

_MOVE: Final = "Move"
_ADD: Final = "Add"
_REMOVE: Final = "Remove"
_STEP_S: Final = 0.01
_WHAT: Final = {
    _MOVE: "An event was at another time.",
    _ADD: "An event is missing.",
    _REMOVE: "An event was none.",
}


def show_correction(take: StoredTake) -> None:
    """Ask for corrections, show the moment that each is about, then measure again."""
    st.markdown(
        "Correct events where the camera was wrong. The take is measured again with them; the "
        "result before is kept, and every correction is noted with your reason."
    )
    edits = _edits_of(take)
    what = st.segmented_control(
        "What is wrong?", list(_WHAT), default=_MOVE, required=True, key=f"correct-{take.id}"
    )
    st.caption(_WHAT[what])
    edit = _ask_edit(take, what, edits)
    if st.button("Put it on the list", icon=":material/playlist_add:", disabled=edit is None):
        _keep(take, edits, edit)
    if edits:
        _show_list(take, edits)
    _show_history(take)


def _ask_edit(take: StoredTake, what: str, edits: tuple[EventEdit, ...]) -> EventEdit | None:
    """Ask for one correction; None as long as it cannot be one."""
    if what == _ADD:
        side_column, event_column = st.columns(2)
        with side_column:
            side = st.selectbox("Foot", SIDES, format_func=words.side_title)
        with event_column:
            kind = st.selectbox(
                "Event", list(gait_words.EVENTS), format_func=gait_words.event_title
            )
        return EventEdit.add(kind, side, _ask_time(take, 0.0, "add"))
    events = left_to_edit(take.analysis.events, edits)
    if not events:
        st.markdown("There is no event left to correct.")
        return None
    chosen = st.selectbox(
        "Event", range(len(events)), format_func=lambda n: gait_words.event_text(events[n])
    )
    event = events[chosen]
    if what == _REMOVE:
        show_moment(take.analysis, event.time_s, key=f"moment-remove-{take.id}")
        return EventEdit.remove(event)
    time_s = _ask_time(take, event.time_s, _key_of(event))
    return EventEdit.move(event, time_s) if abs(time_s - event.time_s) >= _STEP_S / 2 else None


def _key_of(event: Event) -> str:
    return f"{event.side}-{event.event}-{event.time_s:.3f}"


def _ask_time(take: StoredTake, first_s: float, key: str) -> float:
    """Ask for a moment by a number, or in the picture, which shows the number's moment."""
    end_s = float(take.analysis.recording.time_s[-1])
    number = f"correct-time-{take.id}-{key}"
    time_s = float(
        st.number_input(
            "Time in the recording, in seconds (s)",
            min_value=0.0,
            max_value=end_s,
            value=round(min(first_s, end_s), 2),
            step=_STEP_S,
            format="%.2f",
            key=number,
        )
    )

    def pick(moment_s: float) -> None:
        st.session_state[number] = round(min(moment_s, end_s), 2)

    show_moment(take.analysis, time_s, key=f"correct-picture-{take.id}-{key}", on_pick=pick)
    return time_s


def _list_key(take: StoredTake) -> str:
    return f"event-edits-{take.id}-{take.analysis_id}"


def _edits_of(take: StoredTake) -> tuple[EventEdit, ...]:
    kept: tuple[EventEdit, ...] = st.session_state.get(_list_key(take), ())
    return kept


def _keep(take: StoredTake, edits: tuple[EventEdit, ...], edit: EventEdit | None) -> None:
    if edit is None:
        return
    end_s = float(take.analysis.recording.time_s[-1])
    try:  # said at once, not only when all are stored
        apply_event_edits(take.analysis.events, (*edits, edit), end_s=end_s)
    except MotionError as error:
        show_error(error)
        return
    st.session_state[_list_key(take)] = (*edits, edit)
    st.rerun()


def _show_list(take: StoredTake, edits: tuple[EventEdit, ...]) -> None:
    st.subheader("Corrections that are not stored yet")
    st.markdown("\n".join(f"- {words.plain(edit_text(edit))}" for edit in edits))
    if st.button("Take the last one back", icon=":material/undo:"):
        st.session_state[_list_key(take)] = edits[:-1]
        st.rerun()
    with st.form(f"correct-{take.id}-{take.analysis_id}", border=False):
        reason = st.text_input("Reason", max_chars=300)
        if st.form_submit_button("Measure again with these", type="primary"):
            _store(take, edits, reason)


def _store(take: StoredTake, edits: tuple[EventEdit, ...], reason: str) -> None:
    settings = recall_settings(take.analysis)

    def measure(events: tuple[Event, ...]) -> Analysis:
        gait = replace(settings.gait or GaitSettings(), events=events)
        return measure_again(take.analysis, replace(settings, gait=gait))

    try:
        with st.spinner("Measuring"), open_record() as record:
            correct_events(record, take, edits, measure, reason)
    except MotionError as error:
        show_error(error)
        return
    st.session_state.pop(_list_key(take), None)
    st.rerun()


def _show_history(take: StoredTake) -> None:
    with open_record() as record:
        notes = [e for e in list_edits(record, take.id) if is_event_edit(e)]
    if notes:
        st.subheader("Corrections until now")
        st.markdown("\n".join(f"- {words.plain(history_text(e))}" for e in notes))
