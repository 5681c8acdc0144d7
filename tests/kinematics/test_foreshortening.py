"""What a camera off its plane shortens is taken out again: exactly, while the body stays in it."""

import numpy as np
import pytest
from makers import make_recording, make_view, repetitions, uniform_times

from motion.kinematics import FootZero, find_foot_zero, measure_angles
from motion.kinematics.foreshortening import find_foreshortening
from motion.kinematics.joints import Plane
from motion.model import AngleTable, PoseRecording, Position, Side, ViewName

SQUAT = {
    "shoulder_flexion": 80.0,
    "elbow_flexion": 30.0,
    "hip_flexion": 95.0,
    "knee_flexion": 110.0,
    "ankle_dorsiflexion": 20.0,
    "trunk_flexion": 35.0,
}
SIDEWAYS = {
    "right_shoulder_abduction": 130.0,
    "right_hip_abduction": 35.0,
    "trunk_lateral_flexion": 10.0,
}


BOTH_PLANES = {"shoulder_flexion", "hip_flexion", "trunk_flexion"}


def measure(
    recording: PoseRecording,
    azimuth_deg: float,
    position: Position = Position.STANDING,
    zeros: dict[Side, FootZero] | None = None,
) -> AngleTable:
    view = make_view(ViewName.OBLIQUE, azimuth_deg)
    return measure_angles(recording.poses(), recording, view, position, zeros)


@pytest.mark.parametrize("azimuth_deg", [30.5, 45.5, 70.0, 90.0, 110.0, 134.0, 149.0])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_side_view_reads_the_truth_however_far_off_it_is(side: Side, azimuth_deg: float) -> None:
    away = azimuth_deg if side is Side.LEFT else -azimuth_deg
    table = measure(make_recording(SQUAT, azimuth_deg=away), away)

    shown = {
        name: float(table[name if name.startswith("trunk") else f"{side}_{name}"].value_deg[0])
        for name in SQUAT
    }
    # Of a joint that moves in two planes only the nearer plane's angle is given.
    given = SQUAT if abs(azimuth_deg - 90.0) < 45.0 else SQUAT.keys() - BOTH_PLANES
    expected = {name: value if name in given else np.nan for name, value in SQUAT.items()}
    assert shown == pytest.approx(expected, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("azimuth_deg", [-44.0, -20.0, 0.0, 15.0, 44.0, 160.0, -140.0])
def test_a_front_view_reads_the_truth_however_far_off_it_is(azimuth_deg: float) -> None:
    table = measure(make_recording(SIDEWAYS, azimuth_deg=azimuth_deg), azimuth_deg)

    assert {name: float(table[name].value_deg[0]) for name in SIDEWAYS} == pytest.approx(
        SIDEWAYS, abs=1e-6
    )


@pytest.mark.parametrize("clockwise_deg", [90.0, -90.0])
def test_a_lying_person_is_seen_short_across_the_trunk(clockwise_deg: float) -> None:
    pose = {"knee_flexion": 70.0, "hip_flexion": 40.0}
    recording = make_recording(pose, azimuth_deg=60.0, clockwise_deg=clockwise_deg)

    table = measure(recording, 60.0, Position.SUPINE)

    found = {name: float(table[f"left_{name}"].value_deg[0]) for name in pose}
    assert found == pytest.approx(pose, abs=1e-6)


def test_the_flat_foot_s_slope_is_taken_off_as_a_square_view_shows_it() -> None:
    time_s = uniform_times(3.0)
    bend = repetitions(time_s, [0.5], 25.0)
    pose = {"knee_flexion": bend, "hip_flexion": 0.0 * bend, "ankle_dorsiflexion": bend}
    recording = make_recording(pose | {"foot_slope": 4.0}, time_s, azimuth_deg=130.0)
    view = make_view(ViewName.OBLIQUE, 130.0)
    zero = find_foot_zero(recording.poses(), view, Side.LEFT)

    table = measure(recording, 130.0, zeros={Side.LEFT: zero})

    assert zero.slope_deg == pytest.approx(5.2, abs=0.1)  # steeper than it is: seen short
    assert table["left_ankle_dorsiflexion"].value_deg[0] == pytest.approx(0.0, abs=0.01)


def test_a_square_view_is_left_as_it_is() -> None:
    recording = make_recording({}, azimuth_deg=90.0)
    lines = np.array([[3.0, 4.0], [-1.0, 0.5]])

    found = find_foreshortening(recording.poses(), make_view(), Position.STANDING)

    np.testing.assert_allclose(found.take_out(lines, Plane.SAGITTAL), lines)


def test_a_thigh_that_points_straight_at_the_camera_gives_no_abduction() -> None:
    pose = {"hip_flexion": np.array([0.0, 60.0, 90.0])}
    recording = make_recording(pose, np.arange(3) / 30.0, azimuth_deg=0.0)

    found = measure(recording, 0.0)["left_hip_abduction"].value_deg

    assert np.all(np.isfinite(found[:2]))
    assert np.isnan(found[2])


def test_a_person_of_whom_no_trunk_was_seen_is_taken_as_upright() -> None:
    poses = make_recording({}).poses()
    empty = type(poses)(
        time_s=poses.time_s,
        position=np.full_like(poses.position, np.nan),
        confidence=poses.confidence,
    )

    found = find_foreshortening(empty, make_view(ViewName.SAGITTAL, 60.0), Position.SUPINE)

    assert found.axis == (0.0, -1.0)
