"""The points of a walking body in the plane that it walks in, whatever saw them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, Frame, Poses, Side

__all__ = [
    "FEET",
    "WalkPoints",
    "find_foot_direction",
    "project_to_floor",
    "take_from_picture",
]

FEET: Final = (Side.LEFT, Side.RIGHT)
"""The order of the feet in every array of this room."""

_POINTS: Final[Mapping[str, str]] = {
    "heel": "heel",
    "toe": "foot_index",
    "ankle": "ankle",
    "hip": "hip",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WalkPoints:
    """Feet and hips over time, forward and up.

    Parameters
    ----------
    time_s
        ``(n,)``.
    heel, toe, ankle, hip
        ``(n, 2, 2)``: left and right, forward and up; NaN where not seen. Forward is where the
        feet point, in the unit of the positions that they were taken from.
    confidence
        ``(n, 2)`` the lowest of a foot's heel and toe and of the hips.
    at_edge
        ``(n, 2)`` whether a point of a foot touches the edge of the picture.
    size
        ``(n,)`` length of the body from shoulder over hip and knee to ankle, the mean of its
        sides or the one that was seen: how large it is seen.
    middle
        Where the middle of the picture lies, forward; NaN in the room.
    """

    time_s: FloatArray
    heel: FloatArray
    toe: FloatArray
    ankle: FloatArray
    hip: FloatArray
    confidence: FloatArray
    at_edge: BoolArray
    size: FloatArray
    middle: float = float("nan")

    @property
    def mid_hip(self) -> FloatArray:
        """``(n, 2)`` the middle of the hips."""
        return np.asarray(np.mean(self.hip, axis=1))

    @property
    def leg_length(self) -> float:
        """Median distance from hip to ankle; NaN where neither leg was seen."""
        length = np.linalg.norm(self.hip - self.ankle, axis=2)
        seen = length[np.isfinite(length)]
        return float(np.median(seen)) if len(seen) else float("nan")

    @property
    def period_s(self) -> float:
        """The usual time between two frames; NaN of a single frame."""
        return float(np.median(np.diff(self.time_s))) if len(self.time_s) > 1 else float("nan")


_EDGE_SHARE: Final = 0.01
"""A landmark this near the edge, as a share of the picture's width, may be cut off by it: the
pose model puts what it does not see on the edge."""


def take_from_picture(poses: Poses, frames: slice, size_px: tuple[int, int]) -> WalkPoints:
    """Return the points of one pass of a side view.

    What lies outside the picture is missing: the pose model guesses it. Forward is the way in
    which the feet point over the pass as a whole, so that backward steps stay backward.

    Parameters
    ----------
    poses
        Cleaned positions in the picture.
    frames
        Those of the pass.
    size_px
        Width and height of the picture.
    """
    own = {name: _both(poses, landmark)[frames] for name, landmark in _POINTS.items()}
    width_px, height_px = size_px
    margin_px = _EDGE_SHARE * width_px
    with np.errstate(invalid="ignore"):
        outside = {
            name: np.any((xy < 0) | (xy > [width_px, height_px]), axis=2)
            for name, xy in own.items()
        }
        near_edge = np.any(
            [
                np.any((xy < margin_px) | (xy > [width_px - margin_px, height_px]), axis=2)
                for xy in (own["heel"], own["toe"])
            ],
            axis=0,
        )
    seen = {name: np.where(outside[name][..., None], np.nan, xy) for name, xy in own.items()}
    sign = find_forward_sign(seen["toe"][..., 0] - seen["heel"][..., 0])
    turned = {name: xy * [sign, -1.0] for name, xy in seen.items()}
    return WalkPoints(
        time_s=poses.time_s[frames],
        confidence=_confidence(poses)[frames],
        at_edge=near_edge,
        size=_measure_size(poses)[frames],
        middle=sign * width_px / 2.0,
        **turned,
    )


def project_to_floor(poses: Poses, frames: slice, heading_rad: float) -> WalkPoints:
    """Return the points of a body in the room, in the upright plane of a heading.

    Parameters
    ----------
    poses
        Level positions in metres: x and z along the floor, y down.
    frames
        Those of the walk.
    heading_rad
        From the floor's x towards its z axis.
    """
    if poses.frame is not Frame.WORLD_M:
        msg = f"poses must be in the room, got {poses.frame}"
        raise ValueError(msg)
    forward = np.array([np.cos(heading_rad), 0.0, np.sin(heading_rad)])
    axes = np.stack([forward, [0.0, -1.0, 0.0]], axis=1)
    own = {name: _both(poses, landmark)[frames] @ axes for name, landmark in _POINTS.items()}
    confidence = _confidence(poses)[frames]
    return WalkPoints(
        time_s=poses.time_s[frames],
        confidence=confidence,
        at_edge=np.zeros(confidence.shape, dtype=bool),
        size=_measure_size(poses)[frames],
        **own,
    )


def find_foot_direction(poses: Poses) -> FloatArray:
    """Return the mean way from heel to toe, ``(n, axes)``; NaN where a foot was not seen."""
    feet = [poses[f"{side}_foot_index"] - poses[f"{side}_heel"] for side in FEET]
    return np.asarray(np.mean(feet, axis=0))


def find_forward_sign(along: FloatArray) -> float:
    """Return +1 where the feet point to the right of the picture, -1 where to the left."""
    seen = along[np.isfinite(along)]
    return -1.0 if len(seen) and np.median(seen) < 0 else 1.0


def _both(poses: Poses, landmark: str) -> FloatArray:
    return np.stack([poses[f"{side}_{landmark}"] for side in FEET], axis=1)


def _confidence(poses: Poses) -> FloatArray:
    hips = np.minimum(*(poses.confidence_of(f"{side}_hip") for side in FEET))
    feet = [
        np.minimum(poses.confidence_of(f"{side}_heel"), poses.confidence_of(f"{side}_foot_index"))
        for side in FEET
    ]
    return np.stack([np.minimum(foot, hips) for foot in feet], axis=1)


def _measure_size(poses: Poses) -> FloatArray:
    """Return the length along shoulder, hip, knee and ankle, ``(n,)``: the mean of both sides.

    Where one side is not seen it is the other's.
    """
    chain = ("shoulder", "hip", "knee", "ankle")
    sides = []
    for side in FEET:
        points = [poses[f"{side}_{name}"] for name in chain]
        bones = [np.linalg.norm(end - start, axis=1) for start, end in pairwise(points)]
        sides.append(np.sum(bones, axis=0))
    left, right = sides
    both = np.where(np.isfinite(left), left, right), np.where(np.isfinite(right), right, left)
    return np.asarray(np.mean(both, axis=0))
