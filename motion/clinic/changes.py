"""Whether anything of a patient's takes or chart has changed since they were last read."""

from typing import Final
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.patients import patient_row
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.record import Record
from motion.clinic.tables import (
    AnalysisRow,
    AnnotationRow,
    ManualRow,
    MeasurementRow,
    OutcomeRow,
    RepetitionRow,
    SignOffRow,
    TakeRow,
    TargetRow,
)

__all__ = ["Stamp", "read_stamp"]

Stamp = tuple[UUID, tuple[int, ...]]
"""Whose takes, and how often the patient and each of the takes' tables were written to."""

_OF_PATIENT: Final = (TakeRow, ManualRow, OutcomeRow, AnnotationRow, TargetRow)
_OF_ANALYSIS: Final = (MeasurementRow, RepetitionRow, SignOffRow)


def read_stamp(record: Record, patient_code: str) -> Stamp:
    """Return what is another value after every change of what a patient's takes and chart say.

    The patient's own details count: on the age depends what may be told of a walk. So does what
    was measured by hand, scored, noted, set as a target, signed, and said of pain.

    Nothing is deleted, every row begins with version 1 and counts its changes: the sum of a
    table's versions grows with every row that is added or changed. It is one question to the
    database, as a page asks it at every click.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        sums = session.execute(select(*_sums(patient.id))).one()
        return patient.id, (patient.version, *(int(each or 0) for each in sums))


def _sums(patient_id: UUID) -> tuple[ScalarSelect[int], ...]:
    of_takes = TakeRow.patient_id == patient_id
    sums = (
        *(
            select(func.sum(table.version)).where(table.patient_id == patient_id)
            for table in _OF_PATIENT
        ),
        select(func.sum(AnalysisRow.version)).join(AnalysisRow.take).where(of_takes),
        *(
            select(func.sum(table.version))
            .join(AnalysisRow, table.analysis_id == AnalysisRow.id)
            .join(TakeRow, AnalysisRow.take_id == TakeRow.id)
            .where(of_takes)
            for table in _OF_ANALYSIS
        ),
        select(func.sum(LiveTakeRow.version))
        .join(TakeRow, LiveTakeRow.take_id == TakeRow.id)
        .where(of_takes),
        select(func.sum(DiaryRow.version))
        .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
        .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
        .where(PlanRow.patient_id == patient_id),
    )
    return tuple(each.scalar_subquery() for each in sums)
