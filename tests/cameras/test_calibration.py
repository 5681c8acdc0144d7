import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cameras_makers import make_camera, room_body
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from motion.cameras.calibration import Camera, fit_to_picture, parse_calibration, project
from motion.cameras.files import format_calibration, match_videos, read_calibration
from motion.cameras.opencv import undistort
from motion.errors import InputError


def table(**changed: Any) -> dict[str, Any]:
    camera = {
        "name": "left",
        "size": [1280.0, 960.0],
        "matrix": [[1000.0, 0.0, 640.0], [0.0, 1000.0, 480.0], [0.0, 0.0, 1.0]],
        "distortions": [0.1, -0.05, 0.001, 0.002],
        "rotation": [0.1, 0.2, 0.3],
        "translation": [0.5, 0.6, 4.0],
        "fisheye": False,
    }
    other = camera | {"name": "right"}
    changed_camera = {k: v for k, v in (camera | changed).items() if v is not None}
    return {"cam_01": changed_camera, "cam_02": other, "metadata": {"error": 0.0}}


def test_a_calibration_is_read() -> None:
    first, second = parse_calibration(table(), "rig.toml")

    assert (first.name, second.name, first.width_px, first.height_px) == (
        "left",
        "right",
        1280,
        960,
    )
    np.testing.assert_allclose(first.rotation, Rotation.from_rotvec([0.1, 0.2, 0.3]).as_matrix())
    np.testing.assert_allclose(first.place_m, -first.rotation.T @ [0.5, 0.6, 4.0])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"size": None}, "camera left: size is missing"),
        ({"matrix": [[1.0, 2.0], [3.0, 4.0]]}, "expected 3 x 3 of finite numbers for matrix"),
        ({"matrix": [[-5.0, 0, 1], [0, 5.0, 1], [0, 0, 1]]}, "fx, fy above 0"),
        ({"distortions": [0.0] * 3}, "expected 0 or 4 or 5 or 8 or 12 or 14 distortions, got 3"),
        ({"distortions": [0.0] * 5, "fisheye": True}, "expected 4 distortions, got 5"),
        ({"rotation": [1.0, float("nan"), 0.0]}, "of finite numbers for rotation"),
        ({"rotation": [[1, 0, 0], [0, 1, 0], [0, 0, -1]]}, "rotation is no rotation"),
        ({"translation": "far"}, "expected numbers for translation, got 'far'"),
        ({"size": [0.0, 960.0]}, "expected a size in pixels, got 0 x 960"),
        ({"name": "right"}, "the camera name 'right' stands there twice"),
    ],
)
def test_what_cannot_be_is_said(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as error:
        parse_calibration(table(**changed), "rig.toml")

    assert str(error.value).startswith("rig.toml: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_one_camera_is_no_rig() -> None:
    with pytest.raises(InputError, match="expected two cameras or more, got 1"):
        parse_calibration({"cam_01": table()["cam_01"]}, "rig.toml")


@pytest.mark.parametrize("content", [b"[cam", b"\xff\xfe"])
def test_no_toml_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rig.toml"
    path.write_bytes(content)

    with pytest.raises(InputError, match="not a TOML file"):
        read_calibration(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_calibration(tmp_path / "none.toml")


numbers = st.floats(-3.0, 3.0)


@given(st.lists(numbers, min_size=9, max_size=9), st.text(max_size=8), st.booleans())
def test_what_is_written_is_read_again(values: list[float], name: str, fisheye: bool) -> None:
    camera = Camera(
        name=name,
        width_px=1088,
        height_px=1920,
        matrix=np.array([[1600.5, 0.0, 540.25], [0.0, 1601.5, 960.0], [0.0, 0.0, 1.0]]),
        distortion=np.array(values[:4]) / 10.0,
        rotation=Rotation.from_rotvec(values[3:6]).as_matrix(),
        translation_m=np.array(values[6:]),
        fisheye=fisheye,
    )
    other = make_camera(90.0, name=f"{name}2")

    text = format_calibration([camera, other], 0.25)
    again = parse_calibration(tomllib.loads(text), "rig.toml")[0]

    assert (again.name, again.fisheye) == (name, fisheye)
    np.testing.assert_allclose(again.rotation, camera.rotation, atol=1e-9)
    np.testing.assert_array_equal(again.matrix, camera.matrix)
    np.testing.assert_array_equal(again.distortion, camera.distortion)
    np.testing.assert_array_equal(again.translation_m, camera.translation_m)


def test_smaller_pictures_scale_the_matrix() -> None:
    camera = make_camera(0.0)
    half = fit_to_picture(camera, 640, 480)

    np.testing.assert_allclose(half.matrix[:2], camera.matrix[:2] / 2.0)


def test_cut_padding_leaves_the_matrix() -> None:
    camera = make_camera(0.0)

    np.testing.assert_array_equal(fit_to_picture(camera, 1272, 960).matrix, camera.matrix)


@pytest.mark.parametrize(
    ("size", "why"), [((960, 1280), "it was turned"), ((1280, 720), "another camera's")]
)
def test_another_shape_is_refused(size: tuple[int, int], why: str) -> None:
    with pytest.raises(InputError, match=why):
        fit_to_picture(make_camera(0.0), *size)


@pytest.mark.parametrize("fisheye", [False, True])
def test_the_lens_is_taken_out(fisheye: bool) -> None:
    import cv2

    camera = parse_calibration(table(fisheye=fisheye), "rig.toml")[0]
    points = room_body({})[0] @ camera.rotation.T + camera.translation_m
    if fisheye:
        bent, _ = cv2.fisheye.projectPoints(
            points[:, None], np.zeros(3), np.zeros(3), camera.matrix, camera.distortion
        )
    else:
        bent, _ = cv2.projectPoints(
            points, np.zeros(3), np.zeros(3), camera.matrix, camera.distortion
        )
    image = bent.reshape(-1, 2) + 0.5  # our pixels have their edges at whole numbers
    image[5] = np.nan

    straight = undistort(camera, image)

    expected = points[:, :2] / points[:, 2:]
    expected[5] = np.nan
    np.testing.assert_allclose(straight, expected, atol=2e-4)


def test_points_are_projected() -> None:
    camera = make_camera(30.0)
    direction, depth_m = project([camera], camera.place_m + 2.0 * camera.rotation[2][None])

    np.testing.assert_allclose(direction[0], [[0.0, 0.0]], atol=1e-12)
    np.testing.assert_allclose(depth_m[0], [2.0])


def test_videos_are_matched_by_name_whatever_their_order() -> None:
    cameras = [make_camera(0.0, name="cam_01"), make_camera(90.0, name="cam_02")]
    videos = [Path("walk-cam02.mp4"), Path("walk-cam01.mp4")]

    assert [c.name for c in match_videos(cameras, videos)] == ["cam_02", "cam_01"]


def test_some_of_the_cameras_are_enough_by_name() -> None:
    cameras = [make_camera(30.0 * n, name=f"cam_{n}") for n in range(1, 12)]

    found = match_videos(cameras, [Path("a_cam_11.mp4"), Path("a_cam_1.mp4")])

    assert [camera.name for camera in found] == ["cam_11", "cam_1"]


def test_videos_without_names_are_matched_by_order() -> None:
    cameras = [make_camera(0.0, name="a1"), make_camera(90.0, name="b1")]

    assert match_videos(cameras, [Path("x.mp4"), Path("y.mp4")]) == tuple(cameras)
    with pytest.raises(InputError, match=r"expected 2 videos.*\(a1, b1\), got 3"):
        match_videos(cameras, [Path("x.mp4"), Path("y.mp4"), Path("z.mp4")])
