"""The extrema of a foot's way: one of each stride, also near the ends of what was seen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import find_peaks

from motion.gait.rhythm import finite_runs
from motion.model import FloatArray, UniformSeries

__all__ = ["Extremum", "find_extrema_of_strides"]

_NEAR_END: Final = 0.3
_PASSED: Final = 0.05
_PASSED_N: Final = 8
"""Within 0.3 strides of an end a maximum counts that has been passed by a share of the usual
prominence, and by 8 rows, 0.04 s: what is nearer may still be rising."""

_APART: Final = 0.6
_PROMINENT: Final = 0.3
_TOP: Final = 0.06
"""Share of the usual swing below the maximum that its width is measured at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremum:
    """When a foot was farthest, and for how long about there; NaN where an end cuts it."""

    time_s: float
    width_s: float


def find_extrema_of_strides(
    values: FloatArray, series: UniformSeries, stride_s: float
) -> list[Extremum]:
    """Return the maxima that are a stride's, each run between gaps by itself.

    Parameters
    ----------
    values
        ``(m,)`` on the grid of a series; NaN in gaps.
    series
        Says when each row was.
    stride_s
        The usual stride.
    """
    stride_n = stride_s * series.rate_hz
    usual = _usual_swing(values, stride_n)
    found = []
    for run in finite_runs(values):
        for row in _find_rows(values[run], stride_n, usual):
            vertex = run.start + row + _vertex(values[run], row)
            found.append(
                Extremum(
                    time_s=series.start_s + vertex / series.rate_hz,
                    width_s=_width(values[run], row, _TOP * usual) / series.rate_hz,
                )
            )
    return found


def _find_rows(values: FloatArray, stride_n: float, usual: float) -> list[int]:
    """Return the rows of maxima of one run, also near its ends.

    What lies beyond an end is not known: a maximum within 0.3 strides of one has to stand out to
    the inside only. But it must have been passed, by the more the farther it is from the end, with
    the square of the time as near an extremum; standing still passes nothing.
    """
    edge = np.full(1, np.min(values) - 1.0)
    padded = np.concatenate([edge, values, edge])
    to_inside, _ = find_peaks(
        padded, distance=max(1.0, _APART * stride_n), prominence=_PROMINENT * usual
    )
    passed, found = find_peaks(values, prominence=_PASSED * _PROMINENT * usual)
    to_end = np.minimum(passed, len(values) - 1 - passed)
    share = np.clip((to_end / (_NEAR_END * stride_n)) ** 2, _PASSED, 1.0)
    counts = (found["prominences"] >= share * _PROMINENT * usual) & (to_end >= _PASSED_N)
    return [int(row) for row in passed[counts & np.isin(passed, to_inside - 1)]]


def _usual_swing(values: FloatArray, stride_n: float) -> float:
    """Return the median, over parts a stride long, of how far the values range."""
    width = max(2, round(stride_n))
    parts = [
        values[run][start : start + width]
        for run in finite_runs(values)
        for start in range(0, max(1, run.stop - run.start - width + 1), width)
    ]
    ranges = [float(np.ptp(part)) for part in parts if len(part) > 1]
    moving = [each for each in ranges if each >= _PROMINENT * max(ranges)]
    return float(np.median(moving)) if moving else 0.0


def _vertex(values: FloatArray, row: int) -> float:
    """Return how far beside a maximum's row, in rows, the parabola through it has its vertex."""
    before, here, after = values[row - 1 : row + 2]
    bend = before - 2.0 * here + after
    return float((before - after) / (2.0 * bend)) if bend < 0 else 0.0


def _width(values: FloatArray, row: int, depth: float) -> float:
    """Return how many rows about a maximum lie above its top; NaN where an end cuts them."""
    low = np.flatnonzero(values <= values[row] - depth)
    before, after = low[low < row], low[low > row]
    return float(after[0] - before[-1]) if len(before) and len(after) else float("nan")
