"""What happened to a patient on a day: written down in a few words, listed, left out."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard.chart_words import on_day
from dashboard.components.tables import Cell, show_table
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    Annotation,
    AnnotationDetails,
    AnnotationKind,
    Patient,
    add_annotation,
    exclude_annotation,
    list_annotations,
    open_record,
)

__all__ = ["kind_title", "show_annotations"]

_KINDS: Final = {
    AnnotationKind.SURGERY: "Operation",
    AnnotationKind.PLAN_CHANGE: "Change of plan",
    AnnotationKind.INJECTION: "Injection",
    AnnotationKind.INJURY: "Injury or fall",
    AnnotationKind.ILLNESS: "Illness",
    AnnotationKind.OTHER: "Other event",
}


def kind_title(kind: AnnotationKind) -> str:
    """Return what an event is called on a screen."""
    return _KINDS[kind]


def show_annotations(patient: Patient) -> None:
    """Show what happened to a patient, with forms to add an event and to leave one out."""
    with open_record() as record:
        every = list_annotations(record, patient.code, with_excluded=True)
    found = [each for each in every if each.excluded_reason is None]
    if found:
        show_table(
            ("Day", "What", "In words", "Written by"),
            [_row(each) for each in reversed(found)],
            "Events, the last first; each is drawn into the curves on its day",
        )
    else:
        st.markdown("No events are written down: an operation, an injection, a change of plan.")
    _ask_event(patient)
    if found:
        with st.expander("Leave an event out", icon=":material/visibility_off:"):
            _ask_exclusion(patient, found)
    left_out = [each for each in every if each.excluded_reason is not None]
    if left_out:
        with st.expander("Events that were left out", icon=":material/history:"):
            show_table(
                ("Day", "What", "In words", "Reason"),
                [[*_row(each)[:3], str(each.excluded_reason)] for each in reversed(left_out)],
                "They stay in the record and count nowhere",
            )


def _ask_event(patient: Patient) -> None:
    key = f"event-{patient.id}"
    with st.form(key, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                "Day", value="today", min_value=date(1900, 1, 1), format="YYYY-MM-DD"
            )
            kind = st.selectbox(
                "What happened", [each.value for each in AnnotationKind], format_func=_title
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            text = st.text_input("In words", max_chars=200)
            who = ask_who("Written by", f"{key}-who")
        asked = st.form_submit_button("Add event", type="primary", icon=":material/event:")
    if asked:
        details = AnnotationDetails(day=day, kind=AnnotationKind(kind), text=text)
        write_record(
            lambda record: add_annotation(record, patient.code, details, author=author_of(who))
        )


def _ask_exclusion(patient: Patient, found: Sequence[Annotation]) -> None:
    place = st.selectbox(
        "Event",
        range(len(found)),
        index=len(found) - 1,
        format_func=lambda place: _named(found[place]),
        key=f"event-chosen-{patient.id}",
    )
    chosen = found[place]
    with st.form(f"event-out-{chosen.id}-{chosen.version}", border=False):
        reason = st.text_input("Reason", max_chars=300)
        who = ask_who("Left out by", f"event-out-{patient.id}-who")
        asked = st.form_submit_button("Leave it out")
    if asked:
        write_record(
            lambda record: exclude_annotation(record, chosen, reason, author=author_of(who))
        )


def _row(event: Annotation) -> list[Cell]:
    return [on_day(event.day), kind_title(event.kind), event.text, event.author or ""]


def _named(event: Annotation) -> str:
    said = f", {event.text}" if event.text else ""
    return f"{kind_title(event.kind)}{said}, {on_day(event.day)}"


def _title(kind: str) -> str:
    return kind_title(AnnotationKind(kind))
