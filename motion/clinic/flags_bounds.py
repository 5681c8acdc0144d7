"""Whether somebody may have declined at all: what is stored in, yes or no out.

It asks for less than the rule does, and stops nothing that the rule finds.
"""

import math
from collections.abc import Collection, Hashable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import case, func
from sqlalchemy.orm import Session

from motion.clinic.better import Better, better_of
from motion.clinic.comparing import FROM_GO
from motion.clinic.flags_lots import QUANTITY_AT, Course, Lot, Way
from motion.clinic.flags_numbers import of_courses
from motion.clinic.flags_plans import is_recent
from motion.clinic.tables import AnalysisRow, MeasurementRow, TakeRow
from motion.exercise.functional_stance import STANCE

__all__ = ["find_widened", "is_settled", "may_have_declined"]

_PARTED: Final = (*FROM_GO, STANCE)
"""Numbers whose line hangs on what they say of themselves: when the clock began, and on which leg
somebody was seen to stand, which may be another one in the takes between."""


def is_settled(lot: Lot, twice: Collection[str]) -> bool:
    """Return whether the ends of a lot's ways say all that the takes between them could.

    They do not where an end was not judged, or where lines part by what a number says of itself;
    nor where the last recording was stored before, as it counts once, in the place of the first.
    """
    return all(
        {row[QUANTITY_AT] for row in way if row.analysis_id == way[0].analysis_id}
        == {row[QUANTITY_AT] for row in way if row.analysis_id == way[-1].analysis_id}
        and all(row.judged and row.measurement_measure not in _PARTED for row in way)
        and way[-1].digest not in twice
        for way in lot
    )


def may_have_declined(lot: Lot) -> bool:
    """Return whether the last number of a line of a settled lot may lie beyond its error.

    What is followed as one line (:mod:`motion.clinic.comparing`) is one or several ways of a lot,
    so that its first number is the first of one of them and its last the last of one.
    """
    before: dict[Hashable, Way] = {}
    now: dict[Hashable, Way] = {}
    for way in lot:
        for row in way:
            before.setdefault(row[QUANTITY_AT], []).append(row)
            if row.recent:
                now.setdefault(row[QUANTITY_AT], []).append(row)
    return any(_fell(before[quantity], some) for quantity, some in now.items())


def find_widened(session: Session, courses: Collection[Course], today: date) -> set[Course]:
    """Return of some courses those with one of the last numbers beyond the error from any."""
    if not courses:
        return set()
    m, value = MeasurementRow, MeasurementRow.value
    now = case((is_recent(TakeRow.started_at, today), value))
    group = (TakeRow.patient_id, AnalysisRow.movement, m.measure, m.joint, m.motion)
    query = (
        of_courses(
            courses,
            *group,
            *(func.max(value).label("most"), func.min(value).label("least")),
            *(func.max(now).label("most_now"), func.min(now).label("least_now")),
            func.min(m.mdc95).label("error"),
        )
        .where(value.is_not(None))
        .group_by(*group, m.side, m.unit)
        .having(func.min(now).is_not(None) & func.min(m.mdc95).is_not(None))
    )
    found = set()
    for row in session.execute(query):
        nearest_to_zero = sorted((row.least, 0.0, row.most))[1]
        before, last = (row.least, row.most, nearest_to_zero), (row.least_now, row.most_now)
        if _lost(before, last, row[1:5]) >= row.error:
            found.add((row.patient_id, row.movement))
    return found


def _fell(before: Way, now: Way) -> bool:
    errors = [row.mdc95 for row in (*before, *now) if math.isfinite(row.mdc95)]
    named = (before[0].analysis_movement, *before[0][QUANTITY_AT][:3])
    lost = _lost([row.value for row in before], [row.value for row in now], named)
    return bool(errors) and lost >= min(errors)


def _lost(before: Collection[float], now: Collection[float], named: Sequence[str]) -> float:
    """Return by how much a number may have become worse.

    Parameters
    ----------
    before, now
        The first values, and the last.
    named
        The movement, and the number's measure, joint and motion.
    """
    movement, measure, joint, motion = named
    lower, higher = max(before) - min(now), max(now) - min(before)
    match better_of(measure, joint, motion, movement).better:
        case Better.NONE:
            return -math.inf
        case Better.HIGHER:
            return lower
        case Better.LOWER:
            return higher
        case Better.TOWARD_ZERO:
            return max(map(abs, now)) - min(map(abs, before))
        case _:
            return max(lower, higher)
