import math

import pytest
from clinic_makers import make_measurement

from dashboard import words
from motion.kinematics import JOINTS
from motion.library import list_movements
from motion.model import MeasureVerdict, RepetitionVerdict, Side, ViewName


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12.3, "lacks 12°"),
        (-14.0, "14° hyperextension"),
        (5.0, "0 within error"),
        (-9.6, "0 within error"),
    ],
)
def test_says_how_far_a_knee_straightens(value: float, said: str) -> None:
    assert words.extension(value, 9.7) == said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("largest", "Largest in the picture"),
        ("412,300@3.20", "Clicked on at 3.2 s"),
        ("412,300", "Clicked on at the start"),
        (None, "Not stated"),
    ],
)
def test_says_who_was_measured(setting: str | None, said: str) -> None:
    assert words.person_title(setting) == said


def test_without_an_error_figure_nothing_is_within_error() -> None:
    assert words.extension(3.0, math.nan) == "lacks 3°"
    assert words.extension(-3.0, math.nan) == "3° hyperextension"
    assert words.extension(0.2, math.nan) == "0°"


def test_degrees_are_whole_and_zero_has_no_sign() -> None:
    assert words.degrees(84.51) == "85°"
    assert words.degrees(-0.3) == "0°"
    assert words.degrees(math.nan) == "–"


def test_only_the_smallest_angle_of_an_extension_test_is_worded_as_extension() -> None:
    low = make_measurement(12.0, measure="rom_min")
    hip = make_measurement(12.0, measure="rom_min", joint="hip")
    assert words.reached(low, "knee_extension") == "lacks 12°"
    assert words.reached(low, "squat") == words.reached(low) == "12°"
    assert words.reached(hip, "hip_extension") == "12°"
    assert words.reached(make_measurement(12.0), "knee_extension") == "12°"
    assert words.reached(make_measurement(math.nan)) == "Not measured"


def test_a_provisional_error_figure_is_called_so() -> None:
    assert words.error_figure(make_measurement()) == ("± 4°", "provisional error figure")
    assert words.error_figure(make_measurement(sem=math.nan)) == ("–", "no error figure")


def test_hip_and_trunk_say_what_they_include() -> None:
    assert words.angle_title("hip", "flexion", Side.LEFT) == (
        "Left hip-trunk flexion (includes pelvis and low back)"
    )
    assert words.angle_title("trunk", "flexion") == (
        "Trunk forward lean from vertical (hip and spine)"
    )


def test_every_name_has_words() -> None:
    for joint in JOINTS:
        assert "_" not in words.angle_title(joint.joint, joint.motion, Side.RIGHT)
    for name in (*list_movements(), "", "a_movement_of_tomorrow"):
        assert "_" not in words.movement_title(name)
    assert {words.verdict(v) for v in MeasureVerdict} == {"Good", "Fair", "Not measured"}
    assert all(words.repetition_verdict(v) for v in RepetitionVerdict)
    assert all(words.view_title(v) for v in ViewName)


def test_no_word_of_the_forbidden_ones_is_used() -> None:
    text = " ".join([words.INTENDED_USE, words.NOT_BY_ONE_CAMERA]).lower()
    for word in ("fall risk", "sarcopenia", "injury risk", "diagnos"):
        assert word not in text


def test_typed_text_is_shown_letter_by_letter() -> None:
    assert words.plain("<b>*x*") == "\\<b\\>\\*x\\*"
