"""Scores of outcome measures: written down, listed, left out with a reason."""

import math
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from motion.clinic.edits import author_id_of, note_edits, require_reason
from motion.clinic.outcome_checks import require_outcome
from motion.clinic.outcome_values import OutcomeDetails, OutcomeItem, OutcomeScore
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import AuthorRow, OutcomeItemRow, OutcomeRow, PatientRow
from motion.errors import RecordConflictError, RecordNotFoundError
from motion.library import find_outcome_measure

__all__ = ["add_outcome", "exclude_outcome", "list_outcomes", "mean_of_items"]

_SAID: Final = ("instrument", "day", "context", "note")


def mean_of_items(items: Iterable[OutcomeItem]) -> float:
    """Return the mean of activities, to a hundredth; NaN where there are none."""
    scores = [item.score for item in items]
    return round(math.fsum(scores) / len(scores), 2) if scores else math.nan


def add_outcome(
    record: Record, patient_code: str, details: OutcomeDetails, *, author: str | None = None
) -> OutcomeScore:
    """Write down a score of an outcome measure.

    Raises
    ------
    InputError
        If there is no such measure, or it cannot have that score, context or those activities.
    RecordNotFoundError
        If there is no such patient.
    """
    measure = find_outcome_measure(details.instrument)
    require_outcome(details, measure)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        row = OutcomeRow(
            patient_id=patient.id,
            author_id=author_id_of(session, author),
            score=mean_of_items(details.items) if details.items else details.score,
            items=[
                OutcomeItemRow(sequence=place, text=item.text.strip(), score=item.score)
                for place, item in enumerate(details.items)
            ],
            **{name: getattr(details, name) for name in _SAID},
        )
        session.add(row)
        session.flush()
        return _to_score(row, author)


def list_outcomes(
    record: Record, patient_code: str, *, with_excluded: bool = False
) -> tuple[OutcomeScore, ...]:
    """Return a patient's scores, the oldest day first; without those that were left out."""
    query = (
        select(OutcomeRow, AuthorRow.name)
        .join(PatientRow, OutcomeRow.patient_id == PatientRow.id)
        .outerjoin(AuthorRow, OutcomeRow.author_id == AuthorRow.id)
        .where(PatientRow.code == patient_code)
        .options(selectinload(OutcomeRow.items))
        .order_by(OutcomeRow.day, OutcomeRow.created_at)
    )
    if not with_excluded:
        query = query.where(OutcomeRow.excluded_reason.is_(None))
    with record.reading() as session:
        return tuple(_to_score(row, author) for row, author in session.execute(query))


def exclude_outcome(
    record: Record, found: OutcomeScore, reason: str, *, author: str | None = None
) -> OutcomeScore:
    """Leave a score out of every list and verdict; it stays in the record, with the reason.

    Raises
    ------
    InputError
        If there is no reason.
    RecordConflictError
        If somebody else changed it since it was loaded.
    """
    reason = require_reason(reason)
    with record.writing() as session:
        row = session.get(OutcomeRow, found.id)
        if row is None:
            msg = f"no score {found.id} in the record: load the patient again"
            raise RecordNotFoundError(msg)
        if row.version != found.version:
            msg = "this score was changed by somebody else meanwhile: load the patient again"
            raise RecordConflictError(msg)
        changes = {"excluded_reason": (row.excluded_reason, reason)}
        note_edits(session, row, changes, reason, author)
        row.excluded_reason = reason
        session.flush()
        return _to_score(row, found.author)


def _to_score(row: OutcomeRow, author: str | None) -> OutcomeScore:
    return OutcomeScore(
        **{name: getattr(row, name) for name in _SAID},
        score=row.score,
        items=tuple(OutcomeItem(text=item.text, score=item.score) for item in row.items),
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        author=author,
        excluded_reason=row.excluded_reason,
    )
