"""OpenCV's part in calibrated cameras: the lens, and the ChArUco board. No other file knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from motion.cameras.calibration import Camera
from motion.errors import InputError
from motion.model import FloatArray, IndexArray

__all__ = ["Board", "BoardSight", "Lens", "calibrate_lens", "find_board_pose", "undistort"]

_EDGE_TO_CENTRE_PX: Final = 0.5
"""Our pixels have their edges at whole numbers (docs/conventions.md), OpenCV's their centres."""

_MOST_SQUARES: Final = 40
_FEWEST_CORNERS: Final = 6


def undistort(camera: Camera, image_px: FloatArray) -> FloatArray:
    """Return directions before the camera, its lens taken out: x/z and y/z.

    Parameters
    ----------
    camera
        Fitted to the picture (:func:`motion.cameras.calibration.fit_to_picture`).
    image_px
        ``(..., 2)`` in our pixels; NaN stays NaN.
    """
    flat = np.ascontiguousarray(image_px.reshape(-1, 1, 2), dtype=np.float64) - _EDGE_TO_CENTRE_PX
    known = np.isfinite(flat).all(axis=(1, 2))
    found = np.full((len(flat), 2), np.nan)
    if np.any(known):
        lens = cv2.fisheye if camera.fisheye else cv2
        straight = lens.undistortPoints(flat[known], camera.matrix, camera.distortion)
        found[known] = straight.reshape(-1, 2)
    return found.reshape(image_px.shape)


@dataclass(frozen=True, slots=True, eq=False)
class BoardSight:
    """The board as one picture shows it.

    Parameters
    ----------
    corners
        ``(k,)`` numbers of the inner corners that were seen.
    image_px
        ``(k, 2)`` where, in OpenCV's pixels (centres at whole numbers).
    """

    corners: IndexArray
    image_px: FloatArray


@dataclass(frozen=True)
class Board:
    """A ChArUco board: a chessboard with a marker in each white square.

    Parameters
    ----------
    columns, rows
        Squares across and down.
    square_m, marker_m
        Edge of a square and of a marker.
    dictionary
        Of the markers, as OpenCV calls it without ``DICT_``: ``5X5_100``.

    Raises
    ------
    InputError
        If there can be no such board.
    """

    columns: int
    rows: int
    square_m: float
    marker_m: float
    dictionary: str = "5X5_100"

    def __post_init__(self) -> None:
        if not (3 <= min(self.columns, self.rows) <= max(self.columns, self.rows) <= _MOST_SQUARES):
            msg = f"--board: expected 3x3 to 40x40 squares, got {self.columns}x{self.rows}"
            raise InputError(msg)
        if not 0 < self.marker_m < self.square_m:
            msg = (
                "--marker-mm must be above 0 and below --square-mm, got "
                f"{self.marker_m * 1000:g} and {self.square_m * 1000:g}"
            )
            raise InputError(msg)
        if f"DICT_{self.dictionary}" not in dir(cv2.aruco):
            msg = f"--dictionary: expected such as 4X4_50, 5X5_100, 6X6_250, got {self.dictionary}"
            raise InputError(msg)
        size = self._dictionary.bytesList.shape[0]
        if size < self.columns * self.rows // 2:
            msg = (
                f"--dictionary: {self.dictionary} has {size} markers, a board of {self.columns}x"
                f"{self.rows} needs {self.columns * self.rows // 2}; take a larger one"
            )
            raise InputError(msg)

    @cached_property
    def _dictionary(self) -> Any:
        return cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, f"DICT_{self.dictionary}"))

    @cached_property
    def _board(self) -> Any:
        size = (self.columns, self.rows)
        return cv2.aruco.CharucoBoard(size, self.square_m, self.marker_m, self._dictionary)

    @cached_property
    def _detector(self) -> Any:
        return cv2.aruco.CharucoDetector(self._board)

    @property
    def corners_m(self) -> FloatArray:
        """``(c, 3)`` the inner corners on the board: x right, y down, z behind it."""
        return np.asarray(self._board.getChessboardCorners(), dtype=np.float64)

    def draw(self, pixels_per_square: int, margin_px: int) -> NDArray[np.uint8]:
        """Return the board's picture, white around it."""
        size = (
            self.columns * pixels_per_square + 2 * margin_px,
            self.rows * pixels_per_square + 2 * margin_px,
        )
        return np.asarray(self._board.generateImage(size, marginSize=margin_px), dtype=np.uint8)

    def find(self, image: NDArray[np.uint8]) -> BoardSight | None:
        """Return where a picture (grey or BGR) shows the board; None where too little of it is."""
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        corners, numbers, _, _ = self._detector.detectBoard(grey)
        if numbers is None or len(numbers) < _FEWEST_CORNERS:
            return None
        numbers = np.asarray(numbers, dtype=np.intp).reshape(-1)
        return BoardSight(numbers, np.asarray(corners, dtype=np.float64).reshape(-1, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """A camera's own part of its calibration, and how well it fits."""

    matrix: FloatArray
    distortion: FloatArray
    error_px: float


def calibrate_lens(board: Board, sights: Sequence[BoardSight], size_px: tuple[int, int]) -> Lens:
    """Find a camera's matrix and lens from pictures of a board (Zhang 2000, as in OpenCV).

    The third radial term is held at 0: with the few views of a short recording it is not to be
    told from the others.
    """
    objects = [board.corners_m[s.corners].astype(np.float32)[:, None] for s in sights]
    images = [s.image_px.astype(np.float32)[:, None] for s in sights]
    error_px, matrix, lens, _, _ = cv2.calibrateCamera(
        objects, images, size_px, None, None, flags=cv2.CALIB_FIX_K3
    )
    return Lens(np.asarray(matrix), np.asarray(lens).reshape(-1)[:4], float(error_px))


def find_board_pose(board: Board, sight: BoardSight, lens: Lens) -> tuple[FloatArray, FloatArray]:
    """Return the rotation ``(3, 3)`` and translation ``(3,)`` from the board to the camera."""
    points = board.corners_m[sight.corners]
    _, vector, shift = cv2.solvePnP(
        points, sight.image_px, lens.matrix, lens.distortion, flags=cv2.SOLVEPNP_IPPE
    )
    vector, shift = cv2.solvePnPRefineLM(
        points, sight.image_px, lens.matrix, lens.distortion, vector, shift
    )
    return np.asarray(cv2.Rodrigues(vector)[0]), np.asarray(shift).reshape(3)


def project_board(
    board: Board, sight: BoardSight, lens: Lens, vector: FloatArray, shift: FloatArray
) -> FloatArray:
    """Return ``(k, 2)`` where the corners of a sight would be seen, in OpenCV's pixels."""
    points = board.corners_m[sight.corners]
    seen, _ = cv2.projectPoints(points, vector, shift, lens.matrix, lens.distortion)
    return np.asarray(seen).reshape(-1, 2)
