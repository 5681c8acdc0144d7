"""Chair stands against exact answers: the five timed, those of thirty seconds counted."""

import math

import numpy as np
import pytest
from functional_makers import ON_THIGH, RAISE_S, ChairPlan, make_chair
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import crossing_s

from motion.exercise.exercise_file import TESTS
from motion.exercise.functional import FUNCTIONAL_TESTS, TIMED_FROM_GO, measure_functional_test
from motion.exercise.functional_chair import measure_five_stands, measure_thirty_seconds
from motion.exercise.functional_motion import FunctionalMotion
from motion.library import list_exercises, load_functional_errors
from motion.model import (
    FUNCTIONAL,
    NOT_COMPARABLE,
    Measurement,
    MeasureVerdict,
    Side,
    is_comparable,
)

GO_S = 1.4
FIGURES = load_functional_errors()
LONG = ChairPlan(starts_s=tuple(np.arange(2.0, 33.0, 2.6)), duration_s=36.0)


def five(motion: FunctionalMotion, go_s: float = GO_S) -> Measurement:
    (number,) = measure_five_stands(motion, go_s, FIGURES).measurements
    return number


def thirty(motion: FunctionalMotion, go_s: float = GO_S) -> Measurement:
    (number,) = measure_thirty_seconds(motion, go_s, FIGURES).measurements
    return number


def test_five_stands_are_timed_from_go_to_seated() -> None:
    plan = ChairPlan()
    number = five(make_chair(plan))

    assert number.value == pytest.approx(plan.seated_s(5) - GO_S, abs=0.01)
    assert (number.measure, number.unit) == ("five_sit_to_stand_time", "s")
    assert (number.joint, number.motion, number.side) == (FUNCTIONAL, "sit_to_stand", Side.BOTH)
    assert (number.verdict, number.note) == (MeasureVerdict.MEASURED, "")
    assert (number.n_repetitions, number.valid_fraction) == (5, 1.0)
    assert number.mdc95 == FIGURES.find("five_sit_to_stand_time").mdc95
    assert is_comparable(number)


@settings(max_examples=25, deadline=None)
@given(st.floats(12.0, 60.0), st.floats(0.0, 0.8), st.floats(0.0, 1.5))
def test_any_rate_and_pace_gives_the_same_time(rate_hz: float, pause_s: float, go_s: float) -> None:
    starts_s = tuple(2.0 + n * (2.2 + pause_s) for n in range(5))
    plan = ChairPlan(starts_s=starts_s, duration_s=20.0, rate_hz=rate_hz)

    assert five(make_chair(plan), go_s).value == pytest.approx(plan.seated_s(5) - go_s, abs=0.05)


def test_without_go_the_clock_starts_with_the_movement_and_nothing_is_compared() -> None:
    plan = ChairPlan()
    number = five(make_chair(plan), math.nan)
    leans_s = crossing_s(plan.starts_s[0] - 0.3, 0.5)

    assert number.value == pytest.approx(plan.seated_s(5) - leans_s, abs=0.03)
    assert number.note == NOT_COMPARABLE
    assert number.verdict is MeasureVerdict.MEASURED
    assert not is_comparable(number)


def test_without_a_lean_the_clock_starts_with_the_hips() -> None:
    plan = ChairPlan()
    upright = make_chair(plan, lean_deg=np.full(len(make_chair(plan).time_s), 5.0))
    rises_s = crossing_s(plan.starts_s[0], RAISE_S)

    assert five(upright, math.nan).value == pytest.approx(plan.seated_s(5) - rises_s, abs=0.05)


def test_stands_before_go_do_not_count() -> None:
    plan = ChairPlan(starts_s=tuple(2.0 + 2.4 * n for n in range(7)), duration_s=22.0)
    number = five(make_chair(plan), 6.5)

    assert number.value == pytest.approx(plan.seated_s(7) - 6.5, abs=0.01)
    assert number.verdict is MeasureVerdict.MEASURED


