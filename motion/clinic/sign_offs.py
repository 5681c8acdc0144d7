"""Who answers for a take's numbers: signed off, withdrawn, ended when the numbers change."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.chart_tables import SignOffRow
from motion.clinic.chart_values import SignOff
from motion.clinic.edits import author_id_of, note_edits, require_reason
from motion.clinic.record import Record
from motion.clinic.tables import AnalysisRow, AuthorRow
from motion.clinic.takes import require_version, take_row
from motion.errors import InputError, RecordConflictError

__all__ = ["REVIEWED", "end_sign_off", "find_sign_off", "sign_off", "withdraw_sign_off"]

REVIEWED: Final = "reviewed"
"""Stands as the reason of a sign-off where nobody typed a note: each row needs one."""


def sign_off(
    record: Record,
    take_id: UUID,
    *,
    expected: UUID,
    expected_version: int | None = None,
    note: str = "",
    author: str | None,
) -> SignOff:
    """Note that somebody looked at a take's current analysis and answers for it.

    It belongs to that analysis and its numbers as they stand: a correction makes another, which
    nobody has signed off yet, and a number that is left out or taken in again ends it.

    Parameters
    ----------
    expected
        The analysis that was looked at.
    expected_version
        The take's version that was looked at: another one says that a number was left out or taken
        in again since. None asks for none.
    note
        What is to be said of it.

    Raises
    ------
    InputError
        If no name is given, or it is signed off already.
    RecordNotFoundError
        If there is no such take.
    RecordConflictError
        If another analysis has become current since, or the take was changed.
    """
    name = (author or "").strip()
    if not name:
        msg = "a sign-off needs a name, got none: say who answers for these numbers"
        raise InputError(msg)
    with record.writing() as session:
        current = _require_current(session, take_id, expected)
        require_version(take_row(session, take_id), expected_version)
        before = _standing(session, take_id)
        if before is not None:
            msg = (
                f"this take is signed off by {before[1]} already: "
                "withdraw that first, with a reason"
            )
            raise InputError(msg)
        row = SignOffRow(
            analysis_id=current, note=note.strip(), author_id=author_id_of(session, name)
        )
        session.add(row)
        session.flush()
        note_edits(session, row, {"signed_off": (None, name)}, note.strip() or REVIEWED, name)
        return SignOff(analysis_id=current, author=name, at=row.created_at, note=row.note)


def withdraw_sign_off(
    record: Record,
    take_id: UUID,
    reason: str,
    *,
    expected: UUID,
    author: str | None = None,
) -> None:
    """Take a sign-off back; that it stood stays in the record.

    Raises
    ------
    InputError
        If the reason is missing, or nobody signed the current analysis off.
    RecordConflictError
        If another analysis has become current since.
    """
    reason = require_reason(reason)
    with record.writing() as session:
        _require_current(session, take_id, expected)
        before = _standing(session, take_id)
        if before is None:
            msg = "this take is not signed off: there is nothing to withdraw"
            raise InputError(msg)
        _end(session, before, reason, author)


def end_sign_off(session: Session, take_id: UUID, reason: str, author: str | None) -> None:
    """End the sign-off of a take whose numbers are no more those that were signed off.

    Within the transaction that changes them; nothing happens where nobody signed off.
    """
    standing = _standing(session, take_id)
    if standing is not None:
        _end(session, standing, reason, author)


def find_sign_off(record: Record, take_id: UUID) -> SignOff | None:
    """Return who answers for the current analysis of a take; None where nobody does."""
    with record.reading() as session:
        found = _standing(session, take_id)
        if found is None:
            return None
        row, name = found
        return SignOff(analysis_id=row.analysis_id, author=name, at=row.created_at, note=row.note)


def _require_current(session: Session, take_id: UUID, expected: UUID) -> UUID:
    take_row(session, take_id)
    current = session.scalars(
        select(AnalysisRow.id).where(AnalysisRow.take_id == take_id, AnalysisRow.is_current)
    ).one()
    if current != expected:
        msg = f"take {take_id} was corrected by somebody else meanwhile: load it again"
        raise RecordConflictError(msg)
    return current


def _end(
    session: Session, standing: tuple[SignOffRow, str], reason: str, author: str | None
) -> None:
    row, name = standing
    row.withdrawn_at = datetime.now(UTC)
    note_edits(session, row, {"signed_off": (name, None)}, reason, author)


def _standing(session: Session, take_id: UUID) -> tuple[SignOffRow, str] | None:
    row = session.execute(
        select(SignOffRow, AuthorRow.name)
        .join(AnalysisRow, SignOffRow.analysis_id == AnalysisRow.id)
        .join(AuthorRow, SignOffRow.author_id == AuthorRow.id)
        .where(
            AnalysisRow.take_id == take_id,
            AnalysisRow.is_current,
            SignOffRow.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])
