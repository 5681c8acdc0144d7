"""Measures each pass of a take with its own view; the frames of a turn are left empty."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from motion.kinematics.foot import FootZero, find_foot_zero
from motion.kinematics.joint_centres import JointCentreModel
from motion.kinematics.planar import measure_angles
from motion.model import (
    AngleTable,
    NearSide,
    PoseRecording,
    Poses,
    Position,
    Side,
    ViewPass,
)

__all__ = ["find_foot_zeros", "measure_passes", "near_sides"]


def near_sides(passes: Sequence[ViewPass]) -> frozenset[NearSide]:
    """Return the sides of the body that were nearest the camera in any pass."""
    return frozenset(each.view.near_side for each in passes)


def measure_passes(
    poses: Poses,
    recording: PoseRecording,
    passes: Sequence[ViewPass],
    position: Position,
    foot_zeros: dict[Side, FootZero] | None = None,
    centres: JointCentreModel | None = None,
    *,
    far_legs: bool = False,
) -> AngleTable:
    """Measure every angle of the joint table in each pass with that pass's view.

    Which side is near and which way is forward are a pass's own. Frames of no pass are empty.
    The parameters are those of :func:`motion.kinematics.planar.measure_angles`.
    """
    tables = [
        measure_angles(
            _only(poses, each),
            recording,
            each.view,
            position,
            foot_zeros,
            centres,
            far_legs=far_legs,
        )
        for each in passes
    ]
    joined = tables[0]
    for table, own in zip(tables[1:], passes[1:], strict=True):
        joined = _take_over(joined, table, own.frames)
    return joined


def find_foot_zeros(poses: Poses, passes: Sequence[ViewPass]) -> dict[Side, FootZero]:
    """Find each foot's slope when flat, in the passes in which its side is near, if any."""
    zeros = {}
    for side in (Side.LEFT, Side.RIGHT):
        own = [each for each in passes if each.view.near_side.value == side.value] or passes
        longest = max(own, key=lambda each: each.stop - each.first)
        zeros[side] = find_foot_zero(_only(poses, longest), longest.view, side)
    return zeros


def _only(poses: Poses, own: ViewPass) -> Poses:
    """Return the poses with nothing seen outside a pass."""
    if own.first == 0 and own.stop == len(poses.time_s):
        return poses
    position = np.full_like(poses.position, np.nan)
    position[own.frames] = poses.position[own.frames]
    return replace(poses, position=position)


def _take_over(table: AngleTable, other: AngleTable, frames: slice) -> AngleTable:
    curves = []
    for curve, new in zip(table.curves, other.curves, strict=True):
        own = np.zeros(len(table.time_s), dtype=bool)
        own[frames] = True
        curves.append(
            replace(
                curve,
                value_deg=np.where(own, new.value_deg, curve.value_deg),
                confidence=np.where(own, new.confidence, curve.confidence),
                filled=np.where(own, new.filled, curve.filled),
                by_hand=np.where(own, new.by_hand, curve.by_hand),
            )
        )
    return AngleTable(time_s=table.time_s, curves=tuple(curves))
