"""The simple figure of the pictograms: angles in, joints out, nothing drawn.

Axes of every point: to the right of the picture, up, towards the viewer; in metres of a grown
person. From the side the figure looks to the right and its right side is near; from the front its
right side is on the picture's left.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from motion.model import FloatArray, Position

__all__ = ["BONES_M", "LYING", "Figure", "pose_figure", "see"]

Figure = dict[str, FloatArray]

BONES_M: Final = {
    "trunk": 0.50, "neck": 0.19, "upper_arm": 0.28, "forearm": 0.31, "thigh": 0.43, "shank": 0.42,
    "foot": 0.22,
}  # fmt: skip
"""Lengths between the joints, near those of Winter (2009), Biomechanics of Human Movement,
fig. 4.1, for 1.75 m; the forearm reaches into the hand."""

LYING: Final = (Position.SUPINE, Position.PRONE, Position.SIDE_LYING)

_HALF_SHOULDERS_M: Final = 0.18
_HALF_HIPS_M: Final = 0.10
_HEEL_M: Final = 0.05
_FACE_M: Final = 0.03
_BENT: Final = float(np.radians(30.0))
# How much a point nearer to the viewer is shifted, to the right and up: limbs that lie behind one
# another, and thighs that point at the viewer, can be told apart.
_SHIFT: Final = {"side": (-0.25, -0.12), "front": (0.0, -0.35)}


def pose_figure(posture: Mapping[str, float], view: str, position: Position) -> Figure:
    """Return the joints of a figure, mid-hip at 0.

    Signs are those of :class:`motion.exercise.exercises.Pictogram`. From the front, thighs point
    at the viewer in somebody who sits, and half-way in somebody who lies with bent knees; such a
    leg opens at the knee while its foot stays down.

    Parameters
    ----------
    posture
        Degrees by angle; 0 where not named.
    view
        ``side`` or ``front``.
    position
        Which of the body rests on what.
    """
    radians = {name: float(np.radians(value)) for name, value in posture.items()}

    def angle(name: str) -> float:
        return radians.get(name, 0.0)

    side = view == "side"
    trunk, head = angle("trunk"), angle("trunk") + angle("head")
    lies = position in LYING
    chest, skull = _axes(trunk, view), _axes(head, view)
    pelvis = chest if side or lies else _axes(0.0, view)
    points: Figure = {"mid_hip": np.zeros(3), "mid_shoulder": BONES_M["trunk"] * chest[1]}
    points["head"] = points["mid_shoulder"] + BONES_M["neck"] * skull[1] + _FACE_M * skull[0]
    points["nose"] = points["head"] + 0.12 * skull[0]
    for name, right in (("left", -1.0), ("right", 1.0)):
        shoulder = points["mid_shoulder"] + right * _HALF_SHOULDERS_M * chest[2]
        arm, elbow = angle(f"{name}_shoulder"), angle(f"{name}_elbow")
        up = _limb(chest, arm, 0.0, right) if side else _limb(chest, 0.0, arm, right)
        bent = arm + elbow
        fore = _limb(chest, bent, 0.0, right) if side else _limb(chest, 0.0, bent, right)
        points[f"{name}_shoulder"] = shoulder
        points[f"{name}_elbow"] = shoulder + BONES_M["upper_arm"] * up
        points[f"{name}_wrist"] = points[f"{name}_elbow"] + BONES_M["forearm"] * fore
        hip, knee = angle(f"{name}_hip"), angle(f"{name}_knee")
        thigh = hip if side else _forward_of(position, knee)
        legs = thigh, thigh - knee, thigh - knee + np.pi / 2 + angle(f"{name}_ankle")
        opened = not side and lies and knee > _BENT
        outward = (0.0, 0.0) if side else (hip, -hip if opened else hip)
        points |= _leg(name, right, pelvis, legs, outward)
    return points


def see(point: FloatArray, view: str) -> FloatArray:
    """Return ``(2,)`` where a point is drawn: to the right and up, in metres."""
    return np.asarray(point[:2] + np.array(_SHIFT[view]) * point[2])


def _forward_of(position: Position, knee: float) -> float:
    if position is Position.SITTING:
        return float(np.pi / 2)
    return 0.75 * knee if position in LYING else 0.0


def _axes(lean: float, view: str) -> FloatArray:
    """Return ``(3, 3)``: forward, up and to the person's right after leaning.

    From the side the lean is forward, from the front to the person's right.
    """
    sin, cos = np.sin(lean), np.cos(lean)
    if view == "side":
        return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return np.array([[0.0, 0.0, 1.0], [-sin, cos, 0.0], [-cos, -sin, 0.0]])


def _limb(axes: FloatArray, forward: float, outward: float, right: float) -> FloatArray:
    """Return the direction of a limb that hangs forward of straight down, and outward from it."""
    down = np.cos(forward) * axes[1] * -1.0 + np.sin(forward) * axes[0]
    return np.asarray(np.cos(outward) * down + right * np.sin(outward) * axes[2])


def _leg(
    name: str,
    right: float,
    axes: FloatArray,
    forward: tuple[float, float, float],
    outward: tuple[float, float],
) -> Figure:
    """Return the joints of a leg; a foot goes outward as its shank does."""
    thigh, shank, foot = (
        _limb(axes, angle, out, right)
        for angle, out in zip(forward, (*outward, outward[1]), strict=True)
    )
    hip = right * _HALF_HIPS_M * axes[2]
    knee = hip + BONES_M["thigh"] * thigh
    ankle = knee + BONES_M["shank"] * shank
    heel = ankle + _HEEL_M * (shank - foot)
    return {
        f"{name}_hip": hip,
        f"{name}_knee": knee,
        f"{name}_ankle": ankle,
        f"{name}_heel": heel,
        f"{name}_toe": heel + BONES_M["foot"] * foot,
    }
