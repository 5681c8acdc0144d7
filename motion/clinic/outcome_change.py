"""What two scores of an outcome measure say of each other, in one sentence."""

import math
from dataclasses import dataclass
from typing import Final

from motion.clinic.change import Outcome
from motion.norms.outcome_measures import OutcomeChange, OutcomeError, OutcomeMeasure

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
        All of it in plain words: ``NPRS 7 → 4 (-3): much better by the published 2 points
        (Salaffi 2004)``.
    """

    difference: float
    outcome: Outcome
    meaningful: bool
    sentence: str

    @property
    def size_text(self) -> str:
        """The difference with its sign, to a tenth: ``+2.7``, ``-3``, ``0``."""
        rounded = round(self.difference, _TENTH)
        return f"{rounded:+g}" if rounded else "0"


def score_text(score: float) -> str:
    """Return a score as it is read: whole where it is whole, else to a tenth."""
    if not math.isfinite(score):
        return "–"
    return f"{round(score, _TENTH) + 0.0:g}"  # no "-0"


def judge_scores(
    measure: OutcomeMeasure, earlier: float, later: float, *, context: str = ""
) -> OutcomeDifference:
    """Hold the difference of two scores against the measure's error and its published changes.

    Below the error (MDC95) a change is not detectable, which is not the same as none; where it
    reaches a published change all the same, it may be meaningful: ask again. Without an error
    figure only a published change says anything. Figures that nobody verified decide nothing.
    Differences are compared to a tenth of a point, as the figures are published.

    References
    ----------
    .. [1] Weir 2005, J Strength Cond Res 19:231 (SEM and minimal difference).
    """
    size = round(abs(later - earlier), _TENTH)
    known = measure.changes_of(context)
    # A share of a first score near zero is less than the score can change by: it decides nothing.
    reached = [
        each
        for each in known
        if size >= round(each.size_from(earlier), _TENTH)
        and each.size_from(earlier) >= measure.step
    ]
    against = _Against(
        measure=measure,
        error=measure.error_of(context),
        smallest=known[0] if known else None,
        reached=reached[-1] if reached and size else None,
        earlier=earlier,
        size=size,
        better=(later > earlier) == measure.higher_is_better,
    )
    change = f"{round(later - earlier, _TENTH):+g}" if size else "0"
    scores = f"{measure.short} {score_text(earlier)} → {score_text(later)} ({change})"
    return OutcomeDifference(
        difference=later - earlier,
        outcome=against.outcome,
        meaningful=against.reached is not None,
        sentence=f"{scores}: {against.verdict}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Against:
    """A difference beside what is published of its measure."""

    measure: OutcomeMeasure
    error: OutcomeError | None
    smallest: OutcomeChange | None
    reached: OutcomeChange | None
    earlier: float
    size: float
    better: bool

    @property
    def outcome(self) -> Outcome:
        if self.error is not None and self.size < self.error.mdc95:
            return Outcome.MAYBE_MEANINGFUL if self.reached else Outcome.NOT_DETECTABLE
        if self.error is None and self.reached is None:
            return Outcome.NOT_JUDGED
        return Outcome.IMPROVED if self.better else Outcome.DECLINED

    @property
    def verdict(self) -> str:
        if self.reached is not None:
            return self._say_reached(self._published(self.reached))
        below = f"below {self._published(self.smallest)}" if self.smallest else ""
        if self.outcome is Outcome.NOT_DETECTABLE:
            return f"change not detectable with the {self.measure.short}{self._error_text}"
        if self.outcome is Outcome.NOT_JUDGED:
            return f"{below or 'no published change'}; no error figure: change not judged"
        way = "better" if self.better else "worse"
        said = f"{way} beyond measurement error{self._error_text}"
        return f"{said}; {below}" if below else said

    def _say_reached(self, published: str) -> str:
        if self.outcome is Outcome.MAYBE_MEANINGFUL:
            error = self._error_text
            return f"may be meaningful by {published}, but within measurement error{error}: repeat"
        if self.reached is not None and self.better:
            return f"{self.reached.label} by {published}"
        return f"worse by at least {published}"

    def _published(self, change: OutcomeChange) -> str:
        if math.isfinite(change.points):
            points = "point" if change.points == 1.0 else "points"
            return f"the published {change.points:g} {points} ({change.cite})"
        size = score_text(change.size_from(self.earlier))
        return f"the published {change.percent:g} % of the first score, {size} ({change.cite})"

    @property
    def _error_text(self) -> str:
        if self.error is None:
            return ""
        return f" (minimal detectable change {self.error.mdc95:g}, {self.error.cite})"
