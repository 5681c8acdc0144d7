"""From real timestamps to a uniform grid and back; long gaps are carried over, not bridged."""

from typing import Final

import numpy as np
from scipy.interpolate import CubicSpline, interp1d

from motion.model import FloatArray, IndexArray, UniformSeries
from motion.signals.gaps import MAX_GAP_S, columns_by_validity, find_runs

__all__ = ["grid_rate", "resample_uniform", "sample_at"]

_LOWEST_GRID_HZ: Final = 60.0


def grid_rate(measured_rate_hz: float) -> float:
    """Return the grid's rate: at least 60 Hz, so that no recording's events are coarsened."""
    return max(_LOWEST_GRID_HZ, measured_rate_hz)


def resample_uniform(
    time_s: FloatArray,
    values: FloatArray,
    rate_hz: float,
    frame_period_s: float,
    max_gap_s: float = MAX_GAP_S,
) -> UniformSeries:
    """Put samples with real timestamps on a uniform grid.

    Each run of valid samples (see :func:`motion.signals.gaps.find_runs`) is interpolated by a
    cubic spline, a run of fewer than four samples linearly. Nothing is
    extrapolated.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing, at least one.
    values
        ``(n, d)``; columns may be missing (NaN) in different rows.
    rate_hz
        Rate of the grid.
    frame_period_s
        The usual time between two samples.
    max_gap_s
        Longest gap that is interpolated over.

    Returns
    -------
    UniformSeries
        ``(m, d)``; NaN in gaps.
    """
    length = int(np.floor((time_s[-1] - time_s[0]) * rate_hz + 1e-6)) + 1
    grid_s = time_s[0] + np.arange(length) / rate_hz
    result = np.full((length, values.shape[1]), np.nan)
    for columns, valid in columns_by_validity(np.isfinite(values)):
        for run in find_runs(time_s, valid, frame_period_s, max_gap_s):
            rows = _rows_within(grid_s, time_s[run[0]], time_s[run[-1]])
            block = _interpolate(time_s[run], values[np.ix_(run, columns)], grid_s[rows])
            result[np.ix_(rows, columns)] = block
    return UniformSeries(start_s=float(time_s[0]), rate_hz=rate_hz, values=result)


def sample_at(series: UniformSeries, time_s: FloatArray) -> FloatArray:
    """Return the series at other times; NaN outside the runs of valid rows.

    A run is continued by less than one step past its ends, because the sample it was made
    from may lie between its last row and the next.

    Parameters
    ----------
    series
        ``(m, d)``.
    time_s
        ``(n,)`` seconds.

    Returns
    -------
    ndarray
        ``(n, d)``.
    """
    result = np.full((len(time_s), series.values.shape[1]), np.nan)
    step_s = 1.0 / series.rate_hz
    grid_s = series.time_s
    for columns, valid in columns_by_validity(np.isfinite(series.values)):
        for run in find_runs(grid_s, valid, step_s, max_gap_s=0.0):
            # Less than a whole step: the next row, where nothing was measured, stays missing.
            reach_s = 0.999 * step_s
            rows = _rows_within(time_s, grid_s[run[0]] - reach_s, grid_s[run[-1]] + reach_s)
            block = series.values[np.ix_(run, columns)]
            result[np.ix_(rows, columns)] = _interpolate(grid_s[run], block, time_s[rows])
    return result


def _rows_within(time_s: FloatArray, low_s: float, high_s: float) -> IndexArray:
    return np.flatnonzero((time_s >= low_s - 1e-9) & (time_s <= high_s + 1e-9))


def _interpolate(time_s: FloatArray, values: FloatArray, at_s: FloatArray) -> FloatArray:
    if len(time_s) >= 4:
        return np.asarray(CubicSpline(time_s, values, axis=0)(at_s), dtype=np.float64)
    if len(time_s) == 1:
        return np.repeat(values, len(at_s), axis=0)
    line = interp1d(time_s, values, axis=0, fill_value="extrapolate")
    return np.asarray(line(at_s), dtype=np.float64)
