"""What a number may be held against: published values, daily tasks, the target, the other side."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dashboard.target_words import EXERCISE, source_of
from motion.clinic import Patient, TakeSummary, Target, find_target, result_measure
from motion.clinic.idle import is_idle
from motion.clinic.other_side import OtherSide, find_other_side
from motion.clinic.tested_ends import NOT_TESTED, is_end_tested
from motion.errors import InputError
from motion.library import find_movement, load_norms
from motion.model import Measurement
from motion.norms import References, Subject, find_references

__all__ = ["Against", "gather"]

_STILL: Final = "not compared: it hardly moved, and no repetition was counted on it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What stands beside one number.

    ``target_deg`` is NaN where there is no target, and ``target_source`` says whence it comes.
    ``moved`` is False for a limb that hung still: nothing stands beside it.
    """

    references: References
    target_deg: float = math.nan
    target_source: str = ""
    other: OtherSide | None = None
    moved: bool = True


def gather(
    patient: Patient,
    takes: Iterable[TakeSummary],
    take: TakeSummary,
    measurement: Measurement,
    targets: Iterable[Target] = (),
) -> Against:
    """Return what one number of one take may be held against.

    Nothing, for a limb that hung still: its angle at rest is no end of a range. Nothing published,
    where the exercise does not go to that end.

    Parameters
    ----------
    patient
        Whose it is.
    takes
        All of the patient's takes, for the other side.
    take, measurement
        The number, and the take it is of.
    targets
        All of the patient's; one of this number goes before the exercise's.
    """
    if is_idle(take, measurement):
        return Against(references=References(reason=_STILL), moved=False)
    subject = Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.started_at.date(),
        mode=take.conditions.mode,
        position=take.conditions.position,
    )
    references = References(reason=NOT_TESTED)
    angle = f"{measurement.joint}_{measurement.motion}"
    if is_end_tested(take.movement, angle, measurement.measure):
        references = find_references(load_norms(), angle, measurement.measure, subject)
    target_deg, target_source = _target_of(take, measurement, targets)
    return Against(
        references=references,
        target_deg=target_deg,
        target_source=target_source,
        other=find_other_side(takes, take, measurement),
    )


def _target_of(take: TakeSummary, m: Measurement, targets: Iterable[Target]) -> tuple[float, str]:
    """Return the target of a number and its source: the patient's own before the exercise's."""
    own = find_target(targets, m.measure, m.joint, m.motion, m.side)
    if own is not None:
        return own.target_deg, source_of(own)
    asked_deg = _asked_by(take.movement, f"{m.joint}_{m.motion}", m.measure)
    return asked_deg, EXERCISE if math.isfinite(asked_deg) else ""


def _asked_by(movement: str, angle: str, measure: str) -> float:
    """Return the angle that the exercise asks for; NaN where it asks for none."""
    try:
        found = find_movement(movement) if movement else None
    except InputError:  # an exercise that this version does not know any more
        return math.nan
    if found is None or found.counted_angle != angle or measure != result_measure(movement):
        return math.nan
    return found.target_deg
