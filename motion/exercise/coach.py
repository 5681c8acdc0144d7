"""The coach: a state machine fed with time-stamped poses and the angles of them, nothing else."""

import math
from dataclasses import replace
from typing import Final

from motion.exercise.coach_cues import CueBox
from motion.exercise.coach_hold import HoldTimer
from motion.exercise.coach_light import judge_light
from motion.exercise.coach_sets import SetCounter
from motion.exercise.coach_state import CoachEvent, CoachState, Phase
from motion.exercise.coach_wishes import Moment, wish_cues
from motion.exercise.compensations import CompensationWatch
from motion.exercise.exercises import Exercise
from motion.exercise.followed_angle import FollowedAngle
from motion.exercise.live_counter import Counted, Moving
from motion.exercise.prescription import Prescription
from motion.kinematics.joints import split_angle_name
from motion.kinematics.live_angles import LiveReading
from motion.model import CoachedRepetition

__all__ = ["Coach"]

_NEAR_START_DEG: Final = 35.0
_TOP_SHARE: Final = 0.9
_STILL_DEG_S: Final = 25.0
_TOO_FAST_SHARE: Final = 0.6
_IN_SET: Final = frozenset({Phase.WAITING, Phase.REST, Phase.RAISE, Phase.HOLD, Phase.LOWER})


