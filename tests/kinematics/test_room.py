from dataclasses import replace

import numpy as np
import pytest
from cameras_makers import film, make_camera, room_body
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import UNFILTERED, make_recording, uniform_times
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from motion.kinematics import JOINTS, CleaningSettings, FootZero
from motion.kinematics.room import clean_room, find_room_zeros, measure_room_angles
from motion.model import AngleTable, PoseRecording, Position, Side, Triangulated

UP = np.array([0.0, 0.0, 1.0])
ANGLES = {
    "shoulder_flexion": 50.0, "elbow_flexion": 35.0, "hip_flexion": 55.0, "knee_flexion": 80.0,
    "ankle_dorsiflexion": 12.0, "trunk_flexion": 15.0,
}  # fmt: skip
SIDEWAYS = {"shoulder_abduction": 50.0, "hip_abduction": 25.0, "neck_lateral_flexion": 10.0}


def in_room(
    pose: dict[str, ArrayLike],
    times: ArrayLike = (0.0,),
    turn: Rotation | None = None,
    shift: ArrayLike = (0.0, 0.0, 0.0),
    up: ArrayLike = UP,
) -> PoseRecording:
    """Return a recording of a body whose place in the room is known exactly."""
    times = np.asarray(times, dtype=float)
    body = room_body(pose, len(times))
    seen = film(make_camera(30.0), body, times)
    spin = (turn or Rotation.identity()).as_matrix()
    found = np.full(body.shape[:2], 0.9)
    return replace(
        seen,
        triangulated=Triangulated(
            position_m=body @ spin.T + np.asarray(shift),
            reprojection_px=np.zeros(body.shape[:2]),
            confidence=found,
            undecided=np.zeros(len(times), dtype=bool),
            up=np.asarray(up, dtype=float),
        ),
    )


def measure(
    recording: PoseRecording,
    position: Position = Position.STANDING,
    zeros: dict[Side, FootZero] | None = None,
) -> AngleTable:
    whole, poses = clean_room(recording, 30.0, UNFILTERED)
    return measure_room_angles(poses, whole, position, zeros or {})


@pytest.mark.parametrize("angles", [ANGLES, SIDEWAYS], ids=["forward", "sideways"])
def test_each_angle_is_the_bodys_own(angles: dict[str, float]) -> None:
    table = measure(in_room(angles))

    for joint in JOINTS:
        for side in ("left_", "right_") if joint.sided else ("",):
            curve = table[f"{side}{joint.name}"]
            expected = angles.get(joint.name, 0.0)
            if joint.plane.value == ("frontal" if angles is ANGLES else "sagittal"):
                continue
            assert curve.value_deg[0] == pytest.approx(expected, abs=1e-6), curve.name


@given(
    st.floats(-180.0, 180.0),
    st.tuples(*[st.floats(-9.0, 9.0)] * 3),
    st.sampled_from([(0, 0, 1), (0, 0, -1), (0, 1, 0), (0, -1, 0), (1, 0, 0), (-1, 0, 0)]),
)
@settings(max_examples=40, deadline=None)
def test_it_does_not_matter_where_the_person_stands(
    turn_deg: float, shift: tuple[float, ...], up: tuple[float, ...]
) -> None:
    to_up, _ = Rotation.align_vectors(np.array([up], dtype=float), UP[None])
    turn = to_up * Rotation.from_euler("z", turn_deg, degrees=True)

    moved = measure(in_room(ANGLES, turn=turn, shift=shift, up=up))

    for curve, same in zip(moved.curves, measure(in_room(ANGLES)).curves, strict=True):
        np.testing.assert_allclose(curve.value_deg, same.value_deg, atol=1e-6)


def test_left_and_right_are_told_apart() -> None:
    table = measure(in_room({"left_knee_flexion": 50.0, "right_knee_flexion": -6.0}))

    assert table["left_knee_flexion"].value_deg[0] == pytest.approx(50.0)
    assert table["right_knee_flexion"].value_deg[0] == pytest.approx(-6.0)


def test_lean_is_not_given_when_lying() -> None:
    table = measure(in_room(ANGLES), Position.SUPINE)

    assert np.isnan(table["trunk_flexion"].value_deg).all()
    assert np.isfinite(table["left_knee_flexion"].value_deg).all()


def test_a_flat_foots_slope_is_taken_off_the_ankle() -> None:
    times = uniform_times(2.0)
    recording = in_room({"foot_slope": 5.0}, times, Rotation.from_euler("z", 70, degrees=True))
    _, poses = clean_room(recording, 30.0, UNFILTERED)

    zeros = find_room_zeros(poses)
    table = measure(recording, zeros=zeros)

    for side in (Side.LEFT, Side.RIGHT):
        assert zeros[side].slope_deg == pytest.approx(5.0, abs=1e-6)
        assert table[f"{side}_ankle_dorsiflexion"].value_deg == pytest.approx(0.0, abs=1e-6)


def test_short_gaps_are_filled_and_long_ones_stay() -> None:
    times = uniform_times(3.0)
    recording = in_room({"knee_flexion": 20.0 + 10.0 * np.sin(times)}, times)
    room = recording.triangulated
    assert room is not None
    position = np.array(room.position_m)
    position[20:24, 25] = np.nan
    position[50:70, 25] = np.nan
    recording = replace(recording, triangulated=replace(room, position_m=position))

    whole, poses = clean_room(recording, 30.0, CleaningSettings())
    curve = measure_room_angles(poses, whole, Position.STANDING, {})["left_knee_flexion"]

    assert curve.filled[20:24].all()
    assert not curve.filled[:20].any()
    assert np.isnan(curve.value_deg[50:70]).all()
    assert np.max(curve.confidence[20:24]) <= 0.5


def test_a_single_wild_point_is_an_outlier() -> None:
    times = uniform_times(2.0)
    recording = in_room({"knee_flexion": 30.0}, times)
    room = recording.triangulated
    assert room is not None
    position = np.array(room.position_m)
    position[30, 25] += 0.15

    curve = measure(replace(recording, triangulated=replace(room, position_m=position)))[
        "left_knee_flexion"
    ]

    assert curve.value_deg[30] == pytest.approx(30.0, abs=0.1)
    assert curve.filled[30]


def test_limbs_of_unlike_length_give_no_angle() -> None:
    recording = in_room({"knee_flexion": 30.0})
    room = recording.triangulated
    assert room is not None
    position = np.array(room.position_m)
    longer = (position[:, 25] - position[:, 23]) * 0.8
    position[:, [25, 27]] += longer[:, None]  # left knee and ankle

    table = measure(replace(recording, triangulated=replace(room, position_m=position)))

    assert np.isnan(table["left_knee_flexion"].value_deg).all()
    assert np.isfinite(table["left_elbow_flexion"].value_deg).all()


def test_one_cameras_recording_is_refused() -> None:
    with pytest.raises(ValueError, match="must be triangulated"):
        clean_room(make_recording({}), 30.0, UNFILTERED)


def test_a_limb_out_of_a_plane_has_no_such_angle() -> None:
    table = measure(in_room({"shoulder_flexion": 85.0}))

    assert table["left_shoulder_flexion"].value_deg[0] == pytest.approx(85.0)
    assert np.isnan(table["left_shoulder_abduction"].value_deg).all()
