"""Scores over time: which may stand on one line, and what each says against those before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from motion.clinic.outcome_change import OutcomeDifference, judge_scores
from motion.clinic.outcome_values import OutcomeScore
from motion.norms.outcome_measures import OutcomeMeasure, unknown_measure

__all__ = ["OutcomeLine", "OutcomePoint", "follow_outcomes"]

OTHER_ACTIVITIES = "Not comparable: activities differ"

_Key = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePoint:
    """One score and what is said of it.

    Parameters
    ----------
    score
        As it stands in the record.
    verdict
        Against the line's first score; ``Baseline`` at the first, or why it begins a line of its
        own.
    change, since_previous
        Against the line's first score and against the one before; None at the first.
    """

    score: OutcomeScore
    verdict: str
    change: OutcomeDifference | None = None
    since_previous: OutcomeDifference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """The scores of one measure, context and set of activities, the oldest first."""

    measure: OutcomeMeasure
    context: str
    activities: tuple[str, ...]
    points: tuple[OutcomePoint, ...]

    @property
    def title(self) -> str:
        """``NPRS, at rest``."""
        return self._named(self.measure.short)

    @property
    def full_title(self) -> str:
        """``Numeric pain rating scale (NPRS), at rest``: for whoever does not know the letters."""
        measure = self.measure
        if measure.title == measure.short:
            return self._named(measure.short)
        return self._named(f"{measure.title} ({measure.short})")

    def _named(self, name: str) -> str:
        about = self.measure.context_title(self.context)
        return f"{name}, {about[0].lower()}{about[1:]}" if about else name


def follow_outcomes(
    outcomes: Iterable[OutcomeScore], measures: Iterable[OutcomeMeasure]
) -> tuple[OutcomeLine, ...]:
    """Return a patient's scores as lines of comparable ones, each judged.

    Scores that were left out are passed over. A mean over other activities begins another line:
    it is the answer to another question. A measure that no file describes any more keeps its
    line, without a verdict.
    """
    known = {measure.name: measure for measure in measures}
    lines: dict[_Key, list[OutcomeScore]] = {}
    for score in sorted(outcomes, key=lambda score: (score.day, score.created_at)):
        if score.excluded_reason is None:
            lines.setdefault(_key(score), []).append(score)
    begun: set[tuple[str, str]] = set()
    found = []
    for (name, context, _), scores in lines.items():
        first = OTHER_ACTIVITIES if (name, context) in begun else "Baseline"
        begun.add((name, context))
        measure = known.get(name) or unknown_measure(name)
        found.append(
            OutcomeLine(
                measure=measure,
                context=context,
                activities=tuple(item.text for item in scores[0].items),
                points=_judged(measure, scores, first),
            )
        )
    return tuple(found)


def _judged(
    measure: OutcomeMeasure, scores: Sequence[OutcomeScore], first: str
) -> tuple[OutcomePoint, ...]:
    points = [OutcomePoint(score=scores[0], verdict=first)]
    for before, score in pairwise(scores):
        change = judge_scores(measure, scores[0].score, score.score, context=score.context)
        points.append(
            OutcomePoint(
                score=score,
                verdict=change.sentence,
                change=change,
                since_previous=judge_scores(
                    measure, before.score, score.score, context=score.context
                ),
            )
        )
    return tuple(points)


def _key(score: OutcomeScore) -> _Key:
    activities = sorted(item.text.casefold() for item in score.items)
    return score.instrument, score.context, tuple(activities)
