"""Whether somebody walks, how long a stride lasts, and how far the feet swing."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.signal import find_peaks

from motion.gait.points import WalkPoints
from motion.model import FloatArray, IndexArray, UniformSeries
from motion.signals import grid_rate, resample_uniform

__all__ = ["GRID_HZ", "HEEL", "TOE", "Rhythm", "Swing", "find_rhythm", "find_swing"]

GRID_HZ: Final = 200.0
"""Events are looked for on this grid, so that a camera's rate does not set how fine they are."""

HEEL, TOE, ANKLE = 0, 1, 2

_LEAST_SWING: Final = 0.12
"""Distance that the ankles pass each other by, as a share of the leg's length, below which
nobody walks: shuffling steps of 15 cm make 0.33, the pose model's noise of a far ankle 0.03."""

_SAME_SWING: Final = 0.3
"""Swing of one leg over that of the other: below it one leg moves and the other stands."""

_IN_TURN: Final = -0.3
"""Correlation of the two ankles' way forward: legs that move in turn are near -1."""

_PROMINENT: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swing:
    """How far feet are in front of the hips.

    Parameters
    ----------
    series
        ``(m, 6)`` on a uniform grid: heel, toe, ankle of the left foot, then of the right.
    """

    series: UniformSeries

    def of(self, point: int, foot: int) -> FloatArray:
        """Return one point of one foot, ``(m,)``; NaN in gaps."""
        return np.asarray(self.series.values[:, 3 * foot + point])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How somebody walks on a stretch.

    Parameters
    ----------
    stride_s
        The usual time of a stride; NaN where nobody walks.
    why_not
        Why this is no walking, in plain words; empty where it is.
    """

    stride_s: float = float("nan")
    why_not: str = ""


def find_swing(points: WalkPoints) -> Swing:
    """Return how far heels, toes and ankles are in front of the middle of the hips.

    Positions are put on a grid of :data:`GRID_HZ` by splines between gaps, so that moments
    between two frames can be told (docs/gait.md).
    """
    middle = points.mid_hip[:, None, 0]
    ahead = [
        points.heel[..., 0] - middle,
        points.toe[..., 0] - middle,
        points.ankle[..., 0] - middle,
    ]
    columns = np.stack(ahead, axis=2).reshape(len(points.time_s), 6)
    period_s = points.period_s
    rate_hz = max(GRID_HZ, grid_rate(1.0 / period_s))
    return Swing(series=resample_uniform(points.time_s, columns, rate_hz, period_s))


def find_rhythm(points: WalkPoints, swing: Swing) -> Rhythm:
    """Return the usual stride time, or why nobody walks.

    The ankles pass each other once a step: the distance between them has one extremum per
    contact, and like extrema are a stride apart. What counts as an extremum adapts to the
    person: three tenths of the usual distance, never a length in metres, which fails children.
    """
    left, right = swing.of(ANKLE, 0), swing.of(ANKLE, 1)
    apart = left - right
    seen = np.isfinite(apart)
    leg = points.leg_length
    if not np.isfinite(leg) or np.mean(seen) * len(seen) < swing.series.rate_hz:
        return Rhythm(why_not="feet and hips were not seen for a whole second")
    least = _LEAST_SWING * leg
    highs, lows = find_extrema(apart, least), find_extrema(-apart, least)
    if len(highs) + len(lows) < 2:
        return Rhythm(why_not="no steps: the feet do not pass each other")
    first, last = min(*highs, *lows), max(*highs, *lows)
    span = slice(first, last + 1)
    both = np.isfinite(left[span]) & np.isfinite(right[span])
    ranges = sorted(float(np.ptp(each[span][both])) for each in (left, right))
    if ranges[0] < _SAME_SWING * ranges[1]:
        return Rhythm(why_not="only one leg moves forward and back")
    if np.corrcoef(left[span][both], right[span][both])[0, 1] > _IN_TURN:
        return Rhythm(why_not="the legs do not move in turn")
    stride_n = _find_stride(apart, highs, lows)
    if not np.isfinite(stride_n):
        return Rhythm(why_not="feet or hips were hidden within every step")
    return Rhythm(stride_s=stride_n / swing.series.rate_hz)


def _find_stride(apart: FloatArray, highs: IndexArray, lows: IndexArray) -> float:
    """Return the median rows between like extrema without a gap between them.

    Where there is no such pair, twice the rows between two unlike ones; NaN where a gap lies in
    between all.
    """
    gaps = np.cumsum(~np.isfinite(apart))
    strides = [
        after - before
        for rows in (highs, lows)
        for before, after in pairwise(rows)
        if gaps[before] == gaps[after]
    ]
    if strides:
        return float(np.median(strides))
    both = sorted([*highs, *lows])
    steps = [after - before for before, after in pairwise(both) if gaps[before] == gaps[after]]
    return 2.0 * float(np.median(steps)) if steps else float("nan")


def find_extrema(values: FloatArray, least: float) -> IndexArray:
    """Return the rows of the maxima that stand out by three tenths of the usual swing.

    Parameters
    ----------
    values
        ``(m,)``; NaN in gaps, each run between them looked at by itself.
    least
        What they stand out by at least.
    """
    prominent = [find_peaks(values[run], prominence=least) for run in finite_runs(values)]
    tall = np.concatenate([found["prominences"] for _, found in prominent] or [np.zeros(0)])
    usual = float(np.median(tall)) if len(tall) else 0.0
    return np.array(
        [
            run.start + peak
            for run, (peaks, found) in zip(finite_runs(values), prominent, strict=True)
            for peak, height in zip(peaks, found["prominences"], strict=True)
            if height >= _PROMINENT * usual
        ],
        dtype=np.intp,
    )


def finite_runs(values: FloatArray) -> list[slice]:
    """Return the runs of rows without a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], np.isfinite(values), [False]])))
    return [slice(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]
