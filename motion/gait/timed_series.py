"""A timed motion on an even grid, and the moments at which it crosses a level."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait.timed_motion import TimedMotion
from motion.model import BoolArray, FloatArray, UniformSeries
from motion.signals import cutoff_for_rate, filter_lowpass, grid_rate, resample_uniform

__all__ = ["EvenMotion", "even_out", "wrap_deg"]

_SIZE_HZ: Final = 0.5
"""Nobody comes nearer and goes farther more often; a trunk that bends is seen shorter for less
time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EvenMotion:
    """The motion on a uniform grid, low-passed; NaN in gaps of more than 0.2 s.

    Parameters
    ----------
    time_s
        ``(m,)``.
    x, height
        ``(m,)`` of the mid-hip: along the picture, and above the lower ankle. The height is that of
        a body always seen as large as it usually is: who comes nearer does not grow.
    lean_deg, heading_deg
        ``(m,)``: of the trunk from the vertical, positive to the right of the picture; of the body,
        within -180..180.
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
    length = np.linalg.norm(motion.trunk, axis=1)
    columns = np.stack(
        [
            motion.mid_hip[:, 0],
            motion.mid_hip[:, 1] - lower,
            np.degrees(np.arctan2(motion.trunk[:, 0], motion.trunk[:, 1])),
            np.cos(heading_rad),
            np.sin(heading_rad),
            np.where(length > 0.0, length, np.nan),
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
        height=values[:, 1] / _measure_size(series),
        lean_deg=values[:, 2],
        heading_deg=np.degrees(np.arctan2(values[:, 4], values[:, 3])),
    )


def _measure_size(series: UniformSeries) -> FloatArray:
    """Return how large the body is seen, ``(m,)``, as a share of its usual size.

    By the trunk's length, which keeps when a body sits, stands or turns about the vertical. Only
    its slow changes are of the distance to the camera; where the trunk is not seen, the size is
    taken to change evenly.
    """
    length = series.values[:, 5]
    slow = filter_lowpass(series.with_values(length[:, None]), _SIZE_HZ).values[:, 0]
    rows = np.flatnonzero(np.isfinite(slow) & (slow > 0.0))
    if not len(rows):
        return np.ones(len(length))
    even = np.interp(np.arange(len(slow)), rows, slow[rows])
    return np.asarray(even / np.median(even))


def wrap_deg(angle_deg: FloatArray) -> FloatArray:
    """Return angles within -180..180 degrees."""
    return np.asarray((angle_deg + 180.0) % 360.0 - 180.0)
