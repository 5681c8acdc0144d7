"""The diary of exercises that are only guided: done, as the patient says."""

from uuid import UUID

from sqlalchemy import select

from motion.clinic.edits import author_id_of
from motion.clinic.patients import patient_row
from motion.clinic.plan_checks import require_diary
from motion.clinic.plan_rows import to_diary
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.plan_values import DiaryDetails, DiaryEntry
from motion.clinic.record import Record
from motion.clinic.renewal import renew_suggestions
from motion.errors import InputError, RecordNotFoundError
from motion.library import find_exercise

__all__ = ["list_diary", "note_done"]


def note_done(
    record: Record, item_id: UUID, details: DiaryDetails, *, author: str | None = None
) -> DiaryEntry:
    """Write down that an exercise was done, or was not, as the patient says.

    Raises
    ------
    InputError
        If a number cannot be, or the exercise is one that the camera measures.
    RecordNotFoundError
        If there is no such item.
    """
    require_diary(details)
    with record.writing() as session:
        item = session.get(PlanItemRow, item_id)
        if item is None:
            msg = f"no item {item_id} in any plan: load the patient again"
            raise RecordNotFoundError(msg)
        exercise = find_exercise(item.exercise)
        if exercise.measured:
            msg = f"{exercise.title} is measured by the camera: do it live, not in the diary"
            raise InputError(msg)
        row = DiaryRow(
            plan_item_id=item.id,
            day=details.done_at.date(),  # the patient's own day, not that of UTC
            author_id=author_id_of(session, author),
            **{name: getattr(details, name) for name in DiaryDetails.__slots__},
        )
        session.add(row)
        session.flush()
        renew_suggestions(session, item.plan)
        return to_diary(row)


def list_diary(record: Record, patient_code: str) -> tuple[DiaryEntry, ...]:
    """Return a patient's diary, the oldest first.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        rows = session.scalars(
            select(DiaryRow)
            .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
            .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
            .where(PlanRow.patient_id == patient.id)
            .order_by(DiaryRow.done_at)
        )
        return tuple(to_diary(row) for row in rows)
