"""Each angle of the joint table against bodies posed by hand."""

from dataclasses import replace

import numpy as np
import pytest
from makers import (
    CAMERA_BEHIND,
    CAMERA_IN_FRONT,
    CAMERA_LEFT,
    CAMERA_RIGHT,
    make_recording,
    make_view,
    raw_poses,
    view_from,
)

from motion.kinematics import JOINTS, estimate_view, find_joint, measure_angles
from motion.kinematics.planar import angle_between, wrap_to_branch
from motion.model import LANDMARKS, AngleTable, PoseRecording, Position, ViewName

SIDE_CAMERAS = [("left", CAMERA_LEFT), ("right", CAMERA_RIGHT)]
PLAIN_CAMERAS = [CAMERA_IN_FRONT, CAMERA_BEHIND]


def measure(
    recording: PoseRecording,
    position: Position = Position.STANDING,
    azimuth_deg: float | None = None,
) -> AngleTable:
    """Measure without cleaning, so that only the geometry answers.

    Of a body with one limb raised the view is told within a few degrees only: where the angle
    must be exact, the camera's place is given.
    """
    view = estimate_view(recording) if azimuth_deg is None else view_from(azimuth_deg)
    return measure_angles(raw_poses(recording), recording, view, position)


def angle_of(name: str, recording: PoseRecording, azimuth_deg: float | None = None) -> float:
    return float(measure(recording, azimuth_deg=azimuth_deg)[name].value_deg[0])


SAGITTAL_CASES = [
    ("knee_flexion", [-10, 0, 5, 60, 90, 150]),
    ("elbow_flexion", [-10, 0, 60, 145]),
    ("shoulder_flexion", [-60, -20, 0, 90, 175, 180, 185, 200]),
    ("hip_flexion", [-20, 0, 45, 90, 120]),
    ("ankle_dorsiflexion", [-45, 0, 15, 30]),
]
FRONTAL_CASES = [
    ("shoulder_abduction", [-20, 0, 90, 175, 180, 185]),
    ("hip_abduction", [-20, 0, 30, 45]),
]


@pytest.mark.parametrize(("side", "azimuth_deg"), SIDE_CAMERAS)
@pytest.mark.parametrize(
    ("angle", "true_deg"), [(name, deg) for name, values in SAGITTAL_CASES for deg in values]
)
def test_sagittal_angle_of_the_near_side(
    angle: str, true_deg: float, side: str, azimuth_deg: float
) -> None:
    recording = make_recording({f"{side}_{angle}": true_deg}, azimuth_deg=azimuth_deg)

    found_deg = angle_of(f"{side}_{angle}", recording, azimuth_deg)
    assert found_deg == pytest.approx(true_deg, abs=1e-6)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("azimuth_deg", PLAIN_CAMERAS)
