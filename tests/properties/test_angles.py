"""What must hold of the angles of any body, however it stands in the picture."""

from hypothesis import given, settings
from hypothesis import strategies as st
from makers import make_recording, make_view, mirror, raw_poses, view_from

from motion.kinematics import JOINTS, estimate_view, find_joint, measure_angles
from motion.model import AngleTable, PoseRecording, Position, View, ViewName

quick = settings(deadline=None, max_examples=35)
AGAINST_GRAVITY = {joint.name for joint in JOINTS if joint.needs_upright}

sagittal_pose = st.fixed_dictionaries(
    {
        "shoulder_flexion": st.floats(-60, 200),
        "elbow_flexion": st.floats(-10, 150),
        "hip_flexion": st.floats(-30, 130),
        "knee_flexion": st.floats(-10, 150),
        "ankle_dorsiflexion": st.floats(-50, 30),
        "trunk_flexion": st.floats(-20, 90),
    }
)
frontal_pose = st.fixed_dictionaries(
    {
        **{f"{side}_shoulder_abduction": st.floats(-30, 200) for side in ("left", "right")},
        **{f"{side}_hip_abduction": st.floats(-30, 50) for side in ("left", "right")},
        "trunk_lateral_flexion": st.floats(-40, 40),
        "neck_lateral_flexion": st.floats(-40, 40),
        "pelvis_lateral": st.floats(-10, 10),
    }
)
side_camera = st.sampled_from([90.0, -90.0])
plain_camera = st.sampled_from([0.0, 180.0])
any_camera = st.floats(-180, 180)


def measure(recording: PoseRecording, view: View | None = None) -> AngleTable:
    return measure_angles(
        raw_poses(recording), recording, view or estimate_view(recording), Position.STANDING
    )


def values(table: AngleTable) -> dict[str, float]:
    return {curve.name: float(curve.value_deg[0]) for curve in table.measured}


def assert_same(found: dict[str, float], wanted: dict[str, float], atol: float = 1e-6) -> None:
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        assert abs(found[name] - value) <= atol, name


@quick
@given(sagittal_pose, side_camera)
def test_every_sagittal_angle_comes_back_as_posed(
    pose: dict[str, float], azimuth_deg: float
) -> None:
    recording = make_recording(pose, azimuth_deg=azimuth_deg)
    found = values(measure(recording, view_from(azimuth_deg)))
    near = "left" if azimuth_deg > 0 else "right"

    assert_same(
        found, {n if n == "trunk_flexion" else f"{near}_{n}": value for n, value in pose.items()}
    )


@quick
@given(frontal_pose, plain_camera)
def test_every_frontal_angle_comes_back_as_posed(
    pose: dict[str, float], azimuth_deg: float
) -> None:
    recording = make_recording(pose, azimuth_deg=azimuth_deg)
    found = values(measure(recording, view_from(azimuth_deg)))

    assert_same(found, {name: value for name, value in pose.items() if name != "pelvis_lateral"})


@quick
@given(
    st.one_of(sagittal_pose, frontal_pose),
    any_camera,
    st.floats(20, 2000),
    st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)),
)
def test_size_and_place_in_the_picture_change_no_angle(
    pose: dict[str, float], azimuth_deg: float, scale_px: float, centre_px: tuple[float, float]
) -> None:
    plain = make_recording(pose, azimuth_deg=azimuth_deg)
    moved = make_recording(pose, azimuth_deg=azimuth_deg, scale_px=scale_px, centre_px=centre_px)

    # These bodies are filmed without perspective: elsewhere in the picture the same shape means
    # a camera elsewhere, so its place is given (test_azimuth.py moves people in perspective).
    view = estimate_view(plain)
    assert_same(values(measure(moved, view)), values(measure(plain, view)), atol=1e-5)


@quick
@given(
    st.one_of(sagittal_pose, frontal_pose),
    st.sampled_from([0.0, 90.0, -90.0, 180.0]),
    st.floats(-15, 15),
)
def test_turning_the_picture_turns_only_angles_against_gravity(
    pose: dict[str, float], azimuth_deg: float, clockwise_deg: float
) -> None:
    view = view_from(azimuth_deg)
    plain = values(measure(make_recording(pose, azimuth_deg=azimuth_deg), view))
    turned = values(
        measure(make_recording(pose, azimuth_deg=azimuth_deg, clockwise_deg=clockwise_deg), view)
    )
    # Clockwise on the picture is forward for who faces right, and to the person's left for
    # who is seen from the front.
    sign = {0.0: -1.0, 180.0: 1.0, -90.0: 1.0, 90.0: -1.0}[azimuth_deg]

    for name, value in plain.items():
        shift_deg = sign * clockwise_deg if name in AGAINST_GRAVITY else 0.0
        low, high = find_joint(name.removeprefix("left_").removeprefix("right_")).branch_deg
        if low + 1 < value + shift_deg < high - 1:
            assert abs(turned[name] - value - shift_deg) < 1e-6, name


@quick
@given(st.one_of(sagittal_pose, frontal_pose), any_camera)
def test_mirroring_swaps_the_sides_and_the_sign_of_side_bends(
    pose: dict[str, float], azimuth_deg: float
) -> None:
    recording = make_recording(pose, azimuth_deg=azimuth_deg)
    plain, mirrored = values(measure(recording)), values(measure(mirror(recording)))
    wanted = {}
    for name, value in plain.items():
        swapped = name.replace("left_", "R_").replace("right_", "left_").replace("R_", "right_")
        wanted[swapped] = -value if name.endswith("lateral_flexion") else value

    assert_same(mirrored, wanted)


@quick
@given(st.floats(-10, 150), st.floats(0, 18))
def test_a_slightly_turned_camera_errs_a_little_and_keeps_the_sign(
    knee_deg: float, yaw_deg: float
) -> None:
    view = make_view(ViewName.SAGITTAL, 90.0)
    recording = make_recording({"left_knee_flexion": knee_deg}, azimuth_deg=90.0 + yaw_deg)
    found = measure(recording, view)["left_knee_flexion"].value_deg[0]

    assert abs(found - knee_deg) < 4.0
