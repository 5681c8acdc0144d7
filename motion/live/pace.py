"""How well a live session keeps up: rate and delay, in bounded memory however long it runs."""

from collections import deque
from typing import Final

import numpy as np

__all__ = ["Pace"]

_LAST_N: Final = 10
_LONGEST_MS: Final = 5000


class Pace:
    """Counts pictures and the time from their capture to the feedback."""

    def __init__(self) -> None:
        self._last_s: deque[float] = deque(maxlen=_LAST_N)
        self._first_s = self._latest_s = float("nan")
        self._count = 0
        # One place for each millisecond: exact enough, and no list that grows.
        self._delays = np.zeros(_LONGEST_MS + 1, dtype=np.int64)

    def add(self, captured_s: float, shown_s: float) -> None:
        """Take in a picture: when it was captured, when its feedback was ready."""
        if self._count == 0:
            self._first_s = captured_s
        self._latest_s = captured_s
        self._last_s.append(captured_s)
        self._count += 1
        delay_ms = max(0, round(1000.0 * (shown_s - captured_s)))
        self._delays[min(delay_ms, _LONGEST_MS)] += 1

    @property
    def rate_hz(self) -> float:
        """Pictures per second, of the last ten; 0 before there are two."""
        span_s = self._last_s[-1] - self._last_s[0] if len(self._last_s) > 1 else 0.0
        return (len(self._last_s) - 1) / span_s if span_s > 0 else 0.0

    @property
    def mean_rate_hz(self) -> float:
        """Pictures per second over the whole; 0 before there are two."""
        span_s = self._latest_s - self._first_s
        return (self._count - 1) / span_s if span_s > 0 else 0.0

    @property
    def delay_p95_ms(self) -> float:
        """95th percentile of the delay; NaN before the first picture."""
        if self._count == 0:
            return float("nan")
        return float(np.searchsorted(np.cumsum(self._delays), 0.95 * self._count))
