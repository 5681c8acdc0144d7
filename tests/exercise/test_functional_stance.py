"""Standing on one leg against exact answers, and why a try ends."""

import numpy as np
import pytest
from functional_makers import ON_THIGH, StancePlan, make_stance
from hypothesis import given, settings
from hypothesis import strategies as st

from motion.exercise.functional_motion import FunctionalMotion
from motion.exercise.functional_stance import measure_stance
from motion.library import load_functional_errors
from motion.model import FUNCTIONAL, Measurement, MeasureVerdict, Side

FIGURES = load_functional_errors()


def stance(motion: FunctionalMotion) -> Measurement:
    (number,) = measure_stance(motion, FIGURES).measurements
    return number


@pytest.mark.parametrize(("lifted", "stood_on"), [(0, Side.RIGHT), (1, Side.LEFT)])
def test_the_time_is_that_of_the_foot_off_the_floor_and_the_side_the_other_leg(
    lifted: int, stood_on: Side
) -> None:
    plan = StancePlan(lifts=((2.0, 8.0, lifted),))
    number = stance(make_stance(plan))

    assert number.value == pytest.approx(plan.held_s(), abs=0.01)
    assert (number.measure, number.unit, number.side) == ("single_leg_stance_time", "s", stood_on)
    assert (number.joint, number.motion) == (FUNCTIONAL, "single_leg_stance")
    assert number.verdict is MeasureVerdict.MEASURED
    assert number.note == "ended when the foot touched the floor"
    assert number.mdc95 == FIGURES.find("single_leg_stance_time").mdc95


@settings(max_examples=25, deadline=None)
@given(st.floats(12.0, 60.0), st.floats(0.6, 9.0), st.floats(0.3, 0.7))
def test_any_rate_gives_the_same_time(rate_hz: float, hold_s: float, height: float) -> None:
    plan = StancePlan(lifts=((2.0, hold_s, 0),), rate_hz=rate_hz, height=height)

    assert stance(make_stance(plan)).value == pytest.approx(plan.held_s(), abs=0.6 / rate_hz)


def test_the_best_of_the_first_three_tries_counts() -> None:
    lifts = ((1.0, 2.0, 0), (5.0, 4.0, 0), (11.0, 1.0, 0), (14.0, 8.0, 0))
    plan = StancePlan(lifts=lifts, duration_s=26.0)
    number = stance(make_stance(plan))

    assert number.value == pytest.approx(plan.held_s(1), abs=0.02)
    assert number.n_repetitions == 3
    assert "best of 3 tries" in number.note


def test_each_leg_has_its_own_number() -> None:
    plan = StancePlan(lifts=((1.0, 3.0, 0), (6.0, 5.0, 1)), duration_s=16.0)
    numbers = measure_stance(make_stance(plan), FIGURES).measurements
    by_side = {number.side: number.value for number in numbers}

    assert by_side[Side.RIGHT] == pytest.approx(plan.held_s(0), abs=0.02)
    assert by_side[Side.LEFT] == pytest.approx(plan.held_s(1), abs=0.02)


def test_more_than_45_seconds_are_45() -> None:
    plan = StancePlan(lifts=((2.0, 50.0, 0),), duration_s=56.0)
    number = stance(make_stance(plan))

    assert number.value == pytest.approx(45.0)
    assert number.note == "held for the whole 45 s"
    assert number.verdict is MeasureVerdict.MEASURED


def test_a_standing_foot_that_hops_ends_the_try() -> None:
    plan = StancePlan()
    motion = make_stance(plan)
    ankles = np.array(motion.ankles)
    ankles[motion.time_s >= 8.0, 1, 0] += 0.3
    number = stance(make_stance(plan, ankles=ankles))

    assert number.note == "ended when the standing foot moved"
    assert number.value == pytest.approx(8.0 - 2.0, abs=0.15)


def test_a_standing_foot_that_only_tilts_does_not_end_it() -> None:
    plan = StancePlan()
    motion = make_stance(plan)
    ankles = np.array(motion.ankles)
    ankles[:, 1, 0] += 0.08 * np.sin(5.0 * motion.time_s)

    assert stance(make_stance(plan, ankles=ankles)).value == pytest.approx(plan.held_s(), abs=0.01)


def test_arms_that_uncross_end_the_try() -> None:
    motion = make_stance()
    hands = np.array(motion.hands)
    hands[motion.time_s >= 6.0] = ON_THIGH
    number = stance(make_stance(hands=hands))

    assert number.note == "ended when the hands left the chest"
    assert number.value == pytest.approx(6.0 - 2.1, abs=0.15)


@pytest.mark.parametrize(
    ("hands", "said"),
    [
        (ON_THIGH, "the arms were not crossed over the chest"),
        (np.nan, "whether the arms were crossed was not seen"),
    ],
)
def test_arms_that_were_never_crossed_are_said_and_end_nothing(hands: float, said: str) -> None:
    plan = StancePlan()
    motion = make_stance(plan)
    number = stance(make_stance(plan, hands=np.full(len(motion.time_s), hands)))

    assert number.value == pytest.approx(plan.held_s(), abs=0.01)
    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert said in number.note


def test_a_recording_that_ends_first_is_uncertain() -> None:
    number = stance(make_stance(StancePlan(duration_s=7.0)))

    assert number.value == pytest.approx(7.0 - 2.1, abs=0.1)
    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "the recording ended before the foot was put down" in number.note


def test_a_foot_out_of_view_is_uncertain() -> None:
    plan = StancePlan()
    motion = make_stance(plan)
    gone = (motion.time_s > 5.0) & (motion.time_s < 5.28)
    ankles, toes = np.array(motion.ankles), np.array(motion.toes)
    ankles[gone], toes[gone] = np.nan, np.nan
    number = stance(make_stance(plan, ankles=ankles, toes=toes))

    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "out of view" in number.note
    assert number.valid_fraction < 1.0


@pytest.mark.parametrize(
    "plan",
    [
        StancePlan(lifts=()),
        StancePlan(height=0.05),  # a heel that is raised
        StancePlan(lifts=((2.0, 0.0, 0),), raise_s=0.15),  # a step
    ],
)
def test_who_lifts_no_foot_has_no_time(plan: StancePlan) -> None:
    number = stance(make_stance(plan))

    assert number.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "nobody was seen to lift a foot" in number.note
