"""What makes a timed up and go uncertain, and its phases with it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from gait.timed_makers import METRES, TugPlan, cut, join, make_tug

from motion.gait.settings import GaitSettings, TimedTest
from motion.gait.timed import (
    NOT_COMPARABLE,
    TUG_PHASES,
    TimedMotion,
    TimedResult,
    is_comparable,
    measure_timed_test,
)
from motion.library import load_gait_errors
from motion.model import Measurement, MeasureVerdict, Scale, ScaleSource

BY_HEIGHT = Scale(m_per_unit=1.0, source=ScaleSource.HEIGHT, relative_sd=0.05)


def measure(motion: TimedMotion, go_s: float = math.nan) -> TimedResult:
    chosen = GaitSettings(test=TimedTest.TUG, go_s=go_s)
    return measure_timed_test(motion, chosen, load_gait_errors())


def numbers(result: TimedResult) -> dict[str, Measurement]:
    return {each.measure: each for each in result.measurements}


@pytest.mark.parametrize(
    ("waits_s", "sure"), [(0.4, True), (2.5, True), (4.0, False), (38.0, False)]
)
def test_a_go_long_before_any_movement_is_doubted(waits_s: float, sure: bool) -> None:
    plan = TugPlan(sits_s=waits_s + 2.0)
    go_s = plan.expected_s[0] - waits_s
    result = measure(make_tug(plan), go_s)
    total = numbers(result)["tug_time"]

    assert total.value == pytest.approx(plan.expected_s[-1] - go_s, abs=0.05), "timed all the same"
    assert (total.verdict is MeasureVerdict.MEASURED) is sure
    assert is_comparable(total) is sure
    assert ("s after GO" in total.note) is not sure
    assert any("is it the GO of this try?" in said for said in result.warnings) is not sure
    phases = {numbers(result)[f"tug_{phase}_time"].verdict for phase in TUG_PHASES}
    assert phases == {MeasureVerdict.MEASURED}, "no phase begins at GO"


def test_a_go_while_sitting_down_from_the_try_before_is_doubted() -> None:
    plan = TugPlan()
    result = measure(join(make_tug(plan), make_tug(plan)), go_s=plan.moments_s[-1] - 0.3)
    total = numbers(result)["tug_time"]

    assert total.value == pytest.approx(
        plan.end_s - plan.moments_s[-1] + 0.3 + plan.expected_s[-1], abs=0.1
    )
    assert total.verdict is MeasureVerdict.UNCERTAIN
    assert "s after GO" in total.note


def test_without_a_scale_the_time_stands_and_is_held_against_nothing() -> None:
    total = numbers(measure(make_tug(TugPlan(way_m=1.5), Scale()), go_s=2.5))["tug_time"]

    assert total.verdict is MeasureVerdict.MEASURED
    assert NOT_COMPARABLE not in total.note, "it was timed from GO"
    assert not is_comparable(total)


def test_rest_that_was_not_seen_makes_every_phase_uncertain() -> None:
    plan = TugPlan()
    found = numbers(measure(cut(make_tug(plan), plan.starts_s + 0.2, plan.end_s)))

    for each in found.values():
        assert each.verdict is MeasureVerdict.UNCERTAIN, each.measure
        assert "the trunk was not seen at rest before" in each.note


def test_a_line_elsewhere_makes_every_phase_uncertain() -> None:
    for each in numbers(measure(make_tug(TugPlan(way_m=2.0)), go_s=2.5)).values():
        assert each.verdict is MeasureVerdict.UNCERTAIN
        assert "the hips went 2.0 m from the chair" in each.note


@pytest.mark.parametrize("scale", [METRES, BY_HEIGHT, Scale()])
def test_the_walks_of_a_picture_say_how_late_its_turn_is(scale: Scale) -> None:
    found = numbers(measure(make_tug(TugPlan(), scale), go_s=2.5))
    of_picture = scale is not METRES

    for phase in ("walk_out", "walk_back"):
        number = found[f"tug_{phase}_time"]
        assert (number.verdict is MeasureVerdict.UNCERTAIN) is of_picture
        assert ("up to half a second late" in number.note) is of_picture
    for phase in ("stand_up", "turn", "sit_down"):
        assert found[f"tug_{phase}_time"].verdict is MeasureVerdict.MEASURED
    assert found["tug_time"].verdict is MeasureVerdict.MEASURED


def test_a_chair_out_of_view_leaves_the_way_unchecked() -> None:
    plan = TugPlan()
    motion = make_tug(plan)
    hips = motion.mid_hip.copy()
    hips[motion.time_s < plan.moments_s[1], 0] = np.nan
    result = measure(replace(motion, mid_hip=hips), go_s=2.5)

    assert any(said.startswith("The chair was not seen: whether") for said in result.warnings)
    assert not is_comparable(numbers(result)["tug_time"])
