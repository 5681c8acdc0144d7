"""Angles from the picture, signed, for a person who faces either way."""

from dataclasses import replace
from typing import Final

import numpy as np

from motion.kinematics.foot import FootZero
from motion.kinematics.foreshortening import Foreshortening, find_foreshortening
from motion.kinematics.joint_centres import JointCentreModel, move_to_joint_centres
from motion.kinematics.joints import JOINTS, VERTICAL, JointAngle, Line, Plane
from motion.kinematics.points import find_point, landmarks_under
from motion.kinematics.view import off_plane
from motion.model import (
    AngleCurve,
    AngleTable,
    FloatArray,
    PoseRecording,
    Poses,
    Position,
    Side,
    View,
    ViewName,
)

_LEG: Final = ("hip", "knee", "ankle")

__all__ = [
    "FARTHEST_OFF_DEG",
    "angle_between",
    "is_far",
    "is_shown",
    "measure_angle",
    "measure_angles",
    "wrap_to_branch",
]

FARTHEST_OFF_DEG: Final = {Plane.SAGITTAL: 60.0, Plane.FRONTAL: 45.0}
"""From farther off no method measures: on the rendered clips a squat's knee errs by 9 degrees on
average at 60 and by 14 at 75, a shoulder's abduction by 6 at 45 and by 16 at 60, and angles from
the model's metres by 20 (docs/measured.md)."""


def angle_between(start: FloatArray, end: FloatArray) -> FloatArray:
    """Return the signed angle from ``start (n, 2)`` to ``end (n, 2)``, in (-180, 180] degrees.

    ``atan2`` of cross and dot product, never ``arccos``, which folds at 0 and 180 and hides
    hyperextension.
    """
    cross = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]
    dot = np.sum(start * end, axis=1)
    return np.asarray(np.degrees(np.arctan2(cross, dot)))


def wrap_to_branch(angle_deg: FloatArray, branch_deg: tuple[float, float]) -> FloatArray:
    """Return the angle on its branch; NaN where no body can be.

    The circle is cut in the middle of what is impossible, so that a shoulder going from 175
    to 185 degrees does not jump.
    """
    low, high = branch_deg
    cut = (low + high) / 2.0 - 180.0
    wrapped = (angle_deg - cut) % 360.0 + cut
    with np.errstate(invalid="ignore"):
        possible = (wrapped >= low) & (wrapped <= high)
    return np.where(possible, wrapped, np.nan)


def measure_angles(
    poses: Poses,
    recording: PoseRecording,
    view: View,
    position: Position,
    foot_zeros: dict[Side, FootZero] | None = None,
    centres: JointCentreModel | None = None,
    *,
    far_legs: bool = False,
) -> AngleTable:
    """Measure every angle of the joint table that the view allows, frame by frame.

    In a side view the far limb is left empty (clinical_rules.md 9), its leg in walking is not.
    What a view off its plane
    shortens is taken out (:mod:`motion.kinematics.foreshortening`); an angle from an oblique
    view is uncertain all the same, and whoever reports it must say so.

    Parameters
    ----------
    poses
        Cleaned positions in the picture.
    recording
        Tells which landmarks were filled.
    view
        The take's view.
    position
        How the person was placed; angles against gravity are left out when lying.
    foot_zeros
        The slope of the flat foot's line for each side, where it was found.
    centres
        Moves landmarks to joint centres, for the angles that are made of those; None leaves
        every landmark where it is.
    far_legs
        Whether the far leg of a side view is measured too: in walking, where it is flagged.
    """
    zeros = foot_zeros or {}
    centred = _find_centres(poses, recording, view, centres) if centres else poses
    shortened = find_foreshortening(poses, view, position)
    curves = []
    for joint in JOINTS:
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            points = centred if joint.from_centres else poses
            curve = measure_angle(joint, side, points, recording, view, shortened)
            shown = is_shown(joint, side, view, position, far_legs=far_legs)
            value = curve.value_deg if shown else np.full(len(poses.time_s), np.nan)
            if joint.joint == "ankle" and side in zeros:
                value = value - shortened.correct_slope(zeros[side].correction_deg, joint.plane)
            curves.append(
                AngleCurve(
                    joint=joint.joint,
                    motion=joint.motion,
                    side=side,
                    value_deg=value,
                    confidence=np.where(np.isfinite(value), curve.confidence, np.nan),
                    filled=curve.filled & np.isfinite(value),
                    by_hand=curve.by_hand & np.isfinite(value),
                )
            )
    return AngleTable(time_s=poses.time_s, curves=tuple(curves))


