"""Timestamps as they come: which to trust, which are duplicates, which frames are missing."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["ClockCheck", "count_dropped", "is_plausible_rate", "measure_rate"]

_PLAUSIBLE_RATE_HZ = (0.1, 1000.0)


def is_plausible_rate(rate_hz: float) -> bool:
    """Return whether a camera can have given this many frames a second."""
    low, high = _PLAUSIBLE_RATE_HZ
    return math.isfinite(rate_hz) and low <= rate_hz <= high


def measure_rate(time_s: NDArray[np.float64]) -> float:
    """Return the frame rate that the timestamps show, in Hz; 0 for fewer than two frames.

    It is the inverse of the mean interval between neighbouring frames, gaps of more than
    one and a half median intervals left out, so that neither dropped frames nor timestamps
    rounded to milliseconds move it.
    """
    intervals_s = np.diff(time_s)
    if len(intervals_s) == 0:
        return 0.0
    regular = intervals_s[intervals_s <= 1.5 * np.median(intervals_s)]
    return float(1.0 / np.mean(regular))


def count_dropped(time_s: NDArray[np.float64]) -> int:
    """Return how many frame periods passed without a frame."""
    rate_hz = measure_rate(time_s)
    if rate_hz == 0.0:
        return 0
    periods = np.rint(np.diff(time_s) * rate_hz)
    return int(np.sum(np.maximum(periods - 1, 0)))


@dataclass(slots=True)
class ClockCheck:
    """Turns a container's timestamps into strictly increasing seconds, and counts the rest.

    A stamp that does not advance is a duplicate. A stamp of zero after the first frame is
    what a container without presentation times reports: such a frame is placed one nominal
    frame period after the one before, and counted as ``estimated``.

    Parameters
    ----------
    nominal_rate_hz
        What the container says; anything implausible counts as missing.
    """

    nominal_rate_hz: float
    duplicated: int = 0
    estimated: int = 0
    _first_s: float | None = None
    _last_s: float = field(default=-math.inf)

    @property
    def has_nominal_rate(self) -> bool:
        """Whether the container's frame rate can be used at all."""
        return is_plausible_rate(self.nominal_rate_hz)

    def accept(self, stamp_s: float) -> float | None:
        """Return the frame's time in seconds since the first frame, or None for a duplicate."""
        if self._first_s is None:
            self._first_s = stamp_s if math.isfinite(stamp_s) else 0.0
            self._last_s = 0.0
            return 0.0
        time_s = stamp_s - self._first_s
        if time_s <= self._last_s or not math.isfinite(time_s):
            missing_stamp = not math.isfinite(stamp_s) or stamp_s == 0.0
            if not (missing_stamp and self.has_nominal_rate):
                self.duplicated += 1
                return None
            self.estimated += 1
            time_s = self._last_s + 1.0 / self.nominal_rate_hz
        self._last_s = time_s
        return time_s
