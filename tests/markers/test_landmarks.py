"""From markers to landmarks and their angles, on bodies whose joints and angles are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import Floats
from marker_makers import (
    UP,
    dress_clusters,
    dress_plug_in_gait,
    joint,
    make_markers,
    walking_body,
    walking_pose,
)
from scipy.spatial.transform import Rotation

from motion.errors import InputError, NoPersonError
from motion.library import load_marker_sets
from motion.looking import look_into_room
from motion.markers import MarkerRecording, recognise_set, to_recording
from motion.model import LANDMARKS, MIRROR, PoseRecording
from motion.settings import AnalysisSettings

TIME_S, BODY = walking_body()
LEGS = [f"{side}_{name}" for side in ("left", "right")
        for name in ("hip", "knee", "ankle", "heel", "foot_index")]  # fmt: skip
PLAIN = dict(zip(LANDMARKS, np.moveaxis(BODY, 1, 0), strict=True))
DRESSES = {
    "plug_in_gait": dress_plug_in_gait(BODY),
    "opensim_gait2354": dress_clusters(BODY),
    "landmarks": PLAIN,
}


def place(markers: MarkerRecording) -> PoseRecording:
    return to_recording(markers, recognise_set(markers.names, load_marker_sets()))


def placed(recording: PoseRecording, name: str) -> Floats:
    assert recording.triangulated is not None
    return joint(recording.triangulated.position_m, name)


@pytest.mark.parametrize("dress", list(DRESSES))
def test_the_joints_of_the_legs_are_the_bodys(dress: str) -> None:
    found = place(make_markers(TIME_S, DRESSES[dress]))

    for name in LEGS:
        wanted = joint(BODY, name)
        if dress == "opensim_gait2354" and name.endswith("ankle"):
            # The made-up body's foot turns about a point 5 cm below its ankle.
            shank = wanted - joint(BODY, name.replace("ankle", "knee"))
            wanted = wanted + 0.05 * shank / np.linalg.norm(shank, axis=1, keepdims=True)
        np.testing.assert_allclose(placed(found, name), wanted, atol=2e-6, err_msg=name)


@pytest.mark.parametrize("dress", list(DRESSES))
def test_angles_are_those_of_the_pose(dress: str) -> None:
    found = look_into_room(
        place(make_markers(TIME_S, DRESSES[dress])), AnalysisSettings(), rate_hz=100.0
    )
    wanted = walking_pose(TIME_S)
    inner = slice(20, -20)  # the filter bends the ends of the take

    for curve in found.table.curves:
        if curve.name in wanted and curve.joint != "ankle":  # the ankle's zero is the flat foot's
            np.testing.assert_allclose(
                curve.value_deg[inner], wanted[curve.name][inner], atol=0.1, err_msg=curve.name
            )
    knees = [curve for curve in found.table.curves if curve.joint == "knee"]
    assert all(np.isfinite(curve.value_deg).all() for curve in knees)


def test_what_the_set_lacks_is_missing_and_nothing_else() -> None:
    found = place(make_markers(TIME_S, DRESSES["plug_in_gait"]))
    seen = {*LEGS, "left_shoulder", "right_shoulder"}

    for at, name in enumerate(LANDMARKS):
        there = name in seen
        assert np.isfinite(placed(found, name)).all() == there
        assert (found.visibility[:, at] == 1.0).all() == there
        assert np.isnan(found.visibility[:, at]).all() != there


def test_a_marker_missing_in_a_frame_takes_what_stands_on_it_along() -> None:
    markers = {name: np.array(place_m) for name, place_m in DRESSES["plug_in_gait"].items()}
    markers["LKNE"][7] = np.nan
    found = place(make_markers(TIME_S, markers))
    missing = {name for name in LANDMARKS if np.isnan(placed(found, name)[7]).any()}
    before = {name for name in LANDMARKS if np.isnan(placed(found, name)[6]).any()}

    assert missing - before == {"left_knee", "left_ankle"}


def test_without_widths_the_usual_ones_are_taken() -> None:
    """They are the ones that the body was dressed for."""
    found = place(make_markers(TIME_S, DRESSES["plug_in_gait"], widths=False))

    np.testing.assert_allclose(placed(found, "left_knee"), joint(BODY, "left_knee"), atol=1e-9)


def test_one_sacral_marker_stands_for_both_back_spines() -> None:
    markers = dict(DRESSES["plug_in_gait"])
    markers["SACR"] = (markers.pop("LPSI") + markers.pop("RPSI")) / 2.0
    found = place(make_markers(TIME_S, markers))

    np.testing.assert_allclose(placed(found, "left_hip"), joint(BODY, "left_hip"), atol=1e-9)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_up_is_found_from_the_feet_to_the_hips(axis: int, sign: float) -> None:
    up = sign * np.eye(3)[axis]
    turn, _ = Rotation.align_vectors(up[None], UP[None])
    markers = {name: turn.apply(each) for name, each in PLAIN.items()}
    found = place(make_markers(TIME_S, markers)).triangulated

    assert found is not None
    np.testing.assert_allclose(found.up, up, atol=1e-12)


def test_the_files_word_on_up_counts() -> None:
    """Somebody who lies has the hips beside the feet."""
    lying = Rotation.from_euler("y", 90.0, degrees=True)
    markers = {name: lying.apply(each) for name, each in PLAIN.items()}
    found = place(make_markers(TIME_S, markers, up=UP)).triangulated

    assert found is not None
    np.testing.assert_array_equal(found.up, UP)


@given(st.floats(-180.0, 180.0), st.floats(-5.0, 5.0), st.floats(-5.0, 5.0))
def test_the_side_view_does_not_care_where_the_walk_lies(
    turn_deg: float, x_m: float, y_m: float
) -> None:
    turn = Rotation.from_euler("z", turn_deg, degrees=True)
    moved = {name: turn.apply(each) + np.array([x_m, y_m, 0.0]) for name, each in PLAIN.items()}
    plain, found = (place(make_markers(TIME_S, each, up=UP)) for each in (PLAIN, moved))

    np.testing.assert_allclose(found.image_px, plain.image_px, atol=1e-6)
    np.testing.assert_allclose(found.world_m, plain.world_m, atol=1e-8)


def test_the_side_view_goes_right_at_two_hundred_pixels_a_metre() -> None:
    found = place(make_markers(TIME_S, PLAIN, up=UP))
    hip, toe = (found.image_px[:, LANDMARKS.index(n)] for n in ("left_hip", "left_foot_index"))
    ear = found.image_px[:, LANDMARKS.index("left_ear")]

    assert hip[-1, 0] - hip[0, 0] == pytest.approx(200.0 * TIME_S[-1])
    assert (ear[:, 1] < toe[:, 1]).all()
    assert np.nanmin(found.image_px) == pytest.approx(50.0)
    assert np.nanmax(found.image_px[..., 0]) <= found.width_px - 49.0
    assert np.nanmax(found.image_px[..., 1]) <= found.height_px - 49.0


def test_the_right_side_is_nearer_in_the_side_view() -> None:
    found = place(make_markers(TIME_S, PLAIN, up=UP))
    left, right = (found.world_m[:, LANDMARKS.index(f"{s}_hip"), 2] for s in ("left", "right"))

    assert (left > right).all()


def test_who_stays_in_place_faces_right() -> None:
    _, still = walking_body(speed_m_s=0.0)
    backwards = still * [-1.0, -1.0, 1.0]
    found = place(make_markers(TIME_S, dict(zip(LANDMARKS, np.moveaxis(backwards, 1, 0),
                                                strict=True))))  # fmt: skip
    heel, toe = (found.image_px[:, LANDMARKS.index(f"left_{n}")] for n in ("heel", "foot_index"))

    assert (toe[:, 0] > heel[:, 0]).all()


def test_two_peoples_markers_are_refused() -> None:
    two = {f"{who}:{name}": each for who in ("Anna", "Ben") for name, each in PLAIN.items()}

    with pytest.raises(InputError, match=r"is there of 'Anna' and of 'Ben'; export one person's"):
        place(make_markers(TIME_S, two))


@pytest.mark.parametrize("factor", [0.001, 1000.0])
def test_a_wrong_unit_is_refused(factor: float) -> None:
    markers = {name: factor * each for name, each in PLAIN.items()}

    with pytest.raises(InputError, match="m from the heels, expected"):
        place(make_markers(TIME_S, markers))


def test_a_lost_marker_a_long_way_off_is_refused() -> None:
    markers = {name: np.array(each) for name, each in PLAIN.items()}
    markers["nose"][3] = 500.0

    with pytest.raises(InputError, match="reach over 501 m, expected at most 100"):
        place(make_markers(TIME_S, markers))


def test_feet_never_seen_are_nobody() -> None:
    markers = PLAIN | {"left_heel": np.full_like(PLAIN["left_heel"], np.nan)}

    with pytest.raises(NoPersonError, match="no frame holds both feet and hips"):
        place(make_markers(TIME_S, markers))


def test_a_recording_says_what_shape_it_wants() -> None:
    with pytest.raises(ValueError, match=r"position_m must have shape \(201, 33, 3\)"):
        replace(make_markers(TIME_S, PLAIN), position_m=np.zeros((201, 2, 3)))


@pytest.mark.parametrize("dress", ["plug_in_gait", "opensim_gait2354"])
def test_the_mirrored_body_has_its_sides_exchanged(dress: str) -> None:
    flip = {"L": "R", "R": "L"}
    markers = DRESSES[dress]
    mirrored = {
        flip.get(name[0], name[0]) + name[1:]: each * [1.0, -1.0, 1.0]
        for name, each in markers.items()
    }
    plain, found = (place(make_markers(TIME_S, each)) for each in (markers, mirrored))

    for name in LEGS:
        other = LANDMARKS[MIRROR[LANDMARKS.index(name)]]
        np.testing.assert_allclose(
            placed(found, other), placed(plain, name) * [1.0, -1.0, 1.0], atol=2e-6
        )
