"""Patients of the record: added, changed and found by their pseudonymous code."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.record import Record
from motion.clinic.tables import PatientRow, TakeRow
from motion.clinic.values import Patient, PatientDetails, PatientSummary
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.kinematics import JOINTS
from motion.model import Side

__all__ = [
    "PatientOrder",
    "add_patient",
    "count_listed",
    "counts_for_figures",
    "ensure_patient",
    "find_patient",
    "joint_names",
    "list_made_up",
    "list_patients",
    "new_patient_row",
    "patient_row",
    "update_patient",
]

_DETAILS = tuple(field.name for field in fields(PatientDetails))
_LONGEST_CODE = 64


def add_patient(record: Record, details: PatientDetails, *, author: str | None = None) -> Patient:
    """Add a patient.

    Raises
    ------
    InputError
        If a detail cannot be.
    RecordConflictError
        If the code exists already.
    """
    _require_sound(details)
    with record.writing() as session:
        return _to_patient(new_patient_row(session, details, author))


def ensure_patient(record: Record, code: str, *, author: str | None = None) -> Patient:
    """Return the patient of a code, adding one where there is none."""
    details = PatientDetails(code=code)
    _require_sound(details)
    found = find_patient(record, code)
    if found is not None:
        return found
    with record.writing() as session:
        row = session.scalar(select(PatientRow).where(PatientRow.code == code))
        return _to_patient(row or new_patient_row(session, details, author))


def find_patient(record: Record, code: str) -> Patient | None:
    """Return the patient of a code, or ``None``."""
    with record.reading() as session:
        row = session.scalar(select(PatientRow).where(PatientRow.code == code))
        return None if row is None else _to_patient(row)


def update_patient(
    record: Record, patient: Patient, *, author: str | None = None, reason: str = ""
) -> Patient:
    """Store a patient's changed details: ``update_patient(record, replace(patient, ...))``.

    Raises
    ------
    RecordConflictError
        If somebody else changed the patient since it was loaded, or the new code exists already.
    RecordNotFoundError
        If there is no such patient.
    """
    _require_sound(patient)
    with record.writing() as session:
        row = session.get(PatientRow, patient.id)
        if row is None:
            raise _not_found(patient.code)
        if row.version != patient.version:
            msg = (
                f"patient {row.code} was changed by somebody else meanwhile (version"
                f" {row.version}, yours is {patient.version}): load it again, then change it"
            )
            raise RecordConflictError(msg)
        changes = {
            name: (getattr(row, name), getattr(patient, name))
            for name in _DETAILS
            if getattr(row, name) != getattr(patient, name)
        }
        for name, (_, after) in changes.items():
            setattr(row, name, after)
        _flush_code(session, patient.code)
        note_edits(session, row, changes, reason, author)
        return _to_patient(row)


class PatientOrder(StrEnum):
    """What a list of patients goes by."""

    CODE = "code"
    LAST_TAKE = "last_take"
    """The last take first; patients without any come last."""


def list_patients(
    record: Record,
    *,
    search: str = "",
    affected_side: Side | None = None,
    codes: Collection[str] | None = None,
    order: PatientOrder = PatientOrder.CODE,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[PatientSummary, ...]:
    """Return patients, each with its number of takes and the last one's date.

    Parameters
    ----------
    search
        Part of a code or a name, in any case.
    affected_side
        Only patients with this side affected; None for all.
    codes
        Only these patients; None for all.
    """
    last = func.max(TakeRow.started_at)
    by_code = (PatientRow.code,)
    newest_first = (last.is_(None), last.desc(), PatientRow.code)
    query = (
        select(PatientRow, func.count(TakeRow.id), last)
        .outerjoin(
            TakeRow, (TakeRow.patient_id == PatientRow.id) & TakeRow.excluded_reason.is_(None)
        )
        .where(*_fitting(search, affected_side, codes))
        .group_by(PatientRow.id)
        .order_by(*(by_code if order is PatientOrder.CODE else newest_first))
        .limit(limit)
        .offset(offset)
    )
    with record.reading() as session:
        return tuple(
            PatientSummary(patient=_to_patient(row), takes=takes, last_take_at=last)
            for row, takes, last in session.execute(query)
        )


def list_made_up(record: Record, codes: Iterable[str]) -> frozenset[str]:
    """Return which of these patients belong to a demonstration; unknown codes are none of them."""
    wanted = select(PatientRow.code).where(PatientRow.made_up, PatientRow.code.in_(set(codes)))
    with record.reading() as session:
        return frozenset(session.scalars(wanted))


def count_listed(
    record: Record,
    *,
    search: str = "",
    affected_side: Side | None = None,
    codes: Collection[str] | None = None,
) -> int:
    """Return how many patients :func:`list_patients` finds in all, without a limit."""
    fitting = _fitting(search, affected_side, codes)
    with record.reading() as session:
        return session.scalar(select(func.count(PatientRow.id)).where(*fitting)) or 0


def _fitting(
    search: str, affected_side: Side | None, codes: Collection[str] | None
) -> Iterator[ColumnElement[bool]]:
    if search:
        in_code = PatientRow.code.icontains(search, autoescape=True)
        yield in_code | PatientRow.name.icontains(search, autoescape=True)
    if affected_side is not None:
        yield PatientRow.affected_side == affected_side
    if codes is not None:
        yield PatientRow.code.in_(codes)


def counts_for_figures() -> ColumnElement[bool]:
    """Return which patients count for the clinic's own figures of error.

    Made-up ones do only where all are: beside real people they would spoil the figures.
    """
    real = aliased(PatientRow)
    return PatientRow.made_up.is_(False) | ~exists().where(real.made_up.is_(False))


def joint_names() -> tuple[str, ...]:
    """Return the joints that are measured: ``left_knee``, ``right_knee``, ..., ``trunk``."""
    sides = {joint.joint: joint.sided for joint in JOINTS}
    return tuple(
        name
        for joint, sided in sides.items()
        for name in ((f"left_{joint}", f"right_{joint}") if sided else (joint,))
    )


def patient_row(session: Session, code: str) -> PatientRow:
    """Return a patient's row.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    row = session.scalar(select(PatientRow).where(PatientRow.code == code))
    if row is None:
        raise _not_found(code)
    return row


