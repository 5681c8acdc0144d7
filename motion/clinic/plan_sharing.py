"""A plan leaves the clinic's record, and enters that of the patient's own computer."""

import secrets
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.edits import note_edits
from motion.clinic.patients import ensure_patient, patient_row
from motion.clinic.plan_checks import require_item, require_settings
from motion.clinic.plan_lookup import (
    items_of,
    new_plan_row,
    own_plan_row,
    plan_row,
    write_item,
)
from motion.clinic.plan_rows import changes_of, item_values, to_settings
from motion.clinic.plan_tables import PlanItemRow, PlanRow
from motion.clinic.plan_values import (
    AdoptedPlan,
    PlanItem,
    PlanSettingsDetails,
    SharedPlan,
)
from motion.clinic.record import Record
from motion.clinic.tables import PatientRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.library import list_exercises
from motion.norms import ADULT_FROM_Y, Subject

__all__ = ["adopt_shared", "find_plan_id", "find_shared", "share_plan"]

_SECRET_BYTES: Final = 32


def share_plan(
    record: Record, patient_code: str, clinic_key: str, *, author: str | None = None
) -> SharedPlan:
    """Return a patient's plan for the patient's own computer, with its secret.

    The secret is made the first time and stays, so that takes of an earlier file are known.

    Raises
    ------
    InputError
        If the plan has no items, came from a clinic itself, or is of a patient under 18 for whom no
        guardian's consent is noted.
    RecordNotFoundError
        If there is no such patient.
    """
    today = date.today()
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        plan = own_plan_row(session, patient, author)
        items = [i for i in items_of(session, plan) if i.ended_on is None or i.ended_on > today]
        if not items:
            msg = f"the plan of {patient_code} has no exercises: prescribe some first"
            raise InputError(msg)
        _require_consent(patient, plan, today)
        if not plan.secret:
            plan.secret = secrets.token_hex(_SECRET_BYTES)
        plan.clinic_key = clinic_key
        session.flush()
        return _shared(patient, plan, tuple(items))


def find_shared(record: Record, plan_id: UUID) -> SharedPlan | None:
    """Return a plan by its key, with all its items, for what travels; None where there is none."""
    with record.reading() as session:
        plan = session.get(PlanRow, plan_id)
        if plan is None:
            return None
        patient = session.get_one(PatientRow, plan.patient_id)
        return _shared(patient, plan, items_of(session, plan))


def adopt_shared(record: Record, shared: SharedPlan, made_at: datetime, digest: str) -> AdoptedPlan:
    """Put a plan from a clinic into the record of the patient's own computer.

    Items that were there are brought up to date, those that the file no longer holds are ended;
    what was done stays. The same file once more changes nothing.

    Parameters
    ----------
    made_at, digest
        Of the plan file.

    Raises
    ------
    InputError
        If an item cannot be meant or is not safe, or the file is older than the one in use.
    RecordConflictError
        If this record keeps a plan of its own, or another clinic's, for the same code.
    """
    require_settings(shared.settings)
    library = list_exercises()
    for item in shared.items:
        exercise = library.get(item.prescription.exercise)
        if exercise is not None:
            require_item(item, exercise, shared.withheld_joints)
    unknown = {item.prescription.exercise for item in shared.items} - library.keys()
    ensure_patient(record, shared.patient_code)
    with record.writing() as session:
        patient = patient_row(session, shared.patient_code)
        plan = _adopting_row(session, patient, shared, made_at)
        reason = f"plan file of {made_at:%Y-%m-%d %H:%M} UTC"
        same_file = plan.file_digest == digest
        _write_plan(session, patient, plan, shared, reason)
        plan.file_made_at, plan.file_digest = made_at, digest
        if not same_file:
            plan.adopted_at = datetime.now(UTC)
        session.flush()
        counts = _write_items(session, plan, shared.items, made_at, reason)
    return AdoptedPlan(patient_code=shared.patient_code, unknown=tuple(sorted(unknown)), **counts)


def _require_consent(patient: PatientRow, plan: PlanRow, today: date) -> None:
    subject = Subject(birth_year=patient.birth_year, sex=patient.sex_for_norms, day=today)
    minor = bool(subject.ages_y) and min(subject.ages_y) < ADULT_FROM_Y
    if minor and plan.guardian_consent_on is None:
        msg = (
            f"{patient.code} is or may be under 18 and no guardian's consent is noted: note it in"
            " the plan's settings, then write the file"
        )
        raise InputError(msg)


