"""Outcome measures: scales and questionnaires whose scores a clinic writes down, by their files.

Of a questionnaire under copyright the record holds the date and the total score, never an
item's words: nothing here can carry them.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "OutcomeChange",
    "OutcomeContext",
    "OutcomeEntry",
    "OutcomeError",
    "OutcomeMeasure",
    "unknown_measure",
]


class OutcomeEntry(StrEnum):
    """How a score is entered."""

    BUTTONS = "buttons"
    """One whole number of a short scale."""
    ACTIVITIES = "activities"
    """Some activities that the patient names, each with a number; the score is their mean."""
    TOTAL = "total"
    """The total score alone, as added up on the questionnaire's own sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeContext:
    """What an answer is about where one instrument asks several things: pain at rest, at night."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChange:
    """A published change that matters to patients; it says nothing of measurement error.

    Parameters
    ----------
    points
        How large it is, either way; NaN where the source gives a share only.
    percent
        The same as a share of the first score; NaN where the source gives points only.
    label
        What the source calls somebody who gained that much: ``much better``.
    population
        In whom it was found.
    cite
        Author and year, for a sentence; ``source`` is the full citation.
    verified
        Whether the figure was seen in the source or its abstract. One that was not is shown as
        "unverified" and decides nothing.
    context
        Of which context it is; empty where of each.
    """

    label: str
    population: str
    cite: str
    source: str
    points: float = math.nan
    percent: float = math.nan
    verified: bool = True
    context: str = ""
    note: str = ""

    def size_from(self, first: float) -> float:
        """Return how many points it is from a first score on."""
        return self.points if math.isfinite(self.points) else abs(first) * self.percent / 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeError:
    """How far two scores of somebody unchanged lie apart in 95 of 100 cases.

    ``context`` is empty where the figure is of each context.
    """

    mdc95: float
    cite: str
    source: str
    population: str
    context: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMeasure:
    """An outcome measure: its range, which way is better, and what is published of its changes.

    Parameters
    ----------
    name
        What the record calls it: ``nprs``.
    title, short
        ``Numeric pain rating scale``, ``NPRS``.
    about
        What it measures, in a few words.
    low, high, step
        The range of the score, and how fine it is.
    higher_is_better
        Which way is better.
    contexts
        Empty where one instrument asks one thing.
    fewest_items, most_items
        How many activities are asked for; 0 where none are.
    changes
        The smallest first.
    errors
        One for a context at most; where there is none, a change is not held against any.
    own
        Whether it is the clinic's, not the product's.
    """

    name: str
    title: str
    short: str
    about: str
    entry: OutcomeEntry
    low: float
    high: float
    step: float
    higher_is_better: bool
    source: str
    contexts: tuple[OutcomeContext, ...] = ()
    fewest_items: int = 0
    most_items: int = 0
    changes: tuple[OutcomeChange, ...] = ()
    errors: tuple[OutcomeError, ...] = ()
    note: str = ""
    own: bool = False

    def context_title(self, name: str) -> str:
        """Return a context's title; of one that is no longer in the file, its name."""
        return next((each.title for each in self.contexts if each.name == name), name)

    def error_of(self, context: str) -> OutcomeError | None:
        """Return the error figure of a context, None where there is none."""
        return next((each for each in self.errors if each.context in ("", context)), None)

    def changes_of(self, context: str) -> tuple[OutcomeChange, ...]:
        """Return the published changes of a context that decide something, the smallest first."""
        return tuple(
            each for each in self.changes if each.verified and each.context in ("", context)
        )


def unknown_measure(name: str) -> OutcomeMeasure:
    """Return what is known of a measure that no file describes: its name."""
    return OutcomeMeasure(
        name=name,
        title=name,
        short=name,
        about="no file describes this measure now",
        entry=OutcomeEntry.TOTAL,
        low=math.nan,
        high=math.nan,
        step=math.nan,
        higher_is_better=True,
        source="",
    )
