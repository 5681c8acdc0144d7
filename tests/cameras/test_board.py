"""A drawn board, warped into the pictures of known cameras: what calibration finds again."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from cameras_makers import HEIGHT_PX, WIDTH_PX, make_camera
from makers import Floats
from numpy.typing import NDArray
from PIL import Image
from scipy.spatial.transform import Rotation

from motion.cameras.calibrating import BoardTrack, Calibrated, calibrate_cameras
from motion.cameras.calibration import Camera
from motion.cameras.opencv import Board, BoardSight
from motion.cameras.rig import WALL
from motion.commands.calibrate import parse_board, print_board, require_out, run_calibration
from motion.errors import InputError

BOARD = Board(5, 7, 0.12, 0.09)
SQUARE_PX, MARGIN_PX = 60, 30
DRAWN = BOARD.draw(SQUARE_PX, MARGIN_PX)
SIZE = (WIDTH_PX, HEIGHT_PX)
CAMERAS = [
    make_camera(azimuth, name=name, distance_m=3.0, height_m=1.6, roll_deg=roll)
    for azimuth, name, roll in ((-25.0, "a", 0.0), (30.0, "b", 4.0), (75.0, "c", -3.0))
]

Pose = tuple[Floats, Floats]


def lying() -> Pose:
    """Return the board's rotation and place in the room: flat on the floor, its face up."""
    return Rotation.from_euler("x", 180, degrees=True).as_matrix(), np.array([-0.3, 0.3, 0.0])


def board_poses(count: int, seed: int = 8) -> list[Pose]:
    """Return the lying board, then places in which it faces between the cameras."""
    rng = np.random.default_rng(seed)
    facing = np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, -1.0, 0.0]])
    poses = [lying()]
    while len(poses) < count:
        turn = Rotation.from_euler(
            "zyx", [25 + rng.uniform(-25, 25), rng.uniform(-25, 25), rng.uniform(-25, 25)],
            degrees=True,
        ).as_matrix() @ facing  # fmt: skip
        middle = rng.uniform([-0.5, -0.7, 0.5], [0.8, 0.7, 1.5])
        poses.append((turn, middle - turn @ np.array([0.3, 0.42, 0.0])))
    return poses


def render(camera: Camera, pose: Pose) -> NDArray[np.uint8]:
    """Return the picture of the board: a plane, so one homography does it."""
    turn, place = pose
    own = camera.rotation @ turn
    shift = camera.rotation @ place + camera.translation_m
    plane = camera.matrix @ np.column_stack([own[:, 0], own[:, 1], shift])
    # The drawing's pixel centres at whole numbers: a square's corner lies between two pixels.
    metres = np.array(
        [
            [1.0 / SQUARE_PX, 0.0, (0.5 - MARGIN_PX) / SQUARE_PX],
            [0.0, 1.0 / SQUARE_PX, (0.5 - MARGIN_PX) / SQUARE_PX],
            [0.0, 0.0, 1.0 / BOARD.square_m],
        ]
    )
    whole = cv2.warpPerspective(
        DRAWN, plane @ metres * BOARD.square_m, SIZE, flags=cv2.INTER_AREA, borderValue=128
    )
    return np.asarray(whole, dtype=np.uint8)


def track(camera: Camera, poses: list[Pose], names: str = "") -> BoardTrack:
    """Return what a camera saw of a board that was held still in each place for two frames."""
    sights: list[BoardSight | None] = []
    for pose in poses:
        seen = BOARD.find(render(camera, pose))
        sights += [seen, seen]
    times = np.arange(len(poses))[:, None] + [0.0, 1 / 30]
    return BoardTrack(
        name=names or camera.name, size_px=SIZE, time_s=times.ravel(), sights=tuple(sights)
    )


@pytest.fixture(scope="module")
def tracks() -> list[BoardTrack]:
    poses = board_poses(26)
    return [track(camera, poses) for camera in CAMERAS]


@pytest.fixture(scope="module")
def found(tracks: list[BoardTrack]) -> Calibrated:
    return calibrate_cameras(BOARD, tracks, [0.0, 0.0])


def test_the_lens_is_found(found: Calibrated) -> None:
    for camera, true in zip(found.rig.cameras, CAMERAS, strict=True):
        assert camera.focal_px == pytest.approx(true.focal_px, rel=0.015)
        np.testing.assert_allclose(camera.matrix[:2, 2], true.matrix[:2, 2], atol=10.0)
        np.testing.assert_allclose(camera.distortion, 0.0, atol=0.1)
    assert max(found.lens_errors_px) < 0.5


def test_the_cameras_stand_where_they_stood(found: Calibrated) -> None:
    # The room's axes are the lying board's: x along its columns, z up, its corner the origin.
    turn, place = lying()
    axes = turn @ np.diag([1.0, -1.0, -1.0])
    assert found.rig.error_px < 0.5
    for camera, true in zip(found.rig.cameras, CAMERAS, strict=True):
        off = Rotation.from_matrix(camera.rotation @ (true.rotation @ axes).T).magnitude()
        assert np.degrees(off) < 0.7
        np.testing.assert_allclose(camera.place_m, axes.T @ (true.place_m - place), atol=0.03)
        assert camera.place_m[2] > 1.0


def test_a_board_on_the_wall_gives_the_same_vertical() -> None:
    upright = np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, -1.0, 0.0]])
    poses = [(upright, np.array([0.2, -0.3, 1.4])), *board_poses(20)[1:]]
    rig = calibrate_cameras(BOARD, [track(c, poses) for c in CAMERAS[:2]], [0.0], WALL).rig

    for camera, true in zip(rig.cameras, CAMERAS, strict=False):
        up, true_up = camera.rotation[:, 2], true.rotation[:, 2]
        assert np.degrees(np.arccos(up @ true_up)) < 0.7


