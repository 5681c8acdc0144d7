import math
from dataclasses import replace

import numpy as np
import pytest
from gait.timed_makers import METRES, TugPlan, cut, hide, join, make_tug
from hypothesis import given, settings
from hypothesis import strategies as st

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
from motion.model import Measurement, MeasureVerdict, Scale, ScaleSource, Side

MEASURES = ("tug_time", *(f"tug_{phase}_time" for phase in TUG_PHASES))
NEAR_S = 0.05


def measure(motion: TimedMotion, go_s: float = math.nan) -> TimedResult:
    chosen = GaitSettings(test=TimedTest.TUG, go_s=go_s)
    return measure_timed_test(motion, chosen, load_gait_errors())


def numbers(result: TimedResult) -> dict[str, Measurement]:
    assert tuple(each.measure for each in result.measurements) == MEASURES
    return {each.measure: each for each in result.measurements}


@pytest.mark.parametrize(
    "plan",
    [
        TugPlan(),
        TugPlan(rate_hz=15.0),
        TugPlan(rate_hz=60.0, walk_s=2.2, turn_s=0.9, chair_turn_s=0.7, rises_s=0.7),
        TugPlan(walk_s=7.0, turn_s=4.0, rises_s=2.0, leans_s=1.0, lowers_s=2.0, after_s=4.0),
        TugPlan(way_m=-3.3),
        TugPlan(stoops_deg=20.0),
    ],
    ids=["usual", "15 Hz", "quick", "slow", "to the left", "stooped"],
)
def test_every_phase_begins_and_ends_where_it_was_made_to(plan: TugPlan) -> None:
    result = measure(make_tug(plan), go_s=2.0)
    expected_s = plan.expected_s

    assert tuple(phase.phase for phase in result.phases) == TUG_PHASES
    for phase, start_s, end_s in zip(result.phases, expected_s, expected_s[1:], strict=False):
        assert phase.test == "tug"
        assert phase.start_s == pytest.approx(start_s, abs=NEAR_S)
        assert phase.end_s == pytest.approx(end_s, abs=NEAR_S)
        assert numbers(result)[f"tug_{phase.phase}_time"].value == phase.end_s - phase.start_s


def test_the_clock_runs_from_go_until_seated() -> None:
    plan = TugPlan()
    result = measure(make_tug(plan), go_s=2.5)
    found = numbers(result)["tug_time"]

    assert found.value == pytest.approx(plan.expected_s[-1] - 2.5, abs=NEAR_S)
    assert (found.unit, found.side, found.n_repetitions) == ("s", Side.BOTH, 1)
    assert (found.verdict, found.note) == (MeasureVerdict.MEASURED, "")
    assert (found.mdc95, found.mdc_source) == (1.1, "provisional")
    assert found.valid_fraction == 1.0
    assert is_comparable(numbers(result)["tug_time"])
    assert result.warnings == ()


def test_without_go_it_is_timed_from_the_movement_and_said_so() -> None:
    plan = TugPlan()
    result = measure(make_tug(plan))
    found = numbers(result)["tug_time"]

    assert found.value == pytest.approx(plan.expected_s[-1] - plan.expected_s[0], abs=NEAR_S)
    assert found.note == NOT_COMPARABLE
    assert not is_comparable(numbers(result)["tug_time"])
    assert any("GO is not known" in warning for warning in result.warnings)


def test_moving_before_go_is_timed_from_go_and_said() -> None:
    result = measure(make_tug(), go_s=3.4)

    assert numbers(result)["tug_time"].value == pytest.approx(
        TugPlan().expected_s[-1] - 3.4, abs=0.05
    )
    assert any("moved 0.3 s before GO" in warning for warning in result.warnings)


@pytest.mark.parametrize("go_s", [-1.0, 4.2, 6.0])
def test_a_go_that_cannot_be_is_not_used(go_s: float) -> None:
    result = measure(make_tug(), go_s=go_s)

    assert numbers(result)["tug_time"].note == NOT_COMPARABLE
    assert not is_comparable(numbers(result)["tug_time"])
    assert any("give the moment of GO again" in warning for warning in result.warnings)


