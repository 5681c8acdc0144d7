"""Whether a plan's item can be meant: of its exercise, its patient, and safely."""

import math
from collections.abc import Collection
from typing import Final

from motion.clinic.plan_values import (
    DiaryDetails,
    Dimension,
    ItemDetails,
    PlanSettingsDetails,
    ProgressionRule,
)
from motion.errors import InputError
from motion.exercise.exercises import Exercise, Sides
from motion.exercise.prescription import MOST_PAIN, Dose, Prescription
from motion.kinematics import find_joint
from motion.model import Side

__all__ = [
    "find_direction",
    "require_diary",
    "require_item",
    "require_note",
    "require_pain",
    "require_settings",
    "require_within",
]

_SIDES: Final = {
    Sides.ONE: (Side.LEFT, Side.RIGHT),
    Sides.BOTH: (Side.BOTH,),
    Sides.NONE: (Side.NONE,),
}
_MOST_TIMES_A_WEEK: Final = 70
_LONGEST_NOTE: Final = 2000


def require_item(details: ItemDetails, exercise: Exercise, withheld: Collection[str]) -> None:
    """Check an item against its exercise and the joints that are never measured in the patient.

    Raises
    ------
    InputError
        If something cannot be meant or is not safe: names it, and what to do.
    """
    given = details.prescription
    _require_side(given, exercise)
    _require_not_withheld(given, exercise, withheld)
    _require_dose(given.dose)
    require_pain("pain limit", given.pain_limit)
    _require_angles(given, exercise)
    _require_frequency(details)
    require_note(details.note)
    if details.rule is not None:
        _require_rule(details.rule, given, exercise)


def require_settings(details: PlanSettingsDetails) -> None:
    """Check the settings of a plan.

    Raises
    ------
    InputError
        If the limit of pain is none, or the note too long.
    """
    require_pain("pain limit", details.pain_limit)
    require_note(details.note)


def require_diary(details: DiaryDetails) -> None:
    """Check what a patient says of an exercise.

    Raises
    ------
    InputError
        If a number cannot be.
    """
    require_within("sets", details.sets, 0, 50)
    require_within("repetitions", details.repetitions, 0, 2000)
    if details.done_at.utcoffset() is None:
        msg = f"time {details.done_at.isoformat()} must have a zone, got none: add one"
        raise InputError(msg)
    for name, answer in (("pain", details.pain), ("exertion", details.exertion)):
        if answer is not None:
            require_pain(name, answer)
    require_note(details.note)


def require_pain(name: str, answer: int) -> None:
    """Check an answer on a scale of 0 to 10.

    Raises
    ------
    InputError
        If it is none.
    """
    require_within(name, answer, 0, MOST_PAIN)


def require_within(name: str, value: float, low: float, high: float, *, whole: bool = True) -> None:
    """Check a number.

    Raises
    ------
    InputError
        If it is not finite, not between the two, or not whole where it has to be.
    """
    if not (math.isfinite(value) and low <= value <= high) or (whole and value != int(value)):
        kind = "a whole number" if whole else "a number"
        msg = f"{name} must be {kind} from {low:g} to {high:g}, got {value:g}: correct it"
        raise InputError(msg)


def find_direction(exercise: Exercise, prescription: Prescription) -> int:
    """Return +1 where the movement raises the counted angle, -1 where it lowers it; 0 if unknown.

    Known from the exercise: where it starts and where it goes, else where its angle rests, else
    from the target itself. Of a movement to both sides target and limit are distances to either
    side (:func:`motion.exercise.repetitions.aim`), and more of it is farther.
    """
    if exercise.movement is not None and exercise.movement.two_directions:
        return 1
    way_deg = exercise.target_deg - exercise.start_deg
    if way_deg:
        if not math.isnan(way_deg):
            return 1 if way_deg > 0 else -1
        rest = exercise.movement.rest if exercise.movement else ""
        if rest in ("low", "high"):
            return 1 if rest == "low" else -1
    way_deg = prescription.target_deg - exercise.start_deg
    return 0 if math.isnan(way_deg) or not way_deg else (1 if way_deg > 0 else -1)


