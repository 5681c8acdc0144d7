"""Recovery over time: which numbers may stand on one line, and what their change amounts to."""

import math
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

import numpy as np

from motion.clinic.belt import TYPED, direction_of, is_typed
from motion.clinic.better import Direction
from motion.clinic.change import FEW_STRIDES, Change, Outcome, is_judged, judge_change
from motion.clinic.comparing import comparability, key_of_number, key_of_take
from motion.clinic.hand_takes import instrument_of
from motion.clinic.plateau import Plateau, find_plateau
from motion.clinic.recovery import Recovery, fit_recovery
from motion.clinic.trend import Trend, find_trend
from motion.clinic.values import TakeSummary
from motion.model import FloatArray, Measurement, Side
from motion.norms.meaningful import MeaningfulChange, find_meaningful

__all__ = ["Line", "Point", "Quantity", "follow"]

_WEEK_S: Final = 7 * 86400.0
_UNCONFIRMED: Final = "not yet confirmed by a second take"

Quantity = tuple[str, str, str, Side]
"""Measure, joint, motion and side: what is followed, in whatever circumstances."""

_Reading = tuple[TakeSummary, Measurement]


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
    plateau
        The last takes, where they have levelled off.
    decline_confirmed
        Whether the last two measured takes both lie below the baseline beyond the error.
    """

    points: tuple[Point, ...]
    direction: Direction
    trend: Trend | None
    decline_confirmed: bool
    plateau: Plateau | None = None

    @property
    def measurement(self) -> Measurement:
        """The first measurement: it names the measure, the side and the unit of the line."""
        return self.points[0].measurement

    @property
    def recovery(self) -> Recovery | None:
        """The recovery curve of :meth:`fit_recovery`, without a known limit."""
        return self.fit_recovery()

    def fit_recovery(self, limit: float = math.nan) -> Recovery | None:
        """Return a curve through the takes, where there are enough (:mod:`motion.clinic.recovery`).

        Parameters
        ----------
        limit
            What the measure cannot exceed, such as the other side's value; NaN where unknown.
        """
        once = _one_per_recording(self.points)
        if not once or self.plateau is not None:
            return None
        last = once[-1].measurement
        return fit_recovery(*_series(once), last.sem, last.mdc95, self.direction, limit=limit)


def follow(
    takes: Iterable[TakeSummary],
    meaningful: Iterable[MeaningfulChange] = (),
    *,
    only: Collection[Quantity] | None = None,
) -> tuple[Line, ...]:
    """Return every measure of a patient as lines of comparable takes.

    Excluded takes are left out. A take that cannot be compared with the line before begins
    another line, and its verdict says why: at the first value of the line, against the first
    other line that has one. A number of too few strides stands on its line, but is no baseline,
    no change and no part of a trend: of one or two strides nobody knows how far they are from
    how the person walks. Neither is a belt's speed, which somebody typed.

    Parameters
    ----------
    meaningful
        Published changes that matter to patients (:func:`motion.library.load_meaningful`).
    only
        What to follow, where that is not everything: a page that shows one measure of many takes
        need not wait for all others. Each line is the same as among all.
    """
    lines: dict[Hashable, _Growing] = {}
    quantities: dict[Hashable, list[_Growing]] = {}
    for take in sorted(takes, key=lambda take: take.started_at):
        if take.excluded_reason is not None:
            continue
        of_take = key_of_take(take)
        for measurement in take.measurements:
            if only is not None and _quantity(measurement) not in only:
                continue
            key = (of_take, key_of_number(take, measurement))
            line = lines.get(key)
            same = quantities.setdefault(_quantity(measurement), [])
            if line is None:
                line = lines[key] = _Growing()
                same.append(line)
            line.readings.append((take, measurement))
            if line.baseline is None and _is_judged((take, measurement)):
                line.first = _obstacle(same, take, measurement) or "Baseline"
                line.baseline = (take, measurement)
    known = tuple(meaningful)
    return tuple(_to_line(line, known) for line in lines.values())


@dataclass(slots=True)
class _Growing:
    """A line while it is gathered: ``baseline`` is its first number that may be judged."""

    readings: list[_Reading] = field(default_factory=list)
    baseline: _Reading | None = None
    first: str = ""


def _obstacle(lines: Iterable[_Growing], take: TakeSummary, measurement: Measurement) -> str:
    """Return why a value stands on none of the lines that have values; empty where none has."""
    other = next((line.baseline for line in lines if line.baseline is not None), None)
    return "" if other is None else comparability(*other, take, measurement)


def _quantity(m: Measurement) -> Quantity:
    return m.measure, m.joint, m.motion, m.side


def _to_line(line: _Growing, meaningful: Sequence[MeaningfulChange]) -> Line:
    take, named = line.readings[0]
    direction = direction_of(take, named)
    figures = find_meaningful(meaningful, named.measure, named.unit)
    points = _judged(line, direction, figures)
    once = _one_per_recording(points)
    last = [point.change for point in once][-2:]
    weeks, values = _series(once)
    return Line(
        points=points,
        direction=direction,
        trend=find_trend(weeks, values),
        plateau=find_plateau(weeks, values, _largest_mdc95(once)) if once else None,
        decline_confirmed=len(last) == 2 and all(map(_declined, last)),
    )


def _largest_mdc95(points: Sequence[Point]) -> float:
    """Return the figure that every change on a line exceeds; NaN where a number has none.

    Such a number rests on landmarks that were placed by hand: no camera's figure is of it.
    """
    return float(np.max([point.measurement.mdc95 for point in points]))


def _series(points: Sequence[Point]) -> tuple[FloatArray, FloatArray]:
    """Return weeks since the first of the points, and their values."""
    start = points[0].take.started_at if points else datetime.min
    return (
        np.array([_weeks(point.take.started_at, start) for point in points]),
        np.array([point.measurement.value for point in points]),
    )


def _one_per_recording(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points that may be judged, without what says the same recording once more."""
    found: dict[str, Point] = {}
    for point in points:
        if _is_judged((point.take, point.measurement)):
            found.setdefault(point.take.digest, point)
    return tuple(found.values())


