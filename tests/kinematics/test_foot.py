"""The ankle's zero: only the slope of the landmark line, never the ankle's own angle."""

from dataclasses import replace

import numpy as np
import pytest
from makers import (
    CAMERA_IN_FRONT,
    CAMERA_LEFT,
    CAMERA_RIGHT,
    UNFILTERED,
    bump,
    make_recording,
    uniform_times,
)

from motion.kinematics import (
    FootZero,
    clean_recording,
    estimate_view,
    find_foot_zero,
    measure_angles,
)
from motion.model import PoseRecording, Position, Side

SIDE_CAMERAS = [("left", CAMERA_LEFT), ("right", CAMERA_RIGHT)]
RATE_HZ = 30.0


def zero_of(recording: PoseRecording, side: str = "left") -> FootZero:
    _, poses = clean_recording(recording, RATE_HZ, UNFILTERED)
    return find_foot_zero(poses, estimate_view(recording), Side(side))


def ankle_deg(recording: PoseRecording, side: str = "left") -> np.ndarray:
    filled, poses = clean_recording(recording, RATE_HZ, UNFILTERED)
    view = estimate_view(recording)
    zeros = {each: find_foot_zero(poses, view, each) for each in (Side.LEFT, Side.RIGHT)}
    table = measure_angles(poses, filled, view, Position.STANDING, zeros)
    return np.asarray(table[f"{side}_ankle_dorsiflexion"].value_deg)


def standing_on_the_floor(
    shank_forward_deg: np.ndarray | float, slope_deg: float, azimuth_deg: float
) -> PoseRecording:
    """Return feet flat on the floor under shanks that lean: the dorsiflexion is the lean."""
    time_s = uniform_times(4.0)
    pose = {
        "ankle_dorsiflexion": shank_forward_deg,
        "knee_flexion": shank_forward_deg,
        "foot_slope": slope_deg,
    }
    recording = make_recording(pose, time_s, azimuth_deg=azimuth_deg)
    return pin_feet(recording)


def pin_feet(recording: PoseRecording) -> PoseRecording:
    """Move each frame so that the left ankle stays where it was in the first."""

    ankle = recording.poses()["left_ankle"]
    return replace(recording, image_px=recording.image_px - (ankle - ankle[0])[:, None])


@pytest.mark.parametrize(("side", "azimuth_deg"), SIDE_CAMERAS)
@pytest.mark.parametrize("slope_deg", [-4.0, 0.0, 3.0, 6.0])
def test_slope_of_the_flat_foot_is_found(slope_deg: float, side: str, azimuth_deg: float) -> None:
    zero = zero_of(standing_on_the_floor(0.0, slope_deg, azimuth_deg), side)

    assert zero.established
    assert zero.slope_deg == pytest.approx(slope_deg, abs=1e-6)


@pytest.mark.parametrize(("side", "azimuth_deg"), SIDE_CAMERAS)
@pytest.mark.parametrize("slope_deg", [-4.0, 0.0, 5.0])
@pytest.mark.parametrize("lean_deg", [0.0, 10.0, 15.0])
def test_forward_lean_of_the_shank_is_true_dorsiflexion(
    lean_deg: float, slope_deg: float, side: str, azimuth_deg: float
) -> None:
    recording = standing_on_the_floor(lean_deg, slope_deg, azimuth_deg)

    np.testing.assert_allclose(ankle_deg(recording, side), lean_deg, atol=1e-6)


def test_lunge_keeps_its_whole_range() -> None:
    lean_deg = 35.0 * bump(uniform_times(4.0), 0.5, 1.5)
    recording = standing_on_the_floor(lean_deg, 4.0, CAMERA_LEFT)

    np.testing.assert_allclose(ankle_deg(recording), lean_deg, atol=0.05)


@pytest.mark.parametrize("heel_up_deg", [6.0, 10.0, 15.0, 30.0])
def test_equinus_establishes_no_zero_and_keeps_its_angle(heel_up_deg: float) -> None:
    """Standing on the forefoot all the time: the heel line slopes down to the toes."""
    time_s = uniform_times(4.0)
    recording = make_recording({"ankle_dorsiflexion": -heel_up_deg}, time_s)

    zero = zero_of(recording)

    assert not zero.established
    assert zero.correction_deg == 0.0
    np.testing.assert_allclose(ankle_deg(recording), -heel_up_deg, atol=1e-6)


def test_a_foot_that_never_rests_establishes_no_zero() -> None:
    time_s = uniform_times(4.0)
    waving = make_recording({"ankle_dorsiflexion": 30.0 * np.sin(8.0 * time_s)}, time_s)

    assert not zero_of(waving).established


def test_heel_raises_take_their_zero_from_the_flat_part() -> None:
    time_s = uniform_times(6.0)
    raised_deg = 30.0 * bump(time_s, 2.0, 1.0, 1.0)
    pose = {"ankle_dorsiflexion": -raised_deg, "foot_slope": 3.0}
    recording = make_recording(pose, time_s)
    toes = recording.poses()["left_foot_index"]

    recording = replace(recording, image_px=recording.image_px - (toes - toes[0])[:, None])

    assert zero_of(recording).slope_deg == pytest.approx(3.0, abs=0.3)
    np.testing.assert_allclose(ankle_deg(recording), -raised_deg, atol=0.3)


def test_without_a_side_view_there_is_no_zero() -> None:
    recording = make_recording({}, uniform_times(2.0), azimuth_deg=CAMERA_IN_FRONT)

    assert not zero_of(recording, "left").established
    assert not zero_of(recording, "right").established


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_too_short_a_look_establishes_no_zero(frames: int) -> None:
    assert not zero_of(make_recording({}, np.arange(frames) / RATE_HZ)).established


def test_a_zero_that_was_not_found_takes_nothing_off() -> None:
    assert FootZero(slope_deg=float("nan")).correction_deg == 0.0
    assert FootZero(slope_deg=-2.5).correction_deg == -2.5
