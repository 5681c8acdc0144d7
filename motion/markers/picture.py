"""The side view in which markers are drawn, since no camera saw them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.model import FloatArray, landmark_index

__all__ = ["PX_PER_M", "SideView", "find_side_axes", "see_from_side"]

PX_PER_M: Final = 200.0
"""Pixels of the side view for each metre, the same everywhere in it."""

_MARGIN_M: Final = 0.25
_LONGEST_M: Final = 100.0
_WALKS_FROM_M: Final = 0.3
"""Middle of the hips spread by more (standard deviation) along the floor: the person walks on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideView:
    """Landmarks as a camera infinitely far at the side would see them.

    ``image_px (n, 33, 2)``; ``axes (3, 3)``: rows are right in the picture, down, and away, in
    the room's axes.
    """

    image_px: FloatArray
    axes: FloatArray
    width_px: int
    height_px: int


def see_from_side(position_m: FloatArray, up: FloatArray) -> SideView:
    """Draw landmarks from the side: along the floor to the right, up upwards.

    Right is where the person walks, or, who stays in place, where the feet point; with walks both
    ways it is the way of most frames. So the person's right side is the near one. The picture
    reaches a quarter of a metre beyond the landmarks.

    Parameters
    ----------
    position_m
        ``(n, 33, 3)``.
    up
        ``(3,)`` of length 1.

    Raises
    ------
    InputError
        If the landmarks reach over more than 100 m: the unit is wrong.
    """
    axes = find_side_axes(position_m, up)
    flat = position_m @ axes[:2].T
    seen = flat[np.all(np.isfinite(flat), axis=2)]
    low, high = np.min(seen, axis=0) - _MARGIN_M, np.max(seen, axis=0) + _MARGIN_M
    if np.max(high - low) > _LONGEST_M:
        msg = (
            f"markers: reach over {np.max(high - low):.0f} m, expected at most {_LONGEST_M:.0f}; "
            "check the file's unit"
        )
        raise InputError(msg)
    width_px, height_px = np.ceil((high - low) * PX_PER_M).astype(int)
    return SideView(
        image_px=(flat - low) * PX_PER_M,
        axes=axes,
        width_px=int(width_px),
        height_px=int(height_px),
    )


def find_side_axes(position_m: FloatArray, up: FloatArray) -> FloatArray:
    """Return the directions right, down and away of the side view, ``(3, 3)``, one a row.

    The parameters are those of :func:`see_from_side`; without a body right is any way along the
    floor.
    """
    right = _find_forward(position_m, up)
    return np.stack([right, -up, np.cross(right, -up)])


def _find_forward(position_m: FloatArray, up: FloatArray) -> FloatArray:
    """Return the way along the floor that most frames go, ``(3,)`` of length 1."""
    first = np.eye(3)[int(np.argmin(np.abs(up)))]
    first = first - np.dot(first, up) * up
    first /= np.linalg.norm(first)
    floor = np.stack([first, np.cross(up, first)])
    path = _middle(position_m, "hip") @ floor.T
    path = path[np.all(np.isfinite(path), axis=1)]
    facing = (_middle(position_m, "foot_index") - _middle(position_m, "heel")) @ floor.T
    facing = facing[np.all(np.isfinite(facing), axis=1)]
    spread = np.cov(path.T) if len(path) > 1 else np.zeros((2, 2))
    if np.sqrt(np.linalg.eigvalsh(spread)[-1]) < _WALKS_FROM_M:
        spread = facing.T @ facing if len(facing) else np.eye(2)
    along = np.linalg.eigh(spread)[1][:, -1]
    if np.sum(np.sign(facing @ along)) < 0:
        along = -along
    return np.asarray(along @ floor)


def _middle(position_m: FloatArray, name: str) -> FloatArray:
    rows = [landmark_index(f"{side}_{name}") for side in ("left", "right")]
    return np.asarray(np.mean(position_m[:, rows], axis=1))
