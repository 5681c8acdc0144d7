"""A change is judged against its error, and in the direction in which the measure improves."""

import math
from typing import Any

import pytest
from clinic_makers import make_gait_measurement, make_measurement
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import Better, Outcome, better_of, judge_change
from motion.clinic.better import Direction
from motion.library import load_meaningful
from motion.model import MeasureVerdict
from motion.norms.meaningful import MeaningfulChange

HIGHER = Direction(Better.HIGHER)
ZERO = Direction(Better.TOWARD_ZERO)


def verdict(earlier: float, later: float, direction: Direction, **given: object) -> str:
    source = {"mdc_source": given.pop("mdc_source", "retest of this clinic, 2026")}
    meaningful: Any = given.pop("meaningful", ())
    both = [make_measurement(value, **(source | given)) for value in (earlier, later)]
    return judge_change(*both, direction, meaningful=meaningful).verdict


def test_below_the_error_is_not_called_no_change() -> None:
    assert verdict(90, 99, HIGHER) == "Change not detectable with this camera"
    assert verdict(90, 90, HIGHER) == "Change not detectable with this camera"


def test_beyond_the_error() -> None:
    assert verdict(90, 99.7, HIGHER) == "Improved beyond measurement error"
    assert verdict(90, 80, HIGHER) == "Declined beyond measurement error"
    assert verdict(14, 12, Direction(Better.LOWER), mdc95=1) == "Improved beyond measurement error"
    assert verdict(90, 80, Direction(Better.NONE)) == "Changed beyond measurement error"
    assert (
        verdict(1.4, 1.1, Direction(Better.TOWARD_TARGET, 1.0), mdc95=0.1)
        == "Improved beyond measurement error"
    )
    assert (
        verdict(1.4, 1.1, Direction(Better.TOWARD_TARGET), mdc95=0.1)
        == "Changed beyond measurement error"
    )


def matters(change: float, label: str = "small") -> MeaningfulChange:
    return MeaningfulChange(
        measure="rom_max",
        unit="deg",
        change=change,
        label=label,
        population="somebody",
        source="Someone 2000",
    )


def test_what_matters_to_patients() -> None:
    figures = (matters(5), matters(15, "substantial"))
    small, large = (
        f"{label} change in somebody {change}°, Someone 2000"
        for label, change in (("small", 5), ("substantial", 15))
    )

    def said(later: float) -> str:
        return verdict(90, later, HIGHER, meaningful=figures)

    improved = "Improved beyond measurement error and clinically meaningful"
    assert said(110) == f"{improved} ({large})"
    assert said(102) == f"{improved} ({small})"
    assert said(98) == f"May be meaningful, but within measurement error - repeat ({small})"
    assert said(94) == "Change not detectable with this camera"
    assert said(70) == f"Declined beyond measurement error and clinically meaningful ({large})"


def test_of_too_few_strides_no_change_is_judged() -> None:
    whole = make_gait_measurement(1.2)
    few = make_gait_measurement(0.7, verdict=MeasureVerdict.FEW_STRIDES)

    for earlier, later in ((whole, few), (few, whole), (few, few)):
        change = judge_change(earlier, later, HIGHER, meaningful=load_meaningful())
        assert change.verdict == "Too few strides: change not judged"
        assert change.difference == later.value - earlier.value
    gone = make_gait_measurement(math.nan, verdict=MeasureVerdict.NOT_MEASURABLE)
    assert judge_change(few, gone, HIGHER).verdict == "Not measured"


def test_knee_extension_goes_toward_zero() -> None:
    assert better_of("rom_min", "knee", "flexion") == ZERO
    assert verdict(20, 3, ZERO) == "Improved beyond measurement error"
    assert verdict(3, 20, ZERO) == "Declined beyond measurement error"
    assert verdict(-15, -2, ZERO) == "Improved beyond measurement error"
    assert verdict(0, -12, ZERO) == "Declined beyond measurement error"
    assert verdict(10, -8, ZERO) == "Changed beyond measurement error"