def _find_centres(
    poses: Poses, recording: PoseRecording, view: View, centres: JointCentreModel
) -> Poses:
    """Move the model's landmarks to joint centres; a hand puts them there itself."""
    moved = move_to_joint_centres(poses, view, centres)
    if not np.any(recording.by_hand):
        return moved
    position = np.where(recording.by_hand[..., None], poses.position, moved.position)
    return replace(moved, position=position)


def is_shown(
    joint: JointAngle, side: Side, view: View, position: Position, *, far_legs: bool = False
) -> bool:
    """Return whether a view shows an angle at all.

    Naming a plane does not turn the camera: an angle whose plane is seen from farther off
    than 60 degrees is not given, nor is an angle of the frontal plane beyond 45. In a view
    nearer to the side the far limb is left empty (clinical_rules.md 9), but for the leg where
    ``far_legs`` says so.
    """
    if view.name is ViewName.UNKNOWN or (joint.needs_upright and position.lying):
        return False
    off_deg = off_plane(view, joint.plane)
    if off_deg > FARTHEST_OFF_DEG[joint.plane]:
        return False
    if is_far(joint, side, view) and not (far_legs and joint.joint in _LEG):
        return False
    if view.name is not ViewName.OBLIQUE:
        return view.name is joint.plane.view
    # Of a joint that moves in both planes only the nearer plane's angle is given: the picture
    # cannot tell the two movements apart.
    planes = {other.plane for other in JOINTS if other.joint == joint.joint}
    return off_deg == min(off_plane(view, plane) for plane in planes)


def is_far(joint: JointAngle, side: Side, view: View) -> bool:
    """Return whether a limb is on the far side of a view that is nearer to the side."""
    from_side = off_plane(view, Plane.SAGITTAL) < off_plane(view, Plane.FRONTAL)
    sided = joint.plane is Plane.SAGITTAL and side is not Side.NONE
    return sided and from_side and side is not (Side.LEFT if view.azimuth_deg > 0 else Side.RIGHT)


def measure_angle(
    joint: JointAngle,
    side: Side,
    poses: Poses,
    recording: PoseRecording,
    view: View,
    shortened: Foreshortening,
) -> AngleCurve:
    """Measure one angle of one side, frame by frame, whether or not the view allows it.

    Missing where one of its lines runs straight at the camera: seen as a point, it points nowhere.
    """
    first_axis = _first_axis_sign(joint.plane, side, view)
    start, end = (
        shortened.take_out(_line(line, side, poses, shortened), joint.plane) * [first_axis, -1.0]
        for line in (joint.start, joint.end)
    )
    value = wrap_to_branch(angle_between(start, end) + joint.offset_deg, joint.branch_deg)
    names = [name for point in joint.points for name in landmarks_under(point, side)]
    rows = [poses.landmarks.index(name) for name in names]
    return AngleCurve(
        joint=joint.joint,
        motion=joint.motion,
        side=side,
        value_deg=value,
        confidence=np.min(poses.confidence[:, rows], axis=1),
        filled=np.any(recording.filled[:, rows], axis=1),
        by_hand=np.any(recording.by_hand[:, rows], axis=1),
    )


def _first_axis_sign(plane: Plane, side: Side, view: View) -> float:
    """Return +1 where the plane's first axis points to the right of the picture."""
    if plane is Plane.SAGITTAL:
        return -1.0 if view.azimuth_deg > 0 else 1.0
    persons_right = -1.0 if abs(view.azimuth_deg) < 90.0 else 1.0
    return -persons_right if side is Side.LEFT else persons_right


def _line(line: Line, side: Side, poses: Poses, shortened: Foreshortening) -> FloatArray:
    if line == VERTICAL:
        return np.tile([0.0, -1.0], (len(poses.time_s), 1))
    return shortened.drop_pointlike(
        find_point(poses, line[1], side) - find_point(poses, line[0], side)
    )
