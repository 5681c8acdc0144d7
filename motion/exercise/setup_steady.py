"""Yes and no that do not flicker: a change counts only once it has lasted."""

import math

from motion.exercise.cues import Cue

__all__ = ["Steady", "SteadyCue"]

_LONGEST_UNTOLD_S = 0.5
_CUE_LASTED_S = 0.3
_CUE_SHOWN_S = 1.0


class Steady:
    """Whether something holds, as time goes by; at first it does not.

    Parameters
    ----------
    holds_after_s, falls_after_s
        How long it must have been true, or false, before that is believed; a change that was not
        told of for half a second starts anew.
    """

    def __init__(self, holds_after_s: float, falls_after_s: float) -> None:
        self._after_s = {True: holds_after_s, False: falls_after_s}
        self._since_s = math.nan
        self._told_s = -math.inf
        self.holds = False

    def update(self, time_s: float, now: bool | None) -> bool:
        """Take in one moment and return what is believed; None: it could not be told."""
        if now is None:
            return self.holds
        untold_s, self._told_s = time_s - self._told_s, time_s
        if now is self.holds:
            self._since_s = math.nan
        elif math.isnan(self._since_s) or untold_s > _LONGEST_UNTOLD_S:
            self._since_s = time_s
        if time_s - self._since_s >= self._after_s[now]:
            self.holds, self._since_s = now, math.nan
        return self.holds

    def forget(self) -> None:
        """Believe nothing again."""
        self.holds, self._since_s = False, math.nan


class SteadyCue:
    """The one cue that is shown: kept for a second, and replaced only by one that lasts."""

    def __init__(self) -> None:
        self._shown: Cue | None = None
        self._shown_s = -math.inf
        self._next: Cue | None = None
        self._next_s = -math.inf

    def update(self, time_s: float, cue: Cue | None) -> Cue | None:
        """Take in what would be said now and return what is said."""
        if cue != self._next:
            self._next, self._next_s = cue, time_s
        lasted = time_s - self._next_s >= _CUE_LASTED_S
        if cue != self._shown and lasted and time_s - self._shown_s >= _CUE_SHOWN_S:
            self.show(time_s, cue)
        return self._shown

    def show(self, time_s: float, cue: Cue | None) -> None:
        """Say something at once: another step has its own cue."""
        self._shown, self._shown_s = cue, time_s
        self._next, self._next_s = cue, time_s
