"""The points of the joint table: landmarks of one side or as named, and the middles of two."""

from typing import Final

import numpy as np

from motion.model import FloatArray, Poses, Side

__all__ = ["find_point", "landmarks_under"]

_MIDPOINTS: Final = {
    "mid_hip": ("left_hip", "right_hip"),
    "mid_shoulder": ("left_shoulder", "right_shoulder"),
}


def landmarks_under(point: str, side: Side) -> tuple[str, ...]:
    """Return the landmarks that a point of the joint table stands for."""
    if point in _MIDPOINTS:
        return _MIDPOINTS[point]
    if point.startswith("other_"):
        other = Side.RIGHT if side is Side.LEFT else Side.LEFT
        return (f"{other}_{point.removeprefix('other_')}",)
    if point.startswith(("left_", "right_")):
        return (point,)
    return (f"{side}_{point}",)


def find_point(poses: Poses, point: str, side: Side) -> FloatArray:
    """Return where a point of the joint table lies, ``(n, axes)``; NaN where it was not seen."""
    return np.asarray(np.mean([poses[name] for name in landmarks_under(point, side)], axis=0))