def _require_side(given: Prescription, exercise: Exercise) -> None:
    sides = _SIDES[exercise.sides]
    if given.side not in sides:
        msg = f"side of {exercise.title} must be {' or '.join(sides)}, got {given.side}: choose it"
        raise InputError(msg)


def _require_not_withheld(
    given: Prescription, exercise: Exercise, withheld: Collection[str]
) -> None:
    if exercise.movement is None or not exercise.measured:
        return
    joint = find_joint(exercise.movement.counted_angle)
    sides = (Side.LEFT, Side.RIGHT) if given.side is Side.BOTH else (given.side,)
    names = [f"{side}_{joint.joint}" for side in sides] if joint.sided else [joint.joint]
    hidden = [name for name in names if name in withheld]
    if hidden:
        msg = (
            f"{exercise.title} is measured on the {hidden[0].replace('_', ' ')}, which is never"
            " measured in this patient (absent, in a cast or covered): choose another exercise or"
            " side, or correct the patient"
        )
        raise InputError(msg)


def _require_dose(dose: Dose) -> None:
    require_within("sets", dose.sets, 1, 20)
    require_within("repetitions", dose.repetitions, 1, 200)
    require_within("hold in seconds", dose.hold_s, 0, 600, whole=False)
    require_within("rest in seconds", dose.rest_s, 0, 1800, whole=False)
    for name, tempo_s in (("raise", dose.raise_s), ("lower", dose.lower_s)):
        if not math.isnan(tempo_s):
            require_within(f"{name} in seconds", tempo_s, 0.2, 60, whole=False)


def _require_angles(given: Prescription, exercise: Exercise) -> None:
    angles = {"target": given.target_deg, "largest angle allowed": given.max_allowed_deg}
    said = {name: angle for name, angle in angles.items() if not math.isnan(angle)}
    require_within("tolerance in degrees", given.tolerance_deg, 1, 45, whole=False)
    if said and exercise.movement is None:
        msg = f"{exercise.title} has no angle, so it has no {next(iter(said))}: leave it empty"
        raise InputError(msg)
    for name, angle in said.items():
        assert exercise.movement is not None
        joint = find_joint(exercise.movement.counted_angle)
        low, high = joint.branch_deg
        require_within(f"{name} of {joint.title.lower()}", angle, low, high, whole=False)
        _require_beyond_rest(name, angle, given, exercise)
    if len(said) == 2:
        _require_target_within_limit(given, find_direction(exercise, given))


def _require_beyond_rest(
    name: str, angle_deg: float, given: Prescription, exercise: Exercise
) -> None:
    direction = find_direction(exercise, given)
    if not direction:
        return
    if not (angle_deg - exercise.start_deg) * direction > 0 and not math.isnan(exercise.start_deg):
        side = "above" if direction > 0 else "below"
        msg = (
            f"{name} of {exercise.title} must lie {side} {exercise.start_deg:g}°, where it starts,"
            f" got {angle_deg:g}°: the movement goes the other way"
        )
        raise InputError(msg)


def _require_target_within_limit(given: Prescription, direction: int) -> None:
    if (given.target_deg - given.max_allowed_deg) * (direction or 1) > 0:
        msg = (
            f"target of {given.target_deg:g}° goes beyond the largest angle allowed,"
            f" {given.max_allowed_deg:g}°: lower the target or lift the limit"
        )
        raise InputError(msg)


def _require_frequency(details: ItemDetails) -> None:
    require_within("times per week", details.times_per_week, 1, _MOST_TIMES_A_WEEK)
    days = len(details.weekdays)
    if len(set(details.weekdays)) != days:
        msg = "a weekday is named twice: name each once, and raise the times per week instead"
        raise InputError(msg)
    if days and details.times_per_week % days:
        msg = (
            f"times per week must be {days} or a multiple of it, as {days} weekdays are named,"
            f" got {details.times_per_week}: name other days, or none"
        )
        raise InputError(msg)


