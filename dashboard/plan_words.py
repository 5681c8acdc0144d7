"""What a physiotherapist reads of a plan: dose, target, how often, rule, suggestion."""

import math
from typing import Final

from dashboard import words
from motion.clinic import Dimension, ItemDetails, PlanItem, PlanSuggestion, ProgressionRule, Weekday
from motion.errors import InputError
from motion.exercise.exercises import Evidence, Exercise
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise

__all__ = [
    "DIMENSIONS",
    "UNDER_12",
    "WEEKDAYS",
    "amount",
    "dose_text",
    "evidence_text",
    "item_title",
    "limit_text",
    "often_text",
    "rule_text",
    "suggestion_text",
    "target_text",
    "tempo_text",
]

UNDER_12: Final = "Landmarks are not validated under 12."
DIMENSIONS: Final = {
    Dimension.REPETITIONS: "Repetitions",
    Dimension.HOLD_S: "Hold in seconds",
    Dimension.TARGET_DEG: "Target in degrees",
}
WEEKDAYS: Final = {
    Weekday.MON: "Monday",
    Weekday.TUE: "Tuesday",
    Weekday.WED: "Wednesday",
    Weekday.THU: "Thursday",
    Weekday.FRI: "Friday",
    Weekday.SAT: "Saturday",
    Weekday.SUN: "Sunday",
}
_EVIDENCE: Final = {
    Evidence.VALIDATED: "Measured: held against recordings with known answers",
    Evidence.GUIDE: "Guide only, not measured",
}


def evidence_text(exercise: Exercise) -> str:
    """Return whether the camera measures an exercise or only guides it."""
    if exercise.test and not exercise.measured:
        return "Guide only in the plan; as a test it is timed from a recording, on the page Analyse"
    return _EVIDENCE[exercise.evidence]


def item_title(item: ItemDetails) -> str:
    """Return the exercise and its side; an exercise that is gone keeps its name."""
    given = item.prescription
    try:
        title = find_exercise(given.exercise).title
    except InputError:
        title = words.label(given.exercise)
    side = words.side_title(given.side).lower()
    return f"{title}, {side}" if side else title


def dose_text(dose: Dose) -> str:
    """Return sets, repetitions and the hold: ``3 × 10, hold 5 s``."""
    held = f", hold {dose.hold_s:g} s" if dose.hold_s else ""
    return f"{dose.sets} × {dose.repetitions}{held}"


def tempo_text(dose: Dose) -> str:
    """Return the tempo and the rest: ``2 s there, 3 s back, 60 s rest``."""
    ways = ((dose.raise_s, "there"), (dose.lower_s, "back"))
    said = [f"{tempo_s:g} s {way}" for tempo_s, way in ways if math.isfinite(tempo_s)]
    return ", ".join([*said, f"{dose.rest_s:g} s rest"])


def target_text(given: Prescription) -> str:
    """Return the target with its tolerance, or a dash."""
    if not math.isfinite(given.target_deg):
        return "–"
    return f"{words.degrees(given.target_deg)} ± {words.degrees(given.tolerance_deg)}"


def limit_text(given: Prescription) -> str:
    """Return how far the joint may go at most; empty where no limit is set."""
    limit_deg = given.max_allowed_deg
    return f"not beyond {words.degrees(limit_deg)}" if math.isfinite(limit_deg) else ""


def often_text(item: ItemDetails) -> str:
    """Return how often: ``3 times a week, Mon, Wed, Fri``."""
    days = ", ".join(WEEKDAYS[day][:3] for day in item.weekdays)
    times = f"{item.times_per_week} {'time' if item.times_per_week == 1 else 'times'} a week"
    return f"{times}, {days}" if days else times


def amount(what: Dimension, value: float) -> str:
    """Return a number of a dose with its unit: ``12 repetitions``, ``5 s hold``, ``target 90°``."""
    if what is Dimension.TARGET_DEG:
        return f"target {words.degrees(value)}"
    return _repetitions(value) if what is Dimension.REPETITIONS else f"{value:g} s hold"


def rule_text(rule: ProgressionRule | None) -> str:
    """Return in one or two sentences when more or less is suggested."""
    if rule is None:
        return "No rule: nothing is suggested."
    said = (
        f"After {_sessions(rule.after_sessions)} with at least {rule.full_percent} % of the "
        f"repetitions and pain up to {rule.most_pain}: {_step(rule.raise_what, rule.raise_by)} "
        f"more, up to {amount(rule.raise_what, rule.raise_up_to)}."
    )
    if rule.lower_what is None:
        return said
    return (
        f"{said} After {_sessions(rule.lower_after_sessions)} with less than "
        f"{rule.lower_percent} % or pain of {rule.lower_pain} and more: "
        f"{_step(rule.lower_what, rule.lower_by)} less, "
        f"down to {amount(rule.lower_what, rule.lower_down_to)}."
    )


def suggestion_text(found: PlanSuggestion, item: PlanItem) -> str:
    """Return what a suggestion would change: ``Squat, both sides: 10 → 12 repetitions``."""
    before = (
        words.degrees(found.before) if found.what is Dimension.TARGET_DEG else f"{found.before:g}"
    )
    return f"{item_title(item)}: from {before} to {amount(found.what, found.after)}"


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions in a row"


def _step(what: Dimension, by: float) -> str:
    if what is Dimension.TARGET_DEG:
        return words.degrees(by)
    return _repetitions(by) if what is Dimension.REPETITIONS else f"{by:g} s hold"


def _repetitions(count: float) -> str:
    return "1 repetition" if count == 1 else f"{count:g} repetitions"