def test_a_sitting_down_that_is_cut_off_is_not_timed() -> None:
    plan = TugPlan()
    for end_s in (plan.moments_s[-1] - 0.1, plan.moments_s[-1] - 0.9, plan.moments_s[3]):
        result = measure(cut(make_tug(plan), 0.0, end_s))

        for found in numbers(result).values():
            assert math.isnan(found.value)
            assert found.verdict is MeasureVerdict.NOT_MEASURABLE
            assert "recording ends before the person" in found.note
        assert not is_comparable(numbers(result)["tug_time"])


def test_a_recording_that_begins_standing_is_not_timed() -> None:
    plan = TugPlan()
    found = numbers(measure(cut(make_tug(plan), plan.moments_s[1], plan.end_s)))["tug_time"]

    assert found.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "up already when the recording begins" in found.note


def test_a_trunk_not_seen_at_rest_makes_the_start_uncertain() -> None:
    plan = TugPlan()
    late = cut(make_tug(plan), plan.starts_s + 0.2, plan.end_s)
    result = measure(late)

    assert numbers(result)["tug_time"].verdict is MeasureVerdict.UNCERTAIN
    assert any("some tenths of a second late" in warning for warning in result.warnings)


def test_out_of_view_in_the_turn_leaves_the_whole_time_and_says_so() -> None:
    plan = TugPlan()
    turns, turned = plan.moments_s[2:4]
    result = measure(hide(make_tug(plan), turns - 0.3, turned + 0.3), go_s=2.5)
    found = numbers(result)

    assert found["tug_time"].value == pytest.approx(plan.expected_s[-1] - 2.5, abs=NEAR_S)
    assert found["tug_time"].verdict is MeasureVerdict.UNCERTAIN
    assert found["tug_time"].valid_fraction < 0.9
    for phase in ("stand_up", "sit_down"):
        assert found[f"tug_{phase}_time"].verdict is MeasureVerdict.UNCERTAIN
        assert "out of view for 2." in found[f"tug_{phase}_time"].note
    for phase in ("walk_out", "turn", "walk_back"):
        assert found[f"tug_{phase}_time"].verdict is MeasureVerdict.NOT_MEASURABLE
    assert any(warning.startswith("Out of view for 2.") for warning in result.warnings)
    assert any(warning.startswith("The turn was not seen") for warning in result.warnings)
    assert not is_comparable(numbers(result)["tug_time"])


@pytest.mark.parametrize(("first", "last"), [(0, 1), (5, 6)])
def test_out_of_view_while_getting_up_or_sitting_down_is_not_timed(first: int, last: int) -> None:
    moments_s = TugPlan().moments_s
    hidden = hide(make_tug(), moments_s[first] - 0.2, moments_s[last] + 0.2)
    found = numbers(measure(hidden))["tug_time"]

    assert found.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "out of view while" in found.note


def test_without_the_azimuth_the_turn_is_where_the_hips_are_slow() -> None:
    plan = TugPlan()
    motion = make_tug(plan)
    unknown = replace(motion, heading_deg=np.full(len(motion.time_s), np.nan))
    result = measure(unknown, go_s=2.5)
    phases = {phase.phase: phase for phase in result.phases}

    assert phases["turn"].start_s == pytest.approx(plan.moments_s[2], abs=0.1)
    assert phases["turn"].end_s == pytest.approx(plan.moments_s[3], abs=0.1)
    lowering_s = phases["sit_down"].start_s
    assert lowering_s == pytest.approx(plan.moments_s[5], abs=0.35), "hips lower, not the turn"


def test_without_the_trunk_the_hips_say_when_it_begins() -> None:
    plan = TugPlan()
    motion = make_tug(plan)
    result = measure(replace(motion, trunk=np.full_like(motion.trunk, np.nan)))
    rises, up = plan.moments_s[:2]
    tenth_s = rises + (up - rises) * np.arccos(0.8) / np.pi

    assert result.phases[0].start_s == pytest.approx(tenth_s, abs=NEAR_S)
    assert any("hips" in warning for warning in result.warnings)