def test_go_long_before_the_movement_is_uncertain() -> None:
    plan = ChairPlan(starts_s=tuple(6.0 + 2.4 * n for n in range(5)), duration_s=20.0)
    number = five(make_chair(plan), 1.0)

    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "s after GO" in number.note


def test_of_more_than_five_the_first_five_are_timed() -> None:
    plan = ChairPlan(starts_s=tuple(2.0 + 2.4 * n for n in range(7)), duration_s=22.0)
    number = five(make_chair(plan))

    assert number.value == pytest.approx(plan.seated_s(5) - GO_S, abs=0.01)
    assert number.note == "the first five of 7 stands"


@pytest.mark.parametrize(
    ("plan", "note"),
    [
        (ChairPlan(starts_s=(2.0, 4.4, 6.8)), "3 of five stands were seen whole"),
        (
            ChairPlan(duration_s=13.0),
            "4 of five stands were seen whole, 1 without sitting down again",
        ),
        (
            ChairPlan(knees_deg=(4.0, 4.0, 30.0, 4.0, 4.0)),
            "4 of five stands were seen whole, 1 without standing up straight",
        ),
    ],
)
def test_fewer_than_five_whole_stands_are_no_time(plan: ChairPlan, note: str) -> None:
    number = five(make_chair(plan))

    assert math.isnan(number.value)
    assert number.verdict is MeasureVerdict.NOT_MEASURABLE
    assert number.note == note


def test_a_contracture_is_no_failed_stand() -> None:
    assert five(make_chair(ChairPlan(own_deg=25.0))).verdict is MeasureVerdict.MEASURED


def test_standing_is_within_ten_degrees_of_the_persons_own() -> None:
    within = ChairPlan(knees_deg=(4.0, 4.0, 13.0, 4.0, 4.0))

    assert five(make_chair(within)).verdict is MeasureVerdict.MEASURED


def test_a_sixth_stand_in_place_of_a_bad_one_is_uncertain() -> None:
    starts_s = tuple(2.0 + 2.4 * n for n in range(6))
    plan = ChairPlan(starts_s=starts_s, duration_s=20.0, knees_deg=(4.0, 30.0, 4.0, 4.0, 4.0, 4.0))
    number = five(make_chair(plan))

    assert number.value == pytest.approx(plan.seated_s(6) - GO_S, abs=0.01)
    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "1 more not counted: not upright" in number.note


def test_who_hovers_over_the_chair_has_not_sat() -> None:
    starts_s = (2.0, 4.6, 8.0, 10.6, 13.2)
    number = five(make_chair(ChairPlan(starts_s=starts_s, duration_s=18.0, hovers=(2,))))

    assert math.isnan(number.value)
    assert "1 without sitting down again" in number.note


@pytest.mark.parametrize("stand", [1, 3, 5])
def test_hands_that_leave_the_chest_make_the_test_not_valid(stand: int) -> None:
    number = five(make_chair(ChairPlan(hands_off=(stand,))))

    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert f"the hands left the chest in stand {stand}: not a valid test" in number.note
    assert not is_comparable(number)


def test_hands_on_the_lap_before_and_after_are_nobodys_business() -> None:
    plan = ChairPlan()
    motion = make_chair(plan)
    hands = np.array(motion.hands)
    hands[(motion.time_s < 0.8) | (motion.time_s > plan.seated_s(5) + 0.4)] = ON_THIGH

    assert five(make_chair(plan, hands=hands)).note == ""


def test_hands_that_were_not_seen_are_said_to_be() -> None:
    motion = make_chair()
    number = five(make_chair(hands=np.full(len(motion.time_s), np.nan)))

    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "whether the hands stayed on the chest was not seen" in number.note


def test_a_knee_that_was_not_seen_is_said_to_be() -> None:
    motion = make_chair()
    number = five(make_chair(knee_deg=np.full(len(motion.time_s), np.nan)))

    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "the knee was not seen" in number.note


