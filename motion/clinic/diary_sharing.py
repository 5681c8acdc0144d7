"""The diary of a plan leaves the patient's own computer, and enters the clinic's record."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from motion.clinic.plan_checks import require_diary
from motion.clinic.plan_rows import to_diary
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.plan_values import DiaryDetails, DiaryEntry
from motion.clinic.record import Record
from motion.clinic.renewal import renew_suggestions
from motion.errors import InputError

__all__ = ["diary_of_plan", "receive_diary"]

_ZONES_APART: Final = timedelta(days=1)
"""The patient's own day is at most the one before or after that of UTC."""


def diary_of_plan(record: Record, plan_id: UUID) -> tuple[DiaryEntry, ...]:
    """Return the entries of a plan, the oldest first."""
    query = (
        select(DiaryRow)
        .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
        .where(PlanItemRow.plan_id == plan_id)
        .order_by(DiaryRow.done_at)
    )
    with record.reading() as session:
        return tuple(to_diary(row) for row in session.scalars(query))


def receive_diary(record: Record, plan_id: UUID, entries: Iterable[DiaryEntry]) -> int:
    """Write down entries that are not there yet, and return how many those were.

    Raises
    ------
    InputError
        If a number cannot be, or an entry is of no item of the plan.
    """
    with record.writing() as session:
        plan = session.get_one(PlanRow, plan_id)
        items = {item.id for item in plan.items}
        added = 0
        for entry in entries:
            require_diary(entry)
            if abs(entry.day - entry.done_at.date()) > _ZONES_APART:
                msg = (
                    f"an entry of the diary is of {entry.day}, done at {entry.done_at}: not stored"
                )
                raise InputError(msg)
            if entry.item_id not in items:
                msg = (
                    f"an entry of the diary is of no item {entry.item_id} of this plan: not stored"
                )
                raise InputError(msg)
            if session.get(DiaryRow, entry.id) is None:
                said = {name: getattr(entry, name) for name in DiaryDetails.__slots__}
                session.add(
                    DiaryRow(id=entry.id, plan_item_id=entry.item_id, day=entry.day, **said)
                )
                added += 1
        session.flush()
        if added:
            renew_suggestions(session, plan)
    return added
