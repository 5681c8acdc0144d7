"""Recovery over time: which numbers may stand on one line, and what their change amounts to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from motion.clinic.better import Direction, better_of
from motion.clinic.change import Change, Outcome, judge_change
from motion.clinic.trend import Trend, find_trend
from motion.clinic.values import TakeKind, TakeSummary
from motion.model import Measurement, ModelInfo

__all__ = [
    "METHOD_SETTINGS",
    "Line",
    "Point",
    "comparability",
    "differences",
    "follow",
    "method_of",
]

_WEEK_S: Final = 7 * 86400.0
_LABELS: Final = {
    "near_side": "near side",
    "weight_bearing": "weight bearing",
    "footwear_orthosis": "footwear or orthosis",
}
METHOD_SETTINGS: Final = (
    "filtered", "cutoff_hz", "max_gap_s", "seen_confidence", "view", "angle_method", "cameras",
    "joint_centres",
)  # fmt: skip
"""The settings that change numbers: a filter takes off peaks, a forced view forgives an oblique,
a bent knee looks straighter from off its side unless foreshortening is taken out, and of landmarks
otherwise than of joint centres."""

_UNCONFIRMED: Final = "not yet confirmed by a second take"

_Readings = list[tuple[TakeSummary, Measurement]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One measurement of one take, and what is said of it.

    ``change`` is against the line's baseline, ``since_previous`` against the take before;
    both ``None`` at the baseline.
    """

    take: TakeSummary
    measurement: Measurement
    verdict: str
    change: Change | None = None
    since_previous: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure over comparable takes, the oldest first.

    Parameters
    ----------
    trend
        Only from four measured takes on.
    decline_confirmed
        Whether the last two measured takes both lie below the baseline beyond the error.
    """

    points: tuple[Point, ...]
    direction: Direction
    trend: Trend | None
    decline_confirmed: bool

    @property
    def measurement(self) -> Measurement:
        """The first measurement: it names the measure, the side and the unit of the line."""
        return self.points[0].measurement


def differences(first: TakeSummary, second: TakeSummary) -> tuple[str, ...]:
    """Return in what two takes differ that forbids to compare their numbers."""
    names = [
        _LABELS.get(name, name) for name in first.conditions.differing_fields(second.conditions)
    ]
    if first.movement != second.movement:
        names.append("movement")
    if first.view != second.view:
        names.append("view")
    if _method_of_take(first) != _method_of_take(second):
        names.append("method")
    return tuple(names)


def method_of(
    kind: TakeKind, model: ModelInfo, settings: Iterable[tuple[str, object]]
) -> tuple[object, ...]:
    """Return how numbers came about; those of two methods are not comparable."""
    chosen = dict(settings)
    return kind, model, *(chosen.get(name) for name in METHOD_SETTINGS)


def _method_of_take(take: TakeSummary) -> tuple[object, ...]:
    return method_of(take.kind, take.model, take.settings)


def comparability(first: TakeSummary, a: Measurement, second: TakeSummary, b: Measurement) -> str:
    """Return why two measurements cannot be compared; empty where they can.

    ``Not comparable: position differs``; several differences are all named.
    """
    names = list(differences(first, second))
    if a.side != b.side:
        names.append("side")
    if (a.measure, a.joint, a.motion, a.unit) != (b.measure, b.joint, b.motion, b.unit):
        names.append("measure")
    if not names:
        return ""
    return f"Not comparable: {', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"


def follow(takes: Iterable[TakeSummary]) -> tuple[Line, ...]:
    """Return every measure of a patient as lines of comparable takes.

    Excluded takes are left out. A take that cannot be compared with the line before begins
    another line, and its verdict says why: at the first value of the line, against the first
    other line that has one.
    """
    lines: list[_Readings] = []
    firsts: list[str] = []
    for take in sorted(takes, key=lambda take: take.started_at):
        if take.excluded_reason is not None:
            continue
        for measurement in take.measurements:
            place = _place_on(lines, take, measurement)
            if place == len(lines):
                lines.append([])
                firsts.append("")
            if not firsts[place] and np.isfinite(measurement.value):
                firsts[place] = _obstacle(lines, take, measurement) or "Baseline"
            lines[place].append((take, measurement))
    return tuple(_to_line(line, first) for line, first in zip(lines, firsts, strict=True))


def _place_on(lines: Sequence[_Readings], take: TakeSummary, measurement: Measurement) -> int:
    """Return which line a reading continues; one more than there are where none."""
    comparable = (
        n for n, line in enumerate(lines) if not comparability(*line[0], take, measurement)
    )
    return next(comparable, len(lines))


def _obstacle(lines: Iterable[_Readings], take: TakeSummary, measurement: Measurement) -> str:
    """Return why a value stands on no line that has values; empty where there is no such line."""
    for line in lines:
        values = (r for r in line if np.isfinite(r[1].value) and _same_quantity(r[1], measurement))
        other = next(values, None)
        if other is not None:
            return comparability(*other, take, measurement)
    return ""


def _same_quantity(a: Measurement, b: Measurement) -> bool:
    return (a.measure, a.joint, a.motion, a.side) == (b.measure, b.joint, b.motion, b.side)


def _to_line(readings: Sequence[tuple[TakeSummary, Measurement]], first: str) -> Line:
    take, named = readings[0]
    direction = better_of(named.measure, named.joint, named.motion, take.movement)
    points = _judged(readings, first, direction)
    once = _one_per_recording(points)
    last = [point.change for point in once][-2:]
    return Line(
        points=points,
        direction=direction,
        trend=find_trend(
            np.array([_weeks(point.take.started_at, take.started_at) for point in once]),
            np.array([point.measurement.value for point in once]),
        ),
        decline_confirmed=len(last) == 2 and all(map(_declined, last)),
    )


def _one_per_recording(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the measured points without what says the same recording once more."""
    found: dict[str, Point] = {}
    for point in points:
        if np.isfinite(point.measurement.value):
            found.setdefault(point.take.digest, point)
    return tuple(found.values())


def _judged(
    readings: Sequence[tuple[TakeSummary, Measurement]], first: str, direction: Direction
) -> tuple[Point, ...]:
    points: list[Point] = []
    measured: list[Measurement] = []
    for take, m in readings:
        if not np.isfinite(m.value):
            points.append(Point(take=take, measurement=m, verdict="Not measured"))
            continue
        if not measured:
            points.append(Point(take=take, measurement=m, verdict=first))
        else:
            change = judge_change(measured[0], m, direction)
            if _declined(change) and not _declined(_change_before(take, points)):
                change = replace(change, remarks=(*change.remarks, _UNCONFIRMED))
            points.append(
                Point(
                    take=take,
                    measurement=m,
                    verdict=change.verdict,
                    change=change,
                    since_previous=judge_change(measured[-1], m, direction),
                )
            )
        measured.append(m)
    return tuple(points)


def _change_before(take: TakeSummary, points: Iterable[Point]) -> Change | None:
    """Return the change that another recording showed last."""
    others = [p for p in _one_per_recording(points) if p.take.digest != take.digest]
    return others[-1].change if others else None


def _declined(change: Change | None) -> bool:
    return change is not None and change.outcome is Outcome.DECLINED


def _weeks(moment: datetime, start: datetime) -> float:
    return (moment - start).total_seconds() / _WEEK_S
