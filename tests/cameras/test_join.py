from dataclasses import replace

import numpy as np
import pytest
from cameras_makers import film, make_camera, reaching_at, room_body
from makers import Floats, uniform_times

from motion.cameras.calibration import Camera
from motion.cameras.join import JoinedViews, join_views
from motion.errors import InputError
from motion.model import MIRROR, PoseRecording

CAMERAS = [make_camera(a, roll_deg=a / 10) for a in (-40.0, 20.0, 80.0, 170.0)]
NAMES = ["a", "b", "c", "d"]
UP = np.array([0.0, 0.0, 1.0])
TIMES = uniform_times(5.0, 60.0)


def take(camera: Camera, times: Floats = TIMES, began_s: float = 0.0) -> PoseRecording:
    return film(camera, room_body(reaching_at(times + began_s), len(times)), times)


def join(recordings: list[PoseRecording], offsets_s: list[float] | None = None) -> JoinedViews:
    n = len(recordings)
    given = [0.0] * (n - 1) if offsets_s is None else offsets_s
    return join_views(recordings, CAMERAS[:n], NAMES[:n], given, UP)


def test_the_body_is_where_it_was() -> None:
    joined = join([take(camera) for camera in CAMERAS])

    np.testing.assert_allclose(
        joined.body.position_m, room_body(reaching_at(TIMES), len(TIMES)), atol=1e-6
    )
    assert np.max(joined.body.reprojection_px) < 1e-3
    np.testing.assert_allclose(joined.body.confidence, 0.95)
    assert [view.used_fraction for view in joined.views] == [1.0] * 4
    assert [view.left_out for view in joined.views] == [""] * 4


def test_a_later_slower_camera_is_brought_onto_the_firsts_clock() -> None:
    slow = uniform_times(5.0, 30.0)
    joined = join([take(CAMERAS[0]), take(CAMERAS[1], slow, 0.4)], [0.4])

    truth = room_body(reaching_at(TIMES), len(TIMES))
    seen = np.isfinite(joined.body.position_m[..., 0]).all(axis=1)
    np.testing.assert_array_equal(seen, (TIMES >= 0.4 - 0.002))
    assert np.max(np.abs(joined.body.position_m[seen] - truth[seen])) < 0.005


def test_the_offset_is_found_where_it_is_not_given() -> None:
    joined = join_views(
        [take(CAMERAS[0]), take(CAMERAS[1], began_s=0.5), take(CAMERAS[2], began_s=-0.25)],
        CAMERAS[:3], NAMES[:3], None, UP,
    )  # fmt: skip

    assert [v.offset_s for v in joined.views] == pytest.approx([0.0, 0.5, -0.25], abs=0.01)
    assert all(view.offset_contrast > 0.3 for view in joined.views)


def test_two_views_must_have_seen_a_landmark() -> None:
    first, second = take(CAMERAS[0]), take(CAMERAS[1])
    unsure = np.array(second.visibility)
    unsure[:10] = 0.4
    unsure[10:20] = 0.7

    body = join([first, replace(second, visibility=unsure)]).body

    assert np.isnan(body.position_m[:10]).all()
    assert np.isnan(body.confidence[:10]).all()
    np.testing.assert_allclose(body.confidence[10:20], 0.7)


def test_a_view_of_somebody_else_is_left_out() -> None:
    other = room_body({"shoulder_abduction": 60.0}, len(TIMES)) + np.array([1.4, 0.9, 0.25])
    views = [take(camera) for camera in CAMERAS]
    views[2] = film(CAMERAS[2], other, TIMES)

    joined = join(views)

    assert [bool(view.left_out) for view in joined.views] == [False, False, True, False]
    assert np.isnan(joined.views[2].reprojection_px)
    np.testing.assert_allclose(
        joined.body.position_m, room_body(reaching_at(TIMES), len(TIMES)), atol=1e-6
    )


def test_swapped_sides_of_one_view_are_put_back() -> None:
    views = [take(camera) for camera in CAMERAS]
    image, rows = np.array(views[1].image_px), slice(30, 90)
    image[rows] = image[rows][:, list(MIRROR)]
    views[1] = replace(views[1], image_px=image)

    joined = join(views)

    assert [view.swapped_frames for view in joined.views] == [0, 60, 0, 0]
    np.testing.assert_allclose(
        joined.body.position_m, room_body(reaching_at(TIMES), len(TIMES)), atol=1e-6
    )


def test_two_views_of_different_bodies_are_refused() -> None:
    other = room_body({}, len(TIMES)) + np.array([0.0, 0.0, 0.6])

    with pytest.raises(InputError, match="a and b do not show one body at one time"):
        join([take(CAMERAS[0]), film(CAMERAS[1], other, TIMES)])


def test_the_first_view_must_fit() -> None:
    other = room_body({}, len(TIMES)) + np.array([0.0, 0.0, 0.6])
    views = [film(CAMERAS[0], other, TIMES), *(take(camera) for camera in CAMERAS[1:])]

    with pytest.raises(InputError, match="a and the other views do not show one body"):
        join(views)


def test_videos_in_another_order_than_the_cameras_are_noticed() -> None:
    with pytest.raises(InputError, match="mirror image of a body; give the videos in"):
        join([take(CAMERAS[1]), take(CAMERAS[0])])
    with pytest.raises(InputError, match="mirror image of a body"):
        join([take(CAMERAS[each]) for each in (3, 2, 1, 0)])
    left_out = join([take(CAMERAS[each]) for each in (1, 2, 3, 0)]).views[3].left_out
    assert left_out == "does not show the body that the other views show"


def test_recordings_that_do_not_overlap_are_refused() -> None:
    with pytest.raises(InputError, match="b: shows nobody while the first recording runs"):
        join([take(CAMERAS[0]), take(CAMERAS[1])], [100.0])


def test_one_frame_each_is_enough() -> None:
    one = np.array([0.0])

    body = join([take(CAMERAS[0], one), take(CAMERAS[1], one)]).body

    np.testing.assert_allclose(body.position_m, room_body(reaching_at(one), 1), atol=1e-6)
