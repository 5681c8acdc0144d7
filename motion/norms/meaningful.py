"""How large a change must be to matter to patients, as published."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motion.errors import InputError
from motion.norms.rows import reading_row

__all__ = ["MeaningfulChange", "find_meaningful", "parse_meaningful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningfulChange:
    """A published difference that matters to patients; it says nothing of measurement error.

    Parameters
    ----------
    measure
        The product's name of the number: ``walking_speed``.
    change
        How large it is, either way, in ``unit``.
    label
        The source's word for it: ``small``, ``substantial``.
    population
        In whom it was found.
    """

    measure: str
    unit: str
    change: float
    label: str
    population: str
    source: str
    note: str = ""


def parse_meaningful(row: Mapping[str, str]) -> MeaningfulChange:
    """Return a row of ``data/mdc/meaningful.csv`` as a value.

    Raises
    ------
    InputError
        If a cell is missing or cannot be meant; it names the measure and the cell.
    """
    name = f"meaningful change of {row.get('measure') or '?'}"
    with reading_row(name):
        found = MeaningfulChange(
            measure=row["measure"],
            unit=row["unit"],
            change=float(row["change"]),
            label=row["label"],
            population=row["population"],
            source=row["source"],
            note=row["note"],
        )
    if not (math.isfinite(found.change) and found.change > 0):
        msg = f"{name}: change must be above 0, got {found.change:g}; give how large it is"
        raise InputError(msg)
    if not (found.measure and found.label and found.population and found.source):
        msg = f"{name}: a figure without its label, population and source is never used"
        raise InputError(msg)
    return found


def find_meaningful(
    changes: Iterable[MeaningfulChange], measure: str, unit: str
) -> tuple[MeaningfulChange, ...]:
    """Return what is published for a number, the smallest first."""
    found = (each for each in changes if (each.measure, each.unit) == (measure, unit))
    return tuple(sorted(found, key=lambda each: each.change))