def test_a_late_recording_is_moved(tracks: list[BoardTrack]) -> None:
    late = BoardTrack(
        name="b", size_px=SIZE, time_s=tracks[1].time_s - 7.25, sights=tracks[1].sights
    )

    rig = calibrate_cameras(BOARD, [tracks[0], late], [7.25]).rig

    assert rig.error_px < 0.5


def test_recordings_at_odds_are_refused(tracks: list[BoardTrack]) -> None:
    late = BoardTrack(
        name="b", size_px=SIZE, time_s=tracks[1].time_s - 1.0, sights=tracks[1].sights
    )

    with pytest.raises(InputError, match=r"the calibration is bad: corners lie .* px off"):
        calibrate_cameras(BOARD, [tracks[0], late], [0.0])


def test_a_board_too_seldom_seen_is_refused(tracks: list[BoardTrack]) -> None:
    few = BoardTrack(
        name="b", size_px=SIZE, time_s=tracks[1].time_s[:6], sights=tracks[1].sights[:6]
    )

    with pytest.raises(InputError, match=r"b: the board was seen still in \d frames, at least 8"):
        calibrate_cameras(BOARD, [tracks[0], few], [0.0])


def test_a_board_in_one_place_is_refused() -> None:
    one = track(CAMERAS[0], [board_poses(3)[1]] * 12)

    with pytest.raises(InputError, match="the board stayed in one part of the picture"):
        calibrate_cameras(BOARD, [one, one], [0.0])


def test_a_moving_board_is_not_used(tracks: list[BoardTrack]) -> None:
    times = np.arange(len(tracks[0].sights) // 2) / 10.0
    moving = BoardTrack(name="a", size_px=SIZE, time_s=times, sights=tracks[0].sights[::2])

    with pytest.raises(InputError, match="a: the board was seen still in 0 frames"):
        calibrate_cameras(BOARD, [moving, moving], [0.0])


def test_cameras_that_share_no_moment_are_refused(tracks: list[BoardTrack]) -> None:
    apart = BoardTrack(
        name="b", size_px=SIZE, time_s=tracks[1].time_s + 500.0, sights=tracks[1].sights
    )

    with pytest.raises(InputError, match="b: shares fewer than 3 still moments"):
        calibrate_cameras(BOARD, [tracks[0], apart], [0.0])


@pytest.mark.parametrize(
    ("size", "square", "marker", "words", "said"),
    [
        ("5", 40, 30, "5X5_100", "expected COLUMNSxROWS squares such as 5x7, got '5'"),
        ("2x7", 40, 30, "5X5_100", "expected 3x3 to 40x40 squares, got 2x7"),
        ("5x7", 40, 40, "5X5_100", "--marker-mm must be above 0 and below --square-mm"),
        ("5x7", 40, 30, "9X9_3", "--dictionary: expected such as"),
        ("12x12", 40, 30, "4X4_50", "4X4_50 has 50 markers, a board of 12x12 needs 72"),
    ],
)
def test_boards_that_cannot_be(
    size: str, square: float, marker: float, words: str, said: str
) -> None:
    with pytest.raises(InputError) as error:
        parse_board(size, square, marker, words)

    assert said in str(error.value)


def test_a_printed_board_has_its_true_size(tmp_path: Path) -> None:
    board = parse_board("5x7", 40.0, 30.0, "5X5_100")
    print_board(board, tmp_path / "board.png")

    with Image.open(tmp_path / "board.png") as picture:
        dots_per_mm = picture.info["dpi"][0] / 25.4
        printed_mm = np.array(picture.size) / dots_per_mm
        sight = board.find(np.asarray(picture))
    assert sight is not None
    assert len(sight.corners) == 24
    np.testing.assert_allclose(printed_mm, [210.0, 290.0], atol=0.5)
    assert np.all(printed_mm < [210.5, 297.0]), "fits an A4 page"
    apart_mm = np.linalg.norm(sight.image_px[1] - sight.image_px[0]) / dots_per_mm
    assert apart_mm == pytest.approx(40.0, abs=0.02)


def test_a_board_is_printed_as_pdf(tmp_path: Path) -> None:
    print_board(BOARD, tmp_path / "board.pdf")

    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError, match=r"a name ending in \.png or \.pdf, got board\.doc"):
        print_board(BOARD, tmp_path / "board.doc")


def test_what_is_needed_to_calibrate_is_said(tmp_path: Path) -> None:
    out, quiet = tmp_path / "rig.toml", lambda *_: None
    videos = [tmp_path / "a.mp4", tmp_path / "b.mp4"]

    with pytest.raises(InputError, match="--out: name the calibration file"):
        require_out(None)
    with pytest.raises(InputError, match="expected 2 to 8 recordings"):
        run_calibration(videos[:1], BOARD, out, (), "floor", quiet)
    with pytest.raises(InputError, match="--board-on: expected floor or wall, got 'table'"):
        run_calibration(videos, BOARD, out, (), "table", quiet)
    with pytest.raises(InputError, match="--offset-s: expected 1"):
        run_calibration(videos, BOARD, out, (0.0, 1.0), "floor", quiet)
    with pytest.raises(InputError, match="no such file"):
        run_calibration(videos, BOARD, out, (), "floor", quiet)