class Coach:
    """Leads through one exercise and counts what is done of it.

    Repetitions are counted by :class:`motion.exercise.live_counter.LiveCounter`, whatever the
    phase: those in a pause or between sets belong to no set (``set_number`` 0), so that the count
    of the whole take stays comparable with the offline one. Where the counted angle is not seen
    nothing moves on.

    Parameters
    ----------
    exercise
        One that is measured.
    prescription
        Side, dose, target and limits.
    within_take_error_deg
        Error of the counted angle within a take: nobody is asked to go further by less than twice
        as much (clinical_rules.md 21). NaN, and nobody is asked to go further at all.

    Raises
    ------
    ValueError
        If the exercise is only guided.
    """

    def __init__(
        self,
        exercise: Exercise,
        prescription: Prescription,
        *,
        within_take_error_deg: float = math.nan,
    ) -> None:
        self.exercise, self.prescription = exercise, prescription
        self._error_deg = within_take_error_deg
        self._followed = FollowedAngle(exercise, prescription.side)
        self._sets = SetCounter(prescription.dose)
        self._hold = HoldTimer()
        self._watch = CompensationWatch(exercise.compensations, prescription.side)
        self._cues = CueBox()
        self._phase, self._phase_s, self._time_s = Phase.WAITING, math.nan, math.nan
        self._active_s, self._begun_s = -math.inf, math.nan
        self._told_once: set[CoachEvent] = set()
        self._too_fast = self._went_too_far = False
        self._told: list[tuple[str, Counted, CoachedRepetition]] = []
        self.pain: int | None = None
        """The highest answer after the pain button; None where it was not pressed."""

    @property
    def phase(self) -> Phase:
        """Where in the exercise it is."""
        return self._phase

    @property
    def paused(self) -> bool:
        """Whether it stands still by somebody's wish."""
        return self._phase is Phase.PAUSED

    @property
    def halted(self) -> bool:
        """Whether it stands still or is over: nothing goes on without somebody's word."""
        return self._phase in (Phase.PAUSED, Phase.PAIN, Phase.ENDED)

    @property
    def pain_too_high(self) -> bool:
        """Whether an answer was above the plan's limit: the exercise is over."""
        return self.pain is not None and self.pain > self.prescription.pain_limit

    # What people do.

    def pause(self) -> None:
        """Stand still until :meth:`resume`."""
        if self._phase in _IN_SET or self._phase is Phase.BETWEEN_SETS:
            self._enter(Phase.PAUSED)

    def resume(self) -> None:
        """Go on after a pause; not after pain above the plan's limit."""
        if self._phase is Phase.PAUSED:
            self._active_s = self._time_s
            self._enter(Phase.BETWEEN_SETS if self._sets.resting else Phase.REST)

    def press_pain(self) -> None:
        """Stop the set at once and wait for the answer."""
        if not self._over:
            self._enter(Phase.PAIN)

    def answer_pain(self, score: int) -> None:
        """Take the answer, 0 to 10: above the limit the exercise is over, else it is paused."""
        if self._phase is Phase.PAIN:
            self.pain = max(score, self.pain or 0)
            self._enter(Phase.ENDED if self.pain_too_high else Phase.PAUSED)

    def stop(self) -> None:
        """End before all is done."""
        if self._phase is not Phase.DONE:
            self._enter(Phase.ENDED)

    # What the camera sees.

    def update(self, reading: LiveReading) -> CoachState:
        """Take in the next picture and return the exercise as it stands now."""
        self._time_s = reading.time_s
        events: list[CoachEvent] = []
        was_frozen = self._followed.frozen
        for name, counted in self._followed.update(reading):
            self._take(name, counted, events)
        if self._followed.frozen != was_frozen:
            events.append(CoachEvent.FOUND if was_frozen else CoachEvent.LOST)
        self._look_at_clock(events)
        self._move_on(events)
        self._hold_on(events)
        if self._is_far_enough() and self._phase in _IN_SET:
            self._tell_once(CoachEvent.FAR_ENOUGH, events)
        compensating = self._look_for_compensations(reading)
        state = self._describe(reading, compensating, tuple(events))
        cue = self._cues.choose(reading.time_s, wish_cues(state, self._describe_moment()))
        return replace(state, cue=cue)

    def finish(self) -> tuple[CoachedRepetition, ...]:
        """Return the repetitions that count now that the whole is known.

        A wiggle before the first real movement is taken back, as the offline counter never
        counts it; ends are as exact as they became.
        """
        name = self._followed.name
        mine = [(told, shown) for angle, told, shown in self._told if angle == name]
        kept = self._followed.counter.finish(self.prescription.target_deg)
        return tuple(
            replace(
                min(mine, key=lambda each: abs(each[0].peak_s - counted.peak_s))[1],
                start_s=counted.start_s,
                peak_s=counted.peak_s,
                end_s=counted.end_s,
                peak_deg=counted.peak_deg,
                full=full,
            )
            for counted, full in kept
        )

    # How.

    def _take(self, name: str, counted: Counted, events: list[CoachEvent]) -> None:
        """Take a movement that has come back to rest into the set, if it is the set's."""
        full = self._followed.counter_of(name).is_full(counted, self.prescription.target_deg)
        begun = counted.start_s >= self._active_s  # sitting down in a pause is no repetition
        in_set = self._phase in _IN_SET and name == self._followed.name and begun
        shown = CoachedRepetition(
            start_s=counted.start_s,
            peak_s=counted.peak_s,
            end_s=counted.end_s,
            peak_deg=counted.peak_deg,
            side=split_angle_name(name)[0],
            direction=counted.direction,
            full=full,
            hold_s=self._hold.longest_s,
            set_number=self._sets.number if in_set else 0,
        )
        self._told.append((name, counted, shown))
        if name == self._followed.name:  # the next movement begins with nothing of this one
            self._went_too_far = CoachEvent.FAR_ENOUGH in self._told_once
            self._hold.begin()
            self._told_once.clear()
        if not in_set:
            return
        dose = self.prescription.dose
        whole = full and dose.is_held(shown.hold_s)
        events.append(CoachEvent.REPETITION if whole else CoachEvent.PARTIAL)
        wanted_s = dose.raise_s + dose.hold_s + dose.lower_s  # NaN where any tempo will do
        self._too_fast = counted.end_s - counted.start_s < _TOO_FAST_SHARE * wanted_s
        if self._sets.count(self._time_s, full=whole):
            events.append(CoachEvent.SET_DONE)
            if self._sets.done:
                events.append(CoachEvent.ALL_DONE)
            self._enter(Phase.DONE if self._sets.done else Phase.BETWEEN_SETS)

    def _look_at_clock(self, events: list[CoachEvent]) -> None:
        """End a test against the clock, which no pause stops; an open question about pain stays."""
        if math.isnan(self._begun_s):
            self._begun_s = self._time_s
        is_up = self._time_s - self._begun_s >= self.exercise.lasts_s  # NaN lasts for ever
        if is_up and not self._over and self._phase is not Phase.PAIN:
            events.append(CoachEvent.TIME_UP)
            self._enter(Phase.DONE)

    @property
    def _over(self) -> bool:
        return self._phase in (Phase.DONE, Phase.ENDED)

    def _move_on(self, events: list[CoachEvent]) -> None:
        """Go from phase to phase, as far as the limb has gone; not while it is not seen."""
        if math.isnan(self._followed.angle_deg):
            return
        at_rest = self._followed.counter.moving is Moving.REST
        if self._phase is Phase.BETWEEN_SETS:
            if at_rest and self._sets.rest_left_s(self._time_s) <= 0:
                self._sets.begin_next()
                self._active_s = self._time_s
                events.append(CoachEvent.SET_BEGINS)
                self._enter(Phase.REST)
        elif self._phase in _IN_SET and not (
            self._phase is Phase.WAITING and at_rest and not self._is_near_start()
        ):
            phase = self._find_phase()
            if phase is not self._phase:
                self._enter(phase)

    def _find_phase(self) -> Phase:
        match self._followed.counter.moving:
            case Moving.REST:
                return Phase.REST
            case Moving.BACK:
                return Phase.LOWER
            case Moving.AWAY if self._is_on_top():
                return Phase.HOLD
            case Moving.AWAY:
                goes_back = self._followed.counter.direction * self._followed.speed_deg_s <= 0
                was_on_top = self._phase in (Phase.HOLD, Phase.LOWER)
                return Phase.LOWER if was_on_top and goes_back else Phase.RAISE

    def _is_near_start(self) -> bool:
        start_deg = self.exercise.start_deg
        return math.isnan(start_deg) or (
            abs(self._followed.angle_deg - start_deg) <= _NEAR_START_DEG
        )

    def _is_on_top(self) -> bool:
        """Return whether the limb is where a hold counts: on target, or still at its farthest."""
        followed, counter, asked = self._followed, self._followed.counter, self.prescription
        way, target_deg = counter.direction, counter.aim(asked.target_deg)
        if way * (target_deg - counter.rest_deg) > 0:
            return way * (followed.angle_deg - target_deg) >= -asked.tolerance_deg
        away_deg = way * (followed.angle_deg - counter.rest_deg)
        highest_deg = way * (counter.peak_deg - counter.rest_deg)
        return away_deg >= _TOP_SHARE * highest_deg and abs(followed.speed_deg_s) < _STILL_DEG_S

    def _hold_on(self, events: list[CoachEvent]) -> None:
        if self._phase not in _IN_SET or self._followed.counter.moving is Moving.REST:
            return
        seen = not math.isnan(self._followed.angle_deg)
        on_top = self._is_on_top() if seen else None
        self._hold.update(self._time_s, on_top)
        if on_top and not math.isnan(self.prescription.target_deg):
            self._tell_once(CoachEvent.TARGET, events)
        wanted_s = self.prescription.dose.hold_s
        if 0 < wanted_s <= self._hold.held_s:
            self._tell_once(CoachEvent.HOLD_DONE, events)

    def _is_far_enough(self) -> bool:
        counter = self._followed.counter
        limit_deg = counter.aim(self.prescription.max_allowed_deg)
        way = counter.direction or math.copysign(1.0, limit_deg - counter.rest_deg)
        return way * (self._followed.raw_deg - limit_deg) >= 0  # NaN is no limit, nor a value

    def _look_for_compensations(self, reading: LiveReading) -> tuple[str, ...]:
        values = self._watch.read(reading.pose, reading.value_deg, reading.view)
        if self._followed.counter.moving is Moving.REST or self._phase not in _IN_SET:
            self._watch.at_rest(reading.time_s, values)
            return ()
        return self._watch.update(reading.time_s, values)

    def _tell_once(self, event: CoachEvent, events: list[CoachEvent]) -> None:
        """Tell an event once in each repetition."""
        if event not in self._told_once:
            self._told_once.add(event)
            events.append(event)

    def _enter(self, phase: Phase) -> None:
        self._phase, self._phase_s = phase, self._time_s

    def _describe_moment(self) -> Moment:
        return Moment(
            speed_deg_s=self._followed.speed_deg_s,
            error_deg=self._error_deg,
            far_enough=self._is_far_enough(),
            pain_too_high=self.pain_too_high,
            too_fast=self._too_fast,
            went_too_far=self._went_too_far,
            compensation_cues=tuple(rule.cue for rule in self._watch.active_rules),
        )

    def _describe(
        self, reading: LiveReading, compensating: tuple[str, ...], events: tuple[CoachEvent, ...]
    ) -> CoachState:
        followed, sets, asked = self._followed, self._sets, self.prescription
        rest_deg, dose = followed.counter.rest_deg, asked.dose
        target_deg = followed.counter.aim(asked.target_deg)
        way_deg = target_deg - rest_deg
        reached = (followed.angle_deg - rest_deg) / way_deg if way_deg else math.nan
        light, light_cue = judge_light(reading, followed.name, asked.side, self.exercise)
        tempo_s = {Phase.RAISE: dose.raise_s, Phase.HOLD: dose.hold_s, Phase.LOWER: dose.lower_s}
        return CoachState(
            time_s=reading.time_s,
            phase=self._phase,
            frozen=followed.frozen,
            angle=followed.name,
            angle_deg=followed.angle_deg,
            target_deg=target_deg,
            tolerance_deg=asked.tolerance_deg,
            max_allowed_deg=followed.counter.aim(asked.max_allowed_deg),
            rest_deg=rest_deg,
            reached=min(1.0, max(0.0, reached)) if math.isfinite(reached) else math.nan,
            light=light,
            light_cue=light_cue,
            set_number=sets.number,
            sets=dose.sets,
            repetition=sets.whole,
            repetitions=dose.repetitions,
            partial=sets.partial,
            hold_s=self._hold.held_s,
            hold_wanted_s=dose.hold_s,
            phase_s=reading.time_s - self._phase_s,
            phase_wanted_s=tempo_s.get(self._phase, math.nan) or math.nan,
            rest_left_s=sets.rest_left_s(reading.time_s),
            cue=None,
            compensating=compensating,
            events=events,
            counted=tuple(shown for name, _, shown in self._told if name == followed.name),
            compensations=self._watch.summary(),
        )
