"""Personal links to the pages of one patient, on a server that patients reach."""

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.sending_tables import PatientLinkRow
from motion.clinic.tables import PatientRow

__all__ = ["end_links", "find_patient_of_link", "has_link", "make_link"]

_SECRET_BYTES = 32


def make_link(record: Record, patient_code: str, *, author: str | None = None) -> str:
    """Return the secret of a new personal link; it is shown once, the record keeps its digest.

    A link that was given before ends.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        _end_all(session, patient)
        session.add(
            PatientLinkRow(
                patient_id=patient.id,
                secret_digest=_digest(secret),
                author_id=author_id_of(session, author),
            )
        )
    return secret


def end_links(record: Record, patient_code: str) -> None:
    """End a patient's link: from now on it opens nothing.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.writing() as session:
        _end_all(session, patient_row(session, patient_code))


def has_link(record: Record, patient_code: str) -> bool:
    """Return whether a patient has a link that still opens."""
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        return bool(_open_links(session, patient))


def find_patient_of_link(record: Record, secret: str) -> str | None:
    """Return the code of the patient whose link has this secret; None where none has."""
    # The digest of a random secret of 256 bits needs neither salt nor a slow hash.
    query = (
        select(PatientRow.code)
        .join(PatientLinkRow, PatientLinkRow.patient_id == PatientRow.id)
        .where(PatientLinkRow.secret_digest == _digest(secret), PatientLinkRow.ended_at.is_(None))
    )
    with record.reading() as session:
        return session.scalar(query)


def _open_links(session: Session, patient: PatientRow) -> list[PatientLinkRow]:
    query = select(PatientLinkRow).where(
        PatientLinkRow.patient_id == patient.id, PatientLinkRow.ended_at.is_(None)
    )
    return list(session.scalars(query))


def _end_all(session: Session, patient: PatientRow) -> None:
    for row in _open_links(session, patient):
        row.ended_at = datetime.now(UTC)
    session.flush()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