def test_getting_up_without_walking_is_no_try() -> None:
    plan = TugPlan()
    only_up = replace(make_tug(plan), mid_hip=make_tug(plan).mid_hip * [0.0, 1.0])
    again = join(only_up, make_tug(plan))
    result = measure(again, go_s=plan.end_s + 2.5)

    assert numbers(result)["tug_time"].value == pytest.approx(plan.expected_s[-1] - 2.5, abs=0.1)
    assert "Got up 1 time without walking: not timed" in result.warnings


def test_who_stood_before_the_first_try_did_not_get_up_then() -> None:
    plan = TugPlan()
    stood = cut(make_tug(plan), plan.moments_s[4], plan.end_s)
    result = measure(join(stood, make_tug(plan)))

    assert numbers(result)["tug_time"].verdict is MeasureVerdict.MEASURED
    assert not any("without walking" in warning for warning in result.warnings)


def test_of_two_tries_the_first_after_go_is_timed() -> None:
    plan, quick = TugPlan(), TugPlan(walk_s=2.2)
    both = join(make_tug(plan), make_tug(quick))

    first = measure(both)
    second = measure(both, go_s=plan.end_s + 2.5)

    assert first.phases[0].start_s < plan.end_s < second.phases[0].start_s
    assert numbers(second)["tug_time"].value == pytest.approx(quick.expected_s[-1] - 2.5, abs=0.1)
    assert any(warning.startswith("2 whole tries") for warning in first.warnings)


def test_getting_up_without_walking_along_the_picture_is_not_timed() -> None:
    motion = make_tug()
    result = measure(replace(motion, mid_hip=motion.mid_hip * [0.05, 1.0]), go_s=2.5)

    assert all(math.isnan(each.value) for each in numbers(result).values())
    assert "film the whole way from the side" in result.warnings[0]


@pytest.mark.parametrize(
    ("way_m", "scale", "comparable", "words"),
    [
        (3.3, METRES, True, ""),
        (2.0, METRES, False, "The hips went 2.0 m from the chair"),
        (5.0, METRES, False, "The hips went 5.0 m from the chair"),
        (1.5, Scale(), False, "whether the way was 3 m was not checked"),
        (3.3, Scale(), False, "whether the way was 3 m was not checked"),
    ],
)
def test_a_way_that_is_not_three_metres_is_said(
    way_m: float, scale: Scale, comparable: bool, words: str
) -> None:
    result = measure(make_tug(TugPlan(way_m=way_m), scale), go_s=2.5)

    assert is_comparable(numbers(result)["tug_time"]) is comparable
    assert any(words in warning for warning in result.warnings) is bool(words)
    assert words.lower() in numbers(result)["tug_time"].note


def test_pixels_are_as_good_as_metres() -> None:
    motion = make_tug()
    scale = Scale(m_per_unit=1 / 250.0, source=ScaleSource.HEIGHT, relative_sd=0.05)
    in_px = replace(
        motion,
        mid_hip=motion.mid_hip * 250,
        ankles=motion.ankles * 250,
        trunk=motion.trunk * 250,
        scale=scale,
    )

    for ours, theirs in zip(
        measure(in_px, 2.5).measurements, measure(motion, 2.5).measurements, strict=True
    ):
        assert ours.value == pytest.approx(theirs.value, abs=1e-6)


@pytest.mark.parametrize("grows", [-0.3, 0.3])
def test_who_goes_away_from_the_camera_or_nearer_does_not_sit_down_by_that(grows: float) -> None:
    plan = TugPlan()
    motion = make_tug(plan)
    size = 1.0 + grows * motion.mid_hip[:, :1] / plan.way_m
    seen = replace(
        motion,
        mid_hip=motion.mid_hip * size,
        ankles=motion.ankles * size[:, None],
        trunk=motion.trunk * size,
    )
    found = numbers(measure(seen, go_s=2.5))

    for name, each in numbers(measure(motion, go_s=2.5)).items():
        assert found[name].value == pytest.approx(each.value, abs=0.05), name