def require_note(note: str) -> str:
    """Return a note that is not too long.

    Raises
    ------
    InputError
        If it is.
    """
    if len(note) > _LONGEST_NOTE:
        msg = f"note must have at most {_LONGEST_NOTE} characters, got {len(note)}: shorten it"
        raise InputError(msg)
    return note


def _require_rule(rule: ProgressionRule, given: Prescription, exercise: Exercise) -> None:
    require_within("sessions of the rule", rule.after_sessions, 1, 30)
    require_within("share of a full session in percent", rule.full_percent, 1, 100)
    require_pain("largest pain of the rule", rule.most_pain)
    if rule.most_pain > given.pain_limit:
        msg = (
            f"largest pain of the rule must not be above the pain limit {given.pain_limit},"
            f" got {rule.most_pain}: lower it"
        )
        raise InputError(msg)
    _require_step("raise", rule.raise_what, rule.raise_by, given, exercise)
    _require_raise_bound(rule, given, exercise)
    if rule.lower_what is not None:
        require_within("sessions of the rule to lower", rule.lower_after_sessions, 1, 30)
        require_within("share to lower at in percent", rule.lower_percent, 0, rule.full_percent)
        require_within("pain to lower at", rule.lower_pain, rule.most_pain + 1, MOST_PAIN + 1)
        _require_step("lower", rule.lower_what, rule.lower_by, given, exercise)
        _require_lower_bound(rule.lower_what, rule.lower_down_to, given, exercise)


def _require_step(
    name: str, what: Dimension, step: float, given: Prescription, exercise: Exercise
) -> None:
    whole = what is Dimension.REPETITIONS
    require_within(f"{name} by", step, 1 if whole else 0.5, 90, whole=whole)
    if what is Dimension.TARGET_DEG and math.isnan(given.target_deg):
        msg = f"the rule would {name} the target, but {exercise.title} has none: set one first"
        raise InputError(msg)
    if what is Dimension.TARGET_DEG and not find_direction(exercise, given):
        msg = f"the rule cannot {name} the target of {exercise.title}: which way it goes is unknown"
        raise InputError(msg)


def _require_raise_bound(rule: ProgressionRule, given: Prescription, exercise: Exercise) -> None:
    bound = rule.raise_up_to
    if rule.raise_what is Dimension.TARGET_DEG:
        direction = find_direction(exercise, given)
        _require_beyond_rest("bound of the rule", bound, given, exercise)
        if not (bound - given.target_deg) * direction >= 0:
            msg = (
                f"bound of the rule must lie beyond the target {given.target_deg:g}°,"
                f" got {bound:g}°: correct it"
            )
            raise InputError(msg)
        if (bound - given.max_allowed_deg) * direction > 0:
            msg = (
                f"bound of the rule must not go beyond the largest angle allowed,"
                f" {given.max_allowed_deg:g}°, got {bound:g}°: correct it"
            )
            raise InputError(msg)
        return
    high = 200 if rule.raise_what is Dimension.REPETITIONS else 600
    whole = rule.raise_what is Dimension.REPETITIONS
    require_within("bound of the rule", bound, 1, high, whole=whole)


def _require_lower_bound(
    what: Dimension, bound: float, given: Prescription, exercise: Exercise
) -> None:
    if what is Dimension.TARGET_DEG:
        low, high = find_joint(exercise.movement.counted_angle).branch_deg  # type: ignore[union-attr]
        require_within("bound to lower to", bound, low, high, whole=False)
        _require_beyond_rest("bound to lower to", bound, given, exercise)
        return
    low = 1 if what is Dimension.REPETITIONS else 0
    whole = what is Dimension.REPETITIONS
    require_within("bound to lower to", bound, low, 600, whole=whole)
