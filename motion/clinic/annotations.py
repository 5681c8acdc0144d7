"""What happened to a patient on a day: written down, listed, left out with a reason."""

from dataclasses import fields
from typing import Final

from sqlalchemy import select

from motion.clinic.chart_values import Annotation, AnnotationDetails, AnnotationKind
from motion.clinic.edits import author_id_of, note_edits, require_reason
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import AnnotationRow, AuthorRow, PatientRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError

__all__ = ["add_annotation", "exclude_annotation", "list_annotations"]

_DETAILS: Final = tuple(field.name for field in fields(AnnotationDetails))
_LONGEST_TEXT: Final = 200


def add_annotation(
    record: Record, patient_code: str, details: AnnotationDetails, *, author: str | None = None
) -> Annotation:
    """Write down what happened on a day.

    It may lie ahead: an operation has a date before it takes place.

    Raises
    ------
    InputError
        If the words are too long, or missing where the kind alone says nothing.
    RecordNotFoundError
        If there is no such patient.
    """
    words = details.text.strip()
    if len(words) > _LONGEST_TEXT:
        msg = f"words of an event must have at most {_LONGEST_TEXT} characters, got {len(words)}"
        raise InputError(f"{msg}: shorten them")
    if details.kind is AnnotationKind.OTHER and not words:
        msg = "an event of kind 'other' needs words that say what happened, got none: add them"
        raise InputError(msg)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        row = AnnotationRow(
            patient_id=patient.id,
            day=details.day,
            kind=details.kind,
            text=words,
            author_id=author_id_of(session, author),
        )
        session.add(row)
        session.flush()
        return _to_annotation(row, author)


def list_annotations(
    record: Record, patient_code: str, *, with_excluded: bool = False
) -> tuple[Annotation, ...]:
    """Return what happened to a patient, the oldest day first; without what was left out."""
    query = (
        select(AnnotationRow, AuthorRow.name)
        .join(PatientRow, AnnotationRow.patient_id == PatientRow.id)
        .outerjoin(AuthorRow, AnnotationRow.author_id == AuthorRow.id)
        .where(PatientRow.code == patient_code)
        .order_by(AnnotationRow.day, AnnotationRow.created_at)
    )
    if not with_excluded:
        query = query.where(AnnotationRow.excluded_reason.is_(None))
    with record.reading() as session:
        return tuple(_to_annotation(row, author) for row, author in session.execute(query))


def exclude_annotation(
    record: Record, found: Annotation, reason: str, *, author: str | None = None
) -> Annotation:
    """Leave an event out of every curve and list; it stays in the record, with the reason.

    Raises
    ------
    InputError
        If there is no reason.
    RecordConflictError
        If somebody else changed it since it was loaded.
    """
    reason = require_reason(reason)
    with record.writing() as session:
        row = session.get(AnnotationRow, found.id)
        if row is None:
            msg = f"no event {found.id} in the record: load the patient again"
            raise RecordNotFoundError(msg)
        if row.version != found.version:
            msg = "this event was changed by somebody else meanwhile: load the patient again"
            raise RecordConflictError(msg)
        changes = {"excluded_reason": (row.excluded_reason, reason)}
        note_edits(session, row, changes, reason, author)
        row.excluded_reason = reason
        session.flush()
        return _to_annotation(row, found.author)


def _to_annotation(row: AnnotationRow, author: str | None) -> Annotation:
    return Annotation(
        **{name: getattr(row, name) for name in _DETAILS},
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        author=author,
        excluded_reason=row.excluded_reason,
    )
