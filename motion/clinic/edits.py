"""Who changed what and why: written beside every change, and read back for the patient's page."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from motion.clinic.base import Base
from motion.clinic.record import Record
from motion.clinic.tables import (
    AnalysisRow,
    AnnotationRow,
    AuthorRow,
    EditRow,
    FlagSeenRow,
    LiveTakeRow,
    ManualRow,
    OutcomeRow,
    PlanItemRow,
    PlanRow,
    ProtocolRunRow,
    ProtocolStepRow,
    RuleRow,
    SignOffRow,
    SuggestionRow,
    TargetRow,
)
from motion.clinic.values import Edit
from motion.errors import InputError

__all__ = ["author_id_of", "list_edits", "note_edits", "require_reason"]

Change = tuple[Any, Any]


def author_id_of(session: Session, author: str | None) -> UUID | None:
    """Return the key of an author, written down at the first mention; ``None`` for nobody."""
    if author is None:
        return None
    row = session.scalar(select(AuthorRow).where(AuthorRow.name == author))
    if row is None:
        row = AuthorRow(name=author)
        session.add(row)
        session.flush()
    return row.id


def note_edits(
    session: Session, row: Base, changes: Mapping[str, Change], reason: str, author: str | None
) -> None:
    """Write one edit row per field that changed, as ``{field: (before, after)}``."""
    author_id = author_id_of(session, author)
    for field, (before, after) in changes.items():
        session.add(
            EditRow(
                table_name=row.__tablename__,
                row_id=row.id,
                field=field,
                before=_text(before),
                after=_text(after),
                reason=reason,
                author_id=author_id,
            )
        )


def require_reason(reason: str) -> str:
    """Return a reason without the space around it.

    Raises
    ------
    InputError
        If there is none.
    """
    if not reason.strip():
        msg = "this change needs a reason: say in a few words why it is made"
        raise InputError(msg)
    return reason.strip()


def list_edits(record: Record, row_id: UUID) -> tuple[Edit, ...]:
    """Return the changes of a patient or a take, the oldest first.

    Those of a take are with its analyses, their sign-offs, with what was measured by hand beside
    it and with the answers after a live one; those of a patient with the targets, the plan, what
    was measured by hand beside no take, and what else the chart holds.
    """
    plan = select(PlanRow.id).where(PlanRow.patient_id == row_id)
    items = select(PlanItemRow.id).where(PlanItemRow.plan_id.in_(plan))
    analyses = select(AnalysisRow.id).where(AnalysisRow.take_id == row_id)
    runs = select(ProtocolRunRow.id).where(ProtocolRunRow.patient_id == row_id)
    belonging = (
        analyses,
        select(SignOffRow.id).where(SignOffRow.analysis_id.in_(analyses)),
        select(ManualRow.id).where(ManualRow.take_id == row_id),
        select(LiveTakeRow.id).where(LiveTakeRow.take_id == row_id),
        select(TargetRow.id).where(TargetRow.patient_id == row_id),
        select(ManualRow.id).where(ManualRow.patient_id == row_id, ManualRow.take_id.is_(None)),
        *(
            select(table.id).where(table.patient_id == row_id)
            for table in (AnnotationRow, OutcomeRow, FlagSeenRow)
        ),
        runs,
        select(ProtocolStepRow.id).where(ProtocolStepRow.run_id.in_(runs)),
        plan,
        items,
        select(RuleRow.id).where(RuleRow.plan_item_id.in_(items)),
        select(SuggestionRow.id).where(SuggestionRow.plan_item_id.in_(items)),
    )
    query = (
        select(EditRow, AuthorRow.name)
        .outerjoin(AuthorRow, EditRow.author_id == AuthorRow.id)
        .where(or_(EditRow.row_id == row_id, *(EditRow.row_id.in_(rows) for rows in belonging)))
        .order_by(EditRow.created_at)
    )
    with record.reading() as session:
        return tuple(
            Edit(
                table=row.table_name,
                row_id=row.row_id,
                field=row.field,
                before=row.before,
                after=row.after,
                reason=row.reason,
                author=author,
                at=row.created_at,
            )
            for row, author in session.execute(query)
        )


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
