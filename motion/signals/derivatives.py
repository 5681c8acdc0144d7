"""Rates of change on a uniform grid."""

import numpy as np

from motion.model import FloatArray, UniformSeries

__all__ = ["differentiate"]


def differentiate(series: UniformSeries) -> FloatArray:
    """Return the first derivative by second-order central differences, per second.

    NaN spreads by one sample to either side, since both neighbours are needed.
    """
    if len(series) < 2:
        return np.full_like(series.values, np.nan)
    return np.asarray(np.gradient(series.values, 1.0 / series.rate_hz, axis=0))
