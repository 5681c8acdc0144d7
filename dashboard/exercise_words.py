"""What the library of exercises says to a physiotherapist, in words."""

import math
from collections.abc import Iterable, Mapping

from dashboard import words
from motion.exercise.compensation_signals import Signal
from motion.exercise.evidence import MovementEvidence, judge_evidence
from motion.exercise.exercises import CompensationRule, Exercise, Sides
from motion.kinematics.joints import find_joint
from motion.texts import Texts

__all__ = [
    "compensation_text",
    "figures_text",
    "measured_text",
    "sides_text",
    "usual_target_text",
]

_SIDES = {Sides.ONE: "one side", Sides.BOTH: "both sides together", Sides.NONE: "trunk or neck"}
_LEAVES = {1: "rises more than", -1: "falls more than", 0: "moves more than"}


def sides_text(exercise: Exercise) -> str:
    """Return which limbs move."""
    return _SIDES[exercise.sides]


def measured_text(exercise: Exercise) -> str:
    """Return which angles are measured and from where they are seen; a dash for none."""
    movement = exercise.movement
    if movement is None:
        return "–"
    first, *others = (find_joint(angle) for angle in movement.angles)
    also = f"; beside it {', '.join(_lower(joint.title) for joint in others)}" if others else ""
    return f"{first.title} (repetitions are counted on it){also}"


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"


def usual_target_text(exercise: Exercise) -> str:
    """Return from where to where the counted angle usually goes; a dash without a target."""
    if not math.isfinite(exercise.target_deg):
        return "–"
    band = f"{words.degrees(exercise.target_deg)} ± {words.degrees(exercise.tolerance_deg)}"
    start = words.degrees(exercise.start_deg)
    return f"from {start} to {band}" if math.isfinite(exercise.start_deg) else band


def compensation_text(rule: CompensationRule, signals: Mapping[str, Signal], patient: Texts) -> str:
    """Return what is watched for, from when on, and what the patient is told then."""
    signal = signals[rule.signal]
    unit = "°" if signal.unit == "deg" else " %"
    told = patient.say(f"cue.{rule.cue}")
    return f"{signal.title} {_LEAVES[rule.direction]} {rule.limit:g}{unit} from its start: “{told}”"


def figures_text(exercise: Exercise, evidence: Iterable[MovementEvidence]) -> str:
    """Return what an exercise was held against, or why it is guided only.

    Parameters
    ----------
    exercise
        Of the library.
    evidence
        Every row there is.
    """
    rows = [row for row in evidence if row.motion in exercise.validated_by]
    if exercise.measured:
        same = f"As {exercise.same_movement_as}: " if exercise.own else ""
        return f"{same}{'; '.join(map(_figures, rows))}. Rendered people, not patients."
    shown = [row for row in evidence if row.movement == exercise.name]
    if exercise.own:
        return "Your clinic's own exercise; it names no measured exercise as the same movement."
    if not shown:
        return "Not held against known answers: no recording shows it."
    clips_n = sum(row.clips_n for row in shown)
    reasons = "; ".join(judge_evidence(shown))
    return (
        f"Held against {_count(clips_n, 'clip')} with known answers and not good enough: {reasons}."
    )


def _figures(row: MovementEvidence) -> str:
    off = f"the angle {words.degrees(row.mae_deg)} off on average"
    low = "low" if row.peak_error_deg < 0 else "high"
    peak = f"the peak {words.degrees(abs(row.peak_error_deg))} too {low}"
    counted = (
        "every repetition counted"
        if row.exact_n == row.clips_n
        else (f"the count right in {row.exact_n}")
    )
    return f"{_count(row.clips_n, 'clip')} ({row.motion}): {counted}, {off}, {peak}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing if number == 1 else f'{thing}s'}"