def new_patient_row(session: Session, details: PatientDetails, author: str | None) -> PatientRow:
    """Return the row of a patient, added.

    Raises
    ------
    RecordConflictError
        If the code exists already.
    """
    values: dict[str, Any] = {name: getattr(details, name) for name in _DETAILS}
    row = PatientRow(**values, author_id=author_id_of(session, author))
    session.add(row)
    _flush_code(session, details.code)
    return row


def _flush_code(session: Session, code: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        msg = f"patient code {code} exists already: choose another one or open that patient"
        raise RecordConflictError(msg) from error


def _to_patient(row: PatientRow) -> Patient:
    values: dict[str, Any] = {name: getattr(row, name) for name in _DETAILS}
    return Patient(
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        made_up=row.made_up,
        **values,
    )


def _require_sound(details: PatientDetails) -> None:
    code = details.code
    if not code or code != code.strip() or not code.isprintable() or len(code) > _LONGEST_CODE:
        msg = (
            f"patient code must be 1 to {_LONGEST_CODE} printable characters without space"
            f" around them, got {code!r}: give another one"
        )
        raise InputError(msg)
    this_year = datetime.now(UTC).year
    if details.birth_year is not None and not 1900 <= details.birth_year <= this_year:
        msg = f"birth year must be 1900 to {this_year}, got {details.birth_year}: correct it"
        raise InputError(msg)
    if details.height_cm is not None and not 30 <= details.height_cm <= 260:
        msg = f"height must be 30 to 260 cm, got {details.height_cm:g}: correct it"
        raise InputError(msg)
    for name in details.withheld_joints:
        if name not in joint_names():
            msg = f"joint {name!r} is not known: give some of {', '.join(joint_names())}"
            raise InputError(msg)


def _not_found(code: str) -> RecordNotFoundError:
    return RecordNotFoundError(
        f"no patient has the code {code}: check it with 'motion patients' or add the patient"
    )
