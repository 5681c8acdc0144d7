"""Pictures in, set-up and coach out: the part of a live session without thread and clock."""

import math
from dataclasses import dataclass, replace
from typing import Final

from motion.capture.frames import Image
from motion.capture.light import measure_light
from motion.capture.turning import mirror_picture, to_rgb
from motion.exercise.coach import Coach
from motion.exercise.coach_state import CoachState, Phase
from motion.exercise.compensation_signals import SIGNALS
from motion.exercise.cues import Cue, CueKey
from motion.exercise.exercises import Exercise
from motion.exercise.followed_angle import angles_to_follow
from motion.exercise.functional import TIMED_FROM_GO
from motion.exercise.hand_sign import HandSign, Sign
from motion.exercise.prescription import Prescription
from motion.exercise.setup import Setup
from motion.exercise.setup_body import find_body_box
from motion.exercise.setup_state import SetupState, SetupStep, Sight
from motion.kinematics import ViewTracker
from motion.kinematics.live_angles import LiveAngles
from motion.kinematics.points import landmarks_under
from motion.library import find_joint_centre_model, load_confidence_model, load_signals
from motion.live.recording import GET_READY_S, Recording, RecordingState
from motion.live.watching import PersonWatcher
from motion.model import LivePose, ModelInfo, PictureLight, Side
from motion.pose import PersonChoice, PoseEstimator

__all__ = ["Exercising", "Seen"]

_LIGHT_EVERY_S: Final = 0.5
_TURNING_S: Final = 3.0
"""How far back set-up looks for the view: who is told to turn a little is seen to do it."""

_HAND_WAS_LIFTED: Final = (SetupStep.COUNTDOWN, SetupStep.NEUTRAL, SetupStep.READY)
_GO_LEAD_S: Final = 1.0
"""A page asks for what it has to sound a few times a second, and is told this long before."""

_LAST_LOOK_S: Final = 1.5
"""After the last repetition, so that its end is seen too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What one picture gave.

    ``image_bgr`` is the picture that was looked at, turned back where it came mirrored; ``raw`` is
    the pose for the record.
    """

    image_bgr: Image
    raw: LivePose
    pose: LivePose
    setup: SetupState | None
    coach: CoachState | None
    recording: RecordingState | None = None


