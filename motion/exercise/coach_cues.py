"""One thing to say at a time: the most pressing, not too often, long enough to be read."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from motion.exercise.cues import Cue

__all__ = ["CueBox", "Wish"]

_SHOWN_S: Final = 1.5
_SPOKEN_AGAIN_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that could be said now.

    ``urgency``: the higher goes first. ``lasting`` cues stand for as long as they are wished, and
    come back at once: a state such as "rest", not a remark.
    """

    cue: Cue
    urgency: int
    lasting: bool = False


class CueBox:
    """Chooses what is said.

    A remark stands for 1.5 s, unless something more pressing comes, and is not made again within
    4 s of its end.
    """

    def __init__(self) -> None:
        self._wish: Wish | None = None
        self._since_s = -math.inf
        self._ended_s: dict[str, float] = {}

    def choose(self, time_s: float, wishes: Iterable[Wish]) -> Cue | None:
        """Return the one cue for this moment."""
        wanted = [each for each in wishes if self._may_be_said(each, time_s)]
        best = max(wanted, key=lambda each: each.urgency, default=None)
        if self._stays(best, time_s):
            if best is not None and self._wish is not None and best.cue.key == self._wish.cue.key:
                self._wish = best  # the same with another number in it
        else:
            if self._wish is not None:
                self._ended_s[self._wish.cue.key] = time_s
            self._wish, self._since_s = best, time_s
        return self._wish.cue if self._wish else None

    def _may_be_said(self, wish: Wish, time_s: float) -> bool:
        if wish.lasting or (self._wish is not None and self._wish.cue.key == wish.cue.key):
            return True
        return time_s - self._ended_s.get(wish.cue.key, -math.inf) >= _SPOKEN_AGAIN_S

    def _stays(self, best: Wish | None, time_s: float) -> bool:
        now = self._wish
        if now is None:
            return False
        if best is not None and best.cue.key == now.cue.key:
            return True
        if best is not None and best.urgency > now.urgency:
            return False
        return not now.lasting and time_s - self._since_s < _SHOWN_S
