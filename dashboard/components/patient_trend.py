"""A patient's recovery over time: one measure over comparable takes, and what its change means."""

import math
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import streamlit as st

from dashboard import words
from dashboard.against import Against
from dashboard.components.annotations import kind_title
from dashboard.components.button_names import named
from dashboard.components.patient_filters import remember, remembered
from dashboard.components.take_curves import CHART_CONFIG, INK
from dashboard.line_words import line_title, measure_title
from dashboard.pages import open_take
from dashboard.patient_choice import Chosen, quantity_of
from dashboard.reference_lines import ReferenceLine, lines_of, lines_of_walk, list_names
from dashboard.trend_chart import Beside, marks_within, pain_within, trend_figure
from dashboard.trend_marks import DayMark, list_days
from dashboard.trend_pain import list_pain_signs
from motion.clinic import (
    Annotation,
    AnnotationKind,
    Line,
    PainPoint,
    Patient,
    Point,
    breaks_of,
    comparability,
    is_broken,
)
from motion.clinic.change import is_judged
from motion.clinic.foretelling import foretell
from motion.clinic.recovery import Recovery
from motion.model import FUNCTIONAL, GAIT

__all__ = ["last_of", "marks_of", "show_other_lines", "show_trend"]

_FEWEST: Final = 2
_OPEN_MARK: Final = "Open mark: of too few strides to be judged."
_NO_FORECAST: Final = (
    "Dashed: a curve through these takes, with a band in which 8 of 10 takes would lie. It is not "
    "a forecast of this patient's result."
)
_BROKEN: Final = (
    "No curve of recovery is drawn: an injury or an operation lies among these takes, and what "
    "came before it says nothing of what follows."
)
_WEEKS: Final = "Weeks since the operation"
_DATES: Final = "Dates"


def last_of(line: Line) -> Point:
    """Return the last take of a line in which it was measured."""
    return next(p for p in reversed(line.points) if math.isfinite(p.measurement.value))


def marks_of(patient: Patient, annotations: Sequence[Annotation]) -> tuple[DayMark, ...]:
    """Return what is drawn as a line of a day: the operation, and what was noted."""
    noted = tuple(DayMark(day=each.day, text=_said(each)) for each in annotations)
    day = patient.operation_date
    known = any(each.day == day and each.kind is AnnotationKind.SURGERY for each in annotations)
    if day is None or known:
        return noted
    return (DayMark(day=day, text=kind_title(AnnotationKind.SURGERY)), *noted)


def show_trend(
    chosen: Chosen,
    line: Line,
    against: Against,
    annotations: Sequence[Annotation],
    pain: Sequence[PainPoint],
    *,
    limit_deg: float,
) -> None:
    """Show a line of takes, with what it may be held against; a click on a point opens its take.

    Parameters
    ----------
    line
        The chosen one.
    against
        What its last number may be held against.
    limit_deg
        How far the plan lets it go; NaN where it sets no limit.
    """
    measured = {p.take.digest for p in line.points if math.isfinite(p.measurement.value)}
    if len(measured) < _FEWEST:
        st.caption("One take so far: a curve begins with a second comparable one.")
        return
    st.header("Over time")
    patient = chosen.patient
    with st.container(horizontal=True, vertical_alignment="bottom"):
        weeks = patient.operation_date is not None and _ask_axis(patient) == _WEEKS
        drawn_pain = bool(pain) and st.checkbox(
            "Pain, 0 to 10", value=True, key=f"trend-pain-{patient.id}"
        )
    last = last_of(line)
    breaks = breaks_of(patient, annotations)
    broken = is_broken(line, breaks)
    recovery = foretell(line, against.other, breaks=breaks, allowed_deg=limit_deg)
    references = _references(patient, last, against)
    beside = Beside(
        marks=marks_of(patient, annotations),
        pain=tuple(pain) if drawn_pain else (),
        operation=patient.operation_date if weeks else None,
        recovery=recovery,
    )
    figure = trend_figure(
        line,
        last.take.movement,
        references,
        ink=INK[st.context.theme.type or "light"],
        beside=beside,
    )
    picked = st.plotly_chart(
        figure,
        key=f"trend-{chosen.measure_key}-{line.points[0].take.id}",
        on_select="rerun",
        selection_mode="points",
        config=CHART_CONFIG,
        alt=f"{measure_title(quantity_of(line.measurement))} over {len(line.points)} takes",
    )
    _open_picked(picked)
    st.markdown(
        words.plain(" ".join([*_sentences(line, recovery), *([_BROKEN] if broken else [])]))
    )
    st.caption(words.plain(list_days(marks_within(line, beside))))
    st.caption(words.plain(list_names(references)))
    st.caption(words.plain(list_pain_signs(pain_within(line, beside))))
    st.caption(" ".join(_captions(line, against, recovery)))


