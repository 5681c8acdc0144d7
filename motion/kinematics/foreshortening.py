"""Takes out of the picture what a camera off its plane shortens."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.kinematics.joints import Plane
from motion.kinematics.view import off_plane
from motion.model import FloatArray, Poses, Position, View

__all__ = ["ANGLE_METHOD", "Foreshortening", "find_foreshortening"]

ANGLE_METHOD: Final = "picture, foreshortening taken out"
"""How angles are made of landmarks; numbers made in another way are not comparable."""

_LARGEST_OFF_DEG: Final = 75.0
"""No angle is given from so far off; the bound only keeps the division finite."""

_PICTURE_UP: Final = (0.0, -1.0)

_SHORTEST_SHARE: Final = 0.01
"""Of the person's extent in the picture: a thigh that points straight at the camera leaves less
of itself than the landmarks err by, and a line of that length points anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreshortening:
    """By how much a picture shortens what lies in each plane, and across which line.

    Parameters
    ----------
    axis
        The direction in the picture (x right, y down; length 1) about which the camera was
        turned off the plane. Lengths along it are seen whole.
    share
        For each plane, the share of a length across the axis that the picture shows.
    shortest_px
        A line of landmarks that the picture shows shorter than this has no direction.
    """

    axis: tuple[float, float]
    share: dict[Plane, float]
    shortest_px: float = 0.0

    def drop_pointlike(self, line_px: FloatArray) -> FloatArray:
        """Return lines ``(n, 2)`` with NaN where the picture shows hardly more than a point."""
        with np.errstate(invalid="ignore"):
            pointlike = np.hypot(line_px[:, 0], line_px[:, 1]) < self.shortest_px
        return np.where(pointlike[:, None], np.nan, line_px)

    def take_out(self, line_px: FloatArray, plane: Plane) -> FloatArray:
        """Return lines ``(n, 2)`` of the picture as long as a view square to the plane shows."""
        along = np.outer(line_px @ self.axis, self.axis)
        return np.asarray(along + (line_px - along) / self.share[plane])

    def correct_slope(self, slope_deg: float, plane: Plane) -> float:
        """Return the slope against the line across the axis that a square view shows."""
        return float(np.degrees(np.arctan(np.tan(np.radians(slope_deg)) * self.share[plane])))


def find_foreshortening(poses: Poses, view: View, position: Position) -> Foreshortening:
    """Find the foreshortening of a view from the azimuth of its camera.

    A camera ``off`` degrees off a plane shows lengths in that plane across the axis of turning
    at ``cos(off)`` of themselves and those along it whole, so a bent knee looks straighter. This
    is exact for a body that moves in the plane, seen from far; a limb that leaves the plane is
    mended in part. On the rendered clips the result is better than both the plain picture and
    the model's metres from 10 degrees off to 60 (docs/measured.md), and the same at 0.

    The camera turns about the vertical: the picture's own, and for a lying person, whose view is
    told by the trunk, the trunk's median line.
    """
    off_deg = {plane: min(off_plane(view, plane), _LARGEST_OFF_DEG) for plane in Plane}
    return Foreshortening(
        axis=_trunk_line(poses) if position.lying else _PICTURE_UP,
        share={plane: float(np.cos(np.radians(each))) for plane, each in off_deg.items()},
        shortest_px=_SHORTEST_SHARE * _find_extent_px(poses),
    )


def _find_extent_px(poses: Poses) -> float:
    """Return the median over the frames of the diagonal of the box around the person."""
    low = np.fmin.reduce(poses.position, axis=1)
    high = np.fmax.reduce(poses.position, axis=1)
    extent_px = np.hypot(*(high - low).T)
    seen = extent_px[np.isfinite(extent_px)]
    return float(np.median(seen)) if len(seen) else 0.0


def _trunk_line(poses: Poses) -> tuple[float, float]:
    shoulders = (poses["left_shoulder"] + poses["right_shoulder"]) / 2.0
    trunk = shoulders - (poses["left_hip"] + poses["right_hip"]) / 2.0
    seen = trunk[np.all(np.isfinite(trunk), axis=1)]
    if len(seen) == 0:
        return _PICTURE_UP
    x, y = np.median(seen, axis=0)
    length = float(np.hypot(x, y))
    return (float(x / length), float(y / length)) if length > 0 else _PICTURE_UP
