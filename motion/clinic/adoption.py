"""Which results of a retest become the clinic's own error figures, and which are left out."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motion.clinic.retest import RetestResult, RetestVerdict
from motion.kinematics import ErrorFigure, ErrorFigures, find_joint
from motion.kinematics.error_table import ErrorRow
from motion.model import ViewName

__all__ = ["Adoption", "figures_to_adopt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Rows of the clinic's own table, and in one line each what of enough people is not used."""

    rows: tuple[ErrorRow, ...]
    left_out: tuple[str, ...]


def figures_to_adopt(results: Iterable[RetestResult], day: date, product: ErrorFigures) -> Adoption:
    """Return the rows of the clinic's own table, from those results that are enough.

    The table has one figure for an angle in a view, and every later verdict uses it: it must be
    of today's method. Sessions on different days go before sessions of one day, whose error is
    not that between visits; of what is left then, ends of range and conditions, the larger error
    is taken. A figure from one day never makes the product's own smaller
    (clinical.md 5: what judges visits needs the error between sessions).

    Parameters
    ----------
    day
        The day that the retest is called by.
    product
        The product's own figures.
    """
    enough = [result for result in results if result.verdict is RetestVerdict.ENOUGH]
    chosen: dict[tuple[str, ViewName], RetestResult] = {}
    for result in sorted(enough, key=lambda each: (each.between_days, each.retest.sem)):
        if result.of_today:
            chosen[result.angle, result.view] = result
    return Adoption(
        rows=tuple(_row(result, day, product) for result in chosen.values()),
        left_out=tuple(
            f"{_title(result)}: {reason}"
            for result in enough
            if (reason := _why_left_out(result, chosen.get((result.angle, result.view))))
        ),
    )


def _why_left_out(result: RetestResult, chosen: RetestResult | None) -> str:
    """Return why a result is not used; empty for the chosen one's other end of range."""
    if not result.of_today:
        return "measured by another method than today's; measure the takes again"
    if chosen is None or result.how == chosen.how:
        return ""
    if chosen.between_days and not result.between_days:
        return "sessions of one day, and there are some on different days"
    return "another method or other conditions have the larger error"


def _title(result: RetestResult) -> str:
    return f"{find_joint(result.angle).title} ({result.measure}, {result.view}; {result.how})"


def _row(result: RetestResult, day: date, product: ErrorFigures) -> ErrorRow:
    said = (f"clinic retest {day:%Y-%m-%d}", f"n={result.people}", result.method, result.conditions)
    source = ", ".join(part for part in said if part)
    sem_deg, mdc95_deg = result.retest.sem, result.retest.mdc95
    if not result.between_days:
        source = f"{source}, same day"
        floor = product.find(result.angle, result.view)
        if floor.sem_deg > sem_deg:
            sem_deg, mdc95_deg = floor.sem_deg, floor.mdc95_deg
            source = f"{floor.source}, larger than {source}"
    return ErrorRow(
        angle=result.angle,
        view=result.view,
        figure=ErrorFigure(
            sem_deg=sem_deg, mdc95_deg=mdc95_deg, source=source, extra_at_45_deg=math.nan
        ),
    )
