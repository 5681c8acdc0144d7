"""Calibrated cameras: what each one's picture says about directions in the room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy.spatial.transform import Rotation

from motion.errors import InputError
from motion.model import FloatArray

__all__ = ["MOST_CAMERAS", "Camera", "fit_to_picture", "parse_calibration", "project"]

MOST_CAMERAS: Final = 8
"""Every combination of swapped sides is looked at: 128 of eight cameras."""

_ENCODER_BLOCK_PX: Final = 16
_SAME_SHAPE: Final = 0.005
_NOT_CAMERAS: Final = ("metadata",)
_LENS_TERMS: Final = {False: (0, 4, 5, 8, 12, 14), True: (4,)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Camera:
    """One camera as OpenCV describes it (Zhang 2000, IEEE Trans Pattern Anal 22:1330).

    A point of the room is at ``rotation @ point_m + translation_m`` before the camera (x right,
    y down, z away), and its picture at ``matrix`` times that over its z, bent by the lens.

    Parameters
    ----------
    name
        As the calibration file calls it.
    width_px, height_px
        Of the pictures it was calibrated with.
    matrix
        ``(3, 3)`` focal lengths and principal point in pixels.
    distortion
        ``(k,)`` lens terms in OpenCV's order; of a fisheye its four.
    rotation, translation_m
        ``(3, 3)`` and ``(3,)``: from the room to the camera.
    fisheye
        Whether the lens terms are those of OpenCV's fisheye model.
    """

    name: str
    width_px: int
    height_px: int
    matrix: FloatArray
    distortion: FloatArray
    rotation: FloatArray
    translation_m: FloatArray
    fisheye: bool = False

    @property
    def pose(self) -> FloatArray:
        """``(3, 4)`` rotation and translation side by side."""
        return np.column_stack([self.rotation, self.translation_m])

    @property
    def focal_px(self) -> float:
        """Mean focal length: pixels for a unit of an undistorted picture."""
        return float((self.matrix[0, 0] + self.matrix[1, 1]) / 2.0)

    @property
    def place_m(self) -> FloatArray:
        """``(3,)`` where in the room the camera stands."""
        return np.asarray(-self.rotation.T @ self.translation_m)


def project(cameras: Sequence[Camera], position_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where points of the room lie in each camera's undistorted picture, and how far off.

    Parameters
    ----------
    cameras
        ``v`` cameras.
    position_m
        ``(..., 3)`` in the room.

    Returns
    -------
    direction, depth_m
        ``(v, ..., 2)`` x/z and y/z, and ``(v, ...)`` z, before each camera.
    """
    seen = np.stack([position_m @ each.rotation.T + each.translation_m for each in cameras])
    with np.errstate(invalid="ignore", divide="ignore"):
        return seen[..., :2] / seen[..., 2:], seen[..., 2]


def parse_calibration(table: Mapping[str, Any], source: str) -> tuple[Camera, ...]:
    """Read cameras from a table of Pose2Sim's form, and check each value.

    Each camera is a table with ``name, size, matrix, distortions, rotation`` (Rodrigues),
    ``translation`` (metres) and optionally ``fisheye``; ``metadata`` is passed over.

    Parameters
    ----------
    table
        As read from TOML.
    source
        What the messages call it.

    Raises
    ------
    InputError
        If something is missing or cannot be: names the camera, the field, what was expected
        and what came.
    """
    parts = {key: value for key, value in table.items() if key not in _NOT_CAMERAS}
    cameras = tuple(_parse_camera(key, value, source) for key, value in parts.items())
    if len(cameras) < 2:
        msg = f"{source}: expected two cameras or more, got {len(cameras)}; calibrate them together"
        raise InputError(msg)
    names = [camera.name for camera in cameras]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        msg = f"{source}: the camera name {twice[0]!r} stands there twice; give each its own"
        raise InputError(msg)
    return cameras


