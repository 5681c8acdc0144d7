"""The whole way from landmarks to numbers of walking, on walkers with exact events."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from gait.measured_walks import (
    BOTH,
    LIMPING,
    MOST_OFF_S,
    USUAL,
    errors_s,
    measure,
    number,
    walked,
)
from gait.walkers import CHILD, SHUFFLING, Walker, film
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import STARTED_AT, make_provenance, mirror

from motion.errors import InputError
from motion.gait import GaitSettings, find_interval95
from motion.measuring import measure_again, measure_recording
from motion.model import (
    FOOT_OFF,
    GAIT,
    INITIAL_CONTACT,
    MIRROR,
    Event,
    MeasureVerdict,
    Origin,
    ScaleSource,
    Side,
)
from motion.settings import AnalysisSettings, recall_settings


@pytest.mark.parametrize("rate_hz", [15.0, 24.0, 30.0, 60.0])
@pytest.mark.parametrize(
    "walker", [USUAL, LIMPING, SHUFFLING, replace(CHILD, strides=8)],
    ids=["usual", "limping", "shuffling", "child"],
)  # fmt: skip
def test_every_event_within_is_found_and_none_invented(walker: Walker, rate_hz: float) -> None:
    truth = walked(walker, rate_hz=rate_hz)
    analysis = measure(film(truth))

    for event in (INITIAL_CONTACT, FOOT_OFF):
        for side in BOTH:
            inside = [t for t in truth.times_of(event, side) if 0.3 < t < 5.6]
            found = [e.time_s for e in analysis.events if (e.event, e.side) == (event, side)]
            assert all(min(abs(f - t) for f in found) < MOST_OFF_S for t in inside)
        assert max(np.abs(errors_s(analysis, truth, event))) < MOST_OFF_S


@pytest.mark.parametrize("direction", ["left", "right"])
def test_numbers_are_those_of_the_walker(direction: str) -> None:
    truth = walked(LIMPING)
    analysis = measure(film(truth, direction=direction), height_m=LIMPING.height_m)
    stride_m = 2 * LIMPING.step_m

    assert number(analysis, "cadence").value == pytest.approx(120 / LIMPING.stride_s, rel=0.005)
    assert number(analysis, "walking_speed").value == pytest.approx(LIMPING.speed_m_s, rel=0.04)
    for side, time_share, length_share in ((Side.LEFT, 0.56, 0.44), (Side.RIGHT, 0.44, 0.56)):
        step_s = time_share * LIMPING.stride_s
        step_m = length_share * stride_m
        assert number(analysis, "step_time", side).value == pytest.approx(step_s, abs=0.01)
        assert number(analysis, "step_length", side).value == pytest.approx(step_m, abs=0.03)
        assert number(analysis, "stride_length", side).value == pytest.approx(stride_m, rel=0.04)
        assert number(analysis, "stance_percent", side).value == pytest.approx(62.0, abs=2.0)
        both = [number(analysis, f"{n}_percent", side).value for n in ("stance", "swing")]
        assert sum(both) == pytest.approx(100.0)
    ratio = number(analysis, "step_time_symmetry_ratio").value
    assert ratio == pytest.approx(0.56 / 0.44, abs=0.03)


def test_mirroring_a_walk_exchanges_left_and_right_exactly() -> None:
    recording = film(walked(LIMPING), noise_px=1.0)
    plain = measure(recording, height_m=LIMPING.height_m)
    turned = measure(mirror(recording), height_m=LIMPING.height_m)
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}

    assert len(MIRROR) == recording.image_px.shape[1]
    assert len(turned.events) == len(plain.events) > 10
    for there, here in zip(turned.events, plain.events, strict=True):
        assert there.time_s == pytest.approx(here.time_s, abs=1e-9)
        assert (other[there.side], there.event) == (here.side, here.event)
    for each in plain.measurements:
        if each.joint == GAIT and each.side in other:
            same = number(turned, each.measure, other[each.side])
            assert same.value == pytest.approx(each.value, nan_ok=True, abs=1e-6)


def test_both_halves_of_a_walk_agree_within_their_stated_interval() -> None:
    recording = film(walked(replace(USUAL, strides=12), 12.0), scale_px=120.0, noise_px=1.0)
    whole = measure(recording, height_m=USUAL.height_m)
    for name in ("cadence", "walking_speed"):
        low, high = find_interval95(number(whole, name))
        assert low <= number(whole, name).value <= high
        for half in (slice(0, 180), slice(180, 360)):
            rows = {
                field: getattr(recording, field)[half]
                for field in ("image_px", "world_m", "visibility", "presence", "filled")
            }
            times = recording.time_s[half] - recording.time_s[half][0]
            part = measure(replace(recording, time_s=times, **rows), height_m=USUAL.height_m)
            found = number(part, name)
            assert abs(found.value - number(whole, name).value) < found.mdc95


def test_a_treadmill_is_noticed_and_its_belt_gives_metres() -> None:
    truth = walked(replace(USUAL, treadmill=True))
    unscaled = measure(film(truth))
    belt = measure(film(truth), belt_m_s=USUAL.speed_m_s)

    assert unscaled.gait is not None
    assert unscaled.gait.treadmill
    assert math.isnan(number(unscaled, "walking_speed").value)
    assert belt.gait is not None
    assert belt.gait.scale.source is ScaleSource.BELT
    assert number(belt, "walking_speed").value == pytest.approx(USUAL.speed_m_s, rel=0.01)
    assert math.isnan(number(belt, "walking_speed").mdc95)
    assert number(belt, "step_length", Side.LEFT).mdc95 > 0
    for side in BOTH:
        assert number(belt, "step_length", side).value == pytest.approx(0.6, abs=0.01)


def test_without_a_scale_times_stand_and_lengths_are_missing() -> None:
    analysis = measure(film(walked(USUAL)))

    assert number(analysis, "cadence").value == pytest.approx(120 / USUAL.stride_s, rel=0.005)
    for name, side in (("walking_speed", Side.BOTH), ("step_length", Side.LEFT)):
        missing = number(analysis, name, side)
        assert math.isnan(missing.value)
        assert missing.verdict is MeasureVerdict.NOT_MEASURABLE
        assert "no scale" in missing.note
    assert any("No lengths and no speed" in line for line in analysis.warnings)


def test_a_distance_on_the_floor_goes_before_the_height() -> None:
    recording = film(walked(USUAL), scale_px=240.0)
    marks = (960.0 - 480.0, 780.0, 960.0 + 480.0, 780.0)
    analysis = measure(recording, floor_m=4.0, floor_px=marks, height_m=2.2)

    assert analysis.gait is not None
    assert analysis.gait.scale.source is ScaleSource.FLOOR_DISTANCE
    assert number(analysis, "walking_speed").value == pytest.approx(USUAL.speed_m_s, rel=0.02)


@pytest.mark.parametrize("distance_m", [3.0, 4.0, 8.0])
def test_the_nearer_foot_makes_no_step_longer(distance_m: float) -> None:
    truth = walked(USUAL)
    analysis = measure(film(truth, distance_m=distance_m), height_m=USUAL.height_m)

    assert analysis.gait is not None
    counted = [step.length_m for step in analysis.gait.steps if not step.left_out]
    lengths = [each for each in counted if math.isfinite(each)]
    assert len(lengths) > 6
    assert max(lengths) - min(lengths) < 0.09  # plain: 0.25 at 4 m
    assert np.mean(lengths) == pytest.approx(0.6, abs=0.03)


def test_two_steps_give_a_value_and_say_that_they_are_few() -> None:
    analysis = measure(film(walked(USUAL, 1.7)), height_m=USUAL.height_m)

    cadence = number(analysis, "cadence")
    assert cadence.verdict is MeasureVerdict.FEW_STRIDES
    assert cadence.n_repetitions in (1, 2)
    assert cadence.value == pytest.approx(120 / USUAL.stride_s, rel=0.02)
    assert not any(m.measure.endswith("_cv") for m in analysis.measurements)


def test_variability_is_given_from_ten_strides_on() -> None:
    truth = walked(replace(USUAL, treadmill=True, strides=14), 14.0)
    found = {m.measure for m in measure(film(truth)).measurements if m.n_repetitions >= 10}

    assert "stride_time_cv" in found


def test_nobody_walking_is_said_and_nothing_is_measured() -> None:
    still = measure(film(walked(Walker(strides=0, stands_s=3.0), 5.0)), height_m=1.7)

    assert not still.events
    assert any("No walking was found" in line for line in still.warnings)
    assert all(math.isnan(m.value) for m in still.measurements)
    assert all(m.verdict is MeasureVerdict.NOT_MEASURABLE for m in still.measurements)


def test_a_turn_in_the_middle_parts_two_walks() -> None:
    walker = Walker(stands_s=1.5, there_and_back=True, strides=3)
    truth = walked(walker, walker.duration_s)
    analysis = measure(film(truth), height_m=walker.height_m)

    assert analysis.gait is not None
    first, second = analysis.gait.walks
    assert (first.direction, second.direction) == ("right", "left")
    assert first.near_side != second.near_side
    turned_s = (first.end_s, second.start_s)
    assert not any(
        turned_s[0] < stride.start_s < turned_s[1] or stride.start_s < turned_s[0] < stride.end_s
        for stride in analysis.gait.strides
    )
    assert max(np.abs(errors_s(analysis, truth, INITIAL_CONTACT))) < MOST_OFF_S


def test_starting_and_stopping_are_left_out_of_the_means() -> None:
    walker = Walker(stands_s=1.5, strides=5)
    truth = walked(walker, walker.duration_s)
    recording = film(truth)
    # The first stride is slowed down: half the frames' times again.
    slow = np.where(recording.time_s < 3.2, 1.6 * recording.time_s, recording.time_s + 1.92)
    analysis = measure(replace(recording, time_s=slow), height_m=walker.height_m)

    assert analysis.gait is not None
    reasons = {stride.left_out for stride in analysis.gait.strides}
    assert "starting to walk" in reasons
    counted = [each.time_s for each in analysis.gait.strides if not each.left_out]
    assert counted == pytest.approx([walker.stride_s] * len(counted), abs=0.03)


def test_feet_out_of_view_give_no_events() -> None:
    recording = film(walked(USUAL))
    low = np.array(recording.image_px)
    low[..., 1] += 330.0  # the floor lies below the picture's edge
    analysis = measure(replace(recording, image_px=low), height_m=1.7)

    assert not analysis.events
    assert any("feet and hips were not seen" in line for line in analysis.warnings)


def test_walking_backwards_is_left_out() -> None:
    recording = film(walked(USUAL))
    rows = {
        field: getattr(recording, field)[::-1]
        for field in ("image_px", "world_m", "visibility", "presence", "filled")
    }
    analysis = measure(replace(recording, **rows), height_m=1.7)

    assert analysis.gait is not None
    assert all(stride.left_out for stride in analysis.gait.strides)
    assert math.isnan(number(analysis, "walking_speed").value)


def test_the_far_leg_is_given_and_flagged() -> None:
    analysis = measure(film(walked(USUAL), direction="right"), height_m=1.7)

    near, far = (
        next(
            m
            for m in analysis.measurements
            if (m.measure, m.joint, m.side) == ("rom_max", "knee", side)
        )
        for side in (Side.RIGHT, Side.LEFT)
    )
    assert math.isfinite(near.value)
    assert math.isfinite(far.value)
    assert far.verdict is MeasureVerdict.UNCERTAIN
    assert "far leg" in far.note
    assert "far leg" not in near.note
    assert "far leg" in number(analysis, "stance_percent", Side.LEFT).note
    assert np.all(np.isnan(analysis.angles["left_knee_flexion"].band95_deg))


def test_corrected_events_are_what_is_measured_and_stay_when_measured_again() -> None:
    analysis = measure(film(walked(USUAL)), height_m=1.7)
    third = [e for e in analysis.events if e.event == INITIAL_CONTACT][3]
    moved = replace(third, time_s=third.time_s + 0.1, origin=Origin.BY_HAND)
    given = tuple(moved if e is third else e for e in analysis.events)
    settings = recall_settings(analysis)
    assert settings.gait is not None
    corrected = measure_again(
        analysis, replace(settings, gait=replace(settings.gait, events=given))
    )

    def said(events: tuple[Event, ...]) -> list[tuple[float, Side, str, Origin]]:
        return [(e.time_s, e.side, e.event, e.origin) for e in events]

    assert said(corrected.events) == said(tuple(sorted(given, key=lambda e: e.time_s)))
    assert number(corrected, "step_time", third.side).sd > 0.03
    again = measure_again(corrected, recall_settings(corrected))
    assert said(again.events) == said(corrected.events)
    assert number(again, "cadence") == number(corrected, "cadence")


def test_no_events_by_hand_is_no_walking_and_no_error() -> None:
    analysis = measure(film(walked(USUAL)), events=(), height_m=1.7)

    assert not analysis.events
    assert math.isnan(number(analysis, "cadence").value)


def test_walking_as_a_movement_measures_a_walk() -> None:
    recording = film(walked(USUAL))
    chosen = AnalysisSettings(movement="walking")
    named = measure_recording(recording, chosen, make_provenance(recording), STARTED_AT)

    assert named.movement == "walking"
    assert named.events == measure(recording).events
    assert recall_settings(named).gait == GaitSettings()
    with pytest.raises(InputError, match="is no walking"):
        measure_recording(
            recording,
            AnalysisSettings(movement="squat", gait=GaitSettings()),
            make_provenance(recording),
            STARTED_AT,
        )


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    seconds=st.floats(0.2, 6.0),
    noise_px=st.sampled_from([0.0, 3.0, 30.0]),
    lost=st.floats(0.0, 0.9),
    known=st.sampled_from([{}, {"height_m": 1.7}, {"belt_m_s": 1.0, "treadmill": True}]),
)
def test_whatever_is_lost_or_shaken_no_number_is_wild(
    seed: int, seconds: float, noise_px: float, lost: float, known: dict[str, Any]
) -> None:
    rng = np.random.default_rng(seed)
    recording = film(walked(USUAL, seconds), noise_px=noise_px, seed=seed)
    gone = rng.random(len(recording)) < lost
    image, visibility = np.array(recording.image_px), np.array(recording.visibility)
    image[gone], visibility[gone] = np.nan, np.nan
    analysis = measure(
        replace(recording, image_px=image, visibility=visibility, presence=visibility), **known
    )

    for each in analysis.measurements:
        assert math.isfinite(each.value) == (each.verdict is not MeasureVerdict.NOT_MEASURABLE)
    bounds = {
        "cadence": (30.0, 300.0), "walking_speed": (-0.1, 4.0), "stance_percent": (50.0, 90.0),
        "step_time": (0.0, 4.0), "double_support_percent": (-20.0, 100.0),
    }  # fmt: skip
    for name, (low, high) in bounds.items():
        for each in analysis.measurements:
            if each.measure == name and math.isfinite(each.value):
                assert low <= each.value <= high, each


def test_few_frames_a_second_make_every_number_uncertain() -> None:
    analysis = measure(film(walked(replace(USUAL, strides=8), 8.0, 5.0)), height_m=USUAL.height_m)

    cadence = number(analysis, "cadence")
    assert cadence.value == pytest.approx(120 / USUAL.stride_s, rel=0.02)
    assert cadence.verdict is MeasureVerdict.UNCERTAIN
    assert "frames/s are few" in cadence.note


def test_a_step_to_gait_has_a_step_of_next_to_nothing() -> None:
    walker = Walker(left_length_share=0.02, step_m=0.25, stride_s=1.6, stance_share=0.7, strides=6)
    analysis = measure(film(walked(walker, 9.0)), height_m=walker.height_m)

    assert number(analysis, "step_length", Side.LEFT).value == pytest.approx(0.01, abs=0.02)
    assert number(analysis, "step_length", Side.RIGHT).value == pytest.approx(0.49, abs=0.03)
    assert number(analysis, "stance_percent", Side.RIGHT).value == pytest.approx(70.0, abs=2.0)
