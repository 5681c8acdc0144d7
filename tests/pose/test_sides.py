"""Swapped sides: found, put back, and left alone where nobody can tell."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import drop_frames, hide, mirror
from side_makers import (
    ANATOMY,
    HIPS,
    KINDS,
    LEGS,
    VALIDATION,
    find_relevant,
    raise_arm,
    read_truth,
    swap_frames,
    walk,
)

from motion.model import MIRROR, PoseRecording
from motion.pose.sides import repair_sides

CLIPS = sorted((VALIDATION / "synthetic").glob("*.json"))


def assert_same(found: PoseRecording, wanted: PoseRecording) -> None:
    for name in ("image_px", "world_m", "visibility", "presence"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))


@pytest.mark.parametrize("azimuth_deg", [0.0, 30.0, 60.0, 90.0, -90.0, -45.0, 180.0])
def test_legs_that_pass_each_other_are_left_alone(azimuth_deg: float) -> None:
    plain = walk(azimuth_deg=azimuth_deg, noise=0.005)

    found = repair_sides(plain)

    assert found.recording is plain
    assert not found.swapped.any()
    assert not found.ambiguous.any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [[31], [40, 41], slice(20, 50), slice(60, None)])
@pytest.mark.parametrize("azimuth_deg", [0.0, 60.0, 90.0])
def test_a_swap_is_put_back(kind: str, frames: slice | list[int], azimuth_deg: float) -> None:
    plain = walk(azimuth_deg=azimuth_deg, noise=0.005)
    spoiled, swapped = swap_frames(plain, kind, frames)

    found = repair_sides(spoiled)

    relevant = find_relevant(plain)
    np.testing.assert_array_equal(found.swapped[relevant], swapped[relevant])
    assert not found.ambiguous.any()


def test_pictures_metres_visibility_and_presence_change_sides_together() -> None:
    plain = walk(azimuth_deg=20.0)
    plain = replace(plain, visibility=np.tile(np.linspace(0.6, 0.9, 33), (len(plain), 1)))
    spoiled, _ = swap_frames(plain, "whole body", slice(30, 40))

    found = repair_sides(spoiled)

    assert_same(found.recording, plain)
    assert int(found.swapped_legs.sum()) == int(found.swapped_arms.sum()) == 10


def test_legs_below_the_hip_leave_the_hip_where_it_was() -> None:
    spoiled, _ = swap_frames(walk(azimuth_deg=0.0), "legs below the hip", slice(30, 40))

    found = repair_sides(spoiled)

    assert found.swapped[30:40, LEGS].all()
    assert not found.swapped[:, HIPS].any()
    assert not found.swapped_arms.any()


def test_half_a_take_is_anchored_on_nose_toes_and_knees() -> None:
    plain = walk(azimuth_deg=90.0)
    for half in (slice(0, 60), slice(60, None)):
        spoiled, _ = swap_frames(plain, "legs", half)

        found = repair_sides(spoiled)

        assert_same(found.recording, plain)


def test_half_a_take_without_anatomy_is_ambiguous_and_left_alone() -> None:
    plain = hide(raise_arm(), slice(None), ANATOMY)
    spoiled, _ = swap_frames(plain, "arms", slice(60, None))

    found = repair_sides(spoiled)

    assert found.recording is spoiled
    assert found.ambiguous.all()


def test_without_anatomy_the_rarer_state_is_the_wrong_one() -> None:
    plain = hide(raise_arm(), slice(None), ANATOMY)
    spoiled, _ = swap_frames(plain, "arms", slice(100, None))

    found = repair_sides(spoiled)

    assert_same(found.recording, plain)
    assert not found.ambiguous.any()


@pytest.mark.parametrize("gap_s", [0.3, 1.0, 3.0])
def test_a_limb_that_returns_swapped_is_put_back(gap_s: float) -> None:
    plain = walk(duration_s=8.0, azimuth_deg=45.0)
    spoiled, _ = swap_frames(plain, "legs", slice(100, None))
    legs = [f"{side}_{name}" for side in ("left", "right")
            for name in ("hip", "knee", "ankle", "heel", "foot_index")]  # fmt: skip
    rows = slice(100, 100 + round(30 * gap_s))
    wanted = hide(plain, rows, legs)

    found = repair_sides(hide(spoiled, rows, legs))

    assert_same(found.recording, wanted)


def test_frames_that_never_came_are_time_and_not_a_jump() -> None:
    plain = drop_frames(walk(duration_s=6.0, azimuth_deg=90.0), list(range(50, 65)))

    assert not repair_sides(plain).swapped.any()


def test_a_lonely_landmark_goes_with_its_neighbours_in_time() -> None:
    plain = hide(walk(azimuth_deg=10.0), [45], ["left_knee", "right_ankle", "left_heel",
                                               "right_foot_index"])  # fmt: skip
    spoiled, _ = swap_frames(plain, "legs below the hip", slice(40, 50))

    assert_same(repair_sides(spoiled).recording, plain)


def test_nobody_and_one_frame_are_no_error() -> None:
    nobody = hide(walk(), slice(None))
    for recording in (nobody, walk(duration_s=0.0)):
        found = repair_sides(recording)
        assert found.recording is recording
        assert not found.swapped.any()


def test_front_taken_for_back_is_reported_and_not_repaired() -> None:
    """The model's own mistake: sides and depth change together, the anatomy stays right."""
    plain = walk(azimuth_deg=0.0, duration_s=6.0)
    flip = list(MIRROR)
    image, world = np.array(plain.image_px), np.array(plain.world_m)
    rows = slice(60, 80)
    image[rows] = image[rows][:, flip]
    world[rows] = world[rows][:, flip] * [1, 1, -1]
    spoiled = replace(plain, image_px=image, world_m=world)

    found = repair_sides(spoiled)

    assert_same(found.recording, spoiled)
    assert np.flatnonzero(found.ambiguous).tolist() == list(range(60, 80))


