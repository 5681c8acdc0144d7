import numpy as np
import pytest
from cameras_makers import FOCAL_PX, ROWS, make_camera, room_body, see
from hypothesis import given, settings
from hypothesis import strategies as st

from motion.cameras.calibration import Camera
from motion.cameras.triangulation import triangulate

RING = [make_camera(azimuth, roll_deg=azimuth / 9) for azimuth in (20.0, 80.0, 150.0, 260.0)]
BODY = room_body({"knee_flexion": 60.0, "hip_flexion": 40.0, "shoulder_flexion": 30.0}, 3)


@pytest.mark.parametrize("cameras", [RING, RING[:3], RING[:2]], ids=["4", "3", "2"])
def test_exact_rays_give_the_exact_body(cameras: list[Camera]) -> None:
    points = triangulate(cameras, *see(cameras, BODY))

    np.testing.assert_allclose(points.position_m, BODY, atol=1e-9)
    assert np.max(points.error_px) < 1e-6
    assert points.used.all()


@given(st.tuples(*[st.floats(-5.0, 5.0)] * 3), st.floats(-180.0, 180.0))
@settings(max_examples=25)
def test_moving_the_room_moves_the_body(shift: tuple[float, ...], turn_deg: float) -> None:
    angle = np.radians(turn_deg)
    spin = np.array(
        [[np.cos(angle), -np.sin(angle), 0.0], [np.sin(angle), np.cos(angle), 0.0], [0, 0, 1.0]]
    )
    rng = np.random.default_rng(3)
    direction, weight = see(RING, BODY)
    direction = direction + rng.normal(0.0, 0.005, direction.shape)
    moved = [
        Camera(
            name=c.name,
            width_px=c.width_px,
            height_px=c.height_px,
            matrix=c.matrix,
            distortion=c.distortion,
            rotation=c.rotation @ spin.T,
            translation_m=c.translation_m - c.rotation @ spin.T @ np.array(shift),
        )
        for c in RING
    ]

    before = triangulate(RING, direction, weight)
    after = triangulate(moved, direction, weight)

    np.testing.assert_allclose(
        after.position_m, before.position_m @ spin.T + np.array(shift), atol=1e-6
    )
    np.testing.assert_allclose(after.error_px, before.error_px, atol=1e-5)


def test_what_is_made_least_is_the_distance_in_the_picture() -> None:
    rng = np.random.default_rng(1)
    direction, weight = see(RING, BODY)
    noisy = direction + rng.normal(0.0, 3.0 / FOCAL_PX, direction.shape)
    points = triangulate(RING, noisy, weight)

    def squares(position: np.ndarray) -> float:
        ideal, _ = see(RING, position)
        return float(np.sum((ideal - noisy) ** 2))

    least = squares(points.position_m)
    for axis in range(3):
        for step_m in (-0.002, 0.002):
            beside = points.position_m.copy()
            beside[..., axis] += step_m
            assert squares(beside) > least


def test_a_surer_view_counts_for_more() -> None:
    direction, weight = see(RING, BODY)
    direction[0] += 20.0 / FOCAL_PX
    off = {}
    for sure in (0.1, 1.0):
        weight[0] = sure
        found = triangulate(RING, direction, weight)
        off[sure] = np.mean(np.linalg.norm(found.position_m - BODY, axis=2))

    assert off[0.1] < 0.1 * off[1.0]


def test_a_view_that_shows_something_else_is_left_out() -> None:
    direction, weight = see(RING, BODY)
    knee = ROWS["left_knee"]
    direction[2, 1, knee] += 0.2  # in both axes, some 4 m away

    points = triangulate(RING, direction, weight)

    np.testing.assert_allclose(points.position_m, BODY, atol=1e-9)
    assert points.used[:, 1, knee].tolist() == [True, True, False, True]
    assert points.miss_m[2, 1, knee] == pytest.approx(0.2 * np.sqrt(2) * 4.0, abs=0.2)
    assert np.sum(~points.used) == 1


def test_two_views_that_disagree_give_nothing() -> None:
    direction, weight = see(RING[:2], BODY)
    direction[1, 0, :, 1] += 0.2

    points = triangulate(RING[:2], direction, weight)

    assert np.isnan(points.position_m[0]).all()
    assert np.isnan(points.error_px[0]).all()
    np.testing.assert_allclose(points.position_m[1:], BODY[1:], atol=1e-9)


def test_one_view_gives_nothing() -> None:
    direction, weight = see(RING, BODY)
    weight[1:, 0, 5] = 0.0
    direction[:3, 1, 7] = np.nan
    weight[:3, 2, 9] = np.nan

    points = triangulate(RING, direction, weight)

    lost = np.zeros(points.error_px.shape, dtype=bool)
    lost[[0, 1, 2], [5, 7, 9]] = True
    np.testing.assert_array_equal(np.isnan(points.position_m[..., 0]), lost)
    np.testing.assert_array_equal(np.isnan(points.error_px), lost)
    assert not points.used[:, lost].any()


@pytest.mark.parametrize("between_deg", [1.0, 179.0])
def test_rays_along_each_other_give_nothing(between_deg: float) -> None:
    # Both at the height of what they look at, so that their rays lie in one line at 180 degrees.
    pair = [make_camera(a, height_m=0.95) for a in (0.0, between_deg)]
    hip = room_body({})[:, ROWS["left_hip"] : ROWS["left_hip"] + 1]

    assert np.isnan(triangulate(pair, *see(pair, hip)).position_m).all()
