"""What no mean may be made of: hidden feet, hesitation, contradictions, next to nothing."""

import math
from dataclasses import replace

import numpy as np
import pytest
from gait.measured_walks import (
    BOTH,
    USUAL,
    hide_feet,
    measure,
    number,
    walked,
)
from gait.walkers import Walker, film

from motion.gait.events import UNCLEAR
from motion.model import (
    FOOT_OFF,
    GAIT,
    INITIAL_CONTACT,
    LANDMARKS,
    MeasureVerdict,
    Origin,
    Side,
)


@pytest.mark.parametrize(("every_s", "for_s"), [(1.7, 0.4), (2.2, 0.4), (3.3, 1.2)])
@pytest.mark.parametrize("treadmill", [True, False])
def test_a_foot_hidden_now_and_then_makes_steps_missing_and_no_number_wrong(
    every_s: float, for_s: float, treadmill: bool
) -> None:
    walker = replace(USUAL, treadmill=treadmill, strides=20)
    recording = film(walked(walker, 20.0), width_px=6000, far_visibility=0.95)
    hidden = hide_feet(recording, Side.RIGHT, every_s, for_s)
    analysis = measure(hidden, height_m=USUAL.height_m)

    assert analysis.gait is not None
    reasons = {each.left_out for each in (*analysis.gait.steps, *analysis.gait.strides)}
    assert "the foot was hidden for a while" in reasons
    truth = {
        "cadence": 120 / USUAL.stride_s, "walking_speed": USUAL.speed_m_s, "step_time": 0.55,
        "step_length": 0.6, "stride_length": 1.2, "stance_percent": 62.0,
    }  # fmt: skip
    for each in analysis.measurements:
        if each.joint == GAIT and each.measure in truth and math.isfinite(each.value):
            assert each.value == pytest.approx(truth[each.measure], rel=0.05), each


def test_a_hesitation_is_in_no_step_and_no_stride() -> None:
    recording = film(walked(replace(USUAL, strides=8), 8.0), width_px=4000)
    late = recording.time_s + np.where(recording.time_s > 4.05, 0.5, 0.0)
    analysis = measure(replace(recording, time_s=late), height_m=USUAL.height_m)

    for side in BOTH:
        found = number(analysis, "step_time", side)
        assert found.value == pytest.approx(0.55, abs=0.01)
        assert found.sd < 0.02
    assert number(analysis, "cadence").sd < 2.0


def test_what_a_stride_is_left_out_for_its_steps_are_too() -> None:
    recording = film(walked(USUAL))
    rows = {
        field: getattr(recording, field)[::-1]
        for field in ("image_px", "world_m", "visibility", "presence", "filled")
    }
    backwards = measure(replace(recording, **rows), height_m=1.7)

    assert backwards.gait is not None
    assert backwards.gait.steps
    assert all(step.left_out for step in backwards.gait.steps)
    assert math.isnan(number(backwards, "step_time", Side.LEFT).value)


def test_no_symmetry_is_made_of_a_step_of_next_to_nothing() -> None:
    walker = Walker(left_length_share=0.0, step_m=0.25, stride_s=1.6, stance_share=0.7, strides=14)
    analysis = measure(
        film(walked(replace(walker, treadmill=True), 20.0)), belt_m_s=walker.speed_m_s
    )

    for name in ("step_length_symmetry_ratio", "step_length_symmetry_index"):
        found = number(analysis, name)
        assert found.verdict is MeasureVerdict.NOT_MEASURABLE
        assert "next to nothing" in found.note
    assert math.isfinite(number(analysis, "step_time_symmetry_ratio").value)
    names = {(m.measure, m.side) for m in analysis.measurements}
    assert ("step_length_cv", Side.LEFT) not in names
    assert ("step_length_cv", Side.RIGHT) in names


def test_a_recording_cut_together_is_two_walks_and_no_treadmill() -> None:
    one = film(walked(USUAL), noise_px=0.5)
    both = {
        field: np.concatenate([getattr(one, field)] * 2)
        for field in ("image_px", "world_m", "visibility", "presence", "filled")
    }
    twice = replace(one, time_s=np.arange(2 * len(one)) / 30.0, **both)
    analysis = measure(twice, height_m=USUAL.height_m)

    assert analysis.gait is not None
    assert len(analysis.gait.walks) == 2
    assert not analysis.gait.treadmill
    assert number(analysis, "walking_speed").value == pytest.approx(USUAL.speed_m_s, rel=0.04)


