"""When a series passes a level, between its rows."""

import math

import numpy as np

from motion.model import FloatArray

__all__ = ["first_crossing", "last_crossing"]


def first_crossing(time_s: FloatArray, values: FloatArray, level: float) -> float:
    """Return when a series first passes a level; NaN where it never does.

    Only between two neighbouring rows that are both known: a pass within a gap is not one that
    was seen.

    Parameters
    ----------
    time_s, values
        ``(n,)``; NaN where nothing was measured.
    """
    moments_s = _crossings(time_s, values, level)
    return float(moments_s[0]) if len(moments_s) else math.nan


def last_crossing(time_s: FloatArray, values: FloatArray, level: float) -> float:
    """Return when a series last passes a level; as :func:`first_crossing`."""
    moments_s = _crossings(time_s, values, level)
    return float(moments_s[-1]) if len(moments_s) else math.nan


def _crossings(time_s: FloatArray, values: FloatArray, level: float) -> FloatArray:
    over = values - level
    before, after = over[:-1], over[1:]
    known = np.isfinite(before) & np.isfinite(after)
    passes = np.flatnonzero(known & ((before < 0) != (after < 0)))
    share = before[passes] / (before[passes] - after[passes])
    return np.asarray(time_s[passes] + share * (time_s[passes + 1] - time_s[passes]))
