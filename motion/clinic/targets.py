"""Targets of a patient: set, corrected, withdrawn; what held before stays in the record."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import AuthorRow, PatientRow, TargetRow
from motion.clinic.target_values import TARGET_MEASURES, Target, TargetDetails
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.kinematics import find_joint
from motion.model import Side

__all__ = ["change_target", "list_targets", "set_target", "withdraw_target"]

_DETAILS = tuple(field.name for field in fields(TargetDetails))
_NAMED = ("measure", "joint", "motion", "side")
"""What a target is of: one target of the same is current at a time."""
_CHANGEABLE = ("target_deg", "note")

_CORRECTED = "corrected"
_REPLACED = "replaced by another target"
_WITHDRAWN = "withdrawn"


def set_target(
    record: Record, patient_code: str, details: TargetDetails, *, author: str | None = None
) -> Target:
    """Set a patient's target; one of the same angle, measure and side is thereby ended.

    Raises
    ------
    InputError
        If it is no angle of the joint table, not one of its sides, or no value a body can show.
    RecordNotFoundError
        If there is no such patient.
    """
    _require_sound(details)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        before = session.scalar(
            select(TargetRow)
            .where(TargetRow.patient_id == patient.id, TargetRow.ended_at.is_(None))
            .filter_by(**{name: getattr(details, name) for name in _NAMED})
        )
        if before is not None:
            _end(session, before, _REPLACED, author)
            # Before the other is inserted: only one may be current.
            session.flush()
        row = TargetRow(
            patient_id=patient.id, author_id=author_id_of(session, author), **_values(details)
        )
        session.add(row)
        session.flush()
        return _to_target(row, author)


def change_target(record: Record, changed: Target, *, author: str | None = None) -> Target:
    """Store a corrected value or note: ``change_target(record, replace(found, target_deg=95.0))``.

    Raises
    ------
    InputError
        If the value cannot be, or the target is of something else now: withdraw it, set another.
    RecordConflictError
        If it was changed or ended since it was loaded.
    """
    _require_sound(changed)
    with record.writing() as session:
        row = _current_row(session, changed)
        other = [name for name in _NAMED if getattr(row, name) != getattr(changed, name)]
        if other:
            msg = f"{', '.join(other)} of a target cannot change: withdraw it and set another one"
            raise InputError(msg)
        changes = {
            name: (getattr(row, name), getattr(changed, name))
            for name in _CHANGEABLE
            if getattr(row, name) != getattr(changed, name)
        }
        for name, (_, value) in changes.items():
            setattr(row, name, value)
        note_edits(session, row, changes, _CORRECTED, author)
        session.flush()
        return _to_target(row, changed.set_by)


def withdraw_target(record: Record, found: Target, *, author: str | None = None) -> Target:
    """End a target without another in its place; it stays in the record.

    Raises
    ------
    RecordConflictError
        If it was changed or ended since it was loaded.
    """
    with record.writing() as session:
        row = _current_row(session, found)
        _end(session, row, _WITHDRAWN, author)
        session.flush()
        return _to_target(row, found.set_by)


def list_targets(
    record: Record, patient_code: str, *, with_ended: bool = False
) -> tuple[Target, ...]:
    """Return a patient's targets, the oldest first; without those that were ended."""
    query = (
        select(TargetRow, AuthorRow.name)
        .join(PatientRow, TargetRow.patient_id == PatientRow.id)
        .outerjoin(AuthorRow, TargetRow.author_id == AuthorRow.id)
        .where(PatientRow.code == patient_code)
        .order_by(TargetRow.created_at)
    )
    if not with_ended:
        query = query.where(TargetRow.ended_at.is_(None))
    with record.reading() as session:
        return tuple(_to_target(row, author) for row, author in session.execute(query))


def _end(session: Session, row: TargetRow, how: str, author: str | None) -> None:
    ended_at = datetime.now(UTC)
    note_edits(session, row, {"ended_at": (None, ended_at)}, how, author)
    row.ended_at = ended_at


def _current_row(session: Session, found: Target) -> TargetRow:
    row = session.get(TargetRow, found.id)
    if row is None:
        msg = f"no target {found.id} in the record: load the patient again"
        raise RecordNotFoundError(msg)
    if row.version != found.version or row.ended_at is not None:
        msg = "this target was changed or ended meanwhile: load the patient again"
        raise RecordConflictError(msg)
    return row


def _require_sound(details: TargetDetails) -> None:
    name = f"{details.joint}_{details.motion}"
    try:
        joint = find_joint(name)
    except KeyError as error:
        msg = f"angle {name!r} of a target is none of the joint table: choose one of the list"
        raise InputError(msg) from error
    sides = (Side.LEFT, Side.RIGHT, Side.BOTH) if joint.sided else (Side.NONE,)
    if details.side not in sides:
        msg = f"side of {name} must be {' or '.join(sides)}, got {details.side}: choose it"
        raise InputError(msg)
    if details.measure not in TARGET_MEASURES:
        names = " or ".join(TARGET_MEASURES)
        msg = f"measure of a target must be {names}, got {details.measure!r}: choose one"
        raise InputError(msg)
    low, high = joint.branch_deg
    value = details.target_deg
    if not (float(value).is_integer() and low <= value <= high):
        msg = (
            f"a target of {joint.title.lower()} must be whole degrees between {low:g} and"
            f" {high:g}, got {value:g}: 0 is {joint.zero}"
        )
        raise InputError(msg)


def _values(details: TargetDetails | TargetRow) -> dict[str, Any]:
    return {name: getattr(details, name) for name in _DETAILS}


def _to_target(row: TargetRow, set_by: str | None) -> Target:
    return Target(
        **_values(row),
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        set_by=set_by,
        ended_at=row.ended_at,
    )
