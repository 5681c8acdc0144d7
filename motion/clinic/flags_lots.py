"""Everybody's takes in lots that may be compared, with the results at the ends of each.

There are tens of thousands of takes. Of most lots the first and the last say enough.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, String, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session

from motion.clinic.flags_numbers import SAID, is_result
from motion.clinic.flags_plans import is_recent
from motion.clinic.tables import AnalysisRow, MeasurementRow, TakeRow
from motion.model import MeasureVerdict

__all__ = ["QUANTITY_AT", "Course", "Lot", "Way", "list_twice", "read_ends"]

Course = tuple[UUID, str]
"""A patient and a movement."""

Way = list[Row[Any]]
"""Results of takes that were measured with equal settings, the oldest first."""

Lot = list[Way]
"""Results of takes of one course that agree in all that a take can differ in but its settings."""

_MADE: Final = (
    *(TakeRow.kind, AnalysisRow.model_name, AnalysisRow.model_sha256, AnalysisRow.view_name),
    *(getattr(AnalysisRow, name) for name in SAID),
)
_COLUMNS: Final = (
    *(TakeRow.patient_id, AnalysisRow.movement, *_MADE),
    *(AnalysisRow.side, AnalysisRow.settings),
)
_LOT_AT: Final = slice(0, 2 + len(_MADE))
_WAY_AT: Final = slice(0, len(_COLUMNS))
QUANTITY_AT: Final = slice(-5, None)
"""Where in a row stands what is equal within a lot and a way, and what names a number."""


def read_ends(session: Session, patients: Collection[UUID], today: date) -> list[Lot]:
    """Return the lots of patients that may show a change: two takes, one of the last 28 days.

    Of each way only the results of the first and the last take; where a take has none, a row says
    so. ``takes_n`` in a row is how many takes its way has.
    """
    ways = (
        select(
            *(column.label(f"of_{place}") for place, column in enumerate(_COLUMNS)),
            func.min(TakeRow.started_at).label("first_at"),
            func.max(TakeRow.started_at).label("last_at"),
            func.count().label("takes_n"),
        )
        .select_from(TakeRow)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .where(TakeRow.patient_id.in_(patients), TakeRow.excluded_reason.is_(None))
        .group_by(*_COLUMNS)
        .subquery()
    )
    alike = [column == ways.c[f"of_{place}"] for place, column in enumerate(_COLUMNS)]
    at_end = TakeRow.started_at.in_((ways.c.first_at, ways.c.last_at))
    query = _results(today, ways.c.takes_n).join(ways, and_(*alike, at_end))
    lots = _gather(session.connection().execute(query))
    return [
        lot
        for lot in lots
        if sum(way[0].takes_n for way in lot) > 1 and any(way[-1].recent for way in lot)
    ]


def list_twice(session: Session, patients: Collection[UUID]) -> frozenset[str]:
    """Return the digests of recordings of which a patient has several takes."""
    query = (
        select(TakeRow.digest)
        .where(TakeRow.patient_id.in_(patients), TakeRow.excluded_reason.is_(None))
        .group_by(TakeRow.patient_id, TakeRow.digest)
        .having(func.count() > 1)
    )
    return frozenset(session.scalars(query))


def _results(today: date, *more: Any) -> Select[Any]:
    """Return a query of results as they are stored: thousands of rows, so nothing is made of them.

    Numbers that are not judged are among them, and a take without any.
    """
    m = MeasurementRow
    is_judged = (
        m.value.is_not(None)
        & (m.verdict != MeasureVerdict.FEW_STRIDES)
        & m.excluded_reason.is_(None)
    )
    return (
        select(
            *map(_as_stored, _COLUMNS),
            *(_as_stored(AnalysisRow.id), TakeRow.digest, m.value, m.mdc95, m.note),
            case((is_recent(TakeRow.started_at, today), 1), else_=0).label("recent"),
            case((is_judged, 1), else_=0).label("judged"),
            *more,
            *map(_as_stored, (m.measure, m.joint, m.motion, m.side, m.unit)),
        )
        .select_from(TakeRow)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .outerjoin(m, (m.analysis_id == AnalysisRow.id) & is_result())
        .where(TakeRow.excluded_reason.is_(None))
        .order_by(TakeRow.started_at, TakeRow.created_at, TakeRow.id)
    )


def _as_stored(column: Any) -> Any:
    return type_coerce(column, String).label(f"{column.class_.__tablename__}_{column.key}")


def _gather(rows: Iterable[Row[Any]]) -> list[Lot]:
    lots: dict[tuple[Any, ...], dict[tuple[Any, ...], Way]] = {}
    for row in rows:
        lots.setdefault(row[_LOT_AT], {}).setdefault(row[_WAY_AT], []).append(row)
    return [list(ways.values()) for ways in lots.values()]
