"""How a live take is to be measured afterwards, from what was prescribed."""

import math

from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.model import Setting, Side, TakeConditions
from motion.settings import AnalysisSettings

__all__ = ["settings_of_prescription"]


def settings_of_prescription(
    exercise: Exercise,
    prescription: Prescription,
    *,
    setting: Setting,
    withheld_joints: tuple[str, ...] = (),
    conditions: TakeConditions | None = None,
) -> AnalysisSettings:
    """Return the settings of the take's analysis.

    Parameters
    ----------
    exercise
        One that is measured.
    prescription
        Side and target.
    setting
        Clinic or home.
    withheld_joints
        What is never measured in this patient.
    conditions
        What else the take says about itself; position and setting are put in.
    """
    movement = exercise.movement
    planned = prescription.side if prescription.side in (Side.LEFT, Side.RIGHT) else None
    said = conditions or TakeConditions()
    target_deg = prescription.target_deg
    return AnalysisSettings(
        movement=movement.name if movement else "",
        side=planned,
        conditions=TakeConditions(
            position=exercise.position,
            mode=said.mode,
            setting=setting,
            weight_bearing=said.weight_bearing,
            aid=said.aid,
            footwear_orthosis=said.footwear_orthosis,
            near_side=said.near_side,
            mirrored=said.mirrored,
        ),
        withheld_joints=withheld_joints,
        target_deg=None if math.isnan(target_deg) else target_deg,
    )
