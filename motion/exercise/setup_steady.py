"""Yes and no that do not flicker: a change counts only once it has lasted."""

import math

from motion.exercise.cues import Cue

__all__ = ["Steady", "SteadyCue"]

_LONGEST_UNTOLD_S = 0.5
_CUE_LASTED_S = 0.3
_CUE_SHOWN_S = 1.0


class Steady:
    """Whether something holds, as time goes by; at first it does not.

    What speaks for a change adds up, what speaks against it is taken away again, so that one
    picture in which nobody was found neither begins a wait anew nor ends one.

    Parameters
    ----------
    holds_after_s, falls_after_s
        For how long more it must have been true than false, or false than true, before that is
        believed. Time of which nothing was told for over half a second counts for neither.
    """

    def __init__(self, holds_after_s: float, falls_after_s: float) -> None:
        self._after_s = {True: holds_after_s, False: falls_after_s}
        self._other_s = 0.0
        self._told_s = -math.inf
        self.holds = False

    def update(self, time_s: float, now: bool | None) -> bool:
        """Take in one moment and return what is believed; None: it could not be told."""
        if now is None:
            return self.holds
        passed_s, self._told_s = time_s - self._told_s, time_s
        if passed_s > _LONGEST_UNTOLD_S:
            passed_s = self._other_s = 0.0
        self._other_s = max(0.0, self._other_s + (-passed_s if now is self.holds else passed_s))
        if now is not self.holds and self._other_s >= self._after_s[now]:
            self.holds, self._other_s = now, 0.0
        return self.holds

    def forget(self) -> None:
        """Believe nothing again."""
        self.holds, self._other_s, self._told_s = False, 0.0, -math.inf


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
