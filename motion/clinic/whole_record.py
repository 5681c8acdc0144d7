"""All that the record holds of one patient, and nothing of anybody else."""

import enum
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import Session

from motion.clinic.base import Base
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.rows import to_analysis
from motion.clinic.tables import AnalysisRow, AuthorRow, EditRow, PatientRow, TakeRow
from motion.model import Analysis

__all__ = ["WholeTake", "list_whole_takes", "load_analysis", "read_tables", "video_bytes"]

OMITTED_TABLES: Final = frozenset({"patient_link"})
"""It opens the patient's pages; of what it says only the digest is kept."""
OMITTED_COLUMNS: Final = frozenset({("plan", "secret")})
"""Known to the clinic's and the patient's computer only: who has it can send takes."""
_BY_HAND: Final = frozenset({"author", "edit"})
"""Of these belongs to a patient what the patient's rows name."""

_AT_ONCE: Final = 500

_Found = dict[str, Select[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTake:
    """A take with the keys of all its analyses, the oldest first, and the files of its videos."""

    id: UUID
    extension: str
    source_digest: str | None
    annotated_digest: str | None
    analysis_ids: tuple[UUID, ...]


def read_tables(
    record: Record, patient_code: str
) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Yield each table's name with the patient's rows, as plain values of JSON.

    What belongs to a patient is read from the tables' own keys: a later table is found too.
    Personal links and the plan's secret are left out, which are keys and no record. A number that
    is not known is null.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        found = _find_rows(patient.id)
        for table in Base.metadata.sorted_tables:
            if table.name in found:
                query = select(table).where(table.c.id.in_(found[table.name]))
                yield table.name, _rows(session, table, query)
        edits = select(EditRow.__table__).where(
            or_(
                *(
                    (EditRow.table_name == name) & EditRow.row_id.in_(keys)
                    for name, keys in found.items()
                )
            )
        )
        yield "edit", _rows(session, Base.metadata.tables["edit"], edits)
        yield "author", _authors(session, found, edits)


def list_whole_takes(record: Record, patient_code: str) -> tuple[WholeTake, ...]:
    """Return all takes of a patient, excluded ones too, the oldest first.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        takes = session.scalars(
            select(TakeRow)
            .where(TakeRow.patient_id == patient.id)
            .order_by(TakeRow.started_at, TakeRow.id)
        ).all()
        analyses: dict[UUID, list[UUID]] = {take.id: [] for take in takes}
        rows = session.execute(
            select(AnalysisRow.take_id, AnalysisRow.id)
            .join(TakeRow, AnalysisRow.take_id == TakeRow.id)
            .where(TakeRow.patient_id == patient.id)
            .order_by(AnalysisRow.created_at, AnalysisRow.id)
        )
        for take_id, analysis_id in rows:
            analyses[take_id].append(analysis_id)
        return tuple(
            WholeTake(
                id=take.id,
                extension=take.extension,
                source_digest=take.source_digest,
                annotated_digest=take.annotated_digest,
                analysis_ids=tuple(analyses[take.id]),
            )
            for take in takes
        )


def video_bytes(record: Record, patient_code: str) -> int:
    """Return how large a patient's kept videos are together; those that are missing count nothing.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    digests = {
        digest
        for take in list_whole_takes(record, patient_code)
        for digest in (take.source_digest, take.annotated_digest)
        if digest is not None and record.files.has(digest)
    }
    return sum((record.files.folder / digest).stat().st_size for digest in digests)


def load_analysis(record: Record, analysis_id: UUID) -> Analysis:
    """Return an analysis, current or not.

    Raises
    ------
    RecordError
        If a file of it is missing or damaged.
    """
    with record.reading() as session:
        row = session.get_one(AnalysisRow, analysis_id)
        return to_analysis(row.take, row, record.files)


def _find_rows(patient_id: UUID) -> _Found:
    """Return by table which rows are the patient's, as queries of their keys."""
    found: _Found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in OMITTED_TABLES | _BY_HAND:
            continue
        if table is PatientRow.__table__:
            found[table.name] = select(table.c.id).where(table.c.id == patient_id)
            continue
        owned = [
            key.parent.in_(found[key.column.table.name])
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table.name in found
        ]
        if owned:
            found[table.name] = select(table.c.id).where(or_(*owned))
    return found


def _rows(session: Session, table: Table, query: Select[Any]) -> Iterator[dict[str, Any]]:
    names = [c.name for c in table.columns if (table.name, c.name) not in OMITTED_COLUMNS]
    ordered = query.order_by(table.c.id).execution_options(yield_per=_AT_ONCE)
    for row in session.execute(ordered).mappings():
        yield {name: _plain(row[name]) for name in names}


def _authors(session: Session, found: _Found, edits: Select[Any]) -> Iterator[dict[str, Any]]:
    """Yield whoever wrote one of the patient's rows."""
    author = AuthorRow.__table__.c
    keys = []
    for table in Base.metadata.sorted_tables:
        rows = edits if table.name == "edit" else found.get(table.name)
        if rows is None:
            continue
        own = table.c.id.in_(rows.with_only_columns(table.c.id))
        for key in table.foreign_keys:
            if key.column.table is AuthorRow.__table__:
                keys.append(author.id.in_(select(key.parent).where(own)))
    yield from _rows(
        session, Base.metadata.tables["author"], select(AuthorRow.__table__).where(or_(*keys))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, UUID) else value