def _parse_camera(key: str, table: object, source: str) -> Camera:
    if not isinstance(table, Mapping):
        msg = f"{source}: expected [{key}] to be a camera's table, got {table!r}"
        raise InputError(msg)
    name = str(table.get("name", key))
    where = f"{source}: camera {name}"
    fisheye = bool(table.get("fisheye", False))
    width_px, height_px = _read(table, "size", (2,), where)
    matrix = _read(table, "matrix", (3, 3), where)
    lens = _read(table, "distortions", None, where)
    if len(lens) not in _LENS_TERMS[fisheye]:
        known = " or ".join(str(n) for n in _LENS_TERMS[fisheye])
        msg = f"{where}: expected {known} distortions, got {len(lens)}"
        raise InputError(msg)
    if not (width_px > 0 and height_px > 0):
        msg = f"{where}: expected a size in pixels, got {width_px:g} x {height_px:g}"
        raise InputError(msg)
    if not (matrix[0, 0] > 0 and matrix[1, 1] > 0 and np.allclose(matrix[2], [0, 0, 1])):
        msg = f"{where}: matrix must be [[fx, 0, cx], [0, fy, cy], [0, 0, 1]] with fx, fy above 0"
        raise InputError(msg)
    return Camera(
        name=name,
        width_px=round(float(width_px)),
        height_px=round(float(height_px)),
        matrix=matrix,
        distortion=lens,
        rotation=_read_rotation(table, where),
        translation_m=_read(table, "translation", (3,), where),
        fisheye=fisheye,
    )


def _read(
    table: Mapping[str, Any], field: str, shape: tuple[int, ...] | None, where: str
) -> FloatArray:
    if field not in table:
        msg = f"{where}: {field} is missing; see docs/cameras.md for the form"
        raise InputError(msg)
    try:
        values = np.array(table[field], dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f"{where}: expected numbers for {field}, got {table[field]!r}"
        raise InputError(msg) from error
    wrong_shape = values.ndim != 1 if shape is None else values.shape != shape
    if wrong_shape or not np.all(np.isfinite(values)):
        wanted = "a list" if shape is None else " x ".join(str(n) for n in shape)
        msg = f"{where}: expected {wanted} of finite numbers for {field}, got {table[field]!r}"
        raise InputError(msg)
    return values


def _read_rotation(table: Mapping[str, Any], where: str) -> FloatArray:
    """Read a rotation vector, or a matrix that is a rotation."""
    given = np.shape(table.get("rotation", ()))
    if given != (3, 3):
        vector = _read(table, "rotation", (3,), where)
        return np.asarray(Rotation.from_rotvec(vector).as_matrix())
    matrix = _read(table, "rotation", (3, 3), where)
    square = np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-3)
    if not (square and np.linalg.det(matrix) > 0):
        msg = f"{where}: rotation is no rotation (its rows must be square to each other, det +1)"
        raise InputError(msg)
    return matrix


def fit_to_picture(camera: Camera, width_px: int, height_px: int) -> Camera:
    """Return the camera for pictures of another size, if they can be its own.

    Pictures of the same shape were made larger or smaller, and the matrix with them. A width or
    height that lacks less than an encoder's block of 16 pixels had that block's padding cut off
    at the right or at the bottom, which leaves the matrix as it is.

    Raises
    ------
    InputError
        If the pictures have another shape.
    """
    wide, high = width_px / camera.width_px, height_px / camera.height_px
    if (width_px, height_px) == (camera.width_px, camera.height_px):
        return camera
    lacks = (camera.width_px - width_px, camera.height_px - height_px)
    if all(0 <= each < _ENCODER_BLOCK_PX for each in lacks):
        return replace(camera, width_px=width_px, height_px=height_px)
    if abs(wide / high - 1.0) > _SAME_SHAPE:
        turned = (height_px, width_px) == (camera.width_px, camera.height_px)
        advice = "it was turned" if turned else "it is another camera's, or was cropped"
        msg = (
            f"camera {camera.name}: calibrated at {camera.width_px}x{camera.height_px}, the video "
            f"is {width_px}x{height_px}: {advice}; give the videos in the file's order"
        )
        raise InputError(msg)
    scale = np.diag([wide, high, 1.0])
    return replace(camera, width_px=width_px, height_px=height_px, matrix=scale @ camera.matrix)
