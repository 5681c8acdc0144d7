"""The live angle at its joint: arc, target zone, the mark of the most that is allowed."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from motion.kinematics.joints import Plane, find_joint
from motion.model import BoolArray, RealArray, Side, landmark_index
from motion.report.picture import AngleDrawing, direction, drawing_of, find_zero, rows_under
from motion.report.strokes import (
    BONE_BGR,
    SHADE_BGR,
    Bgr,
    Picture,
    arc_points,
    draw_arc,
    draw_dashes,
    draw_segment,
    pixel,
    towards,
)

__all__ = ["LIMIT_BGR", "ON_TARGET_BGR", "TARGET_BGR", "Body", "Goal", "SidedAngle", "draw_joint"]

# Okabe and Ito (2008), Color universal design: bluish green, yellow and vermillion stay apart for
# colour-blind eyes, from each other and from the lights' blue, amber and grey; each also has its
# own shape.
TARGET_BGR: Final[Bgr] = (115, 158, 0)
ON_TARGET_BGR: Final[Bgr] = (66, 228, 240)
LIMIT_BGR: Final[Bgr] = (0, 94, 213)

_SURE_SENSE_DEG: Final = 15.0
_FACING_SHARE: Final = 0.15
_REACH_SHARE: Final = 0.55


@dataclass(frozen=True, slots=True)
class SidedAngle:
    """One angle of the joint table on one side."""

    angle: str
    side: Side

    @classmethod
    def parse(cls, name: str) -> "SidedAngle":
        """Read ``left_knee_flexion`` or ``trunk_flexion``."""
        first, _, rest = name.partition("_")
        if first in (Side.LEFT, Side.RIGHT):
            return cls(rest, Side(first))
        return cls(name, Side.NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One body in the picture that is drawn on.

    ``points (33, 2)``, NaN where not seen; ``sure (33,)`` which were seen well.
    """

    points: RealArray
    sure: BoolArray

    @property
    def drawable(self) -> BoolArray:
        """``(33,)`` which landmarks were seen."""
        seen: BoolArray = np.isfinite(self.points[:, 0])
        return seen

    def across(self, start: str, end: str) -> RealArray:
        """Return the vector between two landmarks, NaN where one was not seen."""
        return np.asarray(self.points[landmark_index(end)] - self.points[landmark_index(start)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the angle is held against, in degrees; NaN where not set.

    ``low_deg`` to ``high_deg`` is the zone around the target, cut off at what is allowed.
    """

    low_deg: float
    high_deg: float
    limit_deg: float

    @classmethod
    def of(
        cls, target_deg: float, tolerance_deg: float, limit_deg: float, rest_deg: float
    ) -> "Goal":
        """Return the zone around a target; the limit lies on the target's side of rest."""
        low, high = target_deg - tolerance_deg, target_deg + tolerance_deg
        if math.isfinite(limit_deg):
            falls = target_deg < rest_deg
            low, high = (max(low, limit_deg), high) if falls else (low, min(high, limit_deg))
        return cls(low_deg=min(low, high), high_deg=high, limit_deg=limit_deg)

    def holds(self, value_deg: float) -> bool:
        """Whether a value lies in the zone."""
        return self.low_deg <= value_deg <= self.high_deg


def draw_joint(
    image: Picture, body: Body, shown: SidedAngle, value_deg: float, goal: Goal, colour: Bgr,
    unit: float,
) -> None:  # fmt: skip
    """Draw the segments of an angle thick, and the angle itself where it has a value.

    Segments whose ends were not seen are left out; without the joint or the moving segment
    nothing of the angle is drawn.

    Parameters
    ----------
    colour
        The light's, for segments and arc.
    unit
        Width of a line in pixels.
    """
    drawing = drawing_of(shown.angle)
    rows = rows_under(shown.angle, shown.side)
    places = {name: np.mean(body.points[list(found)], axis=0) for name, found in rows.items()}
    sure = all(body.sure[list(found)].all() for found in rows.values())
    for start, end in drawing.measured:
        if _placed(places, start, end):
            ends = pixel(places[start]), pixel(places[end])
            draw_segment(image, ends, colour, max(3, round(3 * unit)), sure=sure)
    if not math.isfinite(value_deg) or not _placed(places, *places):
        return
    moving = direction(drawing.moving, places)
    zero, sense = _find_fan(drawing, places, body, shown, value_deg)
    length = float(np.linalg.norm(places[drawing.moving[1]] - places[drawing.moving[0]]))
    reach = float(np.clip(_REACH_SHARE * length, 10 * unit, 45 * unit))
    vertex = places[drawing.vertex]
    if sense:
        _draw_goal(image, vertex, (zero, sense), reach, goal, value_deg, unit)
    draw_dashes(image, pixel(vertex), pixel(vertex + 1.4 * reach * towards(zero)), BONE_BGR, 1)
    draw_arc(image, vertex, (zero, moving), reach, max(2, round(1.5 * unit)), colour)


def _placed(places: dict[str, RealArray], *names: str) -> bool:
    return all(bool(np.isfinite(places[name]).all()) for name in names)


def _find_fan(
    drawing: AngleDrawing, places: dict[str, RealArray], body: Body, shown: SidedAngle,
    value_deg: float,
) -> tuple[float, float]:  # fmt: skip
    """Return where zero is and which way larger angles turn: +1 clockwise in the picture, or -1.

    A wide angle shows by itself which way it opens. Of a small one the body has to tell, by the
    way it faces; where that is not seen either, the second value is 0.
    """
    moving = direction(drawing.moving, places)
    nominal = direction(drawing.zero, places)
    if drawing.turned:
        nominal += np.pi / 2 * np.sign(np.sin(moving - nominal) or 1.0)
    zero = find_zero(moving, nominal, value_deg)
    if abs(value_deg) >= _SURE_SENSE_DEG:
        return zero, float(np.sign((moving - zero) * value_deg))
    sense = _find_sense(drawing, body, shown)
    return (moving - sense * math.radians(value_deg), sense) if sense else (zero, 0.0)


def _find_sense(drawing: AngleDrawing, body: Body, shown: SidedAngle) -> float:
    # The joint table counts from `start` to `end`, counter-clockwise where its first axis points
    # to the right of the picture; the moving segment is one of the two.
    joint = find_joint(shown.angle)
    first = _find_first_axis(body, joint.plane, shown.side)
    return -first if drawing.moving == joint.end else first


def _find_first_axis(body: Body, plane: Plane, side: Side) -> float:
    """Return +1 where the plane's first axis lies to the right of up the body, -1, or 0."""
    cranial = body.across("left_hip", "left_shoulder"), body.across("right_hip", "right_shoulder")
    if plane is Plane.FRONTAL:
        right = [body.across(f"left_{name}", f"right_{name}") for name in ("shoulder", "hip")]
        outwards = -1.0 if side is Side.LEFT else 1.0
        return outwards * _handedness([(axis, up) for axis in right for up in cranial])
    pairs = []
    for name, trunk in zip(("left", "right"), cranial, strict=True):
        pairs.append((body.across(f"{name}_ear", "nose"), trunk))
        shank = body.across(f"{name}_ankle", f"{name}_knee")
        pairs.append((body.across(f"{name}_heel", f"{name}_foot_index"), shank))
    return _handedness(pairs)


def _handedness(pairs: list[tuple[RealArray, RealArray]]) -> float:
    turns = []
    for axis, up in pairs:
        if np.isfinite(axis).all() and np.isfinite(up).all():
            size = float(np.linalg.norm(axis) * np.linalg.norm(up)) or 1.0
            turns.append(float(axis[1] * up[0] - axis[0] * up[1]) / size)
    mean = float(np.mean(turns)) if turns else 0.0
    return float(np.sign(mean)) if abs(mean) > _FACING_SHARE else 0.0


def _draw_goal(
    image: Picture, vertex: RealArray, fan: tuple[float, float], reach: float, goal: Goal,
    value_deg: float, unit: float,
) -> None:  # fmt: skip
    zero, sense = fan

    def at(value: float) -> float:
        return zero + sense * math.radians(value)

    if math.isfinite(goal.low_deg) and math.isfinite(goal.high_deg):
        ends = at(goal.low_deg), at(goal.high_deg)
        inner = arc_points(vertex, ends, 1.08 * reach)
        outer = arc_points(vertex, ends, 1.38 * reach)
        ring = [np.rint(np.concatenate([inner, outer[::-1]])).astype(np.int32)]
        reached = goal.holds(value_deg)
        cv2.fillPoly(image, ring, ON_TARGET_BGR if reached else TARGET_BGR, cv2.LINE_AA)
        rim = max(1, round(unit * (1.4 if reached else 0.7)))
        cv2.polylines(image, ring, True, SHADE_BGR, rim, cv2.LINE_AA)
    if math.isfinite(goal.limit_deg):
        out = towards(at(goal.limit_deg))
        across = 0.22 * reach * np.array([-out[1], out[0]])
        tip = vertex + 1.55 * reach * out
        width = max(2, round(1.6 * unit))
        for start, end in ((vertex + 0.75 * reach * out, tip), (tip - across, tip + across)):
            cv2.line(image, pixel(start), pixel(end), SHADE_BGR, width + 2, cv2.LINE_AA)
            cv2.line(image, pixel(start), pixel(end), LIMIT_BGR, width, cv2.LINE_AA)
