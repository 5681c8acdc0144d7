"""A measure over a patient's takes as a Plotly figure: each point with its error."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

import plotly.graph_objects as go

from dashboard import words
from dashboard.reference_lines import ReferenceLine, add_references, span_of
from dashboard.trend_axis import label_weeks
from dashboard.trend_labels import day_of, label_points
from dashboard.trend_marks import (
    DayMark,
    add_day_marks,
    add_recovery,
    noon,
)
from dashboard.trend_pain import add_pain
from motion.clinic import Line, PainPoint, Point
from motion.clinic.belt import is_typed
from motion.clinic.change import is_judged
from motion.clinic.recovery import Recovery

__all__ = ["Beside", "marks_within", "pain_within", "trend_figure"]

_Dated = TypeVar("_Dated", DayMark, PainPoint)
_LINE: Final = "#0f8f83"
_STEPS_N: Final = 60
_BEFORE: Final = timedelta(weeks=12)
"""An event that long before the first take is still drawn; the axis begins with it."""

_ROOM: Final = 0.2, 0.12
"""Of the time shown, before and after it: at the left the lines across have their names."""

_LEAST_ROOM: Final = {"deg": 3.0}
"""Above and below the points; of any other unit a share of the numbers themselves."""

_AXES: Final = {
    "deg": "Angle in degrees (°)",
    "m/s": "Metres per second (m/s)",
    "m": "Metres (m)",
    "s": "Seconds (s)",
    "%": "Percent (%)",
    "steps/min": "Steps in a minute (steps/min)",
    "": "Ratio (1 is equal)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is drawn of the patient beside the measured numbers.

    ``operation`` is given where the axis is to count the weeks since it, ``recovery`` where there
    is a curve through the takes.
    """

    marks: tuple[DayMark, ...] = ()
    pain: tuple[PainPoint, ...] = ()
    operation: date | None = None
    recovery: Recovery | None = None


_NOTHING: Final = Beside()


def trend_figure(
    line: Line,
    movement: str,
    references: Sequence[ReferenceLine],
    *,
    ink: str,
    beside: Beside = _NOTHING,
) -> go.Figure:
    """Draw one line of comparable takes.

    The bars are the minimal detectable change of each number against another: where two points
    lie within each other's bars nothing has changed that this camera could detect. Takes of one
    day are not joined: they repeat each other, and what lies between them is no recovery. What is
    of too few strides to be judged has an open mark. The mark of a take carries its key.

    Parameters
    ----------
    line
        Comparable takes, the oldest first.
    movement
        The exercise, for how a number is said.
    references
        What the measure may be held against, drawn behind it.
    ink
        The colour of the page's text.
    beside
        Events, pain, and from when the weeks count.
    """
    points = [p for p in line.points if math.isfinite(p.measurement.value)]
    times = [p.take.started_at for p in points]
    start = _start_of(line)
    left, right = _ends(times, start, beside)
    figure = go.Figure()
    steps = [left + (right - left) * (n / (_STEPS_N - 1)) for n in range(_STEPS_N)]
    add_references(figure, references, (left, right), steps)
    if beside.recovery is not None:
        add_recovery(figure, beside.recovery, start)
    _join_days(figure, points)
    labels = label_points(points, movement)
    figure.add_scatter(
        x=times,
        y=[p.measurement.value for p in points],
        mode="markers+text",
        name="Measured",
        text=[text for text, _ in labels],
        textposition=[place for _, place in labels],
        marker={
            "size": 9,
            "color": _LINE,
            "symbol": ["circle" if is_judged(p.measurement) else "circle-open" for p in points],
        },
        error_y={
            "type": "data",
            "array": [_bar(p) for p in points],
            "color": _LINE,
            "thickness": 1.2,
            "width": 5,
        },
        cliponaxis=False,
        customdata=[str(p.take.id) for p in points],
        hovertemplate=[
            f"{words.date_text(p.take.started_at)}: {words.reached(p.measurement, movement)}"
            f"<br>{p.verdict}<extra></extra>"
            for p in points
        ],
    )
    _lay_out(figure, points, _span(beside, references), ink)
    add_pain(figure, _within(beside.pain, left, right), left.tzinfo, ink=ink)
    add_day_marks(figure, _within(beside.marks, left, right), (left, right), ink=ink)
    figure.update_xaxes(range=[left, right])
    if beside.operation is not None:
        label_weeks(figure, left, right, beside.operation)
    return figure