def show_other_lines(chosen: Chosen) -> None:
    """List the other lines of the same measure, and why they are none with the chosen one."""
    own = chosen.line
    if own is None:
        return
    own_quantity = quantity_of(own.measurement)
    others = [
        line
        for line in chosen.lines
        if line is not own and quantity_of(line.measurement) == own_quantity
    ]
    if not others:
        return
    st.subheader("Takes that cannot be compared with these")
    here = last_of(own)
    for line in others:
        last = last_of(line)
        why = comparability(here.take, here.measurement, last.take, last.measurement)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{words.plain(line_title(line))}**")
                reached = words.reached(last.measurement, last.take.movement)
                day = words.date_text(last.take.started_at)
                st.markdown(words.plain(f"Last: {reached}, {day}"))
                st.caption(words.plain(why))
            st.button(
                named("Look at these", line_title(line)),
                key=f"line-{last.take.id}",
                on_click=remember,
                args=(chosen.patient, "line", str(last.take.id)),
            )


def _references(patient: Patient, last: Point, against: Against) -> tuple[ReferenceLine, ...]:
    if last.measurement.joint == GAIT:
        return lines_of_walk(patient, last.take, last.measurement)
    return lines_of(against)


def _ask_axis(patient: Patient) -> str:
    key = f"trend-axis-{patient.id}"
    if st.session_state.get(key) is None:
        st.session_state[key] = _DATES if remembered(patient, "axis") == "dates" else _WEEKS
    axis = str(st.segmented_control("Time axis", [_WEEKS, _DATES], required=True, key=key))
    remember(patient, "axis", "dates" if axis == _DATES else "")
    return axis


def _open_picked(picked: Any) -> None:
    """Open the take of the point that was clicked on; other marks carry no key."""
    for point in picked["selection"]["points"]:
        if key := point.get("customdata"):
            open_take(UUID(key[0] if isinstance(key, list) else key))


def _sentences(line: Line, recovery: Recovery | None) -> list[str]:
    unit = line.measurement.unit
    said = []
    if line.trend is not None and line.trend.is_clear:
        said.append(f"{line.trend.sentence('degrees' if unit == 'deg' else unit)}.")
    if line.plateau is not None:
        said.append(f"{line.plateau.sentence(unit)}.")
    if recovery is not None:
        said.append(f"{recovery.sentence(unit)}.")
    return said


def _captions(line: Line, against: Against, recovery: Recovery | None) -> list[str]:
    of_angle = line.measurement.joint not in (GAIT, FUNCTIONAL)
    reason = against.references.reason if of_angle else ""
    said = [
        "Bars: the smallest change between two takes that this camera detects.",
        f"{reason[:1].upper()}{reason[1:]}." if reason else "",
        _OPEN_MARK if any(not is_judged(p.measurement) for p in line.points) else "",
        _NO_FORECAST if recovery is not None else "",
        "Click on a point to open its take; the takes are listed below, too.",
    ]
    return [words.plain(each) for each in said if each]


def _said(annotation: Annotation) -> str:
    kind = kind_title(annotation.kind)
    return f"{kind}: {annotation.text}" if annotation.text else kind