def _shared(patient: PatientRow, plan: PlanRow, items: tuple[PlanItem, ...]) -> SharedPlan:
    settings = to_settings(plan)
    names = PlanSettingsDetails.__slots__
    return SharedPlan(
        id=plan.id,
        patient_code=patient.code,
        language=patient.language,
        withheld_joints=patient.withheld_joints,
        settings=PlanSettingsDetails(**{name: getattr(settings, name) for name in names}),
        items=items,
        secret=plan.secret,
        clinic_key=plan.clinic_key,
    )


def _adopting_row(
    session: Session, patient: PatientRow, shared: SharedPlan, made_at: datetime
) -> PlanRow:
    plan = plan_row(session, patient)
    if plan is None:
        if session.get(PlanRow, shared.id) is not None:
            msg = "this plan is in the record under another code: ask the clinic for a new file"
            raise RecordConflictError(msg)
        plan = new_plan_row(patient)
        plan.id = shared.id
        plan.adopted_at = datetime.now(UTC)
        session.add(plan)
        session.flush()
        return plan
    if plan.adopted_at is None or plan.id != shared.id:
        msg = (
            f"this record keeps another plan for {patient.code}: a plan file is for the patient's"
            " own computer; use it there, or set MOTION_DATA_DIR to another folder"
        )
        raise RecordConflictError(msg)
    if plan.file_made_at is not None and made_at < plan.file_made_at:
        msg = (
            f"this plan file of {made_at:%Y-%m-%d %H:%M} UTC is older than the one in use, of"
            f" {plan.file_made_at:%Y-%m-%d %H:%M} UTC: use the newer one"
        )
        raise InputError(msg)
    return plan


def _write_plan(
    session: Session, patient: PatientRow, plan: PlanRow, shared: SharedPlan, reason: str
) -> None:
    said = {"language": shared.language, "withheld_joints": shared.withheld_joints}
    settings = {n: getattr(shared.settings, n) for n in PlanSettingsDetails.__slots__}
    for row, values in ((patient, said), (plan, settings)):
        changes = changes_of(row, values)
        for name in changes:
            setattr(row, name, values[name])
        note_edits(session, row, changes, reason, None)
    # A secret is no history that anybody should read.
    plan.secret, plan.clinic_key = shared.secret, shared.clinic_key


def _write_items(
    session: Session,
    plan: PlanRow,
    items: tuple[PlanItem, ...],
    made_at: datetime,
    reason: str,
) -> dict[str, int]:
    counts = {"added": 0, "changed": 0, "ended": 0, "unchanged": 0}
    for item in items:
        row = session.get(PlanItemRow, item.id)
        if row is None:
            session.add(_new_item(plan, item))
            counts["added"] += 1
            continue
        if row.plan_id != plan.id:
            msg = "an item of this plan file belongs to another plan: ask the clinic for a new file"
            raise RecordConflictError(msg)
        values = {**item_values(item), "ended_on": item.ended_on}
        counts["changed" if changes_of(row, values) else "unchanged"] += 1
        write_item(session, row, values, reason, None)
        row.dosed_at = item.dosed_at  # the clinic's moment, not that of reading the file
    kept = {item.id for item in items}
    missing = select(PlanItemRow).where(
        PlanItemRow.plan_id == plan.id, PlanItemRow.ended_on.is_(None)
    )
    for row in session.scalars(missing):
        if row.id not in kept:
            counts["ended"] += 1
            write_item(session, row, {"ended_on": made_at.date()}, reason, None)
    session.flush()
    return counts


def _new_item(plan: PlanRow, item: PlanItem) -> PlanItemRow:
    return PlanItemRow(
        id=item.id,
        plan_id=plan.id,
        **item_values(item),
        ended_on=item.ended_on,
        dosed_at=item.dosed_at,
        created_at=item.created_at,
    )


def find_plan_id(record: Record, patient_code: str) -> UUID:
    """Return the key of a patient's plan.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient, or no plan.
    """
    with record.reading() as session:
        plan = plan_row(session, patient_row(session, patient_code))
        if plan is None:
            msg = f"{patient_code} has no plan: take in a plan file of the clinic first"
            raise RecordNotFoundError(msg)
        return plan.id