def test_provisional_and_uncertain_are_said() -> None:
    assert (
        verdict(90, 99, HIGHER, mdc_source="provisional")
        == "Change not detectable with this camera (provisional error figure)"
    )
    assert verdict(
        90, 110, HIGHER, mdc_source="provisional: proposal", verdict=MeasureVerdict.UNCERTAIN
    ).endswith("error (provisional error figure; measured with less certainty)")


def test_a_symmetry_ratio_goes_toward_one_and_an_index_toward_zero() -> None:
    ratio, index = (
        better_of(f"step_time_symmetry_{end}", "gait", "walking") for end in ("ratio", "index")
    )

    assert verdict(1.4, 1.1, ratio, mdc95=0.1) == "Improved beyond measurement error"
    assert verdict(1.1, 1.4, ratio, mdc95=0.1) == "Declined beyond measurement error"
    assert verdict(30, 10, index, mdc95=8) == "Improved beyond measurement error"


def test_without_figure_or_number() -> None:
    assert verdict(90, 120, HIGHER, mdc95=math.nan) == "No error figure: change not judged"
    assert verdict(90, math.nan, HIGHER) == "Not measured"


def test_larger_error_figure_decides() -> None:
    change = judge_change(make_measurement(90, mdc95=5.0), make_measurement(98, mdc95=9.0), HIGHER)

    assert change.mdc95 == 9.0
    assert change.outcome is Outcome.NOT_DETECTABLE


@given(
    earlier=st.floats(-200, 200),
    later=st.floats(-200, 200),
    better=st.sampled_from((Better.HIGHER, Better.LOWER, Better.TOWARD_ZERO)),
)
def test_there_and_back_is_the_opposite(earlier: float, later: float, better: Better) -> None:
    opposite = {Outcome.IMPROVED: Outcome.DECLINED, Outcome.DECLINED: Outcome.IMPROVED}
    first, second = make_measurement(earlier), make_measurement(later)

    there = judge_change(first, second, Direction(better)).outcome
    back = judge_change(second, first, Direction(better)).outcome

    assert back is opposite.get(there, there)


@pytest.mark.parametrize(
    ("measure", "joint", "motion", "movement", "better"),
    [
        ("rom_max", "knee", "flexion", "knee_flexion", Better.HIGHER),
        ("rom_max", "knee", "flexion", "knee_extension", Better.NONE),
        ("rom_min", "elbow", "flexion", "", Better.TOWARD_ZERO),
        ("best_three_mean", "knee", "flexion", "", Better.HIGHER),
        ("best_three_mean_down", "knee", "flexion", "", Better.TOWARD_ZERO),
        ("best_three_mean_down", "trunk", "flexion", "", Better.NONE),
        ("rom_min", "hip", "flexion", "", Better.NONE),
        ("rom_range", "shoulder", "abduction", "", Better.HIGHER),
        ("rom_max", "trunk", "flexion", "squat", Better.NONE),
        ("rom_max", "knee", "flexion", "walking", Better.NONE),
        ("rom_min", "knee", "flexion", "walking", Better.NONE),
        ("rom_min", "neck", "lateral_flexion", "", Better.LOWER),
        ("tug_time", "", "", "", Better.LOWER),
        ("walking_speed", "", "", "", Better.HIGHER),
        ("walk10_time", "", "", "", Better.LOWER),
        ("walk4_speed", "", "", "", Better.HIGHER),
        ("stride_length", "", "", "", Better.HIGHER),
        ("step_time_symmetry_ratio", "", "", "", Better.TOWARD_TARGET),
        ("step_time_symmetry_index", "", "", "", Better.TOWARD_ZERO),
        *(
            (measure, "", "", "", Better.NONE)
            for measure in (
                *("cadence", "step_time", "step_length", "double_support_percent", "walk_ratio"),
                *("stance_percent", "stride_time_cv", "sagittal_variable_score"),
            )
        ),
    ],
)
def test_better_is_a_property_of_the_measure(
    measure: str, joint: str, motion: str, movement: str, better: Better
) -> None:
    assert better_of(measure, joint, motion, movement).better is better
