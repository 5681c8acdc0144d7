"""How long a body is and how far from another: in body lengths, whichever way it is labelled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pose.body_makers import shift, stand

from motion.model import MIRROR, landmark_index
from motion.pose import FramePose
from motion.pose.bodies import body_box, body_middle, length_of_body, measure_distance
from motion.pose.looks import list_tiles


def test_length_is_trunk_thigh_and_shank() -> None:
    assert length_of_body(stand(100, length_px=145.0)) == pytest.approx(145.0)


def test_a_raised_leg_is_as_long() -> None:
    body = stand(100)
    image = body.image_px.copy()
    knee, ankle = landmark_index("left_knee"), landmark_index("left_ankle")
    thigh = np.linalg.norm(image[knee] - image[landmark_index("left_hip")])
    shank = np.linalg.norm(image[ankle] - image[knee])
    image[knee] = image[landmark_index("left_hip")] + [thigh, 0]
    image[ankle] = image[knee] + [0, shank]
    raised = FramePose(image, body.world_m, body.visibility, body.presence)
    assert length_of_body(raised) == pytest.approx(length_of_body(body))


@given(st.floats(-500, 500), st.floats(50, 300))
def test_distance_is_in_body_lengths(away_px: float, length_px: float) -> None:
    body = stand(0, length_px=length_px)
    moved = shift(body, away_px)
    expected = abs(away_px) / length_px
    assert measure_distance(body, moved) <= expected + 1e-9
    assert measure_distance(body, shift(body, 0, away_px)) == pytest.approx(expected, abs=1e-6)
    assert measure_distance(body, moved) == pytest.approx(measure_distance(moved, body))


def test_swapped_sides_make_nobody_another_person() -> None:
    body = stand(100)
    swapped = FramePose(body.image_px[list(MIRROR)], body.world_m, body.visibility, body.presence)
    assert measure_distance(body, swapped) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("width", "height", "parts"), [(480, 640, 1), (500, 480, 1), (640, 480, 2), (2640, 480, 6)]
)
def test_every_part_of_a_picture_is_looked_at(width: int, height: int, parts: int) -> None:
    tiles = list_tiles(np.zeros((height, width, 3), np.uint8))
    assert len(tiles) == parts
    seen = np.zeros(width, dtype=bool)
    for tile in tiles:
        assert (tile.top, tile.bottom) == (0, height)
        seen[int(tile.left) : int(tile.right)] = True
    assert seen.all()


def test_box_and_middle() -> None:
    body = stand(100, 200, 145.0)
    box = body_box(body)
    assert (box.left, box.right) == (80.0, 120.0)
    assert (box.top, box.bottom) == (75.0, 250.0)
    np.testing.assert_allclose(body_middle(body), [100, 125])
    wide = box.widened(0.1)
    assert wide.right - box.right == pytest.approx(0.1 * (box.bottom - box.top))
