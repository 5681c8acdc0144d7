"""Which of a patient's numbers a report shows, and the first of them."""

from uuid import uuid4

from clinic_makers import STARTED_AT, make_gait_measurement, make_measurement
from clinic_takes import WALK, make_take
from report_makers import by_hand, make_patient

from motion.clinic import TakeSummary, Target
from motion.clinic.hand_takes import takes_by_hand
from motion.model import FUNCTIONAL, Measurement, Side
from motion.reporting.choosing import choose_lines
from motion.reporting.gathering import follow_for_report


def trunk(value: float) -> Measurement:
    return make_measurement(value, joint="trunk", motion="flexion", side=Side.NONE)


def names(*takes: TakeSummary) -> list[str]:
    chosen = choose_lines(takes, (), ())
    return [f"{line.measurement.joint}:{line.measurement.measure}" for line in chosen]


def test_a_number_of_which_neither_way_is_better_is_followed_too() -> None:
    takes = [make_take(day, trunk(40.0 + day), movement="trunk_flexion") for day in (0, 7)]

    (line,) = choose_lines(takes, (), ())

    assert [point.measurement.value for point in line.points] == [40.0, 47.0]


def test_of_an_exercise_only_the_angle_that_it_asks_for() -> None:
    hip = make_measurement(103.0, joint="hip")
    slide = make_take(0, make_measurement(110.0), hip, movement="heel_slide")

    assert names(slide) == ["knee:rom_max"]


def test_a_knee_on_a_chair_bends_as_the_chair_needs_and_shows_no_range() -> None:
    stands = make_measurement(
        14.0, measure="five_sit_to_stand_time", joint=FUNCTIONAL, unit="s", side=Side.BOTH
    )
    chair = make_take(0, make_measurement(89.0), stands, movement="five_sit_to_stand")

    assert names(chair) == [f"{FUNCTIONAL}:five_sit_to_stand_time"]


def test_a_take_that_asked_for_nothing_shows_the_largest_angles() -> None:
    free = make_take(
        0, make_measurement(89.0), make_measurement(3.0, measure="rom_min"), movement=""
    )

    assert names(free) == ["knee:rom_max"]


def test_a_test_of_the_chair_stands_before_the_details_of_a_walk() -> None:
    walk = make_take(
        0, make_gait_measurement(100.0, measure="cadence", unit="steps/min"),
        make_gait_measurement(1.0), movement="walking", settings=WALK,
    )  # fmt: skip
    stands = make_measurement(
        14.0, measure="five_sit_to_stand_time", joint=FUNCTIONAL, unit="s", side=Side.BOTH
    )

    found = names(walk, make_take(1, stands, movement="five_sit_to_stand"))

    assert [each.split(":")[1] for each in found] == [
        "walking_speed", "five_sit_to_stand_time", "cadence",
    ]  # fmt: skip


def test_a_goniometer_beside_a_take_begins_nothing_anew() -> None:
    take = make_take(0, make_measurement(100.0))
    hand = takes_by_hand("P1", [take], [by_hand(104.0, take_id=take.id)])

    followed = follow_for_report(make_patient(), (take, *hand), (), ())

    assert sorted((each.by_hand, each.last.verdict) for each in followed) == [
        (False, "Baseline"), (True, "Baseline"),
    ]  # fmt: skip


def test_no_target_is_held_against_a_knee_that_walks() -> None:
    knee = make_measurement(75.0, side=Side.RIGHT)
    walk = make_take(0, knee, settings=WALK, movement="walking", side=Side.RIGHT)
    slide = make_take(1, knee, movement="heel_slide", side=Side.RIGHT)
    target = Target(
        measure="rom_max",
        joint="knee",
        motion="flexion",
        side=Side.RIGHT,
        target_deg=120.0,
        id=uuid4(),
        version=1,
        created_at=STARTED_AT,
        set_by=None,
        ended_at=None,
    )

    (line,) = choose_lines([walk, slide], [target], ())

    assert [point.take.movement for point in line.points] == ["heel_slide"]
