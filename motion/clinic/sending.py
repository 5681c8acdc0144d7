"""What a patient's own computer has not yet written into a file for the clinic."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.patients import patient_row
from motion.clinic.plan_lookup import plan_row
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.record import Record
from motion.clinic.sending_tables import SendingRow
from motion.clinic.tables import TakeRow
from motion.errors import InputError

__all__ = ["Unsent", "find_unsent", "note_sent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """What is to be sent: takes of the plan, the oldest first, and entries of the diary."""

    patient_code: str
    take_ids: tuple[UUID, ...]
    diary_n: int

    @property
    def count(self) -> int:
        """How many sessions these are."""
        return len(self.take_ids) + self.diary_n


def find_unsent(record: Record, patient_code: str, *, again: bool = False) -> Unsent:
    """Return what was done under a clinic's plan and was not sent yet.

    Parameters
    ----------
    again
        Whether to return what was sent before, too: a file may have been lost.

    Raises
    ------
    InputError
        If the plan came from no clinic.
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        plan = _adopted_plan(session, patient_code)
        of_plan = PlanItemRow.plan_id == plan.id
        takes = (
            select(TakeRow.id)
            .join(LiveTakeRow, LiveTakeRow.take_id == TakeRow.id)
            .join(PlanItemRow, LiveTakeRow.plan_item_id == PlanItemRow.id)
            .where(of_plan, TakeRow.excluded_reason.is_(None))
            .order_by(TakeRow.started_at)
        )
        diary = (
            select(func.count(DiaryRow.id))
            .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
            .where(of_plan)
        )
        if not again:
            sent = select(SendingRow.take_id).where(SendingRow.take_id.is_not(None))
            takes = takes.where(TakeRow.id.not_in(sent))
            last = session.scalar(
                select(func.max(SendingRow.created_at)).where(SendingRow.plan_id == plan.id)
            )
            diary = diary if last is None else diary.where(DiaryRow.created_at > last)
        return Unsent(
            patient_code=patient_code,
            take_ids=tuple(session.scalars(takes)),
            diary_n=session.scalar(diary) or 0,
        )


def note_sent(record: Record, sent: Unsent) -> None:
    """Note that files were written of what is to be sent; every file holds the whole diary."""
    with record.writing() as session:
        plan = _adopted_plan(session, sent.patient_code)
        for take_id in sent.take_ids or (None,):
            session.add(SendingRow(plan_id=plan.id, take_id=take_id))


def _adopted_plan(session: Session, patient_code: str) -> PlanRow:
    plan = plan_row(session, patient_row(session, patient_code))
    if plan is None or plan.adopted_at is None:
        msg = (
            f"the plan of {patient_code} came from no clinic: take in the clinic's plan file first"
        )
        raise InputError(msg)
    return plan
