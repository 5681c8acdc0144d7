"""Angles from the model's metres, in the body's own planes: the same joint table, any view."""

from typing import Final

import numpy as np

from motion.kinematics.bones import compare_sides
from motion.kinematics.joints import JOINTS, VERTICAL, JointAngle, Line, Plane
from motion.kinematics.planar import angle_between, wrap_to_branch
from motion.kinematics.points import find_point, landmarks_under
from motion.model import (
    AngleCurve,
    AngleTable,
    FloatArray,
    Frame,
    PoseRecording,
    Poses,
    Side,
)

__all__ = ["LARGEST_SIDE_DIFFERENCE", "measure_spatial_angles"]

LARGEST_SIDE_DIFFERENCE: Final = 0.08
"""Limbs that the model makes longer than the other side's by more than this share of their length
give no spatial angle. Legs of the rendered and real clips differ by up to 5 %, those of a seated
person with one thigh hidden by 13 %; MediaPipe's issue 4125 reports 60 mm, 7 to 8 %."""

_UP: Final = np.array([0.0, -1.0, 0.0])
_BELOW_HIP: Final = {"hip", "knee", "ankle"}
_HINGES: Final = {"elbow", "knee"}
_ABOUT_THE_AXIS: Final = 0.5


def measure_spatial_angles(
    poses: Poses,
    recording: PoseRecording,
    *,
    largest_side_difference: float = LARGEST_SIDE_DIFFERENCE,
    least_in_plane: float = 0.0,
) -> AngleTable:
    """Measure every angle of the joint table in the body's own planes, frame by frame.

    The body's axes in each frame: up along the trunk (mid-hip to mid-shoulder), left along the
    line of the hips (leg angles) or shoulders (arm angles) made square to it, forward square to
    both (after ISB: Wu et al. 2002, J Biomech 35:543, and 2005, 38:981). Both lines of an angle
    are projected on its plane and the signed angle between them is taken, as in the picture.
    Elbow and knee are hinges that turn with their limb: theirs is the whole angle between the
    two bones, with the sign about the body's axis from right to left where it may be negative.
    Lean of the trunk is against the picture's vertical.

    Of several cameras these are the take's angles (:mod:`motion.kinematics.room`). From the
    metres of one camera they are, on the clips with known answers, worse than those of the
    picture with its foreshortening taken out (docs/measured.md), so one camera's results do
    not use them; ``benchmarks/spatial.py`` repeats the comparison.

    Parameters
    ----------
    poses
        Cleaned positions in metres (:func:`motion.kinematics.cleaning.clean_world`).
    recording
        Tells which landmarks were filled and how long the limbs are. Angles of a pair of limbs
        whose lengths differ by more than ``largest_side_difference`` are left empty.
    largest_side_difference
        As a share of the limb's length.
    least_in_plane
        Share of a line's length that must lie in the angle's plane: of an arm that points
        forward nobody can say how far it is raised sideways.

    Raises
    ------
    ValueError
        If the positions are not in metres.
    """
    if poses.frame is not Frame.WORLD_M:
        msg = f"poses must be in {Frame.WORLD_M}, got {poses.frame}"
        raise ValueError(msg)
    uneven = _uneven_limbs(recording, largest_side_difference)
    curves = []
    for joint in JOINTS:
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            names = [name for point in joint.points for name in landmarks_under(point, side)]
            rows = [poses.landmarks.index(name) for name in names]
            value = _measure(joint, side, poses, least_in_plane)
            if joint.joint in uneven:
                value = np.full(len(value), np.nan)
            seen = np.isfinite(value)
            curves.append(
                AngleCurve(
                    joint=joint.joint,
                    motion=joint.motion,
                    side=side,
                    value_deg=value,
                    confidence=np.where(seen, np.min(poses.confidence[:, rows], axis=1), np.nan),
                    filled=np.any(recording.filled[:, rows], axis=1) & seen,
                )
            )
    return AngleTable(time_s=poses.time_s, curves=tuple(curves))


def _uneven_limbs(recording: PoseRecording, largest: float) -> set[str]:
    """Return the joints whose limbs are too unlike on the two sides."""
    joints = {"leg": _BELOW_HIP, "arm": {"shoulder", "elbow"}}
    return {
        joint
        for limb in joints
        if abs(compare_sides(recording, limb).difference) > largest
        for joint in joints[limb]
    }


def _measure(joint: JointAngle, side: Side, poses: Poses, least_in_plane: float) -> FloatArray:
    left, up, forward = _axes(joint, poses)
    first = forward if joint.plane is Plane.SAGITTAL else left
    if joint.plane is Plane.FRONTAL and side is not Side.LEFT:
        first = -first  # away from the midline; to the right where the angle has no side
    lines = _line(joint.start, side, poses), _line(joint.end, side, poses)
    if joint.joint in _HINGES:
        return _hinge_angle(*lines, left, joint.branch_deg)
    start, end = (np.column_stack([_dot(line, first), _dot(line, up)]) for line in lines)
    value = wrap_to_branch(angle_between(start, end) + joint.offset_deg, joint.branch_deg)
    for line, shown in zip(lines, (start, end), strict=True):
        with np.errstate(invalid="ignore"):
            share = np.linalg.norm(shown, axis=1) / np.linalg.norm(line, axis=1)
            value = np.where(share >= least_in_plane, value, np.nan)
    return value


def _hinge_angle(
    start: FloatArray, end: FloatArray, left: FloatArray, branch_deg: tuple[float, float]
) -> FloatArray:
    """Return the angle between two bones; negative where the turn is backwards and may be.

    It is the whole angle where the bones turn about an axis within 60 degrees of the body's own,
    either way. A small angle about another axis counts by its part about the body's, so that
    noise about straight is neither folded to one side nor jumps from side to side.
    """
    turn = np.cross(start, end)
    angle_deg = np.degrees(np.arctan2(np.linalg.norm(turn, axis=1), _dot(start, end)))
    # From forward to up is about the axis to the right.
    forwards = np.clip(-_dot(_unit(turn), left) / _ABOUT_THE_AXIS, -1.0, 1.0)
    small = angle_deg <= -branch_deg[0]
    exactly_straight = angle_deg == 0.0
    signed = np.where(small & ~exactly_straight, angle_deg * forwards, angle_deg)
    return wrap_to_branch(signed, branch_deg)


def _axes(joint: JointAngle, poses: Poses) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the body's left, up and forward, each ``(n, 3)`` of length 1."""
    shoulders = poses["left_shoulder"] - poses["right_shoulder"]
    hips = poses["left_hip"] - poses["right_hip"]
    if VERTICAL in (joint.start, joint.end):
        up, across = np.tile(_UP, (len(hips), 1)), _unit(shoulders) + _unit(hips)
    else:
        up = _unit(_line(("mid_hip", "mid_shoulder"), Side.NONE, poses))
        across = hips if joint.joint in _BELOW_HIP else shoulders
    left = _unit(across - _dot(across, up)[:, None] * up)
    return left, up, np.cross(left, up)


def _line(line: Line, side: Side, poses: Poses) -> FloatArray:
    if line == VERTICAL:
        return np.tile(_UP, (len(poses.time_s), 1))
    return find_point(poses, line[1], side) - find_point(poses, line[0], side)


def _unit(vectors: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _dot(first: FloatArray, second: FloatArray) -> FloatArray:
    return np.asarray(np.sum(first * second, axis=1))