@pytest.mark.parametrize(
    ("angle", "true_deg"), [(name, deg) for name, values in FRONTAL_CASES for deg in values]
)
def test_frontal_angle_of_either_side_from_front_and_back(
    angle: str, true_deg: float, azimuth_deg: float, side: str
) -> None:
    recording = make_recording({f"{side}_{angle}": true_deg}, azimuth_deg=azimuth_deg)
    other = "right" if side == "left" else "left"

    found = measure(recording, azimuth_deg=azimuth_deg)
    assert found[f"{side}_{angle}"].value_deg[0] == pytest.approx(true_deg, abs=1e-6)
    assert found[f"{other}_{angle}"].value_deg[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("azimuth_deg", [CAMERA_LEFT, CAMERA_RIGHT])
@pytest.mark.parametrize("true_deg", [-15, 0, 45, 100])
def test_trunk_leaning_forward_is_positive_whichever_way_the_person_faces(
    true_deg: float, azimuth_deg: float
) -> None:
    recording = make_recording({"trunk_flexion": true_deg}, azimuth_deg=azimuth_deg)

    assert angle_of("trunk_flexion", recording) == pytest.approx(true_deg, abs=1e-6)


@pytest.mark.parametrize("azimuth_deg", PLAIN_CAMERAS)
@pytest.mark.parametrize("angle", ["trunk_lateral_flexion", "neck_lateral_flexion"])
@pytest.mark.parametrize("true_deg", [-35, -5, 0, 20, 40])
def test_side_bend_is_positive_to_the_persons_right(
    true_deg: float, angle: str, azimuth_deg: float
) -> None:
    recording = make_recording({angle: true_deg}, azimuth_deg=azimuth_deg)

    assert angle_of(angle, recording) == pytest.approx(true_deg, abs=1e-6)


def test_the_body_itself_is_built_as_said() -> None:
    """Signs by hand, on the picture: camera in front, the person's right is at the left."""
    front = make_recording({"trunk_lateral_flexion": 20}, azimuth_deg=CAMERA_IN_FRONT).poses()
    side = make_recording({"left_knee_flexion": 60}, azimuth_deg=CAMERA_LEFT).poses()

    assert front["right_shoulder"][0, 0] < front["left_shoulder"][0, 0]
    assert front["right_shoulder"][0, 1] > front["left_shoulder"][0, 1], "the right one is lower"
    assert side["nose"][0, 0] < side["left_ear"][0, 0], "faces left"
    assert side["left_ankle"][0, 0] > side["left_knee"][0, 0], "the shank points backwards"


def test_neck_bend_does_not_count_what_the_trunk_does() -> None:
    pose = {"trunk_lateral_flexion": 15, "neck_lateral_flexion": 25}
    recording = make_recording(pose, azimuth_deg=CAMERA_IN_FRONT)

    assert angle_of("neck_lateral_flexion", recording) == pytest.approx(25, abs=1e-6)
    assert angle_of("trunk_lateral_flexion", recording) == pytest.approx(15, abs=1e-6)


def test_shoulder_is_measured_against_the_trunk_and_not_the_wall() -> None:
    leaning = {"trunk_lateral_flexion": 15, "right_shoulder_abduction": 90}

    assert angle_of(
        "right_shoulder_abduction", make_recording(leaning, azimuth_deg=CAMERA_IN_FRONT)
    ) == pytest.approx(90, abs=1e-6)
    bowing = {"trunk_flexion": 30, "left_shoulder_flexion": 120, "left_hip_flexion": 30}
    assert angle_of("left_shoulder_flexion", make_recording(bowing)) == pytest.approx(120, abs=1e-6)


def test_hip_is_measured_against_the_trunk() -> None:
    bowing = make_recording({"trunk_flexion": 40, "hip_flexion": 40})

    assert angle_of("left_hip_flexion", bowing) == pytest.approx(40, abs=1e-6)


def test_hip_abduction_is_measured_against_the_line_between_the_hips() -> None:
    hiking = {"pelvis_lateral": 12, "right_hip_abduction": 25}
    recording = make_recording(hiking, azimuth_deg=CAMERA_IN_FRONT)

    found_deg = angle_of("right_hip_abduction", recording, CAMERA_IN_FRONT)
    assert found_deg == pytest.approx(25, abs=1e-6)


def test_arm_going_overhead_does_not_jump() -> None:
    arm_deg = np.linspace(150, 200, 101)
    recording = make_recording({"left_shoulder_flexion": arm_deg}, np.arange(101) / 30.0)

    np.testing.assert_allclose(
        measure(recording)["left_shoulder_flexion"].value_deg, arm_deg, atol=1e-6
    )


def test_knee_near_straight_keeps_its_values() -> None:
    """The folding of unwrapped angles: 55, 58, -10 stay as they are (peers.md 5a)."""
    knee_deg = np.array([55.0, 58, -10, 58, 60])
    recording = make_recording({"left_knee_flexion": knee_deg}, np.arange(5) / 30.0)

    np.testing.assert_allclose(measure(recording)["left_knee_flexion"].value_deg, knee_deg)


def test_a_knee_that_passes_through_ninety_and_more_does_not_fold() -> None:
    elbow_deg = np.array([10.0, 40, 70, 165, 170])
    recording = make_recording({"left_elbow_flexion": elbow_deg}, np.arange(5) / 30.0)

    np.testing.assert_allclose(measure(recording)["left_elbow_flexion"].value_deg, elbow_deg)


@pytest.mark.parametrize(
    ("angle", "impossible_deg"),
    [("knee_flexion", -60), ("elbow_flexion", 185), ("hip_flexion", -90)],
)
def test_what_no_body_can_do_is_missing(angle: str, impossible_deg: float) -> None:
    recording = make_recording({f"left_{angle}": impossible_deg})
    curve = measure(recording)[f"left_{angle}"]

    assert np.isnan(curve.value_deg[0])
    assert np.isnan(curve.confidence[0])
    assert not curve.filled[0]


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_branch_is_closed_at_both_ends_and_cut_where_nothing_can_be(joint: object) -> None:
    low, high = find_joint(joint.name).branch_deg  # type: ignore[attr-defined]
    inside = np.linspace(low, high - 1e-6, 40)

    wrapped = wrap_to_branch((inside + 180.0) % 360.0 - 180.0, (low, high))

    np.testing.assert_allclose(wrapped, inside, atol=1e-9)
    if high - low < 350:
        assert np.all(np.isnan(wrap_to_branch(np.array([low - 1.0, high + 1.0]), (low, high))))


def test_branches_are_those_of_the_clinical_rules() -> None:
    branches = {joint.joint: joint.branch_deg for joint in JOINTS}

    assert branches["shoulder"] == (-90, 270)
    assert branches["hip"] == (-60, 180)
    assert branches["knee"] == branches["elbow"] == (-40, 170)


def test_every_named_angle_of_the_interface_is_in_the_table() -> None:
    assert [joint.name for joint in JOINTS if joint.sided] == [
        "shoulder_flexion",
        "shoulder_abduction",
        "elbow_flexion",
        "hip_flexion",
        "hip_abduction",
        "knee_flexion",
        "ankle_dorsiflexion",
    ]
    assert [joint.name for joint in JOINTS if not joint.sided] == [
        "trunk_flexion",
        "trunk_lateral_flexion",
        "neck_lateral_flexion",
    ]
    assert all(joint.zero and joint.positive and joint.source for joint in JOINTS)


def test_an_unknown_angle_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="wrist_flexion"):
        find_joint("wrist_flexion")


