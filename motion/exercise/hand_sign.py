"""A lifted hand while exercising: pause, go on and stop without touching anything."""

import math
from enum import StrEnum
from typing import Final

from motion.exercise.exercises import Exercise, Region
from motion.exercise.setup_steady import Steady
from motion.model import GOOD_CONFIDENCE, LivePose, Side, landmark_index

__all__ = ["HandSign", "Sign", "find_hands"]

_PAUSES_AFTER_S: Final = 1.5
_STOPS_AFTER_S: Final = 4.0
_DOWN_AFTER_S: Final = 0.5
_OF_ARMS: Final = frozenset({Region.SHOULDER, Region.ELBOW})
_BOTH: Final = (Side.LEFT, Side.RIGHT)
_NOSE: Final = landmark_index("nose")
_WRISTS: Final = {side: landmark_index(f"{side}_wrist") for side in _BOTH}


class Sign(StrEnum):
    """What the hand says."""

    PAUSE = "pause"
    """Pause, or go on after a pause."""
    STOP = "stop"


def find_hands(exercise: Exercise, side: Side) -> tuple[Side, ...]:
    """Return the hands that may give a sign in an exercise: those that do not move in it.

    Parameters
    ----------
    exercise
        Which limbs move.
    side
        As prescribed.
    """
    moving = (side,) if side in _BOTH else _BOTH
    return tuple(s for s in _BOTH if exercise.region not in _OF_ARMS or s not in moving)


class HandSign:
    """Reads one lifted hand: 1.5 s pause or go on, 4 s stop.

    A sign is one wrist above the nose, both plainly seen, so that a hand on a wall is none. It must
    have been down before: the hand that began the exercise may still be up. In an exercise of the
    arm only the other hand speaks; where both arms move none does, and the space bar is left.

    Parameters
    ----------
    exercise
        Which limbs move.
    side
        As prescribed.
    """

    def __init__(self, exercise: Exercise, side: Side) -> None:
        self._speaks = find_hands(exercise, side)
        self._up = Steady(_PAUSES_AFTER_S, _DOWN_AFTER_S)
        self._down = Steady(_DOWN_AFTER_S, math.inf)
        self._since_s = math.inf
        self._stopped = False

    def update(self, pose: LivePose) -> Sign | None:
        """Take in the next pose; return a sign once, as soon as it is clear."""
        lifted = self._is_lifted(pose)
        if not self._down.update(pose.time_s, None if lifted is None else not lifted):
            return None
        was_up = self._up.holds
        if not self._up.update(pose.time_s, lifted):
            self._since_s, self._stopped = math.inf, False
            return None
        if not was_up:
            self._since_s = pose.time_s - _PAUSES_AFTER_S
            return Sign.PAUSE
        if not self._stopped and pose.time_s - self._since_s >= _STOPS_AFTER_S:
            self._stopped = True
            return Sign.STOP
        return None

    def _is_lifted(self, pose: LivePose) -> bool | None:
        """Return whether one hand that speaks is up; None where the face is not seen."""
        if not pose.visibility[_NOSE] >= GOOD_CONFIDENCE:
            return None
        up = [side for side, wrist in _WRISTS.items() if self._is_above(pose, wrist)]
        return len(up) == 1 and up[0] in self._speaks

    @staticmethod
    def _is_above(pose: LivePose, wrist: int) -> bool:
        seen = pose.visibility[wrist] >= GOOD_CONFIDENCE
        return bool(seen and pose.image_px[wrist, 1] < pose.image_px[_NOSE, 1])
