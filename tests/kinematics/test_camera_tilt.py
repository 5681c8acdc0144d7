"""Roll and pitch from people who stand; nothing from people who do not."""

from dataclasses import replace

import numpy as np
import pytest
from makers import hide, make_recording, uniform_times

from motion.kinematics.camera_tilt import estimate_tilt
from motion.model import PoseRecording

TIME_S = uniform_times(1.0)


def look_down(recording: PoseRecording, pitch_deg: float) -> PoseRecording:
    """Return what a camera sees that looks down at the person."""
    pitch = np.radians(pitch_deg)
    turn = np.array(
        [
            [1.0, 0.0, 0.0],
            [0.0, np.cos(pitch), -np.sin(pitch)],
            [0.0, np.sin(pitch), np.cos(pitch)],
        ]
    )
    world = recording.world_m @ turn.T
    scale = 240.0
    return replace(recording, world_m=world, image_px=np.array([320, 250]) + scale * world[..., :2])


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, -120.0, 180.0])
@pytest.mark.parametrize("roll_deg", [-30.0, -8.0, 0.0, 8.0, 30.0])
def test_roll_of_the_camera(azimuth_deg: float, roll_deg: float) -> None:
    recording = make_recording({}, TIME_S, azimuth_deg=azimuth_deg, clockwise_deg=roll_deg)

    # The body stands 2 degrees ahead of the middle of its feet.
    assert estimate_tilt(recording).roll_deg == pytest.approx(roll_deg, abs=3.0)


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 180.0])
@pytest.mark.parametrize("pitch_deg", [-15.0, 0.0, 10.0, 25.0])
def test_pitch_of_the_camera(azimuth_deg: float, pitch_deg: float) -> None:
    recording = look_down(make_recording({}, TIME_S, azimuth_deg=azimuth_deg), pitch_deg)

    assert estimate_tilt(recording).pitch_deg == pytest.approx(pitch_deg, abs=3.0)


def test_who_bows_over_the_feet_does_not_tilt_the_camera() -> None:
    bowing = {"trunk_flexion": 45.0, "hip_flexion": 55.0}  # the hips go back
    recording = make_recording(bowing, TIME_S, azimuth_deg=90.0)

    assert abs(estimate_tilt(recording).roll_deg) < 8.0


def test_on_one_leg_the_lifted_foot_carries_nothing() -> None:
    lifted = {"right_hip_flexion": 50.0, "right_knee_flexion": 100.0}
    both = estimate_tilt(make_recording({}, TIME_S, azimuth_deg=90.0))
    one = estimate_tilt(make_recording(lifted, TIME_S, azimuth_deg=90.0))

    assert one.roll_deg == pytest.approx(both.roll_deg, abs=6.0)


@pytest.mark.parametrize(
    "pose",
    [
        {"hip_flexion": 90.0, "knee_flexion": 90.0},
        {"hip_flexion": 90.0, "left_knee_flexion": 90.0, "right_knee_flexion": 0.0},
    ],
    ids=["sitting", "one knee stretched"],
)
@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0])
def test_who_sits_says_nothing_of_the_vertical(pose: dict[str, float], azimuth_deg: float) -> None:
    tilt = estimate_tilt(make_recording(pose, TIME_S, azimuth_deg=azimuth_deg))

    assert not tilt.known
    assert np.isnan(tilt.roll_deg)
    assert tilt.up == pytest.approx([0.0, -1.0, 0.0], abs=1e-6)


@pytest.mark.parametrize("clockwise_deg", [-90.0, 90.0])
def test_a_lying_person_is_not_a_camera_on_its_side(clockwise_deg: float) -> None:
    tilt = estimate_tilt(make_recording({}, TIME_S, clockwise_deg=clockwise_deg))

    assert not tilt.known
    assert tilt.up[0] == pytest.approx(np.sign(clockwise_deg), abs=0.01), "along the body"


def test_without_feet_nothing_is_known() -> None:
    recording = hide(make_recording({}, TIME_S), slice(None), ["left_heel", "right_heel"])

    assert not estimate_tilt(recording).known
