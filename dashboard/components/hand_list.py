"""What was measured by hand: each instrument's values compared with themselves, mended, paired."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import words
from dashboard.chart_words import hand_title, hand_value, on_day
from dashboard.components.by_hand import ask_hand_change
from dashboard.components.tables import Cell, SourcedCell, show_table
from dashboard.components.writing import write_record
from motion.clinic import (
    ManualMeasurement,
    Patient,
    Point,
    TakeSummary,
    camera_value,
    pair_manual,
    takes_beside,
)
from motion.clinic.manual_lines import manual_lines
from motion.model import Position

__all__ = ["show_values"]

_SHOWN_N = 8


def show_values(
    patient: Patient, values: Sequence[ManualMeasurement], takes: Sequence[TakeSummary]
) -> None:
    """Show what was measured by hand, the last first, with forms to mend it.

    Parameters
    ----------
    values
        All of the patient's, the oldest first.
    takes
        The patient's, the newest first.
    """
    if not values:
        return
    points = {point.take.id: point for line in manual_lines(values) for point in line.points}
    newest = values[::-1]
    every = st.session_state.get(f"hand-all-{patient.id}", False)
    shown = newest if every else newest[:_SHOWN_N]
    show_table(
        ("Angle", "By hand", "Day", "Against the first", "How"),
        [_row(each, points.get(each.id)) for each in shown],
        "Measured by hand: compared with the same instrument only, never with the camera",
    )
    if len(newest) > len(shown):
        st.button(
            f"Show all {len(newest)} values",
            on_click=st.session_state.__setitem__,
            args=(f"hand-all-{patient.id}", True),
        )
    _offer_pairs(values, takes)
    with st.expander("Correct a value, or leave it out", icon=":material/edit:"):
        ask_hand_change(newest, key=f"hand-change-{patient.id}")


def _row(value: ManualMeasurement, point: Point | None) -> list[Cell]:
    how = (
        words.label(value.instrument),
        words.label(value.mode).lower(),
        "" if value.position is Position.UNKNOWN else words.label(value.position).lower(),
        f"by {value.measured_by}" if value.measured_by else "",
        value.note,
        value.source,
        "beside a take" if value.take_id else "",
    )
    return [
        hand_title(value),
        hand_value(value),
        on_day(value.measured_at.date()),
        _verdict(value, point),
        ", ".join(text for text in how if text),
    ]


def _verdict(value: ManualMeasurement, point: Point | None) -> Cell:
    if value.excluded_reason is not None:
        return ("Left out", value.excluded_reason)
    if point is None:
        return ""
    if point.change is None:
        return point.verdict
    source = point.measurement.mdc_source or "no error figure is published for this instrument"
    return SourcedCell(words.signed_degrees(point.change.difference), source, point.verdict)


def _offer_pairs(values: Sequence[ManualMeasurement], takes: Sequence[TakeSummary]) -> None:
    """Offer to set values beside the takes that measured the same on the same day."""
    for value in values:
        if value.take_id is not None or value.excluded_reason is not None:
            continue
        day = value.measured_at.date()
        found = takes_beside(takes, value, day, value.position)
        if not found:
            continue
        take = found[0]
        camera = words.degrees(camera_value(take, value))
        st.markdown(
            f"{words.plain(hand_title(value))} {hand_value(value)} on {on_day(day)}: the camera "
            f"measured {camera} that day, at {take.started_at:%H:%M}."
        )
        if st.button("Pair the two", key=f"hand-pair-{value.id}", icon=":material/link:"):
            write_record(partial(pair_manual, found=value, take_id=take.id))
