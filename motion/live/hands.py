"""Stopping without touching anything: both hands held up."""

import math

from motion.exercise.exercises import Exercise
from motion.model import GOOD_CONFIDENCE, LivePose, landmark_index

__all__ = ["HandsUp", "may_stop_by_hands"]

_HELD_S = 2.0
_NOSE, *_WRISTS = (landmark_index(name) for name in ("nose", "left_wrist", "right_wrist"))
_ARMS = ("shoulder", "elbow")


def may_stop_by_hands(exercise: Exercise) -> bool:
    """Return whether raised hands are no part of the exercise itself."""
    movement = exercise.movement
    return movement is not None and not any(angle.startswith(_ARMS) for angle in movement.angles)


class HandsUp:
    """Tells when both wrists were above the nose, plainly seen, for two seconds on end.

    One hand alone scratches a head; a picture in which a wrist is not seen begins anew.
    """

    def __init__(self) -> None:
        self._since_s = math.nan

    def update(self, pose: LivePose) -> bool:
        """Take the next pose; return whether the hands have been up for long enough."""
        seen = [pose.visibility[each] >= GOOD_CONFIDENCE for each in (_NOSE, *_WRISTS)]
        nose_px = pose.image_px[_NOSE, 1]
        up = all(seen) and all(pose.image_px[each, 1] < nose_px for each in _WRISTS)
        if not up:
            self._since_s = math.nan
        elif math.isnan(self._since_s):
            self._since_s = pose.time_s
        return pose.time_s - self._since_s >= _HELD_S
