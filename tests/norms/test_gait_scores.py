"""A distance from the reference curves is told of people like those of the reference only."""

import math

import pytest
from clinic_makers import make_gait_measurement, make_measurement

from motion.model import Measurement, MeasureVerdict, Side
from motion.norms import gate_scores, is_score

SCORE = make_gait_measurement(4.0, "knee_variable_score", "deg", side=Side.LEFT, note="from marks")
KNEE = make_measurement(60.0)


def gate(ages_y: tuple[int, ...], speed_m_s: float, score: Measurement = SCORE) -> Measurement:
    speed = make_gait_measurement(speed_m_s)
    *same, gated = gate_scores((speed, KNEE, score), ages_y)
    assert same[1] == KNEE
    assert same[0] is speed
    return gated


def test_only_distances_from_the_curves_are_scores() -> None:
    assert is_score(SCORE)
    assert not is_score(KNEE)
    assert not is_score(make_gait_measurement())


def test_of_somebody_like_the_reference_a_score_stays() -> None:
    assert gate((30, 31), 1.3) == SCORE


def test_no_score_of_a_child_is_given_and_why_is_said() -> None:
    found = gate((10, 11), 1.3)

    assert math.isnan(found.value)
    assert found.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "adults' curves say nothing about a child" in found.note


@pytest.mark.parametrize(
    ("ages_y", "speed_m_s", "reason"),
    [
        ((70, 71), 1.3, "over 45"),
        ((30, 31), 0.8, "0.80 m/s is below 1.0 m/s"),
        ((30, 31), math.nan, "the walking speed is not known"),
        ((), 1.3, "the year of birth is not known"),
    ],
)
def test_of_other_people_a_score_is_uncertain_with_the_reason(
    ages_y: tuple[int, ...], speed_m_s: float, reason: str
) -> None:
    found = gate(ages_y, speed_m_s)

    assert found.value == SCORE.value
    assert found.verdict is MeasureVerdict.UNCERTAIN
    assert found.note.startswith("from marks; ")
    assert reason in found.note


def test_a_score_of_few_strides_or_of_none_is_made_no_better() -> None:
    few = make_gait_measurement(
        4.0, "hip_variable_score", "deg", verdict=MeasureVerdict.FEW_STRIDES
    )
    none = make_gait_measurement(
        math.nan, "hip_variable_score", "deg", verdict=MeasureVerdict.NOT_MEASURABLE, note="unseen"
    )

    assert gate((70, 71), 1.3, few).verdict is MeasureVerdict.FEW_STRIDES
    assert gate((10, 11), 1.3, none).note == "unseen"
