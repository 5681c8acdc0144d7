"""Spatial angles: the truth from any side, signed, and refused where the model's legs differ."""

from dataclasses import replace

import numpy as np
import pytest
from makers import make_recording, repetitions, uniform_times

from motion.kinematics import CleaningSettings, clean_recording
from motion.kinematics.cleaning import clean_world
from motion.kinematics.spatial import measure_spatial_angles
from motion.model import LANDMARKS, AngleTable, Frame, PoseRecording, Poses

AZIMUTHS_DEG = [0.0, 30.0, 60.0, 90.0, 135.0, 180.0, -45.0, -90.0]
RATE_HZ = 30.0
TIMES = uniform_times(4.0, RATE_HZ)

SIDEWAYS_ON = {
    "left_shoulder_flexion": 170.0,
    "right_shoulder_flexion": -40.0,
    "left_elbow_flexion": -8.0,
    "right_elbow_flexion": 120.0,
    "left_hip_flexion": 95.0,
    "right_hip_flexion": -15.0,
    "left_knee_flexion": 110.0,
    "right_knee_flexion": -8.0,
    "left_ankle_dorsiflexion": 20.0,
    "right_ankle_dorsiflexion": -30.0,
    "trunk_flexion": 25.0,
}
FACE_ON = {
    "left_shoulder_abduction": 150.0,
    "right_shoulder_abduction": 185.0,
    "left_hip_abduction": 40.0,
    "right_hip_abduction": -10.0,
    "trunk_lateral_flexion": 12.0,
    "neck_lateral_flexion": -20.0,
}


def measure(recording: PoseRecording) -> AngleTable:
    return measure_spatial_angles(recording.poses(Frame.WORLD_M), recording)


@pytest.mark.parametrize("azimuth_deg", AZIMUTHS_DEG)
@pytest.mark.parametrize("pose", [SIDEWAYS_ON, FACE_ON], ids=["sagittal", "frontal"])
def test_every_angle_is_the_truth_from_any_side(pose: dict[str, float], azimuth_deg: float) -> None:
    table = measure(make_recording(pose, azimuth_deg=azimuth_deg))

    found = {name: float(table[name].value_deg[0]) for name in pose}
    assert found == pytest.approx(pose, abs=1e-6)


@pytest.mark.parametrize("clockwise_deg", [-90.0, 20.0])
def test_angles_between_segments_do_not_change_when_the_picture_is_turned(
    clockwise_deg: float,
) -> None:
    pose = {k: v for k, v in SIDEWAYS_ON.items() if not k.startswith("trunk")}
    table = measure(make_recording(pose, azimuth_deg=60.0, clockwise_deg=clockwise_deg))

    assert {k: float(table[k].value_deg[0]) for k in pose} == pytest.approx(pose, abs=1e-6)


def test_pixels_are_refused() -> None:
    recording = make_recording({})

    with pytest.raises(ValueError, match="world_m"):
        measure_spatial_angles(recording.poses(), recording)


def test_legs_of_unlike_length_give_no_leg_angles_but_arms_stay() -> None:
    recording = make_recording(SIDEWAYS_ON)
    world = np.array(recording.world_m)
    ankle, knee = LANDMARKS.index("left_ankle"), LANDMARKS.index("left_knee")
    world[:, ankle] += 0.2 * (world[:, ankle] - world[:, knee])

    table = measure(replace(recording, world_m=world))

    empty = {c.angle for c in table.curves if np.all(np.isnan(c.value_deg))}
    assert empty == {"hip_flexion", "hip_abduction", "knee_flexion", "ankle_dorsiflexion"}
    assert np.all(np.isnan(table["left_knee_flexion"].confidence))
    assert table["right_elbow_flexion"].value_deg[0] == pytest.approx(120.0)


# ---------------------------------------------------------------- cleaning metres


def bending() -> PoseRecording:
    bend = repetitions(TIMES, [0.5], 90.0)
    return make_recording({"left_knee_flexion": bend}, TIMES, azimuth_deg=45.0)


def cleaned(recording: PoseRecording) -> Poses:
    settings = CleaningSettings()
    filled, poses = clean_recording(recording, RATE_HZ, settings)
    return clean_world(filled, poses, RATE_HZ, settings)


def test_cleaning_metres_keeps_a_clean_movement() -> None:
    table = measure_spatial_angles(cleaned(bending()), bending())

    expected = repetitions(TIMES, [0.5], 90.0)
    np.testing.assert_allclose(table["left_knee_flexion"].value_deg, expected, atol=1.0)


def test_a_wild_depth_is_rejected_and_bridged() -> None:
    world = np.array(bending().world_m)
    world[60, LANDMARKS.index("left_knee"), 2] += 0.4

    position = cleaned(replace(bending(), world_m=world))["left_knee"]

    np.testing.assert_allclose(position, cleaned(bending())["left_knee"], atol=0.01)


def test_metres_stay_missing_where_the_picture_is_missing() -> None:
    seen = np.array(bending().visibility)
    seen[30:60, LANDMARKS.index("left_knee")] = 0.1

    position = cleaned(replace(bending(), visibility=seen))

    assert np.all(np.isnan(position["left_knee"][30:60]))
    assert np.all(np.isfinite(position["left_hip"]))


def test_an_elbow_bends_by_its_own_hinge_though_the_arm_is_out_sideways() -> None:
    recording = make_recording({"left_shoulder_abduction": 90.0}, azimuth_deg=20.0)
    world = np.array(recording.world_m)
    elbow, wrist = (LANDMARKS.index(f"left_{name}") for name in ("elbow", "wrist"))
    world[:, wrist] = world[:, elbow] + [0.0, -0.26, 0.0]  # straight up

    table = measure(replace(recording, world_m=world))

    assert table["left_elbow_flexion"].value_deg[0] == pytest.approx(90.0)
