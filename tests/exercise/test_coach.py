"""The coach along made-up movements: phases, sets, holds, limits, pain, words."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from coach_makers import (
    FROM_THE_LEFT,
    KNEE,
    REPETITION,
    angles,
    asked,
    coached,
    knee_bend,
    reading,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from motion.exercise.coach import Coach
from motion.exercise.coach_state import CoachEvent, CoachState, LightColour, Phase
from motion.exercise.cues import CueKey
from motion.exercise.exercises import CompensationRule, Exercise, Sides
from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose, Prescription
from motion.kinematics.live_angles import LiveReading
from motion.model import Side

STILL = (1.0, 0.0)


def phases(states: list[CoachState]) -> list[Phase]:
    found: list[Phase] = []
    for state in states:
        if not found or found[-1] is not state.phase:
            found.append(state.phase)
    return found


def events(states: list[CoachState]) -> list[CoachEvent]:
    return [event for state in states for event in state.events]


def cues(states: list[CoachState]) -> list[str]:
    found: list[str] = []
    for state in states:
        key = state.cue.key if state.cue else ""
        if key and (not found or found[-1] != key):
            found.append(key)
    return found


def after(
    coach: Coach, states: list[CoachState], pieces: list[tuple[float, float]]
) -> list[CoachState]:
    """Go on where the states ended, from rest."""
    from_s = states[-1].time_s + 1 / 30
    return [coach.update(reading(from_s + t, deg)) for t, deg in angles(pieces)]


# ---------------------------------------------------------------- phases and sets


def test_a_set_goes_through_its_phases_and_ends() -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0))

    states = coached(coach, [STILL, *REPETITION * 3])

    once = [Phase.RAISE, Phase.HOLD, Phase.LOWER, Phase.REST]
    assert phases(states) == [Phase.REST, *once, *once, *once[:3], Phase.DONE]
    assert events(states).count(CoachEvent.REPETITION) == 3
    assert events(states).count(CoachEvent.TARGET) == 3
    assert events(states)[-2:] == [CoachEvent.SET_DONE, CoachEvent.ALL_DONE]
    assert states[-1].cue is not None
    assert states[-1].cue.key == CueKey.ALL_DONE
    assert [each.set_number for each in coach.finish()] == [1, 1, 1]


@pytest.mark.parametrize("rate_hz", [12.0, 15.0, 30.0, 60.0])
def test_the_count_does_not_depend_on_the_rate(rate_hz: float) -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0))

    states = coached(coach, [STILL, *REPETITION * 3, STILL], rate_hz)

    assert states[-1].repetition == 3


def test_a_partial_repetition_counts_apart() -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0))

    states = coached(coach, [STILL, *REPETITION, (1.0, 45.0), (1.0, 0.0), STILL])

    assert (states[-1].repetition, states[-1].partial) == (1, 1)
    assert [each.full for each in coach.finish()] == [True, False]


def test_between_sets_is_a_rest_that_is_counted_down() -> None:
    dose = Dose(sets=2, repetitions=1, rest_s=5.0)
    coach = Coach(knee_bend(), asked(dose=dose))

    states = coached(coach, [STILL, *REPETITION, (6.0, 0.0), *REPETITION])

    assert Phase.BETWEEN_SETS in phases(states)
    left_s = [s.rest_left_s for s in states if s.phase is Phase.BETWEEN_SETS]
    assert left_s[0] == pytest.approx(5.0, abs=0.1)
    assert min(left_s) == pytest.approx(0.0, abs=0.1)
    assert CueKey.REST in cues(states)
    assert states[-1].phase is Phase.DONE
    assert [each.set_number for each in coach.finish()] == [1, 2]


def test_what_is_done_in_a_rest_belongs_to_no_set_but_is_known() -> None:
    dose = Dose(sets=2, repetitions=1, rest_s=30.0)
    coach = Coach(knee_bend(), asked(dose=dose))

    states = coached(coach, [STILL, *REPETITION * 2])

    assert states[-1].phase is Phase.BETWEEN_SETS
    assert [each.set_number for each in coach.finish()] == [1, 0]


def test_somebody_elsewhere_than_at_the_start_is_asked_to_go_there() -> None:
    coach = Coach(knee_bend(start_deg=90.0), asked())

    states = coached(coach, [(2.0, 0.0)])

    assert {state.phase for state in states} == {Phase.WAITING}
    assert CueKey.START_POSITION in cues(states)


# ---------------------------------------------------------------- holds


def test_a_hold_counts_inside_the_band_only() -> None:
    dose = Dose(sets=1, repetitions=1, hold_s=2.0)
    coach = Coach(knee_bend(), asked(dose=dose, target_deg=90.0))

    states = coached(coach, [STILL, (1.0, 90.0), (2.5, 90.0), (1.0, 0.0), STILL])

    assert CoachEvent.HOLD_DONE in events(states)
    assert [key for key in cues(states) if key in (CueKey.HOLD, CueKey.GOOD_HOLD)] == [
        CueKey.HOLD,
        CueKey.GOOD_HOLD,
    ]
    (repetition,) = coach.finish()
    assert repetition.hold_s == pytest.approx(2.8, abs=0.3)


@pytest.mark.parametrize(("out_s", "held_s"), [(0.3, 1.7), (1.0, 1.0)])
def test_a_hold_pauses_for_a_short_drop_out_and_begins_anew_after_a_long_one(
    out_s: float, held_s: float
) -> None:
    dose = Dose(sets=1, repetitions=1, hold_s=5.0)
    coach = Coach(knee_bend(), asked(dose=dose, target_deg=90.0))
    curve = [*angles([STILL, (0.5, 90.0), (2.0 + out_s, 90.0)])]
    gap = (2.4, 2.4 + out_s)

    for time_s, deg in curve:
        state = coach.update(reading(time_s, math.nan if gap[0] <= time_s < gap[1] else deg))

    assert state.hold_s == pytest.approx(held_s, abs=0.35)


# ---------------------------------------------------------------- what is not seen


def test_where_the_angle_is_not_seen_nothing_moves_on() -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0))
    states = coached(coach, [STILL, (1.0, 90.0)])
    before = states[-1]

    lost = [
        coach.update(LiveReading(pose=reading(t, math.nan).pose, view=FROM_THE_LEFT,
                                 value_deg={KNEE: math.nan}, confidence={}))
        for t in np.arange(before.time_s + 1 / 30, before.time_s + 3.0, 1 / 30)
    ]  # fmt: skip

    assert {state.phase for state in lost} == {before.phase}
    assert lost[-1].frozen
    assert math.isnan(lost[-1].angle_deg)
    assert lost[-1].light is LightColour.NOT_MEASURED
    assert events(lost) == [CoachEvent.LOST]
    assert cues(lost)[-1] == CueKey.COME_INTO_VIEW


def test_the_landmark_that_is_missing_is_named() -> None:
    coach = Coach(knee_bend(), asked())
    seen = reading(0.0, 0.0)
    hidden = seen.pose.image_px.copy()
    hidden[27] = np.nan  # the left ankle

    for row in range(20):
        pose = replace(seen.pose, time_s=row / 30, image_px=hidden)
        state = coach.update(replace(seen, pose=pose, value_deg={KNEE: math.nan}))

    assert state.cue is not None
    assert (state.cue.key, dict(state.cue.values)) == (
        CueKey.CANNOT_SEE,
        {"segment": "segment.ankle"},
    )


def test_the_far_side_is_asked_to_turn() -> None:
    coach = Coach(knee_bend(), asked())
    from_the_right = replace(FROM_THE_LEFT, azimuth_deg=-90.0)

    for row in range(20):
        seen = reading(row / 30, 0.0, view=from_the_right)
        state = coach.update(replace(seen, value_deg={KNEE: math.nan}))

    assert state.cue is not None
    assert state.cue.key == CueKey.TURN_SIDE
    assert dict(state.cue.values) == {"side": "side.left"}


# ---------------------------------------------------------------- limits and pain


def test_at_the_plans_limit_it_is_far_enough_and_never_more() -> None:
    limited = asked(target_deg=80.0, max_allowed_deg=85.0)
    coach = Coach(knee_bend(), limited, within_take_error_deg=1.0)

    states = coached(coach, [STILL, *REPETITION, STILL])

    assert CoachEvent.FAR_ENOUGH in events(states)
    assert CueKey.FAR_ENOUGH in cues(states)
    assert CueKey.A_LITTLE_FURTHER not in cues(states)
    assert CueKey.GOOD not in cues(states), "more than allowed is not praised"


def test_a_limit_below_rest_is_one_of_straightening() -> None:
    exercise = knee_bend(
        start_deg=90.0,
        movement=replace(knee_bend().movement, rest="high"),  # type: ignore[type-var]
    )
    coach = Coach(exercise, asked(target_deg=20.0, max_allowed_deg=15.0))
    down = [coach.update(reading(t, 90.0 - deg)) for t, deg in angles([STILL, (1.0, 80.0)])]

    assert CoachEvent.FAR_ENOUGH in events(down)
    assert not any(s.events for s in down if s.angle_deg > 30.0)


@pytest.mark.parametrize(("error_deg", "asks"), [(2.0, True), (15.0, False), (math.nan, False)])
def test_nobody_is_asked_further_by_less_than_twice_the_error(error_deg: float, asks: bool) -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0), within_take_error_deg=error_deg)

    states = coached(coach, [STILL, (1.0, 70.0), (2.0, 70.0)])

    assert (CueKey.A_LITTLE_FURTHER in cues(states)) is asks


@given(st.floats(40.0, 120.0), st.floats(0.0, 40.0), st.lists(st.floats(20.0, 150.0), max_size=4))
@settings(deadline=None, max_examples=40)
def test_beyond_the_limit_nobody_is_ever_asked_for_more(
    target_deg: float, room_deg: float, heights: list[float]
) -> None:
    limit_deg = target_deg + room_deg
    prescription = asked(target_deg=target_deg, max_allowed_deg=limit_deg)
    coach = Coach(knee_bend(), prescription, within_take_error_deg=1.0)
    pieces = [p for h in heights for p in ((1.0, h), (1.5, h), (1.0, 0.0), (0.5, 0.0))]

    for state in coached(coach, [STILL, *pieces]):
        if state.angle_deg >= limit_deg and state.cue is not None:
            assert state.cue.key not in (CueKey.A_LITTLE_FURTHER, CueKey.GOOD)


def test_pain_stops_the_set_at_once_and_waits_for_the_answer() -> None:
    coach = Coach(knee_bend(), asked())
    states = coached(coach, [STILL, (1.0, 90.0)])

    coach.press_pain()
    states = after(coach, states, [(20.0, 0.0)])

    assert phases(states) == [Phase.PAIN]
    assert set(cues(states)) == {CueKey.PAIN_STOP}


@pytest.mark.parametrize(("score", "phase"), [(5, Phase.PAUSED), (6, Phase.ENDED)])
def test_above_the_limit_the_set_is_not_resumed(score: int, phase: Phase) -> None:
    coach = Coach(knee_bend(), asked(pain_limit=5))
    states = coached(coach, [STILL])
    coach.press_pain()

    coach.answer_pain(score)
    coach.resume()
    states = after(coach, states, [STILL])

    assert states[-1].phase is (Phase.REST if phase is Phase.PAUSED else Phase.ENDED)
    assert coach.pain == score
    assert coach.pain_too_high is (phase is Phase.ENDED)


def test_repetitions_during_pain_belong_to_no_set() -> None:
    coach = Coach(knee_bend(), asked())
    states = coached(coach, [STILL, *REPETITION])
    coach.press_pain()
    states = after(coach, states, [*REPETITION, STILL])

    assert states[-1].repetition == 1
    assert [each.set_number for each in coach.finish()] == [1, 0]


def test_a_pause_stands_still_and_goes_on_in_the_same_set() -> None:
    coach = Coach(knee_bend(), asked())
    states = coached(coach, [STILL, *REPETITION])
    coach.pause()
    states = after(coach, states, [STILL])
    assert states[-1].phase is Phase.PAUSED

    coach.resume()
    states = after(coach, states, [*REPETITION * 2])

    assert states[-1].phase is Phase.DONE


# ---------------------------------------------------------------- words


def test_a_compensation_is_said_and_counted() -> None:
    rule = CompensationRule(signal="trunk_flexion", limit=15.0, direction=1, cue="stay_tall")
    coach = Coach(knee_bend(compensations=(rule,)), asked())

    states = [
        coach.update(reading(t, deg, trunk_flexion=0.5 * deg))
        for t, deg in angles([STILL, (1.0, 90.0), (1.0, 90.0), (1.0, 0.0), STILL])
    ]

    assert any("trunk_flexion" in state.compensating for state in states)
    assert "stay_tall" in cues(states)
    (seen,) = states[-1].compensations
    assert seen.count == 1
    assert seen.seconds == pytest.approx(2.0, abs=0.7)


def test_a_repetition_much_faster_than_its_tempo_is_asked_to_be_slower() -> None:
    dose = Dose(sets=1, repetitions=3, raise_s=3.0, lower_s=3.0)
    coach = Coach(knee_bend(), asked(dose=dose))

    states = coached(coach, [STILL, *REPETITION, STILL])

    assert CueKey.SLOWER in cues(states)


def test_a_remark_is_not_repeated_at_once() -> None:
    coach = Coach(knee_bend(), asked(dose=Dose(sets=1, repetitions=20)))
    quick = ((0.5, 90.0), (0.5, 0.0), (0.1, 0.0))

    states = coached(coach, [STILL, *quick * 8])
    began = [
        state.time_s
        for before, state in itertools.pairwise(states)
        if state.cue and state.cue.key == CueKey.GOOD and state.cue != before.cue
    ]

    assert len(began) >= 2
    assert min(np.diff(began)) >= 4.0


def test_a_guided_exercise_cannot_be_coached() -> None:
    with pytest.raises(ValueError, match="only guided"):
        Coach(knee_bend(movement=None), Prescription(exercise="x", side=asked().side))


def test_of_two_limbs_the_nearer_is_counted_as_in_the_finished_take() -> None:
    coach = Coach(knee_bend(sides=Sides.BOTH), asked(side=Side.BOTH))

    states = [
        coach.update(reading(t, deg, right_knee_flexion=1.3 * deg))
        for t, deg in angles([STILL, *REPETITION, STILL])
    ]

    assert {state.angle for state in states} == {KNEE}
    assert states[-1].repetition == 1


# ---------------------------------------------------------------- what a second reader found


def neck() -> Exercise:
    movement = Movement(
        name="neck", title="Neck", angles=("neck_lateral_flexion",), two_directions=True
    )
    return knee_bend(movement=movement, sides=Sides.NONE, start_deg=0.0)


def test_a_limit_holds_to_either_side() -> None:
    prescription = asked(side=Side.NONE, target_deg=15.0, max_allowed_deg=20.0)
    coach = Coach(neck(), prescription, within_take_error_deg=1.0)
    both = [(1.0, 0.0), (1.0, -45.0), (1.0, 0.0), (1.0, 0.0), (1.0, 45.0), (1.0, 0.0), (1.0, 0.0)]

    states = [coach.update(reading(t, 0.0, neck_lateral_flexion=deg)) for t, deg in angles(both)]

    assert events(states).count(CoachEvent.FAR_ENOUGH) == 2
    assert events(states).count(CoachEvent.REPETITION) == 2
    assert CueKey.GOOD not in cues(states)
    assert {s.max_allowed_deg for s in states if abs(s.angle_deg) > 10} == {-20.0, 20.0}


def test_somebody_who_begins_beyond_the_limit_is_told_at_once() -> None:
    coach = Coach(knee_bend(), asked(target_deg=80.0, max_allowed_deg=90.0))

    state = [coach.update(reading(row / 30, 100.0)) for row in range(10)][-1]

    assert state.cue is not None
    assert state.cue.key == CueKey.FAR_ENOUGH


def test_sitting_down_in_a_pause_is_no_repetition() -> None:
    coach = Coach(knee_bend(), asked(target_deg=90.0))
    states = coached(coach, [STILL, *REPETITION])
    coach.pause()
    states = after(coach, states, [(1.0, 90.0), (5.0, 90.0)])
    coach.resume()
    from_s = states[-1].time_s
    states = [
        coach.update(reading(from_s + t, 90.0 - deg))
        for t, deg in angles([(1.0, 90.0), (2.0, 90.0)])
        if t > 0
    ]

    assert states[-1].repetition == 1
    assert [each.set_number for each in coach.finish()] == [1, 0]


def test_a_repetition_whose_hold_was_not_held_is_partial() -> None:
    dose = Dose(sets=1, repetitions=2, hold_s=3.0)
    coach = Coach(knee_bend(), asked(dose=dose, target_deg=90.0))
    held = [(1.0, 90.0), (3.2, 90.0), (1.0, 0.0), (0.5, 0.0)]

    states = coached(coach, [STILL, *REPETITION, *held, STILL])

    assert (states[-1].repetition, states[-1].partial) == (1, 1)
    assert [dose.is_held(each.hold_s) for each in coach.finish()] == [False, True]


def test_a_test_against_the_clock_ends_at_its_bell() -> None:
    coach = Coach(knee_bend(lasts_s=6.0), asked(dose=Dose(sets=1, repetitions=40)))

    states = coached(coach, [STILL, *REPETITION * 4])
    bell = next(state for state in states if CoachEvent.TIME_UP in state.events)

    assert bell.time_s == pytest.approx(6.0, abs=0.05)
    assert states[-1].phase is Phase.DONE
    assert events(states).count(CoachEvent.TIME_UP) == 1


def test_the_bell_does_not_answer_an_open_question_about_pain() -> None:
    coach = Coach(knee_bend(lasts_s=3.0), asked())
    states = coached(coach, [STILL])
    coach.press_pain()
    states = after(coach, states, [(4.0, 0.0)])

    assert states[-1].phase is Phase.PAIN
    coach.answer_pain(9)
    assert coach.pain_too_high
    assert coach.phase is Phase.ENDED
