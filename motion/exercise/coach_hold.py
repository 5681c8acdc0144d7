"""Times a hold: only while it is held, through short drop-outs, until it is done."""

import math
from typing import Final

__all__ = ["HoldTimer"]

_DROP_OUT_S: Final = 0.5


class HoldTimer:
    """Counts the seconds within the band; shorter absences than half a second pause it.

    After a longer absence it begins anew; the longest hold of the repetition is kept.
    """

    def __init__(self) -> None:
        self._held_s = 0.0
        self._longest_s = 0.0
        self._last_s = math.nan
        self._inside_s = math.nan

    @property
    def held_s(self) -> float:
        """Seconds of the hold that goes on."""
        return self._held_s

    @property
    def longest_s(self) -> float:
        """Seconds of the longest hold since :meth:`begin`."""
        return self._longest_s

    def begin(self) -> None:
        """Start over: another repetition."""
        self._held_s = self._longest_s = 0.0
        self._last_s = self._inside_s = math.nan

    def update(self, time_s: float, inside: bool | None) -> None:
        """Take in a picture; ``None`` where the angle was not seen."""
        if inside:
            if not math.isnan(self._inside_s):
                if time_s - self._inside_s > _DROP_OUT_S:
                    self._held_s = 0.0
                elif not math.isnan(self._last_s):
                    self._held_s += time_s - self._last_s
            self._inside_s = self._last_s = time_s
            self._longest_s = max(self._longest_s, self._held_s)
            return
        self._last_s = math.nan
        if not math.isnan(self._inside_s) and time_s - self._inside_s > _DROP_OUT_S:
            self._held_s = 0.0
