"""A made-up body: the landmarks of a figure whose joints stand at given angles.

Body axes in metres: X to the person's left, Y up, Z forward, mid-hip at 0. A segment hangs along
``_direction(angle)``: 0 is straight down the trunk's axis, 90 forward.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from motion.model import LANDMARKS, FloatArray

__all__ = ["BODY_LEG_M", "pose_body"]

BODY_LEG_M: Final = 0.87
"""From the hip to the sole of the figure."""

_TRUNK_M, _UPPER_ARM_M, _FOREARM_M, _HAND_M = 0.5, 0.3, 0.26, 0.08
_THIGH_M, _SHANK_M, _FOOT_M, _HEEL_M = 0.42, 0.4, 0.22, 0.05
_HALF_HIPS_M, _HALF_SHOULDERS_M, _HALF_EARS_M, _NECK_M = 0.15, 0.19, 0.08, 0.2
_SIDES: Final = ((1.0, "left"), (-1.0, "right"))

Angles = Mapping[str, ArrayLike]
Points = dict[str, FloatArray]


def pose_body(angles_deg: Angles, frames: int) -> FloatArray:
    """Return ``(frames, 33, 3)`` landmarks in metres.

    Parameters
    ----------
    angles_deg
        By the names of the joint table, ``left_knee_flexion`` or for both sides
        ``knee_flexion``; what is not named is 0. Each is a number or ``(frames,)``.
    """

    def angle(name: str) -> FloatArray:
        value = angles_deg.get(name, angles_deg.get(name.partition("_")[2], 0.0))
        return np.broadcast_to(np.radians(np.asarray(value, dtype=float)), (frames,))

    lean, bend = angle("trunk_flexion"), angle("trunk_lateral_flexion")
    chest, hips = _axes(lean, bend), _axes(lean, np.zeros(frames))
    mid_shoulder = _TRUNK_M * chest[:, 1]
    points = _pose_head(mid_shoulder, chest)
    for sign, side in _SIDES:
        shoulder = mid_shoulder + sign * _HALF_SHOULDERS_M * chest[:, 0]
        raised, away = angle(f"{side}_shoulder_flexion"), angle(f"{side}_shoulder_abduction")
        bent = raised + angle(f"{side}_elbow_flexion")
        points |= _pose_arm(side, shoulder, chest, (raised, bent), (away, sign))
        thigh, out = angle(f"{side}_hip_flexion"), angle(f"{side}_hip_abduction")
        shank = thigh - angle(f"{side}_knee_flexion")
        foot = shank + np.pi / 2 + angle(f"{side}_ankle_dorsiflexion")
        hip = sign * _HALF_HIPS_M * hips[:, 0]
        points |= _pose_leg(side, hip, hips, (thigh, shank, foot), (out, sign))
    return np.stack([points[name] for name in LANDMARKS], axis=1)


def _pose_arm(
    side: str,
    shoulder: FloatArray,
    axes: FloatArray,
    forward: tuple[FloatArray, FloatArray],
    outward: tuple[FloatArray, float],
) -> Points:
    raised, bent = forward
    elbow = shoulder + _UPPER_ARM_M * _direction(axes, raised, *outward)
    along = _direction(axes, bent, *outward)
    wrist = elbow + _FOREARM_M * along
    hand = wrist + _HAND_M * along
    fingers = {f"{side}_{finger}": hand for finger in ("pinky", "index", "thumb")}
    return {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_wrist": wrist, **fingers}


def _pose_leg(
    side: str,
    hip: FloatArray,
    axes: FloatArray,
    forward: tuple[FloatArray, FloatArray, FloatArray],
    outward: tuple[FloatArray, float],
) -> Points:
    thigh, shank, foot = (_direction(axes, each, *outward) for each in forward)
    knee = hip + _THIGH_M * thigh
    ankle = knee + _SHANK_M * shank
    heel = ankle + _HEEL_M * (shank - foot)
    return {
        f"{side}_hip": hip,
        f"{side}_knee": knee,
        f"{side}_ankle": ankle,
        f"{side}_heel": heel,
        f"{side}_foot_index": heel + _FOOT_M * foot,
    }


def _pose_head(mid_shoulder: FloatArray, axes: FloatArray) -> Points:
    mid_ear = mid_shoulder + _NECK_M * axes[:, 1]
    points = {"nose": mid_ear + 0.1 * axes[:, 2]}
    eye = mid_ear + 0.08 * axes[:, 2] + 0.02 * axes[:, 1]
    for sign, side in _SIDES:
        half = sign * axes[:, 0]
        points |= {
            f"{side}_ear": mid_ear + _HALF_EARS_M * half,
            f"{side}_eye_inner": eye + 0.02 * half,
            f"{side}_eye": eye + 0.03 * half,
            f"{side}_eye_outer": eye + 0.04 * half,
            f"mouth_{side}": mid_ear + 0.08 * axes[:, 2] - 0.05 * axes[:, 1] + 0.03 * half,
        }
    return points


def _axes(lean: FloatArray, bend: FloatArray) -> FloatArray:
    """Return ``(n, 3, 3)``: the axes left, up, forward after leaning forward and to the right."""
    zero = np.zeros_like(lean)
    left = np.stack([np.cos(bend), np.sin(bend), zero], axis=1)
    up = np.stack([-np.sin(bend), np.cos(bend) * np.cos(lean), np.sin(lean)], axis=1)
    forward = np.stack([zero, -np.sin(lean), np.cos(lean)], axis=1)
    return np.stack([left, up, forward], axis=1)


def _direction(
    axes: FloatArray, forward: FloatArray, outward: FloatArray, sign: float
) -> FloatArray:
    """Return the unit vector that hangs ``forward`` of straight down and ``outward`` from it."""
    cos_out = np.cos(outward)
    return np.asarray(
        -(np.cos(forward) * cos_out)[:, None] * axes[:, 1]
        + (np.sin(forward) * cos_out)[:, None] * axes[:, 2]
        + sign * np.sin(outward)[:, None] * axes[:, 0]
    )
