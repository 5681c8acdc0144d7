"""A patient's plan: prescribed, changed, ended; what held before stays in the record."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.patients import patient_row
from motion.clinic.plan_checks import require_item, require_settings
from motion.clinic.plan_lookup import (
    items_of,
    own_plan_row,
    plan_row,
    write_item,
    write_rule,
)
from motion.clinic.plan_rows import changes_of, item_values, to_item, to_settings
from motion.clinic.plan_tables import PlanItemRow
from motion.clinic.plan_values import ItemDetails, PlanItem, PlanSettings, PlanSettingsDetails
from motion.clinic.record import Record
from motion.clinic.renewal import renew_suggestions
from motion.clinic.tables import AuthorRow, PatientRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.library import find_exercise

__all__ = [
    "change_item",
    "change_plan_settings",
    "end_item",
    "find_item",
    "list_items",
    "plan_settings",
    "prescribe",
]

_CHANGED = "changed"
_ENDED = "ended"


def plan_settings(record: Record, patient_code: str) -> PlanSettings:
    """Return what holds for all of a patient's plan; the defaults where nobody set anything.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        return to_settings(plan_row(session, patient_row(session, patient_code)))


def change_plan_settings(
    record: Record, patient_code: str, changed: PlanSettings, *, author: str | None = None
) -> PlanSettings:
    """Store settings: ``change_plan_settings(record, code, replace(found, pain_limit=4))``.

    Raises
    ------
    InputError
        If they cannot be meant, or the plan came from a clinic by a plan file.
    RecordConflictError
        If somebody else changed them since they were loaded.
    """
    require_settings(changed)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        found = plan_row(session, patient)
        version = 0 if found is None else found.version
        if version != changed.version:
            msg = "the settings of this plan were changed meanwhile: load the patient again"
            raise RecordConflictError(msg)
        row = own_plan_row(session, patient, author)
        names = PlanSettingsDetails.__slots__
        changes = changes_of(row, {name: getattr(changed, name) for name in names})
        for name, (_, after) in changes.items():
            setattr(row, name, after)
        note_edits(session, row, changes, _CHANGED, author)
        session.flush()
        renew_suggestions(session, row)
        return to_settings(row)


def prescribe(
    record: Record, patient_code: str, details: ItemDetails, *, author: str | None = None
) -> PlanItem:
    """Put an exercise into a patient's plan.

    Raises
    ------
    InputError
        If it cannot be meant or is not safe, or the plan came from a clinic by a plan file.
    RecordNotFoundError
        If there is no such patient.
    """
    exercise = find_exercise(details.prescription.exercise)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        require_item(details, exercise, patient.withheld_joints)
        plan = own_plan_row(session, patient, author)
        row = PlanItemRow(
            plan_id=plan.id,
            **item_values(details),
            dosed_at=datetime.now(UTC),
            author_id=author_id_of(session, author),
        )
        session.add(row)
        session.flush()
        write_rule(session, row, details.rule, _CHANGED, author)
        return to_item(row, author)


def change_item(
    record: Record, changed: PlanItem, *, reason: str = _CHANGED, author: str | None = None
) -> PlanItem:
    """Store a changed item: ``change_item(record, replace(found, times_per_week=3))``.

    A changed dose or target withdraws an open suggestion, and sessions are counted anew.

    Raises
    ------
    InputError
        If it cannot be meant or is not safe, if it is of another exercise or side now (end it and
        prescribe another), or the plan came from a clinic by a plan file.
    RecordConflictError
        If it was changed or ended since it was loaded.
    """
    exercise = find_exercise(changed.prescription.exercise)
    with record.writing() as session:
        row = _current_row(session, changed)
        patient = _patient_of(session, row)
        require_item(changed, exercise, patient.withheld_joints)
        values = item_values(changed)
        if (row.exercise, row.side) != (values["exercise"], values["side"]):
            msg = "exercise and side of an item cannot change: end it and prescribe another one"
            raise InputError(msg)
        write_item(session, row, values, reason, author)
        write_rule(session, row, changed.rule, reason, author)
        renew_suggestions(session, row.plan)
        return to_item(row, changed.prescribed_by)


def end_item(
    record: Record, found: PlanItem, *, on: date | None = None, author: str | None = None
) -> PlanItem:
    """End an item: from this day on (today's, if none is named) it is no longer to be done.

    Raises
    ------
    InputError
        If the plan came from a clinic by a plan file.
    RecordConflictError
        If it was changed or ended since it was loaded.
    """
    with record.writing() as session:
        row = _current_row(session, found)
        _patient_of(session, row)
        row.ended_on = on or date.today()
        note_edits(session, row, {"ended_on": (None, row.ended_on)}, _ENDED, author)
        session.flush()
        renew_suggestions(session, row.plan)
        return to_item(row, found.prescribed_by)


def list_items(
    record: Record, patient_code: str, *, with_ended: bool = False
) -> tuple[PlanItem, ...]:
    """Return a patient's items, the oldest first; without those that were ended.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        found = items_of(session, plan_row(session, patient))
        return tuple(item for item in found if with_ended or item.ended_on is None)


def find_item(record: Record, item_id: UUID) -> PlanItem:
    """Return an item of a plan.

    Raises
    ------
    RecordNotFoundError
        If there is none.
    """
    query = (
        select(PlanItemRow, AuthorRow.name)
        .outerjoin(AuthorRow, PlanItemRow.author_id == AuthorRow.id)
        .where(PlanItemRow.id == item_id)
    )
    with record.reading() as session:
        found = session.execute(query).one_or_none()
        if found is None:
            raise _not_found(item_id)
        return to_item(*found)


def _patient_of(session: Session, row: PlanItemRow) -> PatientRow:
    patient = session.get_one(PatientRow, row.plan.patient_id)
    own_plan_row(session, patient)
    return patient


def _current_row(session: Session, found: PlanItem) -> PlanItemRow:
    row = session.get(PlanItemRow, found.id)
    if row is None:
        raise _not_found(found.id)
    if row.version != found.version or row.ended_on is not None:
        msg = "this item of the plan was changed or ended meanwhile: load the patient again"
        raise RecordConflictError(msg)
    return row


def _not_found(item_id: UUID) -> RecordNotFoundError:
    return RecordNotFoundError(f"no item {item_id} in any plan: load the patient again")
