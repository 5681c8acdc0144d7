"""What a take's numbers say of left and right: what was put back, and whether it is a mirror's."""

import numpy as np

from motion.exercise import Movement
from motion.kinematics import find_joint
from motion.measuring_repetitions import FREE_MOVEMENT
from motion.measuring_test import find_moving_side
from motion.model import PoseRecording, Side, SideCounts, View, ViewName
from motion.pose.mirrored import suspect_mirrored, suspect_mirrored_order
from motion.pose.sides import SideRepair

__all__ = ["count_sides", "suspect_mirror"]


def count_sides(repair: SideRepair, before: SideCounts) -> SideCounts:
    """Return in how many frames sides were put back, with those of earlier repairs."""
    return SideCounts(
        swapped_leg_frames=before.swapped_leg_frames + int(np.sum(repair.swapped_legs)),
        swapped_arm_frames=before.swapped_arm_frames + int(np.sum(repair.swapped_arms)),
        ambiguous_frames=max(before.ambiguous_frames, int(np.sum(repair.ambiguous))),
    )


def suspect_mirror(
    recording: PoseRecording, planned: Side | None, movement: Movement, view: View
) -> str:
    """Return why left and right may be exchanged; from the plan only in a view from the front.

    There both limbs are seen, and an exercise that moves both in turn shows which came first.
    """
    suspicion = suspect_mirrored(recording)
    angle = movement.counted_angle if movement is not FREE_MOVEMENT else ""
    if suspicion or planned is None or not angle or view.name is not ViewName.FRONTAL:
        return suspicion
    arm = find_joint(angle).name.startswith(("shoulder", "elbow"))
    moving = find_moving_side(movement.name, planned)
    return suspect_mirrored_order(recording, moving, "wrist" if arm else "ankle")