# ---------------------------------------------------------------- properties


kinds = st.sampled_from(list(KINDS))
views = st.floats(-180.0, 180.0)
strides = st.floats(0.9, 1.6)


@settings(max_examples=30, deadline=None)
@given(kind=kinds, azimuth_deg=views, stride_s=strides, start=st.integers(1, 80),
       length=st.integers(1, 30))  # fmt: skip
def test_repair_undoes_the_swap_and_then_rests(
    kind: str, azimuth_deg: float, stride_s: float, start: int, length: int
) -> None:
    plain = walk(azimuth_deg=azimuth_deg, stride_s=stride_s, noise=0.003)
    spoiled, swapped = swap_frames(plain, kind, slice(start, start + length))

    found = repair_sides(spoiled)
    again = repair_sides(found.recording)

    sure = find_relevant(plain) & ~found.ambiguous[:, None]
    np.testing.assert_array_equal(found.swapped[sure], swapped[sure])
    assert not again.swapped.any()
    assert_same(again.recording, found.recording)


@settings(max_examples=20, deadline=None)
@given(kind=kinds, azimuth_deg=views, start=st.integers(1, 80), length=st.integers(1, 40))
def test_mirroring_the_recording_mirrors_the_repair(
    kind: str, azimuth_deg: float, start: int, length: int
) -> None:
    plain = walk(azimuth_deg=azimuth_deg, noise=0.003)
    spoiled, _ = swap_frames(plain, kind, slice(start, start + length))

    found, reflected = repair_sides(spoiled), repair_sides(mirror(spoiled))

    np.testing.assert_array_equal(found.swapped, reflected.swapped)
    np.testing.assert_array_equal(found.ambiguous, reflected.ambiguous)


@settings(max_examples=20, deadline=None)
@given(azimuth_deg=views, stride_s=strides, rate_hz=st.sampled_from([15.0, 30.0, 60.0]))
def test_a_clean_take_is_left_alone(azimuth_deg: float, stride_s: float, rate_hz: float) -> None:
    plain = walk(azimuth_deg=azimuth_deg, stride_s=stride_s, rate_hz=rate_hz, noise=0.003)

    assert repair_sides(plain).recording is plain


# ---------------------------------------------------------------- rendered people


@pytest.mark.validation
@pytest.mark.skipif(not CLIPS, reason="needs the rendered clips of ../shared/validation")
@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_true_points_of_rendered_people(path: Path) -> None:
    plain = read_truth(path.with_suffix(".csv"))
    assert not repair_sides(plain).swapped.any()
    relevant = find_relevant(plain)
    rng = np.random.default_rng(1)
    for kind in KINDS:
        first = int(rng.integers(5, len(plain) - 35))
        for frames in ([first], slice(first, first + 20), slice(len(plain) // 2, None)):
            spoiled, swapped = swap_frames(plain, kind, frames)
            found = repair_sides(spoiled)
            np.testing.assert_array_equal(found.swapped[relevant], swapped[relevant])