def test_angle_between_is_signed_and_spans_the_circle() -> None:
    start = np.tile([1.0, 0.0], (4, 1))
    end = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, -3.0], [-1.0, 0.0]])

    np.testing.assert_allclose(angle_between(start, end), [0.0, 90.0, -90.0, 180.0])


# ---------------------------------------------------------------- what a view shows


@pytest.mark.parametrize(("near", "azimuth_deg"), SIDE_CAMERAS)
def test_side_view_leaves_the_far_limb_and_the_other_plane_empty(
    near: str, azimuth_deg: float
) -> None:
    recording = make_recording({"knee_flexion": 40}, azimuth_deg=azimuth_deg)
    given = {curve.name for curve in measure(recording).measured}

    assert given == {
        *(f"{near}_{name}" for name, _ in SAGITTAL_CASES),
        "trunk_flexion",
    }


@pytest.mark.parametrize("azimuth_deg", PLAIN_CAMERAS)
def test_frontal_view_gives_both_sides_of_the_frontal_plane_only(azimuth_deg: float) -> None:
    recording = make_recording({}, azimuth_deg=azimuth_deg)
    given = {curve.name for curve in measure(recording).measured}

    assert given == {
        *(f"{side}_{name}" for side in ("left", "right") for name, _ in FRONTAL_CASES),
        "trunk_lateral_flexion",
        "neck_lateral_flexion",
    }