@pytest.mark.parametrize("what", ["sitting", "walking", "nothing", "two frames"])
def test_no_test_in_the_recording_is_said(what: str) -> None:
    plan, motion = TugPlan(), make_tug()
    if what == "sitting":
        motion = cut(motion, 0.0, plan.starts_s)
    elif what == "walking":
        motion = cut(motion, plan.moments_s[1] + 0.2, plan.moments_s[4])
    elif what == "nothing":
        motion = hide(motion, 0.0, plan.end_s)
    else:
        motion = cut(motion, 0.0, 0.04)
    result = measure(motion)

    assert all(math.isnan(each.value) for each in numbers(result).values())
    assert result.warnings[0].startswith("Timed up and go not measured: nobody was seen to get up")
    assert result.phases == ()


def test_what_is_too_short_for_the_whole_test_is_not_timed() -> None:
    plan = TugPlan(leans_s=0.2, rises_s=0.5, walk_s=0.5, turn_s=0.2, chair_turn_s=0.1, lowers_s=0.4)
    result = measure(make_tug(plan))

    assert "took less than 3 s" in result.warnings[0]


def spoiled(
    seed: int, noise: float, hidden: list[tuple[float, float]], ends_s: tuple[float, float]
) -> TimedMotion:
    """Return a timed up and go with noise, parts out of view, cut at both ends."""
    chance = np.random.default_rng(seed)
    motion = make_tug()

    def noisy(values: np.ndarray, scale: float) -> np.ndarray:
        return values + chance.normal(0.0, scale * noise, values.shape)

    motion = replace(
        motion,
        mid_hip=noisy(motion.mid_hip, 0.2),
        ankles=noisy(motion.ankles, 0.2),
        trunk=noisy(motion.trunk, 0.2),
        heading_deg=noisy(motion.heading_deg, 60.0),
    )
    for start_s, long_s in hidden:
        motion = hide(motion, start_s, start_s + long_s)
    return cut(motion, min(ends_s), max(ends_s) + 0.1)


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, 1000),
    st.floats(0.0, 1.0),
    st.lists(st.tuples(st.floats(0, 16), st.floats(0, 6)), max_size=4),
    st.tuples(st.floats(0, 16), st.floats(0, 16)),
    st.floats(-2, 20) | st.just(math.nan),
)
def test_whatever_is_seen_no_number_is_wild(
    seed: int,
    noise: float,
    hidden: list[tuple[float, float]],
    ends_s: tuple[float, float],
    go_s: float,
) -> None:
    motion = spoiled(seed, noise, hidden, ends_s)
    result = measure(motion, go_s)
    first_s, last_s = motion.time_s[[0, -1]]

    for found in numbers(result).values():
        assert found.verdict is not MeasureVerdict.NOT_MEASURABLE or found.note
        assert math.isnan(found.value) == (found.verdict is MeasureVerdict.NOT_MEASURABLE)
        if not math.isnan(found.value):
            assert 0.0 <= found.value <= last_s - first_s
    if math.isnan(go_s):
        assert not numbers(result)["tug_time"].value < 3.0
    edges = [edge for phase in result.phases for edge in (phase.start_s, phase.end_s)]
    assert edges == sorted(edges)
    assert all(first_s <= edge <= last_s for edge in edges)
    assert not math.isnan(numbers(result)["tug_time"].value) or result.warnings


def test_a_noisy_try_keeps_its_time() -> None:
    plan = TugPlan()
    whole = spoiled(3, 0.05, [(6.0, 0.1)], (0.0, plan.end_s))
    found = numbers(measure(whole, go_s=2.5))

    assert found["tug_time"].value == pytest.approx(plan.expected_s[-1] - 2.5, abs=0.1)
    assert found["tug_turn_time"].value == pytest.approx(1.0, abs=0.2)
