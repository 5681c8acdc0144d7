"""Which numbers may be compared, and what is said of those that may not."""

from dataclasses import replace
from typing import Any

import pytest
from clinic_makers import make_gait_measurement, make_measurement
from clinic_takes import SETTINGS, WALK, make_take, with_settings

from motion.clinic import TakeKind, comparability
from motion.clinic.comparing import key_of_number
from motion.gait import NOT_COMPARABLE
from motion.model import (
    Mirrored,
    Mode,
    ModelInfo,
    NearSide,
    Position,
    Setting,
    Side,
    TakeConditions,
    ViewName,
    WeightBearing,
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"position": Position.SITTING}, "position differs"),
        ({"mode": Mode.PASSIVE}, "mode differs"),
        ({"setting": Setting.HOME}, "setting differs"),
        ({"weight_bearing": WeightBearing.FULL}, "weight bearing differs"),
        ({"aid": "cane"}, "aid differs"),
        ({"footwear_orthosis": "barefoot"}, "footwear or orthosis differs"),
        ({"near_side": NearSide.RIGHT}, "near side differs"),
        ({"mirrored": Mirrored.NO}, "mirrored differs"),
        ({"position": Position.PRONE, "mode": Mode.PASSIVE}, "position, mode differ"),
    ],
)
def test_other_conditions_are_not_comparable(change: dict[str, Any], said: str) -> None:
    m = make_measurement()
    other = make_take(1, m, conditions=TakeConditions(**change))

    assert comparability(make_take(0, m), m, other, m) == f"Not comparable: {said}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"movement": "squat"}, "movement differs"),
        ({"view": ViewName.OBLIQUE}, "view differs"),
        ({"model": ModelInfo(name="full", sha256="c" * 64)}, "method differs"),
        ({"software": "0.2.0"}, ""),
        ({"rate_hz": 60.0}, ""),
        *(
            ({"settings": tuple({**dict(SETTINGS), name: value}.items())}, said)
            for name, value, said in (
                ("filtered", False, "method differs"),
                ("cutoff_hz", 10.0, "method differs"),
                ("max_gap_s", 0.5, "method differs"),
                ("seen_confidence", 0.2, "method differs"),
                ("view", "sagittal", "method differs"),
                ("angle_method", "model's metres", "method differs"),
                ("joint_centres", "plain landmarks", "method differs"),
                ("error_figures", "clinic.csv 1a2b3c4d", ""),
                ("side", "left", ""),
            )
        ),
    ],
)
def test_other_method_is_not_comparable(change: dict[str, Any], said: str) -> None:
    m = make_measurement()
    found = comparability(make_take(0, m), m, make_take(1, m, **change), m)

    assert found == (f"Not comparable: {said}" if said else "")


def test_other_side_or_measure_is_not_comparable() -> None:
    m, take = make_measurement(), make_take()

    assert comparability(take, m, take, m) == ""
    right = replace(m, side=Side.RIGHT)
    assert comparability(take, m, take, right) == "Not comparable: side differs"
    smallest = replace(m, measure="rom_min")
    assert comparability(take, m, take, smallest) == "Not comparable: measure differs"


SPEED = make_gait_measurement()
TIME = make_gait_measurement(0.55, "step_time", "s")
ANGLE = make_measurement()
OVER_FLOOR = "walking (over the floor; {}) differs"


@pytest.mark.parametrize(
    ("change", "speed", "time", "angle"),
    [
        (with_settings(), "", "", ""),
        (with_settings(gait_events="by_hand"), "", "", ""),
        (
            with_settings(gait_scale="floor_distance"),
            "source of metres (the person's height; a distance on the floor) differs",
            "",
            "",
        ),
        (with_settings(gait_method="2"), "method differs", "method differs", ""),
        (
            with_settings(gait_method="2", gait_scale="metres"),
            "method, source of metres (the person's height; positions in metres) differ",
            "method differs",
            "",
        ),
        (with_settings(treadmill=True), *[OVER_FLOOR.format("on a treadmill")] * 3),
        (
            with_settings(timed_test="tug"),
            *[OVER_FLOOR.format("over the floor, the timed up and go")] * 3,
        ),
        ({"settings": SETTINGS}, None, None, OVER_FLOOR.format("not measured")),
        (
            with_settings() | {"kind": TakeKind.MARKERS},
            *["method differs"] * 3,
        ),
    ],
)
def test_what_of_a_walk_is_comparable(
    change: dict[str, Any], speed: str | None, time: str | None, angle: str
) -> None:
    first, second = make_take(0, settings=WALK), make_take(1, **({"settings": WALK} | change))

    for m, said in ((SPEED, speed), (TIME, time), (ANGLE, angle)):
        if said is not None:
            found = comparability(first, m, second, m)
            assert found == (f"Not comparable: {said}" if said else "")


HEIGHTS = "source of metres (the person's height, 1.20 m; the person's height, {}) differs"


@pytest.mark.parametrize(
    ("height_m", "said"),
    [(1.8, HEIGHTS.format("1.80 m")), (1.21, HEIGHTS.format("1.21 m")), (1.2, ""), (1.2004, "")],
)
def test_lengths_of_two_heights_are_not_comparable(height_m: float, said: str) -> None:
    first, second = (make_take(0, **with_settings(gait_height_m=h)) for h in (1.2, height_m))

    assert comparability(first, SPEED, second, SPEED) == (f"Not comparable: {said}" if said else "")
    assert (key_of_number(first, SPEED) == key_of_number(second, SPEED)) is (not said)
    assert comparability(first, TIME, second, TIME) == ""


def test_a_height_that_no_metre_comes_from_is_none_of_it() -> None:
    marked = {"gait_scale": "floor_distance"}
    takes = [make_take(0, **with_settings(gait_height_m=h, **marked)) for h in (1.2, 1.8)]

    assert comparability(takes[0], SPEED, takes[1], SPEED) == ""


def test_a_time_from_go_is_not_held_against_one_from_the_movement() -> None:
    tug, cadence = (
        make_gait_measurement(9.3, "tug_time", "s"),
        make_gait_measurement(110.0, "cadence", "steps/min"),
    )
    unheard = replace(tug, note=NOT_COMPARABLE)
    first, later = (make_take(n, **with_settings(timed_test="tug")) for n in (0, 1))

    said = "Not comparable: start of the clock (the movement; GO) differs"
    assert comparability(first, unheard, later, tug) == said
    assert comparability(first, tug, later, tug) == ""
    assert comparability(first, replace(cadence, note=NOT_COMPARABLE), later, cadence) == ""


def test_takes_of_before_walking_was_measured_stay_comparable() -> None:
    today = make_take(1, ANGLE, settings=(*SETTINGS, ("gait", False)))

    assert comparability(make_take(0, ANGLE), ANGLE, today, ANGLE) == ""
