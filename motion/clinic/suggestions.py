"""Suggestions of the record: made by the rules of a plan, decided by the physiotherapist only."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.patients import patient_row
from motion.clinic.plan_checks import require_item
from motion.clinic.plan_lookup import own_plan_row, write_item
from motion.clinic.plan_rows import item_values, to_item, to_suggestion
from motion.clinic.plan_tables import PlanItemRow, PlanRow, SuggestionRow
from motion.clinic.plan_values import (
    Decision,
    PlanSuggestion,
)
from motion.clinic.record import Record
from motion.clinic.tables import AuthorRow, PatientRow
from motion.errors import RecordConflictError, RecordNotFoundError
from motion.library import find_exercise

__all__ = [
    "accept_suggestion",
    "decline_suggestion",
    "list_suggestions",
    "pending_suggestions",
]

_ACCEPTED: Final = "suggestion accepted"


def pending_suggestions(record: Record, patient_code: str) -> tuple[PlanSuggestion, ...]:
    """Return the suggestions that nobody has decided on, the oldest first.

    They are made and withdrawn when a take, an answer or an entry of the diary is stored.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    found = list_suggestions(record, patient_code)
    return tuple(each for each in found if each.decision is Decision.OPEN)


def list_suggestions(record: Record, patient_code: str) -> tuple[PlanSuggestion, ...]:
    """Return every suggestion that was made for a patient, the oldest first."""
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        query = (
            select(SuggestionRow, AuthorRow.name)
            .join(PlanItemRow, SuggestionRow.plan_item_id == PlanItemRow.id)
            .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
            .outerjoin(AuthorRow, SuggestionRow.decided_by_id == AuthorRow.id)
            .where(PlanRow.patient_id == patient.id)
            .order_by(SuggestionRow.created_at)
        )
        return tuple(to_suggestion(row, author) for row, author in session.execute(query))


def accept_suggestion(
    record: Record, found: PlanSuggestion, *, reason: str = "", author: str | None = None
) -> PlanSuggestion:
    """Change the item as suggested: the only way by which a suggestion changes a plan.

    Raises
    ------
    InputError
        If the changed item would not be safe, or the plan came from a clinic by a plan file.
    RecordConflictError
        If it was decided or withdrawn since it was loaded, or the item was changed.
    """
    with record.writing() as session:
        row = _open_row(session, found)
        item = row.item
        patient = session.get_one(PatientRow, item.plan.patient_id)
        own_plan_row(session, patient)
        values = item_values(to_item(item, None))
        if values[row.what] != row.before or item.ended_on is not None:
            msg = "the item of this suggestion was changed meanwhile: load the patient again"
            raise RecordConflictError(msg)
        is_count = row.what == "repetitions"
        values[row.what] = int(row.after) if is_count else row.after
        why = f"{_ACCEPTED}: {row.reason}"
        write_item(session, item, values, f"{why}; {reason}" if reason else why, author)
        changed = to_item(item, None)
        require_item(changed, find_exercise(item.exercise), patient.withheld_joints)
        return _decide(session, row, Decision.ACCEPTED, reason, author)


def decline_suggestion(
    record: Record, found: PlanSuggestion, *, reason: str = "", author: str | None = None
) -> PlanSuggestion:
    """Leave the item as it is; sessions are counted anew from now on.

    Raises
    ------
    RecordConflictError
        If it was decided or withdrawn since it was loaded.
    """
    with record.writing() as session:
        row = _open_row(session, found)
        own_plan_row(session, session.get_one(PatientRow, row.item.plan.patient_id))
        return _decide(session, row, Decision.DECLINED, reason, author)


def _open_row(session: Session, found: PlanSuggestion) -> SuggestionRow:
    row = session.get(SuggestionRow, found.id)
    if row is None:
        msg = f"no suggestion {found.id} in the record: load the patient again"
        raise RecordNotFoundError(msg)
    if row.version != found.version or row.decided_at is not None:
        msg = "this suggestion was decided or withdrawn meanwhile: load the patient again"
        raise RecordConflictError(msg)
    return row


def _decide(
    session: Session, row: SuggestionRow, decision: Decision, reason: str, author: str | None
) -> PlanSuggestion:
    note_edits(session, row, {"decision": (row.decision, decision)}, reason, author)
    row.decision, row.decision_reason = decision, reason
    row.decided_at = datetime.now(UTC)
    row.decided_by_id = author_id_of(session, author)
    session.flush()
    return to_suggestion(row, author)
