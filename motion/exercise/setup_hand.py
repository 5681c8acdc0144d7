"""The lifted right hand: the start without touching anything, and the test for a mirror."""

from motion.exercise.cues import Cue, CueKey
from motion.exercise.setup_body import find_raised_hand
from motion.exercise.setup_steady import Steady
from motion.model import LivePose, Side

__all__ = ["HandLift"]

_LIFTED_S = 0.5
_LOWERED_S = 0.3


class HandLift:
    """Waits for the right hand.

    A left hand may be a right one in a mirror, or a mistake, so the right one is asked for again.
    Who then lifts the same hand once more means it: the picture is mirrored. Who lifts the other
    one leaves it open, for in a mirror somebody obliging would do the same.
    """

    def __init__(self) -> None:
        self._up = {side: Steady(_LIFTED_S, _LOWERED_S) for side in (Side.LEFT, Side.RIGHT)}
        self._left_lifts_n = 0
        self.lifted = False
        self.mirrored: bool | None = None

    def update(self, pose: LivePose) -> Cue:
        """Take in one picture and return what to say while no hand counts."""
        hand = find_raised_hand(pose)
        was_up = self._up[Side.LEFT].holds
        up = {
            side: steady.update(pose.time_s, None if hand is None else hand is side)
            for side, steady in self._up.items()
        }
        self._left_lifts_n += up[Side.LEFT] and not was_up
        if up[Side.RIGHT]:
            self.mirrored = None if self._left_lifts_n else False
        elif self._left_lifts_n:
            self.mirrored = True
        self.lifted = up[Side.RIGHT] or self._left_lifts_n > 1
        return Cue(CueKey.OTHER_HAND if self._left_lifts_n else CueKey.LIFT_RIGHT_HAND)
