"""What a score of an outcome measure may be, refused in one line that says what was expected."""

import math
from datetime import UTC, datetime, timedelta
from typing import Final

from motion.clinic.outcome_values import OutcomeDetails
from motion.errors import InputError
from motion.norms.outcome_measures import OutcomeEntry, OutcomeMeasure

__all__ = ["require_outcome"]

_LONGEST_ACTIVITY: Final = 120
_LONGEST_NOTE: Final = 300
_ON_A_STEP: Final = 1e-6


def require_outcome(details: OutcomeDetails, measure: OutcomeMeasure) -> None:
    """Refuse a score that the measure cannot have.

    Raises
    ------
    InputError
        One line: what was expected, what came.
    """
    _require_day(details, measure)
    _require_context(details, measure)
    if len(details.note) > _LONGEST_NOTE:
        msg = f"note of {measure.short} must have at most {_LONGEST_NOTE} characters: shorten it"
        raise InputError(msg)
    if measure.entry is OutcomeEntry.ACTIVITIES:
        _require_activities(details, measure)
    elif details.items:
        msg = f"{measure.short} has a total score only, got activities: give the score alone"
        raise InputError(msg)
    else:
        _require_number(measure.short, details.score, measure)


def _require_day(details: OutcomeDetails, measure: OutcomeMeasure) -> None:
    # Where the sun rises first it is tomorrow already.
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    if details.day > latest:
        msg = f"day of {measure.short} lies in the future, got {details.day}: correct it"
        raise InputError(msg)


def _require_context(details: OutcomeDetails, measure: OutcomeMeasure) -> None:
    names = [context.name for context in measure.contexts]
    if names and details.context not in names:
        msg = (
            f"{measure.short} must say what it is about, one of {', '.join(names)},"
            f" got {details.context or 'nothing'}: choose one"
        )
        raise InputError(msg)
    if not names and details.context:
        msg = f"{measure.short} asks one thing, got the context {details.context!r}: leave it out"
        raise InputError(msg)


def _require_activities(details: OutcomeDetails, measure: OutcomeMeasure) -> None:
    count, fewest, most = len(details.items), measure.fewest_items, measure.most_items
    if not fewest <= count <= most:
        msg = f"{measure.short} needs {fewest} to {most} activities, got {count}: name that many"
        raise InputError(msg)
    if not math.isnan(details.score):
        msg = f"score of {measure.short} is the mean of its activities, got one as well: leave it"
        raise InputError(msg)
    texts = [item.text.strip() for item in details.items]
    if not all(0 < len(text) <= _LONGEST_ACTIVITY for text in texts):
        msg = f"an activity of {measure.short} must have 1 to {_LONGEST_ACTIVITY} characters"
        raise InputError(f"{msg}: name it in a few words")
    if len({text.casefold() for text in texts}) < count:
        msg = f"activities of {measure.short} must differ, got one twice: name each once"
        raise InputError(msg)
    for item, text in zip(details.items, texts, strict=True):
        _require_number(f"{measure.short}, {text}", item.score, measure)


def _require_number(name: str, score: float, measure: OutcomeMeasure) -> None:
    steps = (score - measure.low) / measure.step
    on_step = math.isfinite(steps) and abs(steps - round(steps)) < _ON_A_STEP
    if not (measure.low <= score <= measure.high and on_step):
        fine = "" if measure.step == 1.0 else f" in steps of {measure.step:g}"
        whole = "a whole number " if measure.step == 1.0 else ""
        got = f"{score:g}" if math.isfinite(score) else "nothing"
        msg = f"{name} must be {whole}from {measure.low:g} to {measure.high:g}{fine}, got {got}"
        raise InputError(f"{msg}: correct it")