class Exercising:
    """Leads one person from set-up through an exercise.

    Parameters
    ----------
    estimator
        Finds bodies.
    size_px
        Width and height of the pictures.
    exercise, prescription
        What is done; None where everything is only recorded.
    with_setup
        Whether set-up comes first.
    record_s
        For how long is recorded, where nothing is coached: after set-up, or without it after a
        countdown. NaN where the exercise is coached, or somebody ends what is only recorded.
    choice
        Who is meant of several people.
    withheld
        Joints such as ``left_knee`` that are never measured in this person: no compensation is
        read from them.
    """

    def __init__(  # noqa: PLR0913 - what is coached and what is recorded is begun alike
        self,
        estimator: PoseEstimator,
        size_px: tuple[int, int],
        exercise: Exercise | None,
        prescription: Prescription | None,
        *,
        with_setup: bool,
        record_s: float = math.nan,
        choice: PersonChoice | None = None,
        withheld: tuple[str, ...] = (),
    ) -> None:
        exercise = _without_joints(exercise, prescription, withheld)
        self._estimator, self._size_px = estimator, size_px
        self._exercise, self._prescription = exercise, prescription
        self._choice = choice or PersonChoice()
        self._light: PictureLight | None = None
        self._light_s = -math.inf
        self._done_s = math.nan
        self.mirrored: bool | None = None
        """What the lifted hand told of a mirror."""
        self.begun_s = math.nan
        """When the neutral pose, or without set-up the recording, began."""
        self.asked_again_s: tuple[float, float] | None = None
        """From when to when it was last asked who is there: what was seen then is nobody's."""
        self.asking_since_s = math.nan
        """Since when it is being asked again; NaN while it is not."""
        self.go_s = math.nan
        """When GO was given after set-up: at once, or of a test timed from it a second later."""
        self.coach: Coach | None = None
        self.setup: Setup | None = None
        self._hand: HandSign | None = None
        self._with_setup = False
        timed = not math.isnan(record_s)
        if exercise is not None and prescription is not None and exercise.movement is not None:
            self.coach = None if timed else _make_coach(exercise, prescription)
            self.setup = Setup(exercise, prescription.side) if with_setup else None
            self._with_setup = with_setup
            self._hand = HandSign(exercise, prescription.side)
        get_ready_s = GET_READY_S if timed and self.setup is None else 0.0
        self._recording = Recording(record_s if timed else math.inf, get_ready_s)
        self._begin(estimator.model)

    @property
    def finished(self) -> bool:
        """Whether all was done, or the coach has ended it, and the last movement was seen."""
        last_look_s = _LAST_LOOK_S if self.coach else 0.0
        return not math.isnan(self._done_s) and self._latest_s - self._done_s >= last_look_s

    def look(self, image_bgr: Image, time_s: float) -> Seen:
        """Take the next picture."""
        self._latest_s = time_s
        if self.mirrored:
            image_bgr = mirror_picture(image_bgr)
        raw, pose = self._watcher.look(to_rgb(image_bgr), time_s)
        seen = Seen(image_bgr=image_bgr, raw=raw, pose=pose, setup=None, coach=None)
        if self.coach is None and self.setup is None:
            return replace(seen, recording=self._record(time_s))
        reading = self._angles.update(pose) if self._angles else None
        if self._watcher.gone and self.setup is None and self._with_setup:
            self._ask_again(time_s)
        asking_again = not math.isnan(self.asking_since_s)
        if asking_again and reading:  # whoever is there now is not counted on
            reading = replace(reading, value_deg={}, confidence={})
        if self.setup is not None and not self._is_halted(asking_again):
            sight = self._sight(image_bgr, pose, time_s)
            view = self._turning.update(time_s, pose.image_px, pose.world_m)
            state = self._wait_for_go(self.setup.update(pose, sight, view))
            self._heed(state)
            return replace(seen, setup=state)
        if self.setup is None:
            self._begin_at(time_s)
        self._heed_hand(pose)
        shown = self.coach.update(reading) if self.coach and reading else None
        if shown and shown.phase in (Phase.DONE, Phase.ENDED) and math.isnan(self._done_s):
            self._done_s = time_s
        return replace(seen, coach=shown)

    def _is_halted(self, asking_again: bool) -> bool:
        """Return whether somebody's word is waited for; asking who is there pauses by itself."""
        if self.coach is None:
            return False
        return self.coach.halted and not (asking_again and self.coach.paused)

    def _record(self, time_s: float) -> RecordingState:
        state = self._recording.update(time_s)
        if not state.begins_in_s:
            self._begin_at(time_s)
        if not state.left_s and math.isnan(self._done_s):
            self._done_s = time_s
        return state

    def _begin_at(self, time_s: float) -> None:
        if math.isnan(self.begun_s):
            self.begun_s = time_s

    def _ask_again(self, time_s: float) -> None:
        """Have set-up ask who is there: the person was lost, and nobody else may be measured."""
        if self.coach is None or not self._exercise or not self._prescription:
            return
        self.coach.pause()
        if self.coach.paused:  # not where it is over, or waits for an answer about pain
            self._watcher = PersonWatcher(self._estimator, self._choice, at_once=False)
            self.setup = Setup(self._exercise, self._prescription.side)
            self.asking_since_s = time_s

    def _wait_for_go(self, state: SetupState) -> SetupState:
        """Hold a timed test back for a second, so that its tone can sound at a known moment."""
        if state.step is not SetupStep.READY:
            return state
        if math.isnan(self.go_s):
            timed = self._exercise is not None and self._exercise.test in TIMED_FROM_GO
            self.go_s = self._latest_s + (_GO_LEAD_S if timed else 0.0)
        left_s = self.go_s - self._latest_s
        if left_s <= 0:
            return state
        return replace(state, step=SetupStep.NEUTRAL, cue=Cue(CueKey.HOLD_STILL), go_in_s=left_s)

    def _renew_coach(self) -> None:
        """Let the coach begin with the exercise: what it saw in a halted set-up is no part."""
        if self.coach is not None and self._exercise is not None and self._prescription is not None:
            pain = self.coach.pain
            self.coach = _make_coach(self._exercise, self._prescription)
            self.coach.pain = pain

    def _heed_hand(self, pose: LivePose) -> None:
        sign = self._hand.update(pose) if self._hand else None
        if self.coach is None or sign is None:
            return
        if sign is Sign.STOP:
            self.coach.stop()
        elif self.coach.paused:
            self.coach.resume()
        else:
            self.coach.pause()

    def _begin(self, model: ModelInfo) -> None:
        self._watcher = PersonWatcher(self._estimator, self._choice, at_once=self.setup is None)
        self._angles = self._make_angles(model)
        self._turning = ViewTracker(*self._size_px, kept_s=_TURNING_S)
        self._latest_s = math.nan

    def _make_angles(self, model: ModelInfo) -> LiveAngles | None:
        exercise, asked = self._exercise, self._prescription
        if exercise is None or asked is None or exercise.movement is None or self.coach is None:
            return None
        movement = exercise.movement
        signals = [rule.signal for rule in exercise.compensations]
        return LiveAngles(
            self._size_px,
            (*movement.angles, *signals),
            exercise.position,
            centres=find_joint_centre_model(model.name),
            confidence=load_confidence_model(),
            rated=angles_to_follow(movement, exercise.sides, asked.side),
        )

    def _sight(self, image_bgr: Image, pose: LivePose, time_s: float) -> Sight:
        if time_s - self._light_s >= _LIGHT_EVERY_S:
            self._light_s = time_s
            self._light = measure_light(image_bgr, find_body_box(pose))
        return Sight(
            width_px=self._size_px[0],
            height_px=self._size_px[1],
            people_n=self._watcher.people_n,
            light=self._light,
        )

    def _heed(self, state: SetupState) -> None:
        """Go on when set-up is done; turn a mirrored picture back and look once more."""
        first = math.isnan(self.begun_s)  # within a take left and right change no more
        if first and state.mirrored and not self.mirrored and state.step is SetupStep.COUNTDOWN:
            self.mirrored = True
            self._begin(self._estimator.model)
            if self.setup is not None and self._exercise and self._prescription:
                self.setup = Setup(self._exercise, self._prescription.side)
                self.setup.skip_hand(0.0)
            return
        if first and state.step in _HAND_WAS_LIFTED and self.mirrored is None:
            self.mirrored = state.mirrored  # before, a lifted left hand may have been a mistake
        if state.step is SetupStep.READY:
            self.setup = None
            if math.isnan(self.asking_since_s):
                self._renew_coach()
                self.begun_s = state.neutral.start_s if state.neutral else self._latest_s
            elif self.coach is not None:
                self.asked_again_s = (self.asking_since_s, self._latest_s)
                self.asking_since_s = math.nan
                self.coach.resume()


def _without_joints(
    exercise: Exercise | None, prescription: Prescription | None, withheld: tuple[str, ...]
) -> Exercise | None:
    """Leave out the compensations that would be read from what is absent, cast or hidden."""
    if exercise is None or prescription is None or not withheld:
        return exercise
    planned = prescription.side in (Side.LEFT, Side.RIGHT)
    sides = (prescription.side,) if planned else (Side.LEFT, Side.RIGHT)
    return replace(
        exercise,
        compensations=tuple(
            rule
            for rule in exercise.compensations
            if not any(
                landmark in withheld
                for point in SIGNALS[rule.signal].points
                for side in sides
                for landmark in landmarks_under(point, side)
            )
        ),
    )


def _make_coach(exercise: Exercise, prescription: Prescription) -> Coach:
    movement = exercise.movement
    error_deg = load_signals()[movement.counted_angle].error if movement else math.nan
    return Coach(exercise, prescription, within_take_error_deg=error_deg)
