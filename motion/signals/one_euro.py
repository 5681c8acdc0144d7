"""The 1-euro filter: little jitter when still, little delay when moving, no look ahead."""

import math

__all__ = ["OneEuro"]


class OneEuro:
    """Smooths one value after another as it comes.

    Method: Casiez, Roussel & Vogel 2012, Proc CHI, 2527-2530: a first-order low-pass whose cut-off
    grows with the (smoothed) speed. For live display and cues only; finished takes are filtered
    without delay (:mod:`motion.signals.filters`).

    Parameters
    ----------
    cutoff_hz
        Cut-off at rest.
    per_speed
        By how much the cut-off grows, in hertz per unit per second.
    max_gap_s
        After a longer gap the filter starts afresh: nothing is held at its last value.
    """

    def __init__(
        self, cutoff_hz: float = 2.0, per_speed: float = 0.03, max_gap_s: float = 0.2
    ) -> None:
        self._cutoff_hz, self._per_speed, self._max_gap_s = cutoff_hz, per_speed, max_gap_s
        self._time_s = math.nan
        self._value = math.nan
        self._speed = 0.0

    def update(self, time_s: float, value: float) -> float:
        """Return the smoothed value; NaN for a missing one, which leaves the filter as it is."""
        if math.isnan(value):
            return value
        step_s = time_s - self._time_s
        if math.isnan(self._value) or not 0.0 < step_s <= self._max_gap_s:
            self._time_s, self._value, self._speed = time_s, value, 0.0
            return value
        speed = (value - self._value) / step_s
        self._speed += _weight(1.0, step_s) * (speed - self._speed)
        cutoff_hz = self._cutoff_hz + self._per_speed * abs(self._speed)
        self._value += _weight(cutoff_hz, step_s) * (value - self._value)
        self._time_s = time_s
        return self._value


def _weight(cutoff_hz: float, step_s: float) -> float:
    """Return the share of the new value that a first-order low-pass takes over in one step."""
    ratio = 2.0 * math.pi * cutoff_hz * step_s
    return ratio / (ratio + 1.0)
