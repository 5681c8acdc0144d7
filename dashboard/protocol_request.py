"""What a protocol's step asks of the camera: an exercise to coach, or seconds to record."""

import math
from dataclasses import replace
from typing import Final

from dashboard.protocol_words import titled
from motion.clinic import Patient
from motion.exercise.exercises import Evidence, Exercise, Region, Sides
from motion.exercise.prescription import Dose, Prescription
from motion.exercise.protocols import PlannedStep, ProtocolStep, StepKind
from motion.kinematics import find_joint
from motion.library import find_exercise, find_movement, list_exercises
from motion.model import Side

__all__ = ["exercise_of", "prescription_of", "title_of", "withheld_joint"]

_RECORDED: Final = Dose(sets=0, repetitions=0)


def exercise_of(step: ProtocolStep) -> Exercise:
    """Return the exercise that a camera's step is; of an angle or a walk one that says no more."""
    if step.kind is StepKind.EXERCISE:
        return find_exercise(step.measure)
    known = list_exercises().get(step.measure)
    if known is not None:
        return known
    movement = find_movement(step.measure)
    return Exercise(
        name=movement.name,
        title=movement.title,
        region=Region.TRUNK,
        evidence=Evidence.GUIDE,
        position=step.position,
        sides=Sides.NONE,
        movement=movement,
    )


def prescription_of(planned: PlannedStep, exercise: Exercise) -> Prescription:
    """Return what is to be done: as far as it goes, without tempo, hold and target.

    A timed test keeps its own dose: its rules are part of the test.
    """
    step = planned.step
    side = Side.BOTH if exercise.sides is Sides.BOTH else planned.side
    dose = replace(exercise.dose, sets=1)
    if step.kind is StepKind.RECORDING:
        dose = _RECORDED
    elif not exercise.test:
        dose = Dose(sets=1, repetitions=step.repetitions or exercise.dose.repetitions)
    return Prescription(
        exercise=exercise.name,
        side=side,
        dose=dose,
        target_deg=exercise.target_deg if exercise.test else math.nan,
        tolerance_deg=exercise.tolerance_deg,
    )


def title_of(planned: PlannedStep) -> str:
    """Return what stands beside the picture while the step runs."""
    return titled(planned.step.title, planned.side)


def withheld_joint(planned: PlannedStep, patient: Patient) -> str:
    """Return the joint of a step that is never measured in this patient; empty where none is."""
    step = planned.step
    if step.kind is StepKind.PAIN:
        return ""
    if step.kind is StepKind.BY_HAND:
        joint = step.measure.partition("_")[0]
    else:
        movement = find_movement(step.measure)
        if movement.gait:
            return ""
        joint = find_joint(movement.counted_angle).joint
    name = f"{planned.side}_{joint}" if planned.side in (Side.LEFT, Side.RIGHT) else joint
    return name if name in patient.withheld_joints else ""
