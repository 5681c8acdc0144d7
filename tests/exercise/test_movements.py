import math
from typing import Any

import pytest

from motion.errors import InputError
from motion.exercise import movement_of_angle, parse_movement

ANGLES = ("knee_flexion", "hip_flexion")


def test_an_exercise_file_becomes_a_movement() -> None:
    table = {
        "title": "Deep squat",
        "angles": ["knee_flexion", "hip_flexion"],
        "rest": "low",
        "bilateral": True,
        "position": "standing",
        "view": "sagittal",
        "target_deg": 100,
        "note": "To the box.",
    }

    movement = parse_movement("deep_squat", table, ANGLES)

    assert movement.counted_angle == "knee_flexion"
    assert movement.angles == ANGLES
    assert (movement.rest, movement.bilateral, movement.two_directions) == ("low", True, False)
    assert (movement.position, movement.view) == ("standing", "sagittal")
    assert movement.target_deg == 100.0
    assert movement.title == "Deep squat"


def test_what_is_not_said_has_a_default() -> None:
    movement = parse_movement("heel_slide", {"angles": ["knee_flexion"]}, ANGLES)

    assert movement.title == "Heel slide"
    assert movement.rest == "auto"
    assert not movement.two_directions
    assert not movement.bilateral
    assert math.isnan(movement.target_deg)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"angels": ["knee_flexion"]}, "unknown entry 'angels'"),
        ({"angles": []}, "angles must be"),
        ({"angles": ["knee_bend"]}, "angles must be .* got knee_bend"),
        ({"angles": "knee_flexion"}, "angles must be"),
        ({"angles": 5}, "angles must be"),
        ({"angles": [["knee_flexion"]]}, "angles must be"),
        ({"rest": "middle"}, "rest must be one of low, high, auto, got 'middle'"),
        ({"rest": ["low"]}, "rest must be"),
        ({"position": "flying"}, "position must be one of .*standing.* got 'flying'"),
        ({"view": "top"}, "view must be one of .*sagittal.* got 'top'"),
        ({"two_directions": "no"}, "two_directions must be true or false, got 'no'"),
        ({"bilateral": 1}, "bilateral must be true or false, got 1"),
        ({"target_deg": "ninety"}, "target_deg must be a number, got 'ninety'"),
        ({"target_deg": True}, "target_deg must be a number, got True"),
        ({"target_deg": math.inf}, "target_deg must be a number, got inf"),
        ({"title": 5}, "title must be text, got 5"),
        ({"note": []}, r"note must be text, got \[\]"),
    ],
)
def test_a_broken_file_is_named_with_its_entry(change: dict[str, Any], part: str) -> None:
    with pytest.raises(InputError, match=f"^exercise deep_squat: {part}") as caught:
        parse_movement("deep_squat", {"angles": ["knee_flexion"]} | change, ANGLES)

    assert "\n" not in str(caught.value)


def test_an_angle_is_a_movement_of_its_own() -> None:
    movement = movement_of_angle("trunk_lateral_flexion", two_directions=True)

    assert movement.angles == ("trunk_lateral_flexion",)
    assert movement.title == "Trunk lateral flexion"
    assert movement.two_directions
