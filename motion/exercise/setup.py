"""Set-up before an exercise: one request after another until the camera sees what it needs."""

import math
from typing import Final

from motion.exercise.cues import Cue, CueKey
from motion.exercise.exercises import Exercise
from motion.exercise.setup_asked import Asked
from motion.exercise.setup_checks import CHECKS, Found, Look
from motion.exercise.setup_hand import HandLift
from motion.exercise.setup_neutral import NeutralHold
from motion.exercise.setup_state import SetupState, SetupStep, Sight
from motion.exercise.setup_steady import Steady, SteadyCue
from motion.model import LivePose, NeutralPose, Side, View

__all__ = ["Setup"]

_HOLDS_AFTER_S: Final = 0.4
_FALLS_AFTER_S: Final = 0.8
"""A step is asked for again only once it was broken for this long: a hand that passes, a picture
in which nobody was found, are no reason to begin again."""

_PATIENCE_S: Final = 2.0
"""What cannot be told yet is not asked for before this."""

_LONGEST_PAUSE_S: Final = 1.0
"""Pictures farther apart than this say nothing of the time between them."""

_STEPS: Final = tuple(SetupStep)


class Setup:
    """Leads to the start of an exercise: a pure state machine, fed picture by picture.

    The steps are those of :class:`SetupStep`, in order: what has to be seen (each checked in every
    picture, also later on), the lifted right hand, a countdown, and a pose kept still for two
    seconds. A check that breaks during countdown or neutral pose brings its step back; the hand
    need not be lifted again unless the person was gone. Times are those of the pictures.

    Parameters
    ----------
    exercise
        Its ``needs``, view and position say what is asked for.
    side
        As prescribed.
    countdown_s
        From how much is counted down, in whole seconds.
    neutral_s
        How long the neutral pose is held.
    """

    def __init__(
        self, exercise: Exercise, side: Side, *, countdown_s: int = 3, neutral_s: float = 2.0
    ) -> None:
        self._asked = Asked.of_exercise(exercise, side)
        self._countdown_s = countdown_s
        self._steady = {step: Steady(_HOLDS_AFTER_S, _FALLS_AFTER_S) for step, _ in CHECKS}
        self._still = NeutralHold(self._asked, neutral_s)
        self._hand = HandLift()
        self._skipped_s = math.inf
        self._cue = SteadyCue()
        self._step = SetupStep.PERSON
        self._step_s = math.nan
        self._counting_s = math.nan
        self._last_s = math.nan
        self._neutral: NeutralPose | None = None

    def skip_hand(self, time_s: float) -> None:
        """Start without a lifted hand: the space bar or a button was pressed at this time.

        Nothing is learned of a mirror then.
        """
        self._skipped_s = min(self._skipped_s, time_s)

    def update(self, pose: LivePose, sight: Sight, view: View | None) -> SetupState:
        """Take in one picture, later than the one before, and return how far set-up is.

        Parameters
        ----------
        pose
            The person, or nobody.
        sight
            What else is known of the picture.
        view
            From where the camera looks (:class:`motion.kinematics.ViewTracker`); None until known.
        """
        if self._neutral is not None:
            return self._tell(pose.time_s, SetupStep.READY, Cue(CueKey.GO))
        if pose.time_s - self._last_s > _LONGEST_PAUSE_S:
            self._begin_again()
        self._last_s = pose.time_s
        broken = self._find_broken(pose, sight, view)
        if broken is None:
            return self._count_down(pose, view)
        step, found = broken
        if step is SetupStep.PERSON:
            self._hand = HandLift()  # Who comes next may be somebody else.
        self._counting_s = math.nan
        self._still.clear()
        return self._tell(pose.time_s, step, self._ask(pose.time_s, step, found))

    def _begin_again(self) -> None:
        self._counting_s = math.nan
        self._still.clear()
        for steady in self._steady.values():
            steady.forget()

    def _find_broken(
        self, pose: LivePose, sight: Sight, view: View | None
    ) -> tuple[SetupStep, Found] | None:
        """Return the first check that does not hold, with what it found, or None.

        A picture without the person tells nothing about the checks but the first.
        """
        turned = self._steady[SetupStep.SIDE].holds
        look = Look(pose=pose, sight=sight, view=view, turned=turned)
        broken: tuple[SetupStep, Found] | None = None
        for step, check in CHECKS:
            steady = self._steady[step]
            found = check(self._asked, look, steady.holds)
            if step is not SetupStep.PERSON and not pose.detected:
                found = Found(None, found.cue)
            if not steady.update(pose.time_s, found.holds) and broken is None:
                broken = (step, found)
        return broken

    def _ask(self, time_s: float, step: SetupStep, found: Found) -> Cue | None:
        """Return what a check says: nothing while it may hold already, or is not known yet."""
        new = step is not self._step
        waited_s = 0.0 if new else time_s - self._step_s
        unknown = found.holds is None and waited_s < _PATIENCE_S
        wanted = None if found.holds or unknown else found.cue
        if new:
            self._cue.show(time_s, wanted)
        return self._cue.update(time_s, wanted)

    def _count_down(self, pose: LivePose, view: View | None) -> SetupState:
        time_s = pose.time_s
        if not self._hand.lifted and self._skipped_s > time_s:
            cue = self._hand.update(pose)
            if not self._hand.lifted:
                return self._tell(time_s, SetupStep.HAND, cue)
        if math.isnan(self._counting_s):
            self._counting_s = time_s
        left_s = self._countdown_s - (time_s - self._counting_s)
        if left_s > 0:
            seconds = math.ceil(left_s)
            cue = Cue(CueKey.COUNTDOWN, (("seconds", str(seconds)),))
            return self._tell(time_s, SetupStep.COUNTDOWN, cue, seconds)
        self._neutral = self._still.update(pose, view)
        if self._neutral is None:
            return self._tell(time_s, SetupStep.NEUTRAL, Cue(CueKey.HOLD_STILL))
        return self._tell(time_s, SetupStep.READY, Cue(CueKey.GO))

    def _tell(
        self, time_s: float, step: SetupStep, cue: Cue | None, countdown_s: int = 0
    ) -> SetupState:
        asking = step is SetupStep.HAND
        if step is not self._step or math.isnan(self._step_s):
            self._step, self._step_s = step, time_s
        return SetupState(
            step=step,
            done=_STEPS[: _STEPS.index(step)],
            cue=cue,
            countdown_s=countdown_s,
            neutral=self._neutral,
            # A left hand alone may be a mistake: it says nothing once the space bar is pressed.
            mirrored=self._hand.mirrored if asking or self._hand.lifted else None,
        )