@pytest.mark.parametrize(("on_belt", "said"), [(True, False), (False, True)])
def test_a_surface_that_contradicts_the_picture_gives_no_lengths(on_belt: bool, said: bool) -> None:
    recording = film(walked(replace(USUAL, treadmill=on_belt)))
    analysis = measure(recording, height_m=USUAL.height_m, treadmill=said)

    assert math.isnan(number(analysis, "walking_speed").value)
    assert math.isfinite(number(analysis, "cadence").value)
    assert any("it was said to be" in line for line in analysis.warnings)


def test_a_distance_that_makes_no_person_is_no_scale_and_one_that_contradicts_is_said() -> None:
    recording = film(walked(USUAL), scale_px=240.0)
    upright = measure(recording, floor_m=2.0, floor_px=(900.0, 600.0, 900.0, 700.0))
    assert math.isnan(number(upright, "walking_speed").value)
    assert "check its two ends" in number(upright, "walking_speed").note

    half = measure(
        recording, floor_m=3.0, floor_px=(480.0, 780.0, 1440.0, 780.0), height_m=USUAL.height_m
    )
    assert any("cm tall, not 168" in line for line in half.warnings)


def test_one_side_of_the_body_is_enough_for_a_scale() -> None:
    recording = film(walked(USUAL), direction="right")
    visibility = np.array(recording.visibility)
    visibility[:, LANDMARKS.index("left_knee")] = 0.1
    unseen = replace(recording, visibility=visibility, presence=visibility)
    analysis = measure(unseen, height_m=USUAL.height_m)

    assert number(analysis, "walking_speed").value == pytest.approx(USUAL.speed_m_s, rel=0.04)


def test_two_lengths_of_three_steps_are_few() -> None:
    recording = film(walked(USUAL, 3.0))
    visibility = np.array(recording.visibility)
    visibility[-8:] = 0.1
    analysis = measure(replace(recording, visibility=visibility, presence=visibility), height_m=1.7)
    for each in analysis.measurements:
        if each.joint == GAIT and each.n_repetitions < 3 and each.side in BOTH:
            assert each.verdict in (MeasureVerdict.FEW_STRIDES, MeasureVerdict.NOT_MEASURABLE)


def test_a_contact_at_which_the_foot_lingers_is_written_and_left_out() -> None:
    recording = film(walked(replace(USUAL, strides=8), 8.0), width_px=4000)
    near = [LANDMARKS.index(f"right_{name}") for name in ("heel", "foot_index", "ankle")]
    hips = [LANDMARKS.index(f"{side}_hip") for side in BOTH]
    sound = measure(recording, height_m=USUAL.height_m)
    contact = next(e for e in sound.events if e.side is Side.RIGHT and 3.0 < e.time_s < 5.0
                   and e.event == INITIAL_CONTACT)  # fmt: skip
    image = np.array(recording.image_px)
    held = np.abs(recording.time_s - contact.time_s) < 0.12
    middle = image[:, hips].mean(axis=1)
    first = int(np.argmax(held))
    image[np.ix_(held, near)] = middle[held][:, None] + (image[first, near] - middle[first])
    lingering = measure(replace(recording, image_px=image), height_m=USUAL.height_m)

    (found,) = (e for e in lingering.events if "not clear" in e.left_out)
    assert (found.side, found.event) == (Side.RIGHT, INITIAL_CONTACT)
    assert abs(found.time_s - contact.time_s) < 0.15
    assert not any("not clear" in e.left_out for e in sound.events)
    by_hand = replace(found, time_s=contact.time_s, origin=Origin.BY_HAND)
    corrected = measure(
        replace(recording, image_px=image),
        height_m=USUAL.height_m,
        events=tuple(by_hand if e is found else e for e in lingering.events),
    )
    assert not any("not clear" in e.left_out for e in corrected.events)


def test_a_foot_off_that_does_not_count_costs_its_stance_and_not_its_stride() -> None:
    recording = film(walked(replace(USUAL, strides=8), 8.0), width_px=4000)
    sound = measure(recording, height_m=USUAL.height_m)
    off = next(
        e for e in sound.events if e.event == FOOT_OFF and e.side is Side.RIGHT and e.time_s > 3.0
    )
    unclear = tuple(replace(e, left_out=UNCLEAR) if e is off else e for e in sound.events)
    analysis = measure(recording, height_m=USUAL.height_m, events=unclear)

    for name in ("stride_time", "step_time"):
        before, after = (number(each, name, Side.RIGHT) for each in (sound, analysis))
        assert after.n_repetitions == before.n_repetitions
    assert (
        number(analysis, "stance_percent", Side.RIGHT).n_repetitions
        == number(sound, "stance_percent", Side.RIGHT).n_repetitions - 1
    )