def test_a_body_out_of_view_is_said_to_be() -> None:
    motion = make_chair()
    hips = np.array(motion.hips)
    hips[(motion.time_s > 6.5) & (motion.time_s < 6.75)] = np.nan
    short = five(make_chair(hips=hips))
    hips[(motion.time_s > 4.6) & (motion.time_s < 6.75)] = np.nan
    long = five(make_chair(hips=hips))

    assert short.verdict is MeasureVerdict.MEASURED
    assert short.valid_fraction < 1.0
    assert long.verdict is not MeasureVerdict.MEASURED


@pytest.mark.parametrize("hips", [1.0, math.nan])
def test_who_never_stands_up_has_no_time(hips: float) -> None:
    motion = make_chair()
    still = make_chair(hips=np.full(len(motion.time_s), hips))

    for number in (five(still), thirty(still)):
        assert number.verdict is MeasureVerdict.NOT_MEASURABLE
        assert "nobody was seen to get up" in number.note


# ---------------------------------------------------------------- thirty seconds


def test_stands_within_thirty_seconds_of_go_are_counted() -> None:
    number = thirty(make_chair(LONG))
    expected = sum(up_s <= GO_S + 30.0 for up_s in LONG.up_s)

    assert number.value == expected == 12
    assert (number.measure, number.unit) == ("thirty_second_stands", "count")
    assert (number.verdict, number.note) == (MeasureVerdict.MEASURED, "")


@pytest.mark.parametrize(("before_s", "counts"), [(0.1, 1), (-0.1, 0)])
def test_more_than_halfway_up_at_the_bell_counts(before_s: float, counts: int) -> None:
    bell_s = LONG.up_s[11] + before_s

    assert thirty(make_chair(LONG), bell_s - 30.0).value == 11 + counts


def test_a_stand_that_is_not_upright_does_not_count() -> None:
    knees = [4.0] * len(LONG.starts_s)
    knees[3] = 40.0
    plan = ChairPlan(starts_s=LONG.starts_s, duration_s=36.0, knees_deg=knees)

    assert thirty(make_chair(plan)).value == 11


def test_arms_that_were_used_score_nothing() -> None:
    plan = ChairPlan(starts_s=LONG.starts_s, duration_s=36.0, hands_off=(4,))
    number = thirty(make_chair(plan))

    assert number.value == 0.0
    assert number.verdict is MeasureVerdict.UNCERTAIN
    assert "stand 4: by the rule of the test the score is 0; 12 stands" in number.note
    assert number.n_repetitions == 12


def test_a_recording_that_ends_before_the_bell_has_no_count() -> None:
    number = thirty(make_chair(ChairPlan(starts_s=LONG.starts_s[:9], duration_s=26.4)))

    assert number.verdict is MeasureVerdict.NOT_MEASURABLE
    assert number.note == (
        "the recording ends 5.0 s before the thirty seconds are over, after 9 stands"
    )


def test_without_go_thirty_seconds_count_from_the_movement() -> None:
    number = thirty(make_chair(LONG), math.nan)

    assert number.note == NOT_COMPARABLE
    assert number.value == 12


# ---------------------------------------------------------------- which test


def test_every_exercise_that_is_a_test_is_measured() -> None:
    named = {exercise.test for exercise in list_exercises().values() if exercise.test}

    assert named == set(FUNCTIONAL_TESTS) == set(TESTS)
    assert set(TIMED_FROM_GO) < set(FUNCTIONAL_TESTS)


@pytest.mark.parametrize("test", FUNCTIONAL_TESTS)
def test_where_nobody_was_seen_there_is_one_number_with_the_reason(test: str) -> None:
    (number,) = measure_functional_test(test, None, math.nan, FIGURES).measurements

    assert number.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "nobody was seen" in number.note
    assert number.measure in FIGURES.measures


def test_the_figures_say_where_they_come_from() -> None:
    for measure in FIGURES.measures:
        figure = FIGURES.find(measure)
        assert figure.source
        assert figure.mdc95 == pytest.approx(2.77 * figure.sem, rel=0.02)


def test_a_motion_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"hips must be \(481,\), got \(3,\)"):
        make_chair(hips=np.zeros(3))
    with pytest.raises(ValueError, match="at least two increasing moments"):
        make_chair(time_s=np.zeros(481))