def _judged(
    line: _Growing, direction: Direction, figures: Sequence[MeaningfulChange]
) -> tuple[Point, ...]:
    points: list[Point] = []
    judged: list[Measurement] = []
    of_recording: dict[str, Change | None] = {}
    judge = partial(
        judge_change,
        direction=direction,
        meaningful=figures,
        instrument=instrument_of(line.readings[0][0]),
    )
    for take, m in line.readings:
        if not _is_judged((take, m)):
            points.append(Point(take=take, measurement=m, verdict=_why_not_judged((take, m))))
            continue
        if not judged:
            points.append(Point(take=take, measurement=m, verdict=line.first))
        else:
            change = judge(judged[0], m)
            if _declined(change) and not _declined(_change_before(take, of_recording)):
                change = replace(change, remarks=(*change.remarks, _UNCONFIRMED))
            points.append(
                Point(
                    take=take,
                    measurement=m,
                    verdict=change.verdict,
                    change=change,
                    since_previous=judge(judged[-1], m),
                )
            )
        of_recording.setdefault(take.digest, points[-1].change)
        judged.append(m)
    return tuple(points)


def _is_judged(reading: _Reading) -> bool:
    return is_judged(reading[1]) and not is_typed(*reading)


def _why_not_judged(reading: _Reading) -> str:
    if not math.isfinite(reading[1].value):
        return "Not measured"
    return TYPED if is_typed(*reading) else FEW_STRIDES


def _change_before(take: TakeSummary, of_recording: dict[str, Change | None]) -> Change | None:
    """Return the change that another recording showed last."""
    others = (of_recording[digest] for digest in reversed(of_recording) if digest != take.digest)
    return next(others, None)


def _declined(change: Change | None) -> bool:
    return change is not None and change.outcome is Outcome.DECLINED


def _weeks(moment: datetime, start: datetime) -> float:
    return (moment - start).total_seconds() / _WEEK_S
