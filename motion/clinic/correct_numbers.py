"""Leaves single numbers of a take out with a reason, and takes them in again."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm.attributes import flag_modified

from motion.clinic.edits import note_edits, require_reason
from motion.clinic.record import Record
from motion.clinic.renewal import renew_for_take
from motion.clinic.sign_offs import end_sign_off
from motion.clinic.tables import AnalysisRow, MeasurementRow
from motion.clinic.takes import take_row
from motion.errors import InputError, RecordConflictError
from motion.model import Measurement, Side

__all__ = ["NumberKey", "exclude_number", "include_number", "list_excluded_numbers"]


class NumberKey(NamedTuple):
    """Which of a take's numbers is meant."""

    measure: str
    joint: str
    motion: str
    side: Side

    @classmethod
    def of(cls, number: Measurement | MeasurementRow) -> "NumberKey":
        """Return the key of a number."""
        return cls(number.measure, number.joint, number.motion, number.side)


def exclude_number(
    record: Record,
    take_id: UUID,
    key: NumberKey,
    reason: str,
    *,
    expected: UUID,
    author: str | None = None,
) -> None:
    """Leave one number out of every trend and table of progress; it stays, with the reason.

    It stays left out after the take is measured again. A sign-off of the take ends: it was of the
    numbers as they stood. No other number is made of it; to leave a
    repetition out of the numbers that are made of it, remove the repetition
    (:class:`motion.exercise.repetition_edits.RepetitionEdit`).

    Parameters
    ----------
    expected
        The analysis that was looked at.

    Raises
    ------
    InputError
        If the reason is missing or there is no such number.
    RecordConflictError
        If another analysis has become current since.
    """
    reason = require_reason(reason)
    _set_excluded(record, take_id, key, reason, (reason, author), expected)


def include_number(
    record: Record,
    take_id: UUID,
    key: NumberKey,
    reason: str,
    *,
    expected: UUID,
    author: str | None = None,
) -> None:
    """Take a number in again that was left out; parameters and errors as for leaving it out."""
    because = (require_reason(reason), author)
    _set_excluded(record, take_id, key, None, because, expected)


def list_excluded_numbers(record: Record, take_id: UUID) -> dict[NumberKey, str]:
    """Return the numbers of a take's current analysis that were left out, with the reasons."""
    query = _rows_of(take_id).where(MeasurementRow.excluded_reason.is_not(None))
    with record.reading() as session:
        return {NumberKey.of(row): str(row.excluded_reason) for row in session.scalars(query)}


def _set_excluded(
    record: Record,
    take_id: UUID,
    key: NumberKey,
    excluded: str | None,
    because: tuple[str, str | None],
    expected: UUID,
) -> None:
    with record.writing() as session:
        take = take_row(session, take_id)
        rows = session.scalars(_rows_of(take_id)).all()
        if rows and rows[0].analysis_id != expected:
            msg = f"take {take_id} was corrected by somebody else meanwhile: load it again"
            raise RecordConflictError(msg)
        row = next((each for each in rows if NumberKey.of(each) == key), None)
        if row is None:
            msg = f"no {' '.join(key)} among the numbers of take {take_id}: choose one of them"
            raise InputError(msg)
        field = f"left out: {' '.join(key)}"  # on the take's row: an edit row names no number
        note_edits(session, take, {field: (row.excluded_reason, excluded)}, *because)
        row.excluded_reason = excluded
        flag_modified(take, "excluded_reason")  # raises the take's version: look again, then sign
        end_sign_off(session, take_id, *because)
        renew_for_take(session, take)


def _rows_of(take_id: UUID) -> Select[MeasurementRow]:
    return (
        select(MeasurementRow)
        .join(AnalysisRow, MeasurementRow.analysis_id == AnalysisRow.id)
        .where(AnalysisRow.take_id == take_id, AnalysisRow.is_current)
        .order_by(MeasurementRow.sequence)
    )
