"""The page Exercises: what is on the shelf, and what a filter leaves of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from exercise_makers import write_own_exercise
from page_actions import texts
from streamlit.testing.v1 import AppTest

from dashboard.exercise_words import (
    compensation_text,
    figures_text,
    measured_text,
    sides_text,
    usual_target_text,
)
from motion.exercise.evidence import MovementEvidence
from motion.exercise.exercises import CompensationRule, Region
from motion.library import find_exercise, list_exercises, load_evidence, load_signals
from motion.model import Position
from motion.texts import load_texts

Open = Callable[..., AppTest]


def titles(at: AppTest) -> list[str]:
    return [element.value.replace("\\", "") for element in at.subheader]


def pills(at: AppTest, label: str):
    return next(group for group in at.button_group if group.label == label)


def test_every_exercise_stands_on_the_shelf_with_its_picture(open_page: Open) -> None:
    at = open_page("exercises")
    every = list_exercises()

    assert sorted(titles(at)) == sorted(exercise.title for exercise in every.values())
    pictures = [e.proto.body for e in at.get("html") if "data:image/svg+xml" in e.proto.body]
    assert len(pictures) == len(every)
    for exercise in every.values():
        assert any(f'alt="{exercise.title}"' in picture for picture in pictures)
    measured = sum(exercise.measured for exercise in every.values())
    assert f"{len(every)} of {len(every)} exercises; {measured} measured" in texts(at)


def test_what_is_guided_only_is_said_to_be(open_page: Open) -> None:
    at = open_page("exercises")
    guided = [m.value for m in at.markdown if "Guide only, not measured" in m.value]

    # A timed test that is no coached exercise says instead how it is timed.
    kinds = [each for each in list_exercises().values() if not each.measured and not each.test]
    assert len(guided) == len(kinds)


@pytest.mark.parametrize("region", Region)
def test_a_region_leaves_its_own(open_page: Open, region: Region) -> None:
    at = open_page("exercises")
    pills(at, "Region").set_value([region]).run()

    assert set(titles(at)) == {e.title for e in list_exercises().values() if e.region is region}


def test_filters_go_together(open_page: Open) -> None:
    at = open_page("exercises")
    pills(at, "Region").set_value([Region.KNEE]).run()
    pills(at, "Position").set_value([Position.PRONE]).run()
    pills(at, "Kind").set_value("Measured").run()

    assert titles(at) == ["Knee bend, lying face down"]
    pills(at, "Kind").set_value("Guide only").run()
    assert titles(at) == []
    assert "No exercise is like that" in texts(at)


def test_a_search_finds_titles_and_names(open_page: Open) -> None:
    at = open_page("exercises")
    at.text_input[0].set_value("SQUAT").run()

    assert set(titles(at)) == {"Squat", "Split squat"}


def test_the_details_say_all_that_a_physiotherapist_asks(open_page: Open) -> None:
    at = open_page("exercises")
    at.text_input[0].set_value("Knee straightening").run()
    said = texts(at)

    assert "Measured: held against recordings with known answers" in said
    assert "When not." in said
    assert "Knee flexion (repetitions are counted on it); beside it trunk forward lean" in said
    assert "every repetition counted" in said
    assert "from 88° to 10° ± 5°" in said
    assert "falls more than 10° from its start: “Sit tall, a little off the backrest.”" in said
    assert "Sit tall on a firm chair." in said


def test_the_patients_texts_can_be_read_in_each_language(open_page: Open) -> None:
    at = open_page("exercises")
    at.text_input[0].set_value("Knee straightening").run()
    at.selectbox[0].set_value("de").run()

    assert "Sitzen Sie groß auf einem festen Stuhl." in texts(at)


def test_the_clinics_own_stands_there_and_a_broken_one_says_why(open_page: Open) -> None:
    write_own_exercise("toe_touch")
    broken = write_own_exercise("bent")
    broken.write_text("title = ", encoding="utf-8")

    at = open_page("exercises")
    pills(at, "Kind").set_value("Your clinic's own").run()

    assert titles(at) == ["Toe touch"]
    assert "Your clinic's own." in texts(at)
    assert any("exercise bent.toml: not readable as TOML" in w.value.replace("\\", "")
               for w in at.warning)  # fmt: skip


def test_words_of_a_measured_exercise() -> None:
    squat = find_exercise("squat")

    assert usual_target_text(squat) == "from 5° to 70° ± 5°"
    assert sides_text(squat) == "both sides together"


def test_words_of_the_figures() -> None:
    row = MovementEvidence(
        motion="squat",
        movement="squat",
        angle="knee_flexion",
        clips_n=24,
        held_out_n=7,
        exact_n=24,
        mae_deg=3.1,
        peak_error_deg=-3.9,
        range_error_deg=-2.3,
        repetitions_n=54,
        in_band_n=54,
    )
    other = replace(row, motion="one", clips_n=1, exact_n=0, peak_error_deg=2.0)
    squat = replace(find_exercise("squat"), validated_by=("squat", "one"))

    assert figures_text(squat, [row, other]) == (
        "24 clips (squat): every repetition counted, the angle 3° off on average, "
        "the peak 4° too low; 1 clip (one): the count right in 0, the angle 3° off on average, "
        "the peak 2° too high. Rendered people, not patients."
    )


def test_words_of_what_is_guided_only(data_dir: Path) -> None:
    evidence = load_evidence().values()

    assert measured_text(find_exercise("clamshell")) == "–"
    assert usual_target_text(find_exercise("clamshell")) == "–"
    assert "no recording shows it" in figures_text(find_exercise("clamshell"), evidence)
    slide = figures_text(find_exercise("heel_slide"), evidence)
    assert slide.startswith("Held against 3 clips with known answers and not good enough:")
    write_own_exercise("toe_touch")
    assert "clinic's own" in figures_text(find_exercise("toe_touch"), evidence)


def test_words_of_a_compensation_in_percent() -> None:
    rule = CompensationRule(signal="heel_lift_percent", limit=10, direction=1, cue="heels_down")

    assert compensation_text(rule, load_signals(), load_texts("en")).endswith(
        "rises more than 10 % from its start: “Press your heels into the floor.”"
    )
