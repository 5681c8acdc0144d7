"""A timed motion on an even grid, and the moments at which it crosses a level."""

import math
from dataclasses import dataclass

import numpy as np

from motion.gait.timed_motion import TimedMotion
from motion.model import BoolArray, FloatArray
from motion.signals import cutoff_for_rate, filter_lowpass, grid_rate, resample_uniform

__all__ = ["EvenMotion", "even_out", "first_crossing", "last_crossing", "wrap_deg"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EvenMotion:
    """The motion on a uniform grid, low-passed; NaN in gaps of more than 0.2 s.

    Parameters
    ----------
    time_s
        ``(m,)``.
    x, height
        ``(m,)`` of the mid-hip: along the picture, and above the lower ankle.
    lean_deg, heading_deg
        ``(m,)``; the heading within -180..180.
    """

    time_s: FloatArray
    x: FloatArray
    height: FloatArray
    lean_deg: FloatArray
    heading_deg: FloatArray

    @property
    def step_s(self) -> float:
        """Time from row to row."""
        return float(self.time_s[1] - self.time_s[0])

    def rows(self, start_s: float, end_s: float) -> BoolArray:
        """Return which rows lie within two moments, both included."""
        return (self.time_s >= start_s - 1e-9) & (self.time_s <= end_s + 1e-9)


def even_out(motion: TimedMotion) -> EvenMotion | None:
    """Return the motion on a uniform grid; None where it is shorter than a few rows of it."""
    period_s = float(np.median(np.diff(motion.time_s)))
    rate_hz = 1.0 / period_s
    feet = np.where(np.isfinite(motion.ankles[:, :, 1]), motion.ankles[:, :, 1], np.inf)
    lower = np.min(feet, axis=1)
    lower[~np.isfinite(lower)] = np.nan
    heading_rad = np.radians(motion.heading_deg)
    columns = np.stack(
        [
            motion.mid_hip[:, 0],
            motion.mid_hip[:, 1] - lower,
            motion.trunk_lean_deg,
            np.cos(heading_rad),
            np.sin(heading_rad),
        ],
        axis=1,
    )
    series = resample_uniform(motion.time_s, columns, grid_rate(rate_hz), period_s)
    if len(series) < 4:
        return None
    values = filter_lowpass(series, cutoff_for_rate(rate_hz)).values
    return EvenMotion(
        time_s=series.time_s,
        x=values[:, 0],
        height=values[:, 1],
        lean_deg=values[:, 2],
        heading_deg=np.degrees(np.arctan2(values[:, 4], values[:, 3])),
    )


def wrap_deg(angle_deg: FloatArray) -> FloatArray:
    """Return angles within -180..180 degrees."""
    return np.asarray((angle_deg + 180.0) % 360.0 - 180.0)


def last_crossing(time_s: FloatArray, values: FloatArray, level: float) -> float:
    """Return when a series last passes a level, between its rows; NaN where it never does.

    Only between two neighbouring rows that are both known: a pass within a gap is not one that
    was seen.
    """
    moments = _crossings(time_s, values, level)
    return float(moments[-1]) if len(moments) else math.nan


def first_crossing(time_s: FloatArray, values: FloatArray, level: float) -> float:
    """Return when a series first passes a level, between its rows; NaN where it never does."""
    moments = _crossings(time_s, values, level)
    return float(moments[0]) if len(moments) else math.nan


def _crossings(time_s: FloatArray, values: FloatArray, level: float) -> FloatArray:
    over = values - level
    before, after = over[:-1], over[1:]
    known = np.isfinite(before) & np.isfinite(after)
    passes = np.flatnonzero(known & ((before < 0) != (after < 0)))
    share = before[passes] / (before[passes] - after[passes])
    return np.asarray(time_s[passes] + share * (time_s[passes + 1] - time_s[passes]))
