"""How each exercise of the made-up clinic is moved: which angles go where, and from where seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from motion.demo.camera import CAMERA_IN_FRONT, Camera
from motion.model import FloatArray, Position, Side

__all__ = ["ANGLE_SHAPES", "Shape", "bump"]

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_FEET: Final[Mapping[str, Any]] = {"still": ("left_ankle", "right_ankle"), "place": (0.5, 0.88)}
_LIMB: Final = "limb_"
"""Before an angle that the exercised side moves; without it both sides do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way of moving.

    Parameters
    ----------
    position
        How the person is placed.
    rest_deg
        The counted angle at rest.
    angles
        ``(at rest, share)``: how far each angle is at rest, and how much of the counted angle's
        way it goes along.
    in_front
        Whether the camera stands in front; else at the side that moves.
    camera
        What else is said of the camera.
    both_ways
        Whether repetitions go to either side in turn.
    """

    position: Position
    rest_deg: float
    angles: Mapping[str, tuple[float, float]]
    in_front: bool = False
    camera: Mapping[str, Any] = field(default_factory=dict)
    both_ways: bool = False

    def pose(self, side: Side, counted_deg: FloatArray) -> dict[str, FloatArray]:
        """Return the angles of the body over time."""
        limb = f"{side}_" if side in _OTHER else ""
        return {
            name.replace(_LIMB, limb): rest + share * (counted_deg - self.rest_deg)
            for name, (rest, share) in self.angles.items()
        }

    def place_camera(self, side: Side, turned_deg: float) -> Camera:
        """Return where the camera stands, turned away by some degrees."""
        if self.in_front:
            still = {"still": (f"{_OTHER[side]}_ankle",), **_PLACE} if side in _OTHER else _FEET
            return Camera(azimuth_deg=CAMERA_IN_FRONT + turned_deg, **still)
        near = side if side in _OTHER else Side.LEFT
        camera = Camera.beside(near, **self.camera)
        away = turned_deg if near is Side.LEFT else -turned_deg
        return Camera.beside(near, **self.camera, azimuth_deg=camera.azimuth_deg - away)


_PLACE: Final[Mapping[str, Any]] = {"place": (0.5, 0.88)}
_LYING: Final[Mapping[str, Any]] = {"lying": True}

ANGLE_SHAPES: Final[Mapping[str, Shape]] = {
    "heel_slide": Shape(
        position=Position.SUPINE,
        rest_deg=4.0,
        angles={"limb_knee_flexion": (4.0, 1.0), "limb_hip_flexion": (2.0, 0.5)},
        camera=_LYING,
    ),
    "knee_extension": Shape(
        position=Position.SUPINE,
        rest_deg=30.0,
        angles={"limb_knee_flexion": (30.0, 1.0), "limb_hip_flexion": (15.0, 0.5)},
        camera=_LYING,
    ),
    "seated_knee_extension": Shape(
        position=Position.SITTING,
        rest_deg=88.0,
        angles={
            "knee_flexion": (88.0, 0.0),
            "limb_knee_flexion": (88.0, 1.0),
            "hip_flexion": (85.0, 0.0),
        },
    ),
    "heel_curl": Shape(
        position=Position.STANDING,
        rest_deg=4.0,
        angles={"limb_knee_flexion": (4.0, 1.0), "limb_hip_flexion": (1.0, 0.05)},
    ),
    "squat": Shape(
        position=Position.STANDING,
        rest_deg=4.0,
        angles={
            "knee_flexion": (4.0, 1.0),
            "hip_flexion": (4.0, 1.1),
            "trunk_flexion": (2.0, 0.4),
            "ankle_dorsiflexion": (2.0, 0.3),
            "shoulder_flexion": (10.0, 0.8),
        },
        camera=_FEET,
    ),
    "arm_raise_forward": Shape(
        position=Position.STANDING,
        rest_deg=6.0,
        angles={"limb_shoulder_flexion": (6.0, 1.0), "elbow_flexion": (8.0, 0.0)},
        camera=_FEET,
    ),
    "arm_raise_sideways": Shape(
        position=Position.STANDING,
        rest_deg=12.0,
        angles={"shoulder_abduction": (12.0, 0.0), "limb_shoulder_abduction": (12.0, 1.0)},
        in_front=True,
    ),
    "leg_raise_sideways": Shape(
        position=Position.STANDING,
        rest_deg=1.0,
        angles={"limb_hip_abduction": (1.0, 1.0), "shoulder_abduction": (15.0, 0.0)},
        in_front=True,
    ),
    "ankle_lunge": Shape(
        position=Position.STANDING,
        rest_deg=2.0,
        # The foot stays flat: the shank leans forward by as much as the thigh lifts the knee.
        angles={
            "limb_ankle_dorsiflexion": (2.0, 1.0),
            "limb_knee_flexion": (4.0, 2.0),
            "limb_hip_flexion": (2.0, 1.0),
        },
        camera=_FEET,
    ),
    "seated_forward_bend": Shape(
        position=Position.SITTING,
        rest_deg=2.0,
        angles={
            "trunk_flexion": (2.0, 1.0),
            "hip_flexion": (85.0, 1.0),
            "knee_flexion": (86.0, 0.0),
        },
    ),
    "side_bend": Shape(
        position=Position.STANDING,
        rest_deg=0.0,
        angles={"trunk_lateral_flexion": (0.0, 1.0), "shoulder_abduction": (12.0, 0.0)},
        in_front=True,
        both_ways=True,
    ),
    "elbow_curl": Shape(
        position=Position.STANDING,
        rest_deg=8.0,
        angles={"limb_elbow_flexion": (8.0, 1.0)},
        camera=_FEET,
    ),
}
"""By the exercise's name; tests and walking are moved in ways of their own."""


def bump(
    time_s: FloatArray, start_s: float, raise_s: float, hold_s: float, lower_s: float
) -> FloatArray:
    """Return one smooth way from 0 to 1, held, and back: half cosines."""
    up = np.clip((time_s - start_s) / raise_s, 0.0, 1.0)
    down = np.clip((time_s - start_s - raise_s - hold_s) / lower_s, 0.0, 1.0)
    return np.asarray((np.cos(np.pi * down) - np.cos(np.pi * up)) / 2.0)
