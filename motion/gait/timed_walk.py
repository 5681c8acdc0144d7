"""Walking tests over 10 m and 4 m: timed between two marks as the hips pass them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from motion.gait.error_figures import GaitErrors
from motion.gait.settings import GaitSettings, TimedTest
from motion.gait.timed_motion import TimedMotion, TimedResult
from motion.gait.timed_numbers import missing_number, timed_number
from motion.gait.timed_series import EvenMotion, even_out
from motion.model import FloatArray, Measurement, MeasureVerdict, ScaleSource, TimedPhase
from motion.signals.crossings import first_crossing, last_crossing

__all__ = ["WALK_LENGTH_M", "measure_timed_walk"]

WALK_LENGTH_M: Final = {TimedTest.WALK10: 10.0, TimedTest.WALK4: 4.0}

_SAME_LENGTH: Final = 0.02
"""Marks whose distance is the test's within this share of it are its marks."""
_FASTEST_M_S: Final = 4.0
"""Nobody walks faster: what passes the marks so is not a body that walks."""
_STEADY: Final = 0.8
_BORDER: Final = 0.15
"""Over this share of the way at either end, about a step, the speed must reach so much of the
middle's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """Once from one mark to the other."""

    start_s: float
    end_s: float
    steady: bool

    @property
    def time_s(self) -> float:
        """Seconds from mark to mark."""
        return self.end_s - self.start_s


def measure_timed_walk(
    motion: TimedMotion, test: TimedTest, settings: GaitSettings, errors: GaitErrors
) -> TimedResult:
    """Return time and speed over 10 m or 4 m at steady pace, the mean of all passages.

    The clock runs while the middle of the hips goes from one mark to the other, as a stopwatch
    follows the leading foot or the trunk in the usual protocol with a way to speed up before and
    to slow down after (Bohannon & Andrews 2011, Physiotherapy 97:182, of 3 to 30 m). The marks are
    the two ends of the known distance on the floor, where that is the test's; else, with another
    scale, they lie about the middle of each walk, where the picture shows enough of it. Nothing is
    extrapolated from a shorter way.

    Parameters
    ----------
    motion
        The whole recording.
    test
        ``walk10`` or ``walk4``.
    settings
        Whose ``floor_px`` and ``floor_m`` are the marks.
    errors
        Error figures of the numbers.
    """
    length_m = WALK_LENGTH_M[test]
    even = even_out(motion)
    why_not = _say_why_not(motion, even)
    if even is None or why_not:
        return _not_measured(test, why_not)
    marks = _floor_marks(motion, settings, length_m)
    place_m = motion.find_metres(even.time_s, even.x)
    found = (
        _pass_marks(even, place_m, marks)
        if marks
        else _pass_middles(even, place_m, motion, length_m)
    )
    passages = tuple(each for each in found if each.time_s * _FASTEST_M_S >= length_m)
    if not passages:
        return _not_measured(test, _say_what_is_missing(even, place_m, motion, length_m, marks))
    return _result(motion, test, passages, errors, on_marks=marks is not None)


def _say_why_not(motion: TimedMotion, even: EvenMotion | None) -> str:
    if motion.on_belt:
        return "on a treadmill nobody passes two marks"
    if even is None or not np.any(np.isfinite(even.x)):
        return "the hips were not seen"
    if not motion.scale.known:
        return "no scale in metres; mark the distance on the floor, or give the person's height"
    return ""


def _floor_marks(
    motion: TimedMotion, settings: GaitSettings, length_m: float
) -> tuple[float, float] | None:
    """Return where the marks lie along the picture, if the known distance is the test's."""
    ends = settings.floor_px
    if ends is None or motion.scale.source is not ScaleSource.FLOOR_DISTANCE:
        return None
    if not abs(settings.floor_m - length_m) <= _SAME_LENGTH * length_m:
        return None
    return min(ends[0], ends[2]), max(ends[0], ends[2])


def _pass_marks(
    motion: EvenMotion, place_m: FloatArray, marks: tuple[float, float]
) -> Iterator[_Passage]:
    """Yield each passage from one mark to the other, in either direction.

    The marks are places in the picture: no metres are needed to see who passes them.
    """
    low, high = marks
    with np.errstate(invalid="ignore"):
        zone = np.where(motion.x < low, -1, np.where(motion.x > high, 1, 0))
    outside = np.flatnonzero(np.isfinite(motion.x) & (zone != 0))
    for before, after in pairwise(outside):
        if zone[before] != zone[after]:
            entry, leave = (low, high) if zone[before] < 0 else (high, low)
            window = slice(max(int(before) - 1, 0), int(after) + 2)
            yield from _passage(
                motion.time_s[window], motion.x[window], place_m[window], (entry, leave)
            )


