"""Scores of outcome measures as plain values."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

__all__ = ["OutcomeDetails", "OutcomeItem", "OutcomeScore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeItem:
    """An activity that the patient named, and its number."""

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDetails:
    """A score of an outcome measure on a day.

    Parameters
    ----------
    instrument
        The measure's name: ``nprs`` (:func:`motion.library.load_outcome_measures`).
    score
        The total score. NaN for a measure of activities, whose score is the mean of ``items``.
    context
        What the answer is about, where the measure asks several things: ``rest``.
    items
        The patient's own activities, in their order; empty of any other measure.
    """

    instrument: str
    day: date
    score: float = math.nan
    context: str = ""
    note: str = ""
    items: tuple[OutcomeItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScore(OutcomeDetails):
    """A score of the record; ``version`` counts its changes.

    ``score`` is the mean of the activities where the measure has some.
    """

    id: UUID
    version: int
    created_at: datetime
    author: str | None
    excluded_reason: str | None
