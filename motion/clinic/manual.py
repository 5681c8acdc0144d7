"""Angles measured by hand, beside a take or alone: written down, changed, left out."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of, note_edits, require_reason
from motion.clinic.manual_checks import require_by_hand, require_note_where_withheld
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.rows import zone_of
from motion.clinic.tables import ManualRow, PatientRow
from motion.clinic.takes import take_row
from motion.clinic.values import ByHand, ManualMeasurement
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Position, Setting

__all__ = [
    "add_manual",
    "add_manual_alone",
    "change_manual",
    "exclude_manual",
    "include_manual",
    "list_manual",
    "list_manual_of_patient",
    "manual_row",
    "new_manual_row",
    "to_manual",
]

_SAID = tuple(field.name for field in fields(ByHand))
_SAID_BESIDE = ("position", "setting", "measured_at")
"""What is said of the value besides what was read."""


def add_manual(
    record: Record, take_id: UUID, by_hand: ByHand, *, author: str | None = None
) -> ManualMeasurement:
    """Write down an angle that was measured by hand beside a take.

    Raises
    ------
    InputError
        If it is no angle of :mod:`motion.clinic.hand_angles`, or no value a body can show; of a
        joint that is withheld in this patient, if no note says how it could be measured.
    RecordNotFoundError
        If there is no such take.
    """
    require_by_hand(by_hand)
    with record.writing() as session:
        take = take_row(session, take_id)
        require_note_where_withheld(by_hand, take.patient.withheld_joints)
        row = ManualRow(
            patient_id=take.patient_id,
            take_id=take.id,
            measured_at=take.started_at,
            zone=take.zone,
            position=take.position,
            setting=take.setting,
            source="",
            author_id=author_id_of(session, author),
            **_values(by_hand),
        )
        session.add(row)
        session.flush()
        return to_manual(row)


def add_manual_alone(
    record: Record,
    patient_code: str,
    by_hand: ByHand,
    *,
    measured_at: datetime,
    position: Position,
    setting: Setting,
    source: str = "",
    author: str | None = None,
) -> ManualMeasurement:
    """Write down an angle that was measured by hand beside no take.

    Parameters
    ----------
    measured_at
        With its zone.
    source
        Where it was taken over from; empty where it was typed in here.

    Raises
    ------
    InputError
        As :func:`add_manual`.
    RecordNotFoundError
        If there is no such patient.
    """
    require_by_hand(by_hand)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        require_note_where_withheld(by_hand, patient.withheld_joints)
        row = new_manual_row(by_hand, measured_at, position)
        row.patient_id = patient.id
        row.setting = setting
        row.source = source
        row.author_id = author_id_of(session, author)
        session.add(row)
        session.flush()
        return to_manual(row)


def change_manual(
    record: Record, changed: ManualMeasurement, reason: str, *, author: str | None = None
) -> ManualMeasurement:
    """Store what was corrected: ``change_manual(record, replace(found, value_deg=95.0), why)``.

    All that was said of it may be: the angle, the value, by whom and with what, in which position,
    where and when. An edit row keeps what each was before.

    Raises
    ------
    InputError
        If there is no reason, or the value cannot be; if the time has no zone, or is another than
        that of the take that it stands beside.
    RecordConflictError
        If somebody else changed it since it was loaded.
    """
    require_by_hand(changed)
    with record.writing() as session:
        row = manual_row(session, changed)
        changes = _changes(to_manual(row), changed)
        for name, (_, value) in changes.items():
            setattr(row, name, value)
        if "measured_at" in changes:
            _require_own_time(row, changed)
            row.zone = changed.measured_at.strftime("%z")
        note_edits(session, row, changes, require_reason(reason), author)
        session.flush()
        return to_manual(row)


def exclude_manual(
    record: Record, found: ManualMeasurement, reason: str, *, author: str | None = None
) -> ManualMeasurement:
    """Leave a value out of every pair and list; it stays in the record, with the reason."""
    return _set_excluded(record, found, require_reason(reason), reason, author)


def include_manual(
    record: Record, found: ManualMeasurement, reason: str, *, author: str | None = None
) -> ManualMeasurement:
    """Take an excluded value in again."""
    return _set_excluded(record, found, None, reason, author)


def list_manual(record: Record, take_id: UUID) -> tuple[ManualMeasurement, ...]:
    """Return what was measured by hand beside a take, the oldest first, with excluded values."""
    query = select(ManualRow).where(ManualRow.take_id == take_id).order_by(ManualRow.created_at)
    with record.reading() as session:
        return tuple(to_manual(row) for row in session.scalars(query))


def list_manual_of_patient(record: Record, patient_code: str) -> tuple[ManualMeasurement, ...]:
    """Return what was measured by hand of a patient, beside a take or alone, the oldest first.

    Excluded values are among them.
    """
    query = (
        select(ManualRow)
        .join(PatientRow, ManualRow.patient_id == PatientRow.id)
        .where(PatientRow.code == patient_code)
        .order_by(ManualRow.measured_at, ManualRow.created_at)
    )
    with record.reading() as session:
        return tuple(to_manual(row) for row in session.scalars(query))


def new_manual_row(by_hand: ByHand, measured_at: datetime, position: Position) -> ManualRow:
    """Return the row of a value beside no take, without its patient, setting, source and author."""
    return ManualRow(
        measured_at=measured_at,
        zone=measured_at.strftime("%z"),
        position=position,
        **_values(by_hand),
    )


def _set_excluded(
    record: Record,
    found: ManualMeasurement,
    excluded: str | None,
    reason: str,
    author: str | None,
) -> ManualMeasurement:
    with record.writing() as session:
        row = manual_row(session, found)
        changes = {"excluded_reason": (row.excluded_reason, excluded)}
        note_edits(session, row, changes, require_reason(reason), author)
        row.excluded_reason = excluded
        session.flush()
        return to_manual(row)


def manual_row(session: Session, found: ManualMeasurement) -> ManualRow:
    """Return a value's row.

    Raises
    ------
    RecordConflictError
        If somebody else changed it since it was loaded.
    """
    row = session.get(ManualRow, found.id)
    if row is None:
        msg = f"no value measured by hand {found.id} in the record: load the take again"
        raise RecordNotFoundError(msg)
    if row.version != found.version:
        msg = "this value was changed by somebody else meanwhile: load the take again"
        raise RecordConflictError(msg)
    return row


def _changes(found: ManualMeasurement, changed: ManualMeasurement) -> dict[str, tuple[Any, Any]]:
    """Return ``{field: (before, after)}``; the same moment in another zone is no change."""
    if changed.measured_at.utcoffset() is None:
        msg = f"measured_at must have a zone, got {changed.measured_at.isoformat()}: add one"
        raise InputError(msg)
    names = (*_SAID, *_SAID_BESIDE)
    both = {name: (getattr(found, name), getattr(changed, name)) for name in names}
    return {name: each for name, each in both.items() if each[0] != each[1]}


def _require_own_time(row: ManualRow, changed: ManualMeasurement) -> None:
    """Refuse another time than the take's, where a value stands beside one."""
    if row.take_id is not None:
        msg = (
            f"this value stands beside a take and has its time, got "
            f"{changed.measured_at.isoformat()}: leave it out and write it down by itself"
        )
        raise InputError(msg)


def _values(said: ByHand | ManualRow) -> dict[str, Any]:
    return {name: getattr(said, name) for name in _SAID}


def to_manual(row: ManualRow) -> ManualMeasurement:
    """Return the value of a row."""
    return ManualMeasurement(
        **_values(row),
        id=row.id,
        take_id=row.take_id,
        measured_at=row.measured_at.astimezone(zone_of(row)),
        position=row.position,
        setting=row.setting,
        source=row.source,
        version=row.version,
        created_at=row.created_at,
        excluded_reason=row.excluded_reason,
    )
