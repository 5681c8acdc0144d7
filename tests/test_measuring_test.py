"""A functional test from landmarks to its row among the take's numbers."""

import math
from dataclasses import replace
from typing import Any

import pytest
from functional_makers import ChairPlan, film_chair
from makers import STARTED_AT, make_provenance

from motion.clinic.better import Better, better_of
from motion.measuring import measure_again, measure_recording
from motion.model import FUNCTIONAL, NOT_COMPARABLE, Analysis, Measurement, MeasureVerdict
from motion.settings import AnalysisSettings, recall_settings

PLAN = ChairPlan(duration_s=15.0)


def measure(movement: str, **choices: Any) -> Analysis:
    recording = film_chair(PLAN)
    settings = AnalysisSettings(movement=movement, **choices)
    provenance = replace(make_provenance(recording), settings=settings.as_pairs())
    return measure_recording(recording, settings, provenance, STARTED_AT)


def numbers_of(analysis: Analysis) -> list[Measurement]:
    return [m for m in analysis.measurements if m.joint == FUNCTIONAL]


def test_five_stands_of_a_filmed_body_are_timed_from_go() -> None:
    (number,) = numbers_of(measure("five_sit_to_stand", go_s=1.5))

    assert number.value == pytest.approx(PLAN.seated_s(5) - 1.5, abs=0.1)
    assert number.verdict is MeasureVerdict.MEASURED
    assert number.note == ""


def test_measured_again_the_moment_of_go_is_still_known() -> None:
    analysis = measure("five_sit_to_stand", go_s=1.5)
    again = measure_again(analysis, recall_settings(analysis))

    assert recall_settings(analysis).go_s == 1.5
    assert numbers_of(again)[0].value == pytest.approx(numbers_of(analysis)[0].value, abs=0.05)


def test_without_go_it_is_not_comparable() -> None:
    analysis = measure("five_sit_to_stand")

    assert NOT_COMPARABLE in numbers_of(analysis)[0].note
    assert recall_settings(analysis).go_s is None


def test_an_exercise_that_is_no_test_has_no_such_number() -> None:
    assert numbers_of(measure("sit_to_stand")) == []
    assert numbers_of(measure("knee_flexion")) == []


def test_angles_and_repetitions_stay_beside_it() -> None:
    analysis = measure("five_sit_to_stand", go_s=1.5)

    assert len(analysis.repetitions) == 5
    assert any(m.measure == "rom_max" and math.isfinite(m.value) for m in analysis.measurements)


@pytest.mark.parametrize(
    ("measure", "better"),
    [
        ("five_sit_to_stand_time", Better.LOWER),
        ("thirty_second_stands", Better.HIGHER),
        ("single_leg_stance_time", Better.HIGHER),
    ],
)
def test_which_way_is_better(measure: str, better: Better) -> None:
    motion = "single_leg_stance" if "stance" in measure else "sit_to_stand"

    assert better_of(measure, FUNCTIONAL, motion, "").better is better
