"""A measure over comparable takes as a small vector drawing, legible in grey."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import white

from motion.clinic.belt import is_typed
from motion.clinic.change import is_judged
from motion.clinic.progress import Point
from motion.clinic.wording import axis_title, degrees, reached
from motion.model import FloatArray
from motion.report.pdf_text import (
    BOLD,
    GREY,
    INK,
    PALE,
    REGULAR,
    drawable,
    fit_lines,
    text_width,
    use_fonts,
)
from motion.report.progress_values import Followed, judged_points
from motion.report.sentences import day_text, name_of, other_text, target_text

__all__ = ["draw_trend", "shows_range"]

_SMALL: Final = 6.5
_HEAD: Final = 7.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 26.0, 6.0, 35.0, 14.0
_TICKS_N: Final = 5
_TITLE_LINES: Final = 2
_NEAR_PT: Final = 14.0
_PAST_FIRST_PT: Final = 80.0
"""Where a line's name begins that would lie on the first point's value."""

_DAYS_A_WEEK: Final = 7.0
_DAY_S: Final = 86400.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to points on the drawing."""

    first: float
    last: float
    low: float
    high: float
    width: float
    height: float

    def x(self, moment: float) -> float:
        room = self.width - _LEFT - _RIGHT
        return _LEFT + room * (moment - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        room = self.height - _TOP - _BOTTOM
        return _BOTTOM + room * (value - self.low) / (self.high - self.low)


def draw_trend(
    followed: Followed, width: float, height: float, marked: Iterable[tuple[date, str]] = ()
) -> Any:
    """Return the drawing of a measure over time, in points of the page.

    Bars are the minimal detectable change of each number against another. Takes of one day are
    not joined; what is of too few strides to be judged has an open mark.

    Parameters
    ----------
    marked
        Days on which something happened, with the letter that the list below says it by.
    """
    use_fonts()
    points = [p for p in followed.line.points if math.isfinite(p.measurement.value)]
    scale = _scale(followed, points, width, height)
    drawing = Drawing(width, height)
    for part in (
        *_head(followed, scale),
        *_typical(followed, scale),
        *_axes(followed, points, scale),
        *_levels(followed, points[0], scale),
        *_marks(marked, scale),
        *_bars(points, scale),
        *_foretold(followed, scale),
        *_joined(points, scale),
        *_points(points, scale),
    ):
        drawing.add(part)
    return drawing


def shows_range(followed: Followed) -> bool:
    """Whether the published range lies within the drawing of a measure."""
    points = [p for p in followed.line.points if math.isfinite(p.measurement.value)]
    return bool(_typical(followed, _scale(followed, points, 1.0, 1.0)))


def _scale(followed: Followed, points: Sequence[Point], width: float, height: float) -> _Scale:
    values = [p.measurement.value for p in points]
    spans = [_bar(p) for p in points]
    ends = [v - s for v, s in zip(values, spans, strict=True)]
    ends += [v + s for v, s in zip(values, spans, strict=True)]
    ends += [value for value, *_ in _known_levels(followed)]
    moments = [_moment(p) for p in points]
    if (ahead := _ahead(followed)) is not None:
        ends += [*ahead.low.tolist(), *ahead.high.tolist()]
        moments = [*moments, float(ahead.moment[-1])]
    low, high = min(ends), max(ends)
    room = max(0.08 * (high - low), 0.02 * abs(high), 1e-3)
    aside = max(0.06 * (moments[-1] - moments[0]), 0.5)
    return _Scale(moments[0] - aside, moments[-1] + aside, low - room, high + room, width, height)


def _head(followed: Followed, scale: _Scale) -> list[Any]:
    """Return the title on at most two lines, and under it what the axis counts."""
    title, top = drawable(name_of(followed)), scale.height - _HEAD
    lines = fit_lines(title, scale.width, _HEAD, BOLD, _TITLE_LINES)
    unit = axis_title(followed.number.unit)
    return [
        *(
            _text(0, top - place * 1.2 * _HEAD, line, _HEAD, bold=True)
            for place, line in enumerate(lines)
        ),
        _text(0, top - (len(lines) - 1) * 1.2 * _HEAD - 1.4 * _SMALL, unit, _SMALL, grey=True),
    ]


def _axes(followed: Followed, points: Sequence[Point], scale: _Scale) -> list[Any]:
    left, right, floor = _LEFT, scale.width - _RIGHT, _BOTTOM
    parts: list[Any] = [
        Line(left, floor, right, floor, strokeColor=INK, strokeWidth=0.6),
        Line(left, floor, left, scale.height - _TOP, strokeColor=INK, strokeWidth=0.6),
    ]
    sign = "°" if followed.number.unit == "deg" else ""
    for value in _ticks(scale.low, scale.high):
        y = scale.y(value)
        parts.append(Line(left - 2, y, left, y, strokeColor=INK, strokeWidth=0.5))
        said = f"{value:g}{sign}"
        parts.append(_text(left - 3, y - 0.35 * _SMALL, said, _SMALL, anchor="end"))
    for day, moment, anchor in _days(points, scale):
        x = scale.x(moment)
        parts.append(Line(x, floor, x, floor - 2, strokeColor=INK, strokeWidth=0.5))
        parts.append(_text(x, floor - 9, day_text(day), _SMALL, anchor=anchor))
    return parts


def _ticks(low: float, high: float) -> list[float]:
    """Return round values within a range, about four."""
    step = (high - low) / _TICKS_N
    size = 10.0 ** math.floor(math.log10(step))
    step = next(m * size for m in (1.0, 2.0, 5.0, 10.0) if m * size >= step)
    first = math.ceil(low / step)
    return [round(n * step, 6) + 0.0 for n in range(first, math.floor(high / step) + 1)]


def _days(points: Sequence[Point], scale: _Scale) -> list[tuple[date, float, str]]:
    """Return the first and the last day, each where its words have room."""
    first, last = points[0], points[-1]
    found = [(_day(first), _moment(first), "start")]
    if _day(last) != _day(first):
        found.append((_day(last), _moment(last), "end"))
    else:
        found[0] = (_day(first), _moment(first), "middle")
    return found


def _known_levels(followed: Followed) -> list[tuple[float, str, list[float]]]:
    """Return target, limit and other side: the value, what is written there, and the dashes."""
    found = []
    if math.isfinite(followed.limit_deg):
        said = f"plan's limit {degrees(followed.limit_deg)}"
        found.append((followed.limit_deg, said, [9.0, 3.0]))
    if math.isfinite(followed.target):
        found.append((followed.target, target_text(followed), [5.0, 2.0]))
    if followed.other is not None:
        found.append((followed.other.measurement.value, other_text(followed), [1.5, 2.0]))
    return found


def _levels(followed: Followed, first: Point, scale: _Scale) -> list[Any]:
    """Return target, limit and other side as lines across, each named on itself.

    A name stands above its line; where another one or the letters of events on top are in its way,
    below it. It begins at the left, but behind the first point's value where that is near.
    """
    right, parts = scale.width - _RIGHT, list[Any]()
    ceiling, point_y = scale.height - _TOP, _place(first, scale)[1]
    for value, said, dash in sorted(_known_levels(followed), key=lambda each: -each[0]):
        y = scale.y(value)
        parts.append(
            Line(_LEFT, y, right, y, strokeColor=GREY, strokeWidth=0.9, strokeDashArray=dash)
        )
        x = _LEFT + (_PAST_FIRST_PT if abs(y - point_y) < _NEAR_PT else 3.0)
        fits_above = y + 1.5 + _SMALL <= ceiling
        low = y + 1.5 if fits_above else min(y, ceiling) - _SMALL
        parts.append(_text(x, low, said, _SMALL, grey=True))
        ceiling = low
    return parts


def _typical(followed: Followed, scale: _Scale) -> list[Any]:
    """Return the published range as a pale band, as far as it lies within the drawing."""
    found = followed.typical
    if found is None or not math.isfinite(found.low):
        return []
    low, high = max(found.low, scale.low), min(found.high, scale.high)
    if high <= low:
        return []
    width = scale.width - _LEFT - _RIGHT
    y = scale.y(low)
    return [Rect(_LEFT, y, width, scale.y(high) - y, fillColor=PALE, strokeColor=None)]


def _marks(marked: Iterable[tuple[date, str]], scale: _Scale) -> list[Any]:
    parts: list[Any] = []
    for day, letter in marked:
        moment = _moment_of(datetime(day.year, day.month, day.day, 12))
        if not scale.first <= moment <= scale.last:
            continue
        x, top = scale.x(moment), scale.height - _TOP
        parts.append(
            Line(x, _BOTTOM, x, top, strokeColor=GREY, strokeWidth=0.6, strokeDashArray=[1, 1.5])
        )
        parts.append(_text(x, top + 1, letter, _SMALL, anchor="middle", bold=True))
    return parts


def _bars(points: Sequence[Point], scale: _Scale) -> list[Any]:
    parts: list[Any] = []
    for point in points:
        span, x, value = _bar(point), scale.x(_moment(point)), point.measurement.value
        if not span:
            continue
        low, high = scale.y(value - span), scale.y(value + span)
        parts.append(Line(x, low, x, high, strokeColor=GREY, strokeWidth=0.6))
        parts += [Line(x - 2, y, x + 2, y, strokeColor=GREY, strokeWidth=0.6) for y in (low, high)]
    return parts


class _Ahead(NamedTuple):
    """What of the recovery curve lies behind the last take: days, the middle and the band."""

    moment: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray


def _ahead(followed: Followed) -> _Ahead | None:
    found = followed.recovery
    if found is None:
        return None
    later = found.time_weeks >= found.observed_until_weeks
    start = _moment(judged_points(followed.line)[0])
    return _Ahead(
        start + _DAYS_A_WEEK * found.time_weeks[later],
        found.value[later],
        found.low[later],
        found.high[later],
    )


def _foretold(followed: Followed, scale: _Scale) -> list[Any]:
    """Return how the takes may go on, thin and dashed: legible beside the bars of the takes."""
    ahead = _ahead(followed)
    if ahead is None:
        return []
    x = [scale.x(moment) for moment in ahead.moment.tolist()]

    def line(values: FloatArray, **how: Any) -> Any:
        ends = [each for place, v in zip(x, values, strict=True) for each in (place, scale.y(v))]
        return PolyLine(ends, strokeColor=GREY, **how)

    return [
        line(ahead.low, strokeWidth=0.4),
        line(ahead.high, strokeWidth=0.4),
        line(ahead.value, strokeWidth=0.9, strokeDashArray=[3, 2]),
    ]


def _joined(points: Sequence[Point], scale: _Scale) -> list[Any]:
    """Return the line from day to day; what one day's takes differ by is no recovery."""
    parts: list[Any] = []
    for before, point in pairwise(points):
        if _day(before) != _day(point):
            ends = [*_place(before, scale), *_place(point, scale)]
            parts.append(PolyLine(ends, strokeColor=INK, strokeWidth=1.2))
    return parts


def _points(points: Sequence[Point], scale: _Scale) -> list[Any]:
    parts: list[Any] = []
    for point in points:
        x, y = _place(point, scale)
        fill = INK if is_judged(point.measurement) else None
        parts.append(Circle(x, y, 2.1, fillColor=fill, strokeColor=INK, strokeWidth=0.8))
    # Beside the point, where the curve that leaves or reaches it does not run.
    value = [point.measurement.value for point in points]
    parts += _said(points[0], scale, above=len(value) > 1 and value[1] < value[0], to_right=True)
    if len(points) > 1:
        parts += _said(points[-1], scale, above=value[-1] >= value[-2], to_right=False)
    return parts


def _said(point: Point, scale: _Scale, *, above: bool, to_right: bool) -> list[Any]:
    """Return a value beside its point, on paper of its own, on the side where no curve runs."""
    said = reached(point.measurement, point.take.movement)
    wide = text_width(said, _HEAD, BOLD)
    x, y = _place(point, scale)
    left = x + 4 if to_right else x - 4 - wide
    low = min(max(y + (4 if above else -4 - _HEAD), _BOTTOM + 1), scale.height - _TOP - _HEAD)
    paper = Rect(left - 1, low - 1.5, wide + 2, _HEAD + 1, fillColor=white, strokeColor=None)
    return [paper, _text(left, low, said, _HEAD, bold=True)]


def _place(point: Point, scale: _Scale) -> tuple[float, float]:
    return scale.x(_moment(point)), scale.y(point.measurement.value)


def _bar(point: Point) -> float:
    m = point.measurement
    return 0.0 if is_typed(point.take, m) or not math.isfinite(m.mdc95) else m.mdc95


def _day(point: Point) -> date:
    return point.take.started_at.date()


def _moment(point: Point) -> float:
    return _moment_of(point.take.started_at)


def _moment_of(moment: datetime) -> float:
    """Return days, by the clock of where it was."""
    there = moment.replace(tzinfo=None)
    return float((np.datetime64(there) - np.datetime64("2000-01-01")) / np.timedelta64(1, "s")) / (
        _DAY_S
    )


def _text(
    x: float,
    y: float,
    said: str,
    size_pt: float,
    *,
    bold: bool = False,
    grey: bool = False,
    anchor: str = "start",
) -> Any:
    return String(
        x,
        y,
        said,
        fontName=BOLD if bold else REGULAR,
        fontSize=size_pt,
        fillColor=GREY if grey else INK,
        textAnchor=anchor,
    )
