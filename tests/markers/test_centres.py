"""Joint centres from markers on the skin, on bodies for which they are known."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from makers import Floats
from marker_makers import dress_clusters, dress_pelvis, joint, walking_body
from scipy.spatial.transform import Rotation

from motion.markers.centres import find_chord_centre, find_hip_centres
from motion.markers.hinges import find_hinge, nearest_on_hinge

_, BODY = walking_body()
ANGLES = st.floats(-180.0, 180.0)


def turned(points: Floats, angles_deg: tuple[float, float, float]) -> Floats:
    return np.asarray(points @ Rotation.from_euler("xyz", angles_deg, degrees=True).as_matrix().T)


def test_hips_of_a_pelvis_by_hand() -> None:
    """200 mm wide, 100 mm deep: 33.9 back, 70.9 down, 73.3 to the side of the front middle."""
    left, right = find_hip_centres(
        np.array([[0.0, 0.1, 1.0]]), np.array([[0.0, -0.1, 1.0]]), np.array([[-0.1, 0.0, 1.0]])
    )

    np.testing.assert_allclose(left, [[-0.0339, 0.0733, 0.9291]], atol=1e-12)
    np.testing.assert_allclose(right, [[-0.0339, -0.0733, 0.9291]], atol=1e-12)


@given(st.tuples(ANGLES, ANGLES, ANGLES))
def test_hips_turn_with_the_pelvis(angles_deg: tuple[float, float, float]) -> None:
    spines = dress_pelvis(BODY)
    back = (spines["LPSI"] + spines["RPSI"]) / 2.0
    left, right = find_hip_centres(
        *(turned(each, angles_deg) for each in (spines["LASI"], spines["RASI"], back))
    )

    np.testing.assert_allclose(left, turned(joint(BODY, "left_hip"), angles_deg), atol=1e-9)
    np.testing.assert_allclose(right, turned(joint(BODY, "right_hip"), angles_deg), atol=1e-9)


@given(
    st.tuples(ANGLES, ANGLES, ANGLES), st.floats(0.02, 0.09), st.floats(0.05, 0.3), st.booleans()
)
def test_the_chord_finds_the_joint_from_either_side(
    angles_deg: tuple[float, float, float], offset_m: float, wand_m: float, left: bool
) -> None:
    assume(wand_m > offset_m / 2.0 + 0.01)  # outside the line from the joint above to the marker
    outwards = np.array([0.0, 1.0 if left else -1.0, 0.0])
    above, centre = np.array([[0.1, 0.0, 0.8]]), np.array([[0.2, 0.0, 0.4]])
    marker, wand = centre + offset_m * outwards, (above + centre) / 2.0 + wand_m * outwards
    found = find_chord_centre(
        *(turned(each, angles_deg) for each in (above, marker, wand)), offset_m
    )

    np.testing.assert_allclose(found, turned(centre, angles_deg), atol=1e-9)


@pytest.mark.parametrize(
    ("marker", "wand"),
    [
        ([0.05, 0.0, 0.4], [0.025, 0.0, 0.6]),  # on the line
        ([0.0, 0.02, 0.79], [0.0, 0.1, 0.6]),  # nearer to the joint above than half its width
        ([np.nan] * 3, [0.0, 0.1, 0.6]),
    ],
)
def test_the_chord_finds_nothing_where_nothing_tells(
    marker: list[float], wand: list[float]
) -> None:
    found = find_chord_centre(
        np.array([[0.0, 0.0, 0.8]]), np.array([marker]), np.array([wand]), 0.05
    )

    assert np.isnan(found).all()


def segments(body: Floats) -> tuple[Floats, Floats, dict[str, Floats]]:
    markers = dress_clusters(body)
    thigh, shank = (
        np.stack([markers[f"L.{name}.{at}"] for at in ("Upper", "Front", "Rear")], axis=1)
        for name in ("Thigh", "Shank")
    )
    return thigh, shank, markers


def test_a_hinge_is_found_from_how_two_segments_turn() -> None:
    thigh, shank, _ = segments(BODY)
    hinge = find_hinge(thigh, shank)

    assert hinge is not None
    knee = nearest_on_hinge(hinge, joint(BODY, "left_hip"), joint(BODY, "left_ankle"))
    np.testing.assert_allclose(np.abs(hinge.direction[:, 1]), 1.0, atol=1e-9)
    np.testing.assert_allclose(knee, joint(BODY, "left_knee"), atol=1e-6)


@given(st.tuples(ANGLES, ANGLES, ANGLES))
def test_a_hinge_turns_with_the_room(angles_deg: tuple[float, float, float]) -> None:
    thigh, shank, _ = segments(BODY[:60])
    hinge = find_hinge(turned(thigh, angles_deg), turned(shank, angles_deg))

    assert hinge is not None
    ends = (turned(joint(BODY[:60], f"left_{name}"), angles_deg) for name in ("hip", "ankle"))
    knee = nearest_on_hinge(hinge, *ends)
    np.testing.assert_allclose(knee, turned(joint(BODY[:60], "left_knee"), angles_deg), atol=1e-6)


def test_a_frame_without_a_marker_has_no_hinge_and_spoils_no_other() -> None:
    thigh, shank, _ = segments(BODY)
    thigh[5, 1] = np.nan
    hinge = find_hinge(thigh, shank)

    assert hinge is not None
    assert np.isnan(hinge.point_m[5]).all()
    knee = nearest_on_hinge(hinge, joint(BODY, "left_hip"), joint(BODY, "left_ankle"))
    seen = np.arange(len(BODY)) != 5
    np.testing.assert_allclose(knee[seen], joint(BODY, "left_knee")[seen], atol=1e-6)


def test_segments_that_hardly_turn_have_no_hinge() -> None:
    thigh, shank, _ = segments(np.repeat(BODY[:1], 200, axis=0))

    assert find_hinge(thigh, shank) is None


def test_too_few_frames_have_no_hinge() -> None:
    thigh, shank, _ = segments(BODY[:20])

    assert find_hinge(thigh, shank) is None
