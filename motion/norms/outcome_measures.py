"""Outcome measures: scales and questionnaires whose scores a clinic writes down, by their files.

Of a questionnaire under copyright the record holds the date and the total score, never an
item's words: nothing here can carry them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from motion.errors import InputError
from motion.norms.rows import reading_row

__all__ = [
    "OutcomeChange",
    "OutcomeContext",
    "OutcomeEntry",
    "OutcomeError",
    "OutcomeMeasure",
    "parse_outcome_measure",
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
        What the source calls somebody who changed that much: ``much better``, ``small change``.
    population
        In whom it was found.
    cite
        Author and year, for a sentence; ``source`` is the full citation.
    verified
        Whether somebody who worked on this product saw the figure in the source or its abstract.
        One that nobody saw is shown as "unverified" and decides nothing.
    """

    label: str
    population: str
    cite: str
    source: str
    points: float = math.nan
    percent: float = math.nan
    verified: bool = True
    note: str = ""

    def size_from(self, first: float) -> float:
        """Return how many points it is from a first score on."""
        return self.points if math.isfinite(self.points) else abs(first) * self.percent / 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeError:
    """How far two scores of somebody unchanged lie apart in 95 of 100 cases."""

    mdc95: float
    cite: str
    source: str
    population: str = ""
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
    error
        None where no MDC95 is known to us: a change is then not held against any.
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
    error: OutcomeError | None = None
    note: str = ""
    own: bool = False

    def context_title(self, name: str) -> str:
        """Return a context's title; of one that is no longer in the file, its name."""
        return next((each.title for each in self.contexts if each.name == name), name)


_REQUIRED: Final = frozenset(
    {"title", "short", "about", "entry", "low", "high", "step", "better", "source"}
)
_OPTIONAL: Final = frozenset({"fewest_items", "most_items", "note", "context", "change", "error"})
_BETTER: Final = {"higher": True, "lower": False}


def parse_outcome_measure(
    name: str, table: Mapping[str, Any], *, own: bool = False
) -> OutcomeMeasure:
    """Return an outcome measure of its file's content.

    Parameters
    ----------
    name
        The file's name without its ending.
    table
        What the file holds, as read from TOML (docs/outcomes.md).

    Raises
    ------
    InputError
        If an entry is missing, unknown or cannot be meant; it names the measure and the entry.
    """
    where = f"outcome measure {name}"
    _require_entries(where, table, _REQUIRED, _OPTIONAL)
    with reading_row(where, "docs/outcomes.md"):
        measure = OutcomeMeasure(
            name=name,
            title=str(table["title"]),
            short=str(table["short"]),
            about=str(table["about"]),
            entry=OutcomeEntry(table["entry"]),
            low=float(table["low"]),
            high=float(table["high"]),
            step=float(table["step"]),
            higher_is_better=_word(table["better"], _BETTER),
            source=str(table["source"]),
            contexts=tuple(
                OutcomeContext(name=str(each["name"]), title=str(each["title"]))
                for each in table.get("context", ())
            ),
            fewest_items=int(table.get("fewest_items", 0)),
            most_items=int(table.get("most_items", 0)),
            changes=_changes(where, table.get("change", ())),
            error=_error(where, table.get("error")),
            note=str(table.get("note", "")),
            own=own,
        )
    _require_sound(where, measure)
    return measure


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


def _changes(where: str, tables: Sequence[Mapping[str, Any]]) -> tuple[OutcomeChange, ...]:
    found = []
    for each in tables:
        _require_entries(
            f"{where}, change",
            each,
            frozenset({"label", "population", "cite", "source"}),
            frozenset({"points", "percent", "verified", "note"}),
        )
        change = OutcomeChange(
            label=str(each["label"]),
            population=str(each["population"]),
            cite=str(each["cite"]),
            source=str(each["source"]),
            points=float(each.get("points", math.nan)),
            percent=float(each.get("percent", math.nan)),
            verified=bool(each.get("verified", True)),
            note=str(each.get("note", "")),
        )
        sizes = [size for size in (change.points, change.percent) if not math.isnan(size)]
        if not sizes or min(sizes) <= 0.0:
            msg = f"{where}, change {change.label!r}: give points or percent, above 0"
            raise InputError(msg)
        found.append(change)
    by_points = sorted(found, key=lambda change: (math.isnan(change.points), change.points))
    return tuple(by_points)


def _error(where: str, table: Mapping[str, Any] | None) -> OutcomeError | None:
    if table is None:
        return None
    _require_entries(
        f"{where}, error",
        table,
        frozenset({"mdc95", "cite", "source"}),
        frozenset({"population", "note"}),
    )
    error = OutcomeError(
        mdc95=float(table["mdc95"]),
        cite=str(table["cite"]),
        source=str(table["source"]),
        population=str(table.get("population", "")),
        note=str(table.get("note", "")),
    )
    if not 0.0 < error.mdc95 < math.inf:
        msg = f"{where}, error: mdc95 must be above 0, got {error.mdc95:g}"
        raise InputError(msg)
    return error


def _require_sound(where: str, measure: OutcomeMeasure) -> None:
    if not -math.inf < measure.low < measure.high < math.inf:
        msg = f"{where}: low {measure.low:g} must be below high {measure.high:g}"
        raise InputError(msg)
    if not 0.0 < measure.step <= measure.high - measure.low:
        msg = f"{where}: step must be above 0 and within the range, got {measure.step:g}"
        raise InputError(msg)
    names = [context.name for context in measure.contexts]
    if len(set(names)) < len(names):
        msg = f"{where}: two contexts have the same name; give each its own"
        raise InputError(msg)
    asks_items = measure.entry is OutcomeEntry.ACTIVITIES
    if asks_items != (0 < measure.fewest_items <= measure.most_items):
        msg = (
            f"{where}: fewest_items and most_items are for entry 'activities' and only for it,"
            f" got {measure.fewest_items} and {measure.most_items}"
        )
        raise InputError(msg)


def _require_entries(
    where: str, table: Mapping[str, Any], required: frozenset[str], optional: frozenset[str]
) -> None:
    missing = sorted(required - set(table))
    unknown = sorted(set(table) - required - optional)
    if missing or unknown:
        parts = [
            f"{word} {', '.join(names)}"
            for word, names in (("without", missing), ("with the unknown", unknown))
            if names
        ]
        msg = f"{where}: {' and '.join(parts)}; the entries stand in docs/outcomes.md"
        raise InputError(msg)


def _word(value: object, known: Mapping[str, bool]) -> bool:
    if value not in known:
        msg = f"better must be {' or '.join(known)}, got {value!r}"
        raise ValueError(msg)
    return known[str(value)]
