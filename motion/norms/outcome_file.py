"""Reads the file of an outcome measure, or says in one line what is wrong with it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from motion.errors import InputError
from motion.norms.outcome_measures import (
    OutcomeChange,
    OutcomeContext,
    OutcomeEntry,
    OutcomeError,
    OutcomeMeasure,
)
from motion.norms.rows import reading_row

__all__ = ["parse_outcome_measure"]

_REQUIRED: Final = frozenset(
    {"title", "short", "about", "entry", "low", "high", "step", "better", "source"}
)
_OPTIONAL: Final = frozenset({"fewest_items", "most_items", "note", "context", "change", "error"})
_CHANGE: Final = frozenset({"label", "population", "cite", "source"})
_CHANGE_MAY: Final = frozenset({"points", "percent", "verified", "context", "note"})
_ERROR: Final = frozenset({"mdc95", "population", "cite", "source"})
_ERROR_MAY: Final = frozenset({"context", "note"})
_MOST_BUTTONS: Final = 11
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
            errors=_errors(where, table.get("error", ())),
            note=str(table.get("note", "")),
            own=own,
        )
    _require_sound(where, measure)
    return measure


def _changes(where: str, tables: Sequence[Mapping[str, Any]]) -> tuple[OutcomeChange, ...]:
    found = []
    for each in tables:
        _require_entries(f"{where}, change", each, _CHANGE, _CHANGE_MAY)
        change = OutcomeChange(
            label=str(each["label"]),
            points=float(each.get("points", math.nan)),
            percent=float(each.get("percent", math.nan)),
            verified=bool(each.get("verified", True)),
            **_citation(each),
        )
        sizes = [size for size in (change.points, change.percent) if not math.isnan(size)]
        if not sizes or not all(0.0 < size < math.inf for size in sizes):
            msg = f"{where}, change {change.label!r}: give points or percent, above 0"
            raise InputError(msg)
        found.append(change)
    return tuple(sorted(found, key=lambda change: (math.isnan(change.points), change.points)))


def _errors(where: str, tables: Sequence[Mapping[str, Any]]) -> tuple[OutcomeError, ...]:
    found = []
    for each in tables:
        _require_entries(f"{where}, error", each, _ERROR, _ERROR_MAY)
        error = OutcomeError(mdc95=float(each["mdc95"]), **_citation(each))
        if not 0.0 < error.mdc95 < math.inf:
            msg = f"{where}, error: mdc95 must be above 0, got {error.mdc95:g}"
            raise InputError(msg)
        found.append(error)
    return tuple(found)


def _citation(each: Mapping[str, Any]) -> dict[str, str]:
    """Return in whom a figure was found, and where that stands."""
    said = {name: str(each[name]) for name in ("population", "cite", "source")}
    return said | {name: str(each.get(name, "")) for name in ("context", "note")}


def _require_sound(where: str, measure: OutcomeMeasure) -> None:
    if not -math.inf < measure.low < measure.high < math.inf:
        msg = f"{where}: low {measure.low:g} must be below high {measure.high:g}"
        raise InputError(msg)
    if not 0.0 < measure.step <= measure.high - measure.low:
        msg = f"{where}: step must be above 0 and within the range, got {measure.step:g}"
        raise InputError(msg)
    steps = (measure.high - measure.low) / measure.step
    if measure.entry is OutcomeEntry.BUTTONS and not (steps.is_integer() and steps < _MOST_BUTTONS):
        msg = f"{where}: entry 'buttons' is for at most {_MOST_BUTTONS} numbers; give 'total'"
        raise InputError(msg)
    _require_contexts(where, measure)
    fewest, most = measure.fewest_items, measure.most_items
    asks_items = measure.entry is OutcomeEntry.ACTIVITIES
    if not (0 < fewest <= most if asks_items else fewest == most == 0):
        msg = (
            f"{where}: fewest_items and most_items are for entry 'activities' and only for it,"
            f" got {measure.fewest_items} and {measure.most_items}"
        )
        raise InputError(msg)


def _require_contexts(where: str, measure: OutcomeMeasure) -> None:
    names = [context.name for context in measure.contexts]
    if len(set(names)) < len(names):
        msg = f"{where}: two contexts have the same name; give each its own"
        raise InputError(msg)
    of_figures = {each.context for each in measure.changes} | {e.context for e in measure.errors}
    unknown = sorted(of_figures - {"", *names})
    if unknown:
        msg = f"{where}: a figure is of {', '.join(unknown)}, which is no context of it"
        raise InputError(msg)
    of = [error.context for error in measure.errors]
    if len(set(of)) < len(of) or ("" in of and len(of) > 1):
        msg = f"{where}: two error figures are of the same context; give one"
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