@pytest.mark.parametrize(
    ("azimuth_deg", "given", "left_out"),
    [
        (60.0, "left_shoulder_flexion", "left_shoulder_abduction"),
        (30.0, "left_shoulder_abduction", "left_shoulder_flexion"),
        (60.0, "left_hip_flexion", "left_hip_abduction"),
        (120.0, "trunk_flexion", "trunk_lateral_flexion"),
        (30.0, "left_knee_flexion", "trunk_flexion"),
        (25.0, "neck_lateral_flexion", "left_knee_flexion"),
    ],
)
def test_oblique_view_gives_the_nearer_planes_angle(
    azimuth_deg: float, given: str, left_out: str
) -> None:
    recording = make_recording({}, azimuth_deg=azimuth_deg)
    table = measure(recording, azimuth_deg=azimuth_deg)
    measured = {curve.name for curve in table.measured}

    assert estimate_view(recording).name is ViewName.OBLIQUE
    assert given in measured
    assert left_out not in measured


@pytest.mark.parametrize(
    "position", [Position.SUPINE, Position.PRONE, Position.SIDE_LYING], ids=str
)
def test_lean_from_the_vertical_is_not_given_when_lying(position: Position) -> None:
    table = measure(make_recording({"left_knee_flexion": 40}, clockwise_deg=90), position)
    plain = measure(make_recording({}, azimuth_deg=CAMERA_IN_FRONT), position)

    assert np.isnan(table["trunk_flexion"].value_deg[0])
    assert np.isnan(plain["trunk_lateral_flexion"].value_deg[0])
    assert table["left_knee_flexion"].value_deg[0] == pytest.approx(40, abs=1e-6)
    assert plain["neck_lateral_flexion"].value_deg[0] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("side", "azimuth_deg"), SIDE_CAMERAS)
@pytest.mark.parametrize("clockwise_deg", [-90, 90])
def test_a_lying_body_has_the_same_joint_angles(
    clockwise_deg: float, side: str, azimuth_deg: float
) -> None:
    pose = {f"{side}_knee_flexion": 70, f"{side}_hip_flexion": 50}
    recording = make_recording(pose, azimuth_deg=azimuth_deg, clockwise_deg=clockwise_deg)
    table = measure(recording, Position.SUPINE)

    assert table[f"{side}_knee_flexion"].value_deg[0] == pytest.approx(70, abs=1e-6)
    assert table[f"{side}_hip_flexion"].value_deg[0] == pytest.approx(50, abs=1e-6)


@pytest.mark.parametrize("clockwise_deg", [-90, 90])
def test_hip_abduction_of_a_person_lying_on_the_side(clockwise_deg: float) -> None:
    recording = make_recording(
        {"right_hip_abduction": 35}, azimuth_deg=CAMERA_IN_FRONT, clockwise_deg=clockwise_deg
    )
    table = measure(recording, Position.SIDE_LYING)

    assert table["right_hip_abduction"].value_deg[0] == pytest.approx(35, abs=1e-6)


def test_confidence_is_that_of_the_worst_landmark() -> None:
    recording = make_recording({"left_knee_flexion": 40}, visibility=0.9)
    visibility = np.array(recording.visibility)
    visibility[:, LANDMARKS.index("left_ankle")] = 0.7
    recording = replace(recording, visibility=visibility)
    table = measure_angles(raw_poses(recording), recording, make_view(), Position.STANDING)

    assert table["left_knee_flexion"].confidence[0] == pytest.approx(0.7)
    assert np.isnan(table["right_knee_flexion"].confidence[0])


def test_an_unknown_view_gives_nothing() -> None:
    recording = make_recording({})
    table = measure_angles(
        raw_poses(recording), recording, make_view(ViewName.UNKNOWN), Position.STANDING
    )

    assert table.measured == ()


def test_points_of_a_length_of_nothing_do_not_warn() -> None:
    """All landmarks on one spot: atan2(0, 0) is defined, nothing divides."""
    recording = make_recording({}, scale_px=0.0)

    assert np.isfinite(measure(recording)["left_knee_flexion"].value_deg[0])
