"""What a number may be held against: published values, daily tasks, the target, the other side."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from motion.clinic import Patient, TakeSummary
from motion.clinic.other_side import OtherSide, find_other_side
from motion.errors import InputError
from motion.library import find_movement, load_norms
from motion.model import Measurement
from motion.norms import References, Subject, find_references

__all__ = ["Against", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What stands beside one number; ``target_deg`` is NaN where none is set."""

    references: References
    target_deg: float = math.nan
    other: OtherSide | None = None


def gather(
    patient: Patient, takes: Iterable[TakeSummary], take: TakeSummary, measurement: Measurement
) -> Against:
    """Return what one number of one take may be held against.

    Parameters
    ----------
    patient
        Whose it is.
    takes
        All of the patient's takes, for the other side.
    take, measurement
        The number, and the take it is of.
    """
    subject = Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.started_at.date(),
        mode=take.conditions.mode,
        position=take.conditions.position,
    )
    angle = f"{measurement.joint}_{measurement.motion}"
    return Against(
        references=find_references(load_norms(), angle, measurement.measure, subject),
        target_deg=_target_of(take.movement, angle, measurement.measure),
        other=find_other_side(takes, take, measurement),
    )


def _target_of(movement: str, angle: str, measure: str) -> float:
    """Return the angle that the exercise asks for; NaN where it asks for none."""
    try:
        found = find_movement(movement) if movement else None
    except InputError:  # an exercise that this version does not know any more
        return math.nan
    if found is None or found.counted_angle != angle or measure == "rom_range":
        return math.nan
    return found.target_deg
