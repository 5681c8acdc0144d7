"""What two scores of an outcome measure say of each other, in one sentence."""

import math
from dataclasses import dataclass
from typing import Final

from motion.clinic.change import Outcome
from motion.norms.outcome_measures import OutcomeChange, OutcomeMeasure

__all__ = ["OutcomeDifference", "judge_scores", "score_text"]

_TENTH: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDifference:
    """The difference of two scores of one measure and context.

    Parameters
    ----------
    difference
        Later minus earlier, in points.
    outcome
        What it amounts to.
    meaningful
        Whether it reaches a published change that matters to patients.
    sentence
        All of it in plain words: ``NPRS 7 -> 4 (-3): much better by the published 2 points
        (Salaffi 2004)``.
    """

    difference: float
    outcome: Outcome
    meaningful: bool
    sentence: str


def score_text(score: float) -> str:
    """Return a score as it is read: whole where it is whole, else to a tenth."""
    if not math.isfinite(score):
        return "–"
    return f"{round(score, _TENTH) + 0.0:g}"  # no "-0"


def judge_scores(measure: OutcomeMeasure, earlier: float, later: float) -> OutcomeDifference:
    """Hold the difference of two scores against the measure's error and its published changes.

    Below the error (MDC95) a change is not detectable, which is not the same as none; where it
    reaches a published change all the same, it may be meaningful: measure again. Without an error
    figure only a published change says anything. Figures that nobody verified decide nothing.
    Differences are compared to a tenth of a point, as the figures are published.

    References
    ----------
    .. [1] Weir 2005, J Strength Cond Res 19:231 (SEM and minimal difference).
    """
    difference = later - earlier
    size = round(abs(difference), _TENTH)
    known = [each for each in measure.changes if each.verified]
    reached = [each for each in known if size >= round(each.size_from(earlier), _TENTH)]
    better = (difference > 0) == measure.higher_is_better
    outcome = _outcome(measure, size, bool(reached), better=better)
    said = _say(measure, outcome, known, reached, earlier)
    change = f"{round(difference, _TENTH) + 0.0:+g}" if size else "0"
    scores = f"{measure.short} {score_text(earlier)} -> {score_text(later)} ({change})"
    return OutcomeDifference(
        difference=difference,
        outcome=outcome,
        meaningful=bool(reached),
        sentence=f"{scores}: {said}",
    )


def _outcome(measure: OutcomeMeasure, size: float, reached: bool, *, better: bool) -> Outcome:
    if measure.error is None and not reached:
        return Outcome.NOT_JUDGED
    if measure.error is not None and size < measure.error.mdc95:
        return Outcome.MAYBE_MEANINGFUL if reached else Outcome.NOT_DETECTABLE
    return Outcome.IMPROVED if better else Outcome.DECLINED


def _say(
    measure: OutcomeMeasure,
    outcome: Outcome,
    known: list[OutcomeChange],
    reached: list[OutcomeChange],
    earlier: float,
) -> str:
    if reached:
        return _say_reached(measure, outcome, reached[-1], earlier)
    below = f"below {_published(known[0], earlier)}" if known else ""
    if outcome is Outcome.NOT_DETECTABLE:
        return f"change not detectable with the {measure.short}{_error_text(measure)}"
    if outcome is Outcome.NOT_JUDGED:
        return f"{below or 'no published change'}; no error figure: change not judged"
    way = "better" if outcome is Outcome.IMPROVED else "worse"
    said = f"{way} beyond measurement error{_error_text(measure)}"
    return f"{said}; {below}" if below else said


def _say_reached(
    measure: OutcomeMeasure, outcome: Outcome, reached: OutcomeChange, earlier: float
) -> str:
    published = _published(reached, earlier)
    if outcome is Outcome.MAYBE_MEANINGFUL:
        error = _error_text(measure)
        return f"may be meaningful by {published}, but within measurement error{error}: repeat"
    if outcome is Outcome.DECLINED:
        return f"worse by at least {published}"
    return f"{reached.label} by {published}"


def _published(change: OutcomeChange, earlier: float) -> str:
    if math.isfinite(change.points):
        return f"the published {change.points:g} {_points(change.points)} ({change.cite})"
    size = score_text(change.size_from(earlier))
    share = f"{change.percent:g} % of the first score ({size})"
    return f"the published {share} ({change.cite})"


def _error_text(measure: OutcomeMeasure) -> str:
    error = measure.error
    return f" (MDC95 {error.mdc95:g}, {error.cite})" if error else ""


def _points(number: float) -> str:
    return "point" if number == 1.0 else "points"