def _pass_middles(
    motion: EvenMotion, place_m: FloatArray, timed: TimedMotion, length_m: float
) -> Iterator[_Passage]:
    """Yield the middle of each walk, in metres, where it is as long as the test."""
    for walk in timed.walks:
        rows = motion.rows(walk.start_s, walk.end_s)
        time_s, own_m = motion.time_s[rows], place_m[rows]
        known = own_m[np.isfinite(own_m)]
        if len(known) < 2 or abs(known[-1] - known[0]) < length_m:
            continue
        middle = (known[0] + known[-1]) / 2.0
        half = math.copysign(length_m / 2.0, known[-1] - known[0])
        yield from _passage(time_s, own_m, own_m, (middle - half, middle + half))


def _passage(
    time_s: FloatArray, places: FloatArray, place_m: FloatArray, marks: tuple[float, float]
) -> Iterator[_Passage]:
    """Yield the time from the last pass of one mark to the first of the other after it."""
    entry, leave = marks
    end_s = first_crossing(time_s, places, leave)
    before = time_s <= end_s
    start_s = last_crossing(time_s[before], places[before], entry)
    if math.isfinite(start_s):
        steady = _is_steady(time_s, place_m, (start_s, end_s))
        yield _Passage(start_s=start_s, end_s=end_s, steady=steady)


def _is_steady(time_s: FloatArray, place_m: FloatArray, ends_s: tuple[float, float]) -> bool:
    """Return whether neither the start nor the end of the way is much slower than its middle."""
    known = np.isfinite(place_m)
    entry, leave = np.interp(ends_s, time_s[known], place_m[known])
    inner = [entry + share * (leave - entry) for share in (_BORDER, 1.0 - _BORDER)]
    inner_s = (first_crossing(time_s, place_m, inner[0]), last_crossing(time_s, place_m, inner[1]))
    usual_s = (inner_s[1] - inner_s[0]) * _BORDER / (1.0 - 2.0 * _BORDER)
    borders_s = (inner_s[0] - ends_s[0], ends_s[1] - inner_s[1])
    return not max(borders_s) > usual_s / _STEADY


def _say_what_is_missing(
    even: EvenMotion,
    place_m: FloatArray,
    motion: TimedMotion,
    length_m: float,
    marks: tuple[float, float] | None,
) -> str:
    if marks:
        return "nobody was seen to pass both marks"
    seen_m = max(
        (
            float(np.ptp(own_m[np.isfinite(own_m)]))
            for walk in motion.walks
            if np.any(np.isfinite(own_m := place_m[even.rows(walk.start_s, walk.end_s)]))
        ),
        default=0.0,
    )
    if seen_m == 0.0:
        return "no walk was found"
    return (
        f"the longest walk in the picture is {seen_m:.1f} m, {length_m:g} m are needed; "
        "move the camera back, or take a shorter test"
    )


def _result(
    motion: TimedMotion,
    test: TimedTest,
    passages: tuple[_Passage, ...],
    errors: GaitErrors,
    *,
    on_marks: bool,
) -> TimedResult:
    length_m = WALK_LENGTH_M[test]
    time_s = np.array([passage.time_s for passage in passages])
    unsteady = sum(not passage.steady for passage in passages)
    note = f"{'between the marks' if on_marks else 'in the middle of the walk'}, steady pace"
    off_side = motion.doubt_view(passages[0].start_s, passages[-1].end_s)
    warnings = []
    if unsteady:
        note = "speeding up or slowing down between the marks"
        warnings.append(
            f"{unsteady} of {len(passages)} passages of {length_m:g} m hold speeding up or slowing "
            "down: let the person start and stop 2 m outside the marks"
        )
    doubtful = unsteady or off_side
    verdict = MeasureVerdict.UNCERTAIN if doubtful else MeasureVerdict.MEASURED

    def number(measure: str, values: FloatArray) -> Measurement:
        return replace(
            timed_number(f"{test}_{measure}", float(np.mean(values)), errors, motion.scale),
            n_repetitions=len(values),
            sd=float(np.std(values, ddof=1)) if len(values) > 1 else math.nan,
            verdict=verdict,
            note="; ".join(part for part in (note, off_side) if part),
        )

    return TimedResult(
        phases=tuple(
            TimedPhase(test=test.value, phase="walk", start_s=each.start_s, end_s=each.end_s)
            for each in passages
        ),
        measurements=(number("time", time_s), number("speed", length_m / time_s)),
        warnings=tuple(warnings),
    )


def _not_measured(test: TimedTest, why_not: str) -> TimedResult:
    length_m = WALK_LENGTH_M[test]
    return TimedResult(
        measurements=(
            missing_number(f"{test}_time", why_not),
            missing_number(f"{test}_speed", why_not),
        ),
        warnings=(f"{length_m:g} m walk not measured: {why_not}",),
    )
