"""The gap rule: what may be filled, and what stays missing."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.interpolate import PchipInterpolator

from motion.model import BoolArray, FloatArray, IndexArray

__all__ = ["MAX_GAP_S", "columns_by_validity", "fill_gaps", "find_runs"]

MAX_GAP_S: Final = 0.2
"""Longest time, in seconds, that may be bridged; the upper end of the 0.12 s of Stenum et al.
2021 (PLoS Comput Biol 17(4):e1008935) and the 0.2 s of our design."""

_TOLERANCE_S = 1e-6


def find_runs(
    time_s: FloatArray,
    valid: BoolArray,
    frame_period_s: float,
    max_gap_s: float = MAX_GAP_S,
) -> list[IndexArray]:
    """Split the valid samples where more than ``max_gap_s`` is missing between them.

    A gap is the time between the valid samples on either side, less one frame period, so
    that neighbouring frames have none. Frames that never came count as well as frames in
    which nothing was seen.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing.
    valid
        ``(n,)`` where something was measured.
    frame_period_s
        The usual time between two frames.
    max_gap_s
        Longest gap that does not split.

    Returns
    -------
    list of ndarray
        Index arrays of the valid samples of each run, in order.
    """
    index = np.flatnonzero(valid)
    if len(index) == 0:
        return []
    gap_s = np.diff(time_s[index]) - frame_period_s
    return np.split(index, np.flatnonzero(gap_s > max_gap_s + _TOLERANCE_S) + 1)


def fill_gaps(
    time_s: FloatArray,
    values: FloatArray,
    frame_period_s: float,
    max_gap_s: float = MAX_GAP_S,
) -> tuple[FloatArray, BoolArray]:
    """Interpolate over short gaps; a longer one, and both ends, stay NaN.

    Shape-preserving cubic interpolation (Fritsch & Butland 1984) does not overshoot, so a
    filled value never lies outside its neighbours: nothing is invented beyond them.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing.
    values
        ``(n, d)``; a row is missing where any of it is NaN.
    frame_period_s
        The usual time between two frames.
    max_gap_s
        Longest gap that is filled.

    Returns
    -------
    values, filled
        ``(n, d)`` with short gaps filled, and ``(n,)`` True where it was.
    """
    valid = np.all(np.isfinite(values), axis=1)
    result = np.where(valid[:, None], values, np.nan)
    filled = np.zeros(len(time_s), dtype=bool)
    for run in find_runs(time_s, valid, frame_period_s, max_gap_s):
        inside = np.arange(run[0], run[-1] + 1)
        missing = inside[~valid[inside]]
        if len(missing):
            curve = PchipInterpolator(time_s[run], values[run], axis=0)
            result[missing] = curve(time_s[missing])
            filled[missing] = True
    return result, filled


def columns_by_validity(valid: BoolArray) -> Iterator[tuple[IndexArray, BoolArray]]:
    """Group the columns that are valid in the same rows: they can be worked on together.

    Yields
    ------
    columns, pattern
        Indices of the columns, and the ``(n,)`` rows in which all of them are valid.
    """
    columns: dict[bytes, list[int]] = {}
    for number, pattern in enumerate(np.packbits(valid, axis=0).T):
        columns.setdefault(pattern.tobytes(), []).append(number)
    for group in columns.values():
        yield np.array(group), valid[:, group[0]]
