"""The sway of the centre of pressure under a standing person."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.balance.force_plate import stands_on_plate
from motion.balance.steady import find_steady_run
from motion.balance.sway import Sway, measure_sway
from motion.model import FloatArray, UniformSeries
from motion.signals import filter_lowpass, resample_uniform

__all__ = ["FEWEST_ROWS", "STILL_SPAN_MM", "PlateSway", "measure_plate_sway"]

STILL_SPAN_MM: Final = 150.0
"""A centre of pressure that spans more than this in one direction belongs to somebody who
stepped or shifted: standing feet are about 250 mm long and 300 mm apart at the outside."""

FEWEST_ROWS: Final = 4
"""Fewer have no spectrum."""

_EVEN: Final = 0.1
_CHECKED_AT_HZ: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlateSway:
    """Sway of a centre of pressure.

    Parameters
    ----------
    sway
        Two axes, millimetres.
    valid_fraction
        Share of the table's rows that the sway was measured in.
    speed_above_10_hz
        By which share the mean speed falls when a low-pass of 10 Hz is put on: how much of it
        is the plate's noise, or the filter's choice. NaN where the rate does not allow it.
    """

    sway: Sway
    valid_fraction: float
    speed_above_10_hz: float


def measure_plate_sway(
    time_s: FloatArray,
    cop_mm: FloatArray,
    *,
    axes: tuple[str, str] = ("x", "y"),
    vertical_n: FloatArray | None = None,
    cutoff_hz: float | None = None,
) -> PlateSway | None:
    """Take the longest stretch on the plate, as it is or filtered; nothing is detrended.

    Parameters
    ----------
    time_s
        ``(n,)`` seconds, increasing.
    cop_mm
        ``(n, 2)``; NaN where not measured.
    axes
        What the two columns are called.
    vertical_n
        ``(n,)`` vertical force; rows in which nobody stands on the plate are left out.
    cutoff_hz
        Cut-off of a low-pass filter (:func:`motion.signals.filter_lowpass`); None for none.

    Returns
    -------
    PlateSway or None
        None where fewer than four consecutive rows are usable.
    """
    valid = np.all(np.isfinite(cop_mm), axis=1)
    if vertical_n is not None:
        valid &= stands_on_plate(vertical_n)
    if np.sum(valid) < FEWEST_ROWS:
        return None
    period_s = float(np.median(np.diff(time_s)))
    run = find_steady_run(time_s, valid, period_s)
    if len(run) < FEWEST_ROWS:
        return None
    series = _make_uniform(time_s[run], np.where(valid[:, None], cop_mm, np.nan)[run], period_s)
    sway = Sway(series=_filtered(series, cutoff_hz), axes=axes, unit="mm")
    return PlateSway(
        sway=sway,
        valid_fraction=float(np.sum(valid[run]) / len(valid)),
        speed_above_10_hz=_share_above(sway),
    )


def _make_uniform(time_s: FloatArray, values: FloatArray, period_s: float) -> UniformSeries:
    """Return evenly spaced rows as they are, others on a grid of their own rate."""
    even = np.all(np.abs(np.diff(time_s) - period_s) <= _EVEN * period_s)
    if even and np.all(np.isfinite(values)):
        rate_hz = (len(time_s) - 1) / float(time_s[-1] - time_s[0])
        return UniformSeries(start_s=float(time_s[0]), rate_hz=rate_hz, values=values)
    return resample_uniform(time_s, values, 1.0 / period_s, period_s)


def _filtered(series: UniformSeries, cutoff_hz: float | None) -> UniformSeries:
    return series if cutoff_hz is None else filter_lowpass(series, cutoff_hz)


def _share_above(sway: Sway) -> float:
    if sway.series.rate_hz <= 2.0 * _CHECKED_AT_HZ:
        return float("nan")
    speed = measure_sway(sway).mean_speed
    if speed == 0.0:
        return 0.0
    slower = Sway(
        series=filter_lowpass(sway.series, _CHECKED_AT_HZ), axes=sway.axes, unit=sway.unit
    )
    return 1.0 - measure_sway(slower).mean_speed / speed
