"""Low-pass filtering without lag, with the cut-off that is asked for."""

from typing import Final

import numpy as np
from scipy.signal import butter, sosfiltfilt

from motion.model import UniformSeries
from motion.signals.gaps import columns_by_validity, find_runs

__all__ = ["DEFAULT_CUTOFF_HZ", "cutoff_for_rate", "filter_lowpass"]

DEFAULT_CUTOFF_HZ: Final = 6.0
_ORDER: Final = 2


def cutoff_for_rate(measured_rate_hz: float, wanted_hz: float = DEFAULT_CUTOFF_HZ) -> float:
    """Return the cut-off that a recording supports: never above 0.4 of its measured rate."""
    return min(wanted_hz, 0.4 * measured_rate_hz)


def filter_lowpass(series: UniformSeries, cutoff_hz: float) -> UniformSeries:
    """Filter with a zero-lag Butterworth: second order, forwards and backwards.

    Two passes let less through at the nominal cut-off than one does; the design frequency is
    raised so that the *whole* filter is down 3 dB at ``cutoff_hz`` (Winter 2009,
    "Biomechanics and Motor Control of Human Movement", 4th ed., section 2.2.4.4; the factor
    for two passes of a second-order filter is 0.802).

    Runs between gaps are filtered apart; NaN stays where it was and spreads nowhere. A run
    shorter than three samples is left as it is.

    Parameters
    ----------
    series
        ``(n, d)``.
    cutoff_hz
        Frequency at which the amplitude is down to 0.707, below half the series' rate.
    """
    if not 0 < cutoff_hz < series.rate_hz / 2:
        msg = f"cutoff_hz must lie between 0 and {series.rate_hz / 2:g}, got {cutoff_hz:g}"
        raise ValueError(msg)
    sections = butter(_ORDER, _design_frequency(cutoff_hz, series.rate_hz), output="sos")
    result = np.array(series.values)
    step_s = 1.0 / series.rate_hz
    padding = _padding(cutoff_hz, series.rate_hz)
    for columns, valid in columns_by_validity(np.isfinite(series.values)):
        for run in find_runs(series.time_s, valid, step_s, max_gap_s=0.0):
            if len(run) >= 3:
                block = np.ix_(run, columns)
                padlen = min(len(run) - 1, padding)
                result[block] = sosfiltfilt(sections, result[block], axis=0, padlen=padlen)
    return series.with_values(result)


def _design_frequency(cutoff_hz: float, rate_hz: float) -> float:
    """Return the single pass's cut-off as a fraction of the Nyquist frequency."""
    correction = (np.sqrt(2.0) - 1.0) ** (1.0 / (2 * _ORDER))
    warped = np.tan(np.pi * cutoff_hz / rate_hz) / correction
    return float(2.0 * np.arctan(warped) / np.pi)


def _padding(cutoff_hz: float, rate_hz: float) -> int:
    """Return a reflected padding of two periods of the cut-off: after one, 2 % still rings."""
    return int(np.ceil(2.0 * rate_hz / cutoff_hz))