def marks_within(line: Line, beside: Beside) -> list[DayMark]:
    """Return the days that are marked on the axis of :func:`trend_figure`."""
    return _within(beside.marks, *_ends_of(line, beside))


def pain_within(line: Line, beside: Beside) -> list[PainPoint]:
    """Return the pain that lies on the axis of :func:`trend_figure`."""
    return _within(beside.pain, *_ends_of(line, beside))


def _ends_of(line: Line, beside: Beside) -> tuple[datetime, datetime]:
    times = [p.take.started_at for p in line.points if math.isfinite(p.measurement.value)]
    return _ends(times, _start_of(line), beside)


def _start_of(line: Line) -> datetime:
    """Return when the first take was made that may be judged: a curve's weeks count from it."""
    judged = (
        p for p in line.points if is_judged(p.measurement) and not is_typed(p.take, p.measurement)
    )
    return next(judged, line.points[0]).take.started_at


def _ends(times: Sequence[datetime], start: datetime, beside: Beside) -> tuple[datetime, datetime]:
    """Return the ends of the axis: the takes, events shortly before them, the curve's horizon."""
    first, last = times[0], times[-1]
    events = (noon(mark.day, first.tzinfo) for mark in beside.marks)
    first = min([first, *(at for at in events if times[0] - _BEFORE <= at)])
    if beside.recovery is not None:
        last = max(last, start + timedelta(weeks=beside.recovery.horizon_weeks))
    before, after = (max((last - first) * share, timedelta(days=1)) for share in _ROOM)
    return first - before, last + after


def _within(found: Iterable[_Dated], left: datetime, right: datetime) -> list[_Dated]:
    return [each for each in found if left <= noon(each.day, left.tzinfo) <= right]


def _span(beside: Beside, references: Sequence[ReferenceLine]) -> tuple[float, float]:
    """Return the lowest and highest of what is drawn behind the points."""
    low, high = span_of(references)
    if beside.recovery is None:
        return low, high
    return min(low, *beside.recovery.low.tolist()), max(high, *beside.recovery.high.tolist())


def _join_days(figure: go.Figure, points: Sequence[Point]) -> None:
    """Draw the line from day to day, with a gap between takes of one day."""
    times: list[datetime | None] = []
    values: list[float | None] = []
    for before, point in zip((None, *points), points, strict=False):
        if before is not None and day_of(before) == day_of(point):
            times.append(None)
            values.append(None)
        times.append(point.take.started_at)
        values.append(point.measurement.value)
    figure.add_scatter(
        x=times,
        y=values,
        mode="lines",
        name="Day to day",
        line={"color": _LINE, "width": 2},
        connectgaps=False,
        hoverinfo="skip",
    )


def _bar(point: Point) -> float:
    """Return how long the bar is: none without an error figure, nor of what somebody typed."""
    m = point.measurement
    return 0.0 if is_typed(point.take, m) or not math.isfinite(m.mdc95) else m.mdc95


def _lay_out(
    figure: go.Figure, points: Sequence[Point], behind: tuple[float, float], ink: str
) -> None:
    lowest, highest = behind
    low = min(lowest, *(p.measurement.value - _bar(p) for p in points))
    high = max(highest, *(p.measurement.value + _bar(p) for p in points))
    unit = points[0].measurement.unit
    room = max(_LEAST_ROOM.get(unit, 0.05 * abs(high)), 0.08 * (high - low))
    small = {"size": 13, "color": ink}
    figure.update_layout(
        height=380,
        margin={"l": 60, "r": 16, "t": 16, "b": 56},
        showlegend=False,
        dragmode=False,
    )
    figure.update_traces(textfont=small)
    figure.update_xaxes(tickfont=small, title={"text": "Date", "font": small})
    figure.update_yaxes(
        title={"text": _AXES.get(unit, unit), "font": small},
        tickfont=small,
        ticksuffix="°" if unit == "deg" else "",
        range=[low - room, high + 2 * room],
        zeroline=low <= 0 <= high,
    )
