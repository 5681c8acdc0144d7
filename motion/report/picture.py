"""What is drawn of each angle: the lines it lies between, and where its zero is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import RealArray, Side, landmark_index

__all__ = ["AngleDrawing", "direction", "drawing_of", "find_zero", "rows_under"]

Segment = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleDrawing:
    """How one angle is shown.

    Points are named as in the joint table: ``hip`` of the measured side, ``mid_hip``,
    ``left_ear``; ``up`` is the picture's vertical.

    Parameters
    ----------
    vertex
        Where arc and number stand.
    moving
        The segment whose direction ends the arc.
    zero
        The line along which the angle is zero.
    turned
        Whether zero is across that line and not along it.
    """

    vertex: str
    moving: Segment
    zero: Segment
    turned: bool = False

    @property
    def measured(self) -> tuple[Segment, ...]:
        """The body segments that the angle is measured between."""
        return (self.moving, *(() if "up" in self.zero else (self.zero,)))


_TRUNK: Final = ("mid_shoulder", "mid_hip")
_UP: Final = ("", "up")
_DRAWINGS: Final = {
    "shoulder_flexion": AngleDrawing(vertex="shoulder", moving=("shoulder", "elbow"), zero=_TRUNK),
    "shoulder_abduction": AngleDrawing(
        vertex="shoulder", moving=("shoulder", "elbow"), zero=_TRUNK
    ),
    "elbow_flexion": AngleDrawing(
        vertex="elbow", moving=("elbow", "wrist"), zero=("shoulder", "elbow")
    ),
    "hip_flexion": AngleDrawing(vertex="hip", moving=("hip", "knee"), zero=_TRUNK),
    "hip_abduction": AngleDrawing(
        vertex="hip", moving=("hip", "knee"), zero=("left_hip", "right_hip"), turned=True
    ),
    "knee_flexion": AngleDrawing(vertex="knee", moving=("knee", "ankle"), zero=("hip", "knee")),
    "ankle_dorsiflexion": AngleDrawing(
        vertex="ankle", moving=("heel", "foot_index"), zero=("knee", "ankle"), turned=True
    ),
    "trunk_flexion": AngleDrawing(vertex="mid_hip", moving=("mid_hip", "mid_shoulder"), zero=_UP),
    "trunk_lateral_flexion": AngleDrawing(
        vertex="mid_hip", moving=("mid_hip", "mid_shoulder"), zero=_UP
    ),
    "neck_lateral_flexion": AngleDrawing(
        vertex="mid_ear", moving=("left_ear", "right_ear"), zero=("left_shoulder", "right_shoulder")
    ),
}


def drawing_of(angle: str) -> AngleDrawing:
    """Return how an angle of the joint table is shown."""
    return _DRAWINGS[angle]


def landmarks_of(point: str, side: Side) -> tuple[int, ...]:
    """Return the rows of the landmarks that a point is the middle of."""
    if point.startswith("mid_"):
        bare = point.removeprefix("mid_")
        return landmark_index(f"left_{bare}"), landmark_index(f"right_{bare}")
    sided = point.startswith(("left_", "right_"))
    return (landmark_index(point if sided else f"{side}_{point}"),)


def rows_under(angle: str, side: Side) -> dict[str, tuple[int, ...]]:
    """Return the points that an angle is drawn between, each with its landmarks' rows."""
    drawing = drawing_of(angle)
    names = {name for segment in (*drawing.measured, drawing.moving) for name in segment}
    return {name: landmarks_of(name, side) for name in names | {drawing.vertex}}


def find_zero(moving_rad: float, nominal_rad: float, value_deg: float) -> float:
    """Return the direction of zero: the moving direction turned back by the measured value.

    So the drawn arc is the very number of the tables. Which way it turns shows in where zero
    lies nominally; all directions in radians, clockwise in the picture.
    """
    options = moving_rad + np.radians([-value_deg, value_deg])
    away = np.abs((options - nominal_rad + np.pi) % (2 * np.pi) - np.pi)
    return float(options[int(np.argmin(away))])


def direction(segment: Segment, points: Mapping[str, RealArray]) -> float:
    """Return a segment's direction in radians, clockwise from the picture's right."""
    if segment == _UP:
        return -np.pi / 2
    dx, dy = points[segment[1]] - points[segment[0]]
    return float(np.arctan2(dy, dx))
