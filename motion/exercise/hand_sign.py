"""A lifted hand while exercising: pause, go on and stop without touching anything."""

import math
from enum import StrEnum
from typing import Final

from motion.exercise.exercises import Exercise, Region
from motion.exercise.setup_body import find_raised_hand
from motion.exercise.setup_steady import Steady
from motion.model import LivePose, Side

__all__ = ["HandSign", "Sign"]

_PAUSES_AFTER_S: Final = 1.5
_STOPS_AFTER_S: Final = 4.0
_DOWN_AFTER_S: Final = 0.5
_OF_ARMS: Final = frozenset({Region.SHOULDER, Region.ELBOW})
_BOTH: Final = (Side.LEFT, Side.RIGHT)


class Sign(StrEnum):
    """What the hand says."""

    PAUSE = "pause"
    """Pause, or go on after a pause."""
    STOP = "stop"


class HandSign:
    """Reads one lifted hand: 1.5 s pause or go on, 4 s stop.

    In an exercise of the arm only the other hand speaks; where both arms move none does, and the
    space bar is left.

    Parameters
    ----------
    exercise
        Which limbs move.
    side
        As prescribed.
    """

    def __init__(self, exercise: Exercise, side: Side) -> None:
        moving = (side,) if side in _BOTH else _BOTH
        self._speaks = tuple(s for s in _BOTH if exercise.region not in _OF_ARMS or s not in moving)
        self._up = Steady(_PAUSES_AFTER_S, _DOWN_AFTER_S)
        self._since_s = math.inf
        self._stopped = False

    def update(self, pose: LivePose) -> Sign | None:
        """Take in the next pose; return a sign once, as soon as it is clear."""
        hand = find_raised_hand(pose)
        was_up = self._up.holds
        is_up = self._up.update(pose.time_s, None if hand is None else hand in self._speaks)
        if not is_up:
            self._since_s, self._stopped = math.inf, False
            return None
        if not was_up:
            self._since_s = pose.time_s - _PAUSES_AFTER_S
            return Sign.PAUSE
        if not self._stopped and pose.time_s - self._since_s >= _STOPS_AFTER_S:
            self._stopped = True
            return Sign.STOP
        return None
