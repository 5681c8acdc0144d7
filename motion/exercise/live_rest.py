"""Where an angle rests, from what was seen so far: as for a finished take, without keeping it."""

from typing import Final

import numpy as np

from motion.exercise.rest import NEAR_FRACTION
from motion.model import FloatArray

__all__ = ["LiveRest"]

_BIN_DEG: Final = 0.5
_LOWEST_DEG: Final = -180.0
_BINS_N: Final = 960
_SETTLED_S: Final = 0.3
_LEFT_DEG: Final = 10.0


class LiveRest:
    """Keeps how often each half degree was seen; from that the resting level is as offline.

    The 5th and 95th percentile and the median near one end of the curve
    (:func:`motion.exercise.rest.estimate_rest`) need no order in time. Which end it is, if the
    exercise does not say, is decided when the angle first leaves where it began by 10 degrees;
    a movement to both sides rests where it began.

    Parameters
    ----------
    rest
        ``low``, ``high`` or ``auto``.
    two_directions
        Whether the movement goes to both sides of rest.
    """

    def __init__(self, rest: str, two_directions: bool) -> None:
        self._rest = "" if rest == "auto" else rest
        self._two_directions = two_directions
        self._counts = np.zeros(_BINS_N, dtype=np.int64)
        self._first: list[float] = []
        self._first_s = float("nan")

    def add(self, time_s: float, angle_deg: float) -> None:
        """Take in one measured angle."""
        row = int((angle_deg - _LOWEST_DEG) / _BIN_DEG)
        self._counts[min(max(row, 0), _BINS_N - 1)] += 1
        if not self._first:
            self._first_s = time_s
        if time_s - self._first_s <= _SETTLED_S:
            self._first.append(angle_deg)
        elif not self._rest and abs(angle_deg - self._start_deg) >= _LEFT_DEG:
            self._rest = "low" if angle_deg > self._start_deg else "high"

    @property
    def _start_deg(self) -> float:
        return float(np.median(self._first))

    @property
    def known(self) -> bool:
        """Whether anything was seen."""
        return bool(self._first)

    @property
    def ends_deg(self) -> tuple[float, float]:
        """The 5th and the 95th percentile of what was seen."""
        return self._percentile(self._counts, 0.05), self._percentile(self._counts, 0.95)

    @property
    def level_deg(self) -> float:
        """The resting level as far as it is known."""
        if self._two_directions or not self._rest:
            return self._start_deg
        low, high = self.ends_deg
        near = NEAR_FRACTION * (high - low)
        centres = _LOWEST_DEG + _BIN_DEG * (np.arange(_BINS_N) + 0.5)
        inside = centres <= low + near if self._rest == "low" else centres >= high - near
        counts = np.where(inside, self._counts, 0)
        return self._percentile(counts, 0.5)

    @property
    def directions(self) -> tuple[int, ...]:
        """Which ways a movement leaves rest: +1, -1 or both."""
        if self._two_directions or not self._rest:
            return (1, -1)
        return (1,) if self._rest == "low" else (-1,)

    @staticmethod
    def _percentile(counts: "np.ndarray[tuple[int], np.dtype[np.int64]]", share: float) -> float:
        total = counts.sum()
        if total == 0:
            return float("nan")
        cumulated: FloatArray = np.cumsum(counts) / total
        return float(_LOWEST_DEG + _BIN_DEG * (np.searchsorted(cumulated, share) + 0.5))
