import numpy as np
import pytest
from cameras_makers import ROWS, make_camera, reaching, room_body, see

from motion.cameras.agreement import find_strangers, measure_pairs
from motion.cameras.sides import agree_on_sides
from motion.model import MIRROR

RING = [make_camera(azimuth) for azimuth in (10.0, 75.0, 130.0, 250.0)]
LEGS = [ROWS[f"{s}_{n}"] for s in ("left", "right") for n in ("hip", "knee", "ankle", "heel")]
FEET = ("ankle", "heel", "foot_index")
LEGS += [ROWS["left_foot_index"], ROWS["right_foot_index"]]


def filmed(cameras: int, noise: float = 0.003) -> tuple[np.ndarray, np.ndarray]:
    _, pose = reaching(1.0, 30.0)
    pose["left_hip_abduction"] = np.full(31, 20.0)
    pose["left_knee_flexion"] = pose["knee_flexion"] * 0.3
    direction, weight = see(RING[:cameras], room_body(pose, 31))
    weight *= np.array([0.9, 0.8, 0.7, 0.6])[:cameras, None, None]
    return direction + np.random.default_rng(2).normal(0.0, noise, direction.shape), weight


def swap(direction: np.ndarray, view: int, frames: slice, rows: list[int] | slice) -> None:
    mirrored = direction[view][:, list(MIRROR)]
    direction[view][frames, rows] = mirrored[frames, rows]


def test_sides_that_agree_are_left_alone() -> None:
    direction, weight = filmed(4)
    found = agree_on_sides(RING, direction, weight)

    np.testing.assert_array_equal(found.direction, direction)
    assert not found.swapped.any()
    assert not found.undecided.any()


@pytest.mark.parametrize("rows", [LEGS, slice(None)], ids=["legs", "all"])
def test_a_swapped_view_is_put_back(rows: list[int] | slice) -> None:
    direction, weight = filmed(4)
    given = direction.copy()
    swap(given, 1, slice(5, 20), rows)

    found = agree_on_sides(RING, given, weight)

    np.testing.assert_array_equal(found.direction, direction)
    assert found.swapped.sum(axis=1).tolist() == [0, 15, 0, 0]


def test_of_two_views_the_rest_of_the_take_tells_which_is_right() -> None:
    direction, weight = filmed(2)
    for view in (0, 1):
        given = direction.copy()
        swap(given, view, slice(10, 20), slice(None))

        found = agree_on_sides(RING[:2], given, weight)

        np.testing.assert_array_equal(found.direction, direction)
        assert found.swapped[view].sum() == 10
        assert not found.undecided.any()


@pytest.mark.parametrize("view", [0, 1])
def test_of_two_views_anatomy_tells_which_is_wrong_all_the_time(view: int) -> None:
    direction, weight = filmed(2)
    given = direction.copy()
    swap(given, view, slice(None), slice(None))

    found = agree_on_sides(RING[:2], given, weight)

    np.testing.assert_array_equal(found.direction, direction)
    assert not found.undecided.any()


def test_where_nothing_tells_it_is_said() -> None:
    direction, weight = filmed(2, noise=0.0)
    feet = [ROWS[f"{side}_{name}"] for side in ("left", "right") for name in FEET]
    weight[:, :, feet] = 0.0  # nor ankles: which way the person faces is not seen
    swap(direction, 1, slice(None), slice(None))

    found = agree_on_sides(RING[:2], direction, weight)

    assert found.undecided.all()
    np.testing.assert_array_equal(found.direction[0], direction[0])


def test_views_of_one_body_fit() -> None:
    pairs_m = measure_pairs(RING, *filmed(4))

    assert np.max(pairs_m) < 0.03
    assert not find_strangers(pairs_m).any()


def test_a_view_of_somebody_else_is_found() -> None:
    direction, weight = filmed(4)
    other = room_body({"shoulder_abduction": 80.0}, 31) + np.array([1.5, -1.0, 0.3])
    direction[2] = see([RING[2]], other)[0][0]

    assert find_strangers(measure_pairs(RING, direction, weight)).tolist() == [
        False, False, True, False,
    ]  # fmt: skip


def test_of_two_views_of_different_people_neither_is_believed() -> None:
    direction, weight = filmed(2)
    direction[1] = see([RING[1]], room_body({}, 31) + np.array([0.0, 0.0, 0.7]))[0][0]

    assert find_strangers(measure_pairs(RING[:2], direction, weight)).all()


def test_views_that_never_saw_the_same_are_strangers() -> None:
    direction, weight = filmed(2)
    weight[1] = 0.0

    assert np.isinf(measure_pairs(RING[:2], direction, weight)[0, 1])
