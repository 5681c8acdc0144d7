"""Rows of a patient's plan within a transaction, and the one way to write an item's dose."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.plan_rows import DOSE_COLUMNS, changes_of, rule_values, to_item
from motion.clinic.plan_tables import PlanItemRow, PlanRow, RuleRow
from motion.clinic.plan_values import (
    PlanItem,
    PlanSettings,
    PlanSettingsDetails,
    ProgressionRule,
)
from motion.clinic.tables import AuthorRow, PatientRow
from motion.errors import InputError

__all__ = ["items_of", "new_plan_row", "own_plan_row", "plan_row", "write_item", "write_rule"]


def items_of(session: Session, plan: PlanRow | None) -> tuple[PlanItem, ...]:
    """Return all items of a plan, the oldest first; none of no plan."""
    if plan is None:
        return ()
    query = (
        select(PlanItemRow, AuthorRow.name)
        .outerjoin(AuthorRow, PlanItemRow.author_id == AuthorRow.id)
        .where(PlanItemRow.plan_id == plan.id)
        .options(selectinload(PlanItemRow.rule))
        .order_by(PlanItemRow.created_at, PlanItemRow.id)
    )
    return tuple(to_item(row, author) for row, author in session.execute(query))


def plan_row(session: Session, patient: PatientRow) -> PlanRow | None:
    """Return the row of a patient's plan, if there is one."""
    return session.scalar(select(PlanRow).where(PlanRow.patient_id == patient.id))


def own_plan_row(session: Session, patient: PatientRow, author: str | None = None) -> PlanRow:
    """Return the row of a plan that may be changed here, making one where there is none.

    Raises
    ------
    InputError
        If it came from a clinic by a plan file.
    """
    row = plan_row(session, patient)
    if row is None:
        row = new_plan_row(patient)
        row.author_id = author_id_of(session, author)
        session.add(row)
        session.flush()
    if row.adopted_at is not None:
        msg = (
            f"the plan of {patient.code} came from a clinic by a plan file: only the clinic changes"
            " it; ask there for another file"
        )
        raise InputError(msg)
    return row


def new_plan_row(patient: PatientRow) -> PlanRow:
    """Return the row of a plan in which nothing is set yet."""
    usual = PlanSettings()
    return PlanRow(
        patient_id=patient.id,
        **{name: getattr(usual, name) for name in PlanSettingsDetails.__slots__},
        secret="",
        clinic_key="",
    )


def write_item(
    session: Session,
    row: PlanItemRow,
    values: dict[str, object],
    reason: str,
    author: str | None,
) -> None:
    """Write changed columns of an item, with their edit rows; a new dose has a new date."""
    changes = changes_of(row, values)
    for name in changes:
        setattr(row, name, values[name])
    if DOSE_COLUMNS & changes.keys():
        row.dosed_at = datetime.now(UTC)
    note_edits(session, row, changes, reason, author)
    session.flush()


def write_rule(
    session: Session,
    item: PlanItemRow,
    rule: ProgressionRule | None,
    reason: str,
    author: str | None,
) -> None:
    """Write the rule of an item; one that is taken away stays, but is no longer kept."""
    row = item.rule
    if row is None:
        if rule is not None:
            author_id = author_id_of(session, author)
            item.rule = RuleRow(**rule_values(rule), author_id=author_id)
            session.flush()
        return
    values = {"kept": False} if rule is None else rule_values(rule)
    changes = changes_of(row, values)
    for name in changes:
        setattr(row, name, values[name])
    if changes:
        flag_modified(item, "note")  # the item's version counts the changes of its rule too
    note_edits(session, row, changes, reason, author)
    session.flush()
