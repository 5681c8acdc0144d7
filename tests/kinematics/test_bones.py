"""Bone lengths: what stretches is found, what only turns is not."""

from dataclasses import replace

import numpy as np
import pytest
from makers import hide, make_recording, repetitions, uniform_times

from motion.kinematics.bones import BONES, compare_sides, measure_bone_deviation
from motion.model import LANDMARKS, PoseRecording

TIMES = uniform_times(4.0)
KNEE = BONES.index("left_thigh"), BONES.index("left_shank")


def squatting(azimuth_deg: float = 90.0) -> PoseRecording:
    bend = repetitions(TIMES, [0.5], 90.0)
    return make_recording(
        {"knee_flexion": bend, "hip_flexion": bend}, TIMES, azimuth_deg=azimuth_deg
    )


def move(recording: PoseRecording, landmark: str, frame: int, by_m: float) -> PoseRecording:
    """Push a landmark down, as an error of the pose model would: metres and pixels alike."""
    image, world = np.array(recording.image_px), np.array(recording.world_m)
    row = LANDMARKS.index(landmark)
    image[frame, row, 1] += 240.0 * by_m
    world[frame, row, 1] += by_m
    return replace(recording, image_px=image, world_m=world)


@pytest.mark.parametrize("azimuth_deg", [0.0, 40.0, 90.0, -120.0])
def test_a_body_that_only_moves_keeps_its_bones(azimuth_deg: float) -> None:
    found = measure_bone_deviation(squatting(azimuth_deg=azimuth_deg))

    np.testing.assert_allclose(found.world, 0.0, atol=1e-12)
    assert np.nanmax(found.image) < 0.01
    assert not np.any(found.suspect)


def test_a_knee_put_in_the_wrong_place_stretches_its_bones_in_that_frame_alone() -> None:
    found = measure_bone_deviation(move(squatting(), "left_knee", 7, 0.1))

    thigh, shank = KNEE
    assert found.world[7, thigh] == pytest.approx(0.1 / 0.42, abs=0.01)
    assert found.image[7, thigh] == pytest.approx(0.1 / 0.42, abs=0.02)
    assert found.world[7, shank] == pytest.approx(-0.25, abs=0.01)
    assert set(zip(*np.nonzero(found.suspect), strict=True)) == {(7, thigh), (7, shank)}


def test_a_person_who_comes_nearer_does_not_grow() -> None:
    still = make_recording({}, TIMES)
    nearer = np.linspace(1.0, 2.0, len(TIMES))[:, None, None]
    centre = np.array([320.0, 250.0])
    coming = replace(still, image_px=centre + nearer * (still.image_px - centre))

    found = measure_bone_deviation(coming)

    assert np.nanmax(np.abs(found.image)) < 0.1


def test_what_was_not_seen_has_no_length() -> None:
    recording = hide(squatting(), slice(10, 20), ["left_knee"])

    found = measure_bone_deviation(recording)

    assert np.all(np.isnan(found.world[10:20, list(KNEE)]))
    assert np.all(np.isnan(found.image[10:20, list(KNEE)]))
    assert np.all(np.isfinite(found.world[:10]))
    assert not np.any(found.suspect)


def test_a_recording_of_nobody_has_no_bones() -> None:
    found = measure_bone_deviation(hide(squatting(), slice(None)))

    assert found.world.shape == (len(TIMES), len(BONES))
    assert np.all(np.isnan(found.world))
    assert np.all(np.isnan(found.image))
    assert np.isnan(compare_sides(hide(squatting(), slice(None)), "leg").difference)


def test_a_single_frame_is_its_own_measure() -> None:
    found = measure_bone_deviation(make_recording({}))

    np.testing.assert_allclose(found.world, 0.0)
    np.testing.assert_allclose(found.image, 0.0)


def test_legs_of_one_length_do_not_differ() -> None:
    legs = compare_sides(squatting(), "leg")

    assert legs.left_m == pytest.approx(0.82)
    assert legs.difference == pytest.approx(0.0, abs=1e-12)
    assert legs.drift == pytest.approx(0.0, abs=1e-12)


def test_a_longer_left_leg_is_told_by_how_much() -> None:
    world = np.array(squatting().world_m)
    ankle, knee = LANDMARKS.index("left_ankle"), LANDMARKS.index("left_knee")
    world[:, ankle] += 0.15 * (world[:, ankle] - world[:, knee])

    legs = compare_sides(replace(squatting(), world_m=world), "leg")

    assert legs.left_m - legs.right_m == pytest.approx(0.06)
    assert legs.difference == pytest.approx(0.06 / 0.85)
