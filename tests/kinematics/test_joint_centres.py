"""Landmarks of hips and knees are moved by what the model says, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import (
    CAMERA_IN_FRONT,
    CAMERA_LEFT,
    hide,
    make_provenance,
    make_recording,
    make_view,
    mirror,
    uniform_times,
    view_from,
)

from motion.kinematics import measure_angles
from motion.kinematics.joint_centres import JointCentreModel, Seen, move_to_joint_centres
from motion.library import find_joint_centre_model
from motion.measuring import measure_recording
from motion.model import Analysis, FloatArray, ModelInfo, PoseRecording, Poses, Position, View
from motion.settings import AnalysisSettings

STARTED_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STANDING = {"hip_flexion": 0.0, "knee_flexion": 0.0}
SQUAT = {"hip_flexion": 80.0, "knee_flexion": 100.0, "trunk_flexion": 30.0}
FITTED = "pose_landmarker_full"


def model(**moves: dict[str, tuple[float, float]]) -> JointCentreModel:
    """``hip_near={"1": (along, across)}``."""
    keyed = {}
    for name, terms in moves.items():
        joint, seen = name.split("_")
        keyed[joint, Seen(seen)] = terms
    return JointCentreModel(version="test", pose_models=("test",), moves=keyed)


EVERYTHING = model(
    hip_near={"1": (0.02, 0.05), "cos_hip": (0.01, -0.02), "sin_hip": (0.03, 0.04)},
    knee_near={"1": (0.05, -0.03), "cos_knee*sin_hip": (0.02, 0.06), "sin_knee": (-0.04, 0.01)},
    hip_far={"1": (0.01, 0.07)},
    knee_far={"1": (0.01, 0.02), "cos_hip": (0.03, 0.01)},
)


def moved(recording: PoseRecording, view: View, by: JointCentreModel = EVERYTHING) -> Poses:
    return move_to_joint_centres(recording.poses(), view, by)


def trunk_px(recording: PoseRecording) -> float:
    poses = recording.poses()
    shoulders = (poses["left_shoulder"] + poses["right_shoulder"]) / 2.0
    hips = (poses["left_hip"] + poses["right_hip"]) / 2.0
    return float(np.linalg.norm((shoulders - hips)[0]))


@pytest.mark.parametrize(("azimuth_deg", "forward_x"), [(90.0, -1.0), (-90.0, 1.0)])
def test_across_the_trunk_is_forward_and_along_it_is_down(
    azimuth_deg: float, forward_x: float
) -> None:
    recording = make_recording(STANDING, azimuth_deg=azimuth_deg)
    near = "left" if azimuth_deg > 0 else "right"
    plain = recording.poses()[f"{near}_hip"]
    view = make_view(azimuth_deg=azimuth_deg)

    forward = moved(recording, view, model(hip_near={"1": (0.0, 0.1)}))[f"{near}_hip"] - plain
    down = moved(recording, view, model(hip_near={"1": (0.1, 0.0)}))[f"{near}_hip"] - plain

    tenth_px = 0.1 * trunk_px(recording)
    np.testing.assert_allclose(forward, [[forward_x * tenth_px, 0.0]], atol=1e-9)
    np.testing.assert_allclose(down, [[0.0, tenth_px]], atol=1e-9)


def test_near_and_far_limb_have_moves_of_their_own() -> None:
    recording = make_recording(STANDING)
    poses, plain = (
        moved(recording, make_view(), model(hip_far={"1": (0.0, 0.1)})),
        recording.poses(),
    )

    np.testing.assert_array_equal(poses["left_hip"], plain["left_hip"])
    assert np.all(poses["right_hip"] != plain["right_hip"], axis=0)[0]
    for name in ("shoulder", "elbow", "ankle", "heel"):
        np.testing.assert_array_equal(poses[f"right_{name}"], plain[f"right_{name}"])


def test_terms_are_cosines_and_sines_of_the_bends() -> None:
    recording = make_recording(SQUAT)
    plain = recording.poses()["left_knee"]

    def size(term: str) -> float:
        by = model(knee_near={term: (0.1, 0.0)})
        return float(np.linalg.norm(moved(recording, make_view(), by)["left_knee"] - plain))

    hip, knee = np.radians(80.0), np.radians(100.0)
    whole = size("1")
    assert size("cos_hip") == pytest.approx(whole * abs(np.cos(hip)), rel=1e-6)
    assert size("sin_knee") == pytest.approx(whole * abs(np.sin(knee)), rel=1e-6)
    assert size("sin_hip*cos_knee") == pytest.approx(
        whole * abs(np.sin(hip) * np.cos(knee)), rel=1e-6
    )


def test_a_known_offset_of_the_hip_is_undone() -> None:
    recording = make_recording({"hip_flexion": 10.0, "knee_flexion": 20.0})
    true_deg = measure(recording, None)["left_knee_flexion"]
    shifted_px = np.array(recording.image_px)
    by = model(hip_near={"1": (0.0, -0.08)}, hip_far={"1": (0.0, -0.08)})
    back = moved(recording, make_view(), by)
    for side in ("left", "right"):
        row = back.landmarks.index(f"{side}_hip")
        shifted_px[:, row] -= back.position[:, row] - shifted_px[:, row]
    wrong = replace(recording, image_px=shifted_px)

    # The trunk's own line turns with the hips, so one move back is right to within a degree.
    assert abs(measure(wrong, None)["left_knee_flexion"] - true_deg) > 4.0
    assert measure(wrong, by)["left_knee_flexion"] == pytest.approx(true_deg, abs=1.0)


def measure(recording: PoseRecording, by: JointCentreModel | None) -> dict[str, float]:
    table = measure_angles(recording.poses(), recording, make_view(), Position.STANDING, centres=by)
    return {curve.name: float(curve.value_deg[0]) for curve in table.measured}


def test_only_knee_hip_and_trunk_are_made_of_joint_centres() -> None:
    recording = make_recording(SQUAT | {"shoulder_flexion": 40.0, "elbow_flexion": 20.0})
    plain, centred = measure(recording, None), measure(recording, EVERYTHING)

    changed = {name for name in plain if abs(plain[name] - centred[name]) > 1e-9}
    assert changed == {"left_knee_flexion", "left_hip_flexion", "trunk_flexion"}


@pytest.mark.parametrize("azimuth_deg", [CAMERA_IN_FRONT, 180.0])
def test_from_the_front_nothing_moves(azimuth_deg: float) -> None:
    recording = make_recording(SQUAT, azimuth_deg=azimuth_deg)
    poses = moved(recording, view_from(azimuth_deg))
    np.testing.assert_allclose(poses.position, recording.poses().position, atol=1e-9)


def test_an_unknown_view_moves_nothing() -> None:
    recording = make_recording(SQUAT)
    unknown = replace(make_view(), azimuth_deg=float("nan"))
    assert moved(recording, unknown).position is not None
    np.testing.assert_array_equal(moved(recording, unknown).position, recording.poses().position)


def test_half_way_to_the_front_moves_half_as_far() -> None:
    square, oblique = make_recording(STANDING), make_recording(STANDING, azimuth_deg=45.0)
    by = model(hip_near={"1": (0.1, 0.0)})

    def move(recording: PoseRecording, azimuth_deg: float) -> FloatArray:
        view = view_from(azimuth_deg)
        return moved(recording, view, by)["left_hip"] - recording.poses()["left_hip"]

    np.testing.assert_allclose(move(oblique, 45.0), 0.5 * move(square, 90.0), atol=1e-6)


def test_what_was_not_seen_stays_missing_and_moves_nothing() -> None:
    recording = hide(make_recording(SQUAT, uniform_times(0.2)), [2], ["left_knee", "left_ankle"])
    poses, plain = moved(recording, make_view()), recording.poses()

    np.testing.assert_array_equal(np.isnan(poses.position), np.isnan(plain.position))
    alone = moved(recording, make_view(), model(hip_near={"sin_hip": (0.1, 0.1)}))
    np.testing.assert_array_equal(alone["left_hip"][2], plain["left_hip"][2])
    assert np.any(alone["left_hip"][1] != plain["left_hip"][1])


@settings(deadline=None)
@given(
    scale_px=st.floats(40.0, 900.0),
    turned_deg=st.floats(-180.0, 180.0),
    x=st.floats(-500.0, 500.0),
    hip_deg=st.floats(0.0, 120.0),
    knee_deg=st.floats(0.0, 130.0),
)
def test_size_place_and_turn_of_the_picture_change_no_angle(
    scale_px: float, turned_deg: float, x: float, hip_deg: float, knee_deg: float
) -> None:
    pose = {"hip_flexion": hip_deg, "knee_flexion": knee_deg}
    plain = measure(make_recording(pose), EVERYTHING)
    other = measure(
        make_recording(pose, scale_px=scale_px, clockwise_deg=turned_deg, centre_px=(x, 250.0)),
        EVERYTHING,
    )
    for name in ("left_knee_flexion", "left_hip_flexion"):
        assert other[name] == pytest.approx(plain[name], abs=1e-6)


def test_the_mirrored_person_is_moved_alike() -> None:
    recording = make_recording(SQUAT)
    other_view = make_view(azimuth_deg=-CAMERA_LEFT)
    poses = moved(recording, make_view())
    mirrored = moved(mirror(recording), other_view)
    flipped = poses["left_knee"] * [-1, 1] + [recording.width_px, 0]
    np.testing.assert_allclose(mirrored["right_knee"], flipped, atol=1e-6)


@pytest.mark.parametrize("term", ["cos_wrist", "tan_hip", "cos_hip*", "2"])
def test_an_unknown_term_is_refused(term: str) -> None:
    table = {"version": "1", "pose_models": [], "hip": {"near": {term: [0.0, 0.0]}}}
    with pytest.raises(ValueError, match="expected 1 or a product"):
        JointCentreModel.parse(table)


def test_a_model_serves_the_pose_model_it_was_fitted_on_alone() -> None:
    fitted = find_joint_centre_model(FITTED)
    assert fitted is not None
    assert fitted.pose_models == (FITTED,)
    assert find_joint_centre_model("pose_landmarker_lite") is None


def analyse(pose_model: str, settings: AnalysisSettings) -> Analysis:
    recording = make_recording(SQUAT, uniform_times(2.0))
    provenance = replace(
        make_provenance(recording), model=ModelInfo(name=pose_model, sha256="0" * 64)
    )
    return measure_recording(recording, settings, provenance, STARTED_AT)


def test_the_result_says_what_was_moved_and_raw_leaves_it() -> None:
    fitted = find_joint_centre_model(FITTED)
    assert fitted is not None
    corrected = analyse(FITTED, AnalysisSettings())
    raw = analyse(FITTED, AnalysisSettings(joint_centres=False))
    other = analyse("of_my_own", AnalysisSettings())

    said = [dict(a.provenance.settings)["joint_centres"] for a in (corrected, raw, other)]
    assert said == [fitted.version, "plain landmarks", "plain landmarks"]
    knees = [a.angles["left_knee_flexion"].value_deg[0] for a in (corrected, raw, other)]
    assert knees[1] == pytest.approx(100.0, abs=0.01)
    assert knees[2] == knees[1]
    assert knees[0] > knees[1] + 2.0, "a landmark's knee reads too straight"
