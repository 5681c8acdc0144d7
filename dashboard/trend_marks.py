"""What is drawn into a trend beside the measured numbers: events and the curve of recovery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from string import ascii_uppercase
from typing import Final

import plotly.graph_objects as go

from dashboard.reference_lines import typed_text
from motion.clinic.recovery import Recovery

__all__ = ["DayMark", "add_day_marks", "add_recovery", "list_days", "noon"]

_GREY: Final = "#7d8a8a"
_CURVE: Final = "#0f8f83"
_CURVE_BAND: Final = "rgba(15, 143, 131, 0.16)"
_NEAR: Final = 0.04
"""Of the axis: letters nearer than that to each other do not stand in one row."""

_ROW_PX: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """Something that happened on a day; ``text`` is what is said of its line."""

    day: date
    text: str


def noon(day: date, zone: tzinfo | None) -> datetime:
    """Return the middle of a day, where a mark of that day stands."""
    return datetime.combine(day, time(12), tzinfo=zone)


def _by_day(marks: Iterable[DayMark]) -> list[tuple[date, str]]:
    """Return each day once, the first first, with all that happened on it."""
    days: dict[date, list[str]] = {}
    for mark in sorted(marks, key=lambda each: each.day):
        days.setdefault(mark.day, []).append(mark.text)
    return [(day, "; ".join(texts)) for day, texts in days.items()]


def _letter(place: int) -> str:
    """Return A, B ... Z, AA, AB ...: numbers would read as those of the axis."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letter(before - 1) if before else "") + ascii_uppercase[last]


def add_day_marks(
    figure: go.Figure,
    marks: Sequence[DayMark],
    ends: tuple[datetime, datetime],
    *,
    ink: str,
) -> None:
    """Draw a vertical line for each day, with a letter above the chart.

    What the letters stand for is said below it (:func:`list_days`): written along the lines it
    would cross the numbers, and on a phone it would be cut.

    Parameters
    ----------
    ends
        Left and right end of the axis.
    """
    left, right = ends
    before, row = None, 0
    for place, (day, text) in enumerate(_by_day(marks)):
        at = noon(day, left.tzinfo)
        figure.add_shape(
            type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below",
            line={"color": _GREY, "width": 1.5, "dash": "dot"},
        )  # fmt: skip
        near = before is not None and (at - before) / (right - left) < _NEAR
        row = 1 - row if near else 0
        figure.add_annotation(
            x=at, y=1, yref="paper", text=f"<b>{_letter(place)}</b>", showarrow=False,
            yanchor="bottom", yshift=row * _ROW_PX, font={"size": 13, "color": ink},
            hovertext=typed_text(f"{day.day} {day:%b %Y}: {text}"),
        )  # fmt: skip
        before = at
    if marks:
        figure.update_layout(margin={"t": 2 * _ROW_PX + 10})


def list_days(marks: Iterable[DayMark]) -> str:
    """Return what the letters above a chart stand for, as a sentence below it."""
    said = "; ".join(
        f"{_letter(place)}, {day.day} {day:%b %Y}: {text}"
        for place, (day, text) in enumerate(_by_day(marks))
    )
    return f"Dotted upright lines: {said.rstrip('.')}." if said else ""


def add_recovery(figure: go.Figure, recovery: Recovery, start: datetime) -> None:
    """Draw the curve of recovery, dashed, within its band, up to its horizon and no further.

    Parameters
    ----------
    start
        When the line's first take was made: the curve counts its weeks from there.
    """
    times = [start + timedelta(weeks=float(week)) for week in recovery.time_weeks]
    figure.add_scatter(
        x=[*times, *reversed(times)],
        y=[*recovery.low.tolist(), *reversed(recovery.high.tolist())],
        mode="lines",
        name="Band of the curve",
        fill="toself",
        fillcolor=_CURVE_BAND,
        line={"width": 0},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=times,
        y=recovery.value.tolist(),
        mode="lines",
        name="Curve of recovery",
        line={"color": _CURVE, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
