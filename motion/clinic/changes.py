"""Whether anything of a patient's takes has changed since they were last read."""

from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import AnalysisRow, MeasurementRow, RepetitionRow, TakeRow

__all__ = ["Stamp", "read_stamp"]

Stamp = tuple[UUID, tuple[int, ...]]
"""Whose takes, and how often the patient and each of the takes' tables were written to."""

_FOUND: Final = (MeasurementRow, RepetitionRow)


def read_stamp(record: Record, patient_code: str) -> Stamp:
    """Return what is another value after every change of what a patient's takes say.

    The patient's own details count: on the age depends what may be told of a walk.

    Nothing is deleted, every row begins with version 1 and counts its changes: the sum of a
    table's versions grows with every row that is added or changed.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        of_patient = TakeRow.patient_id == patient.id
        queries = [
            select(func.sum(TakeRow.version)).where(of_patient),
            select(func.sum(AnalysisRow.version)).join(AnalysisRow.take).where(of_patient),
            *(
                select(func.sum(table.version))
                .join(AnalysisRow, table.analysis_id == AnalysisRow.id)
                .join(TakeRow, AnalysisRow.take_id == TakeRow.id)
                .where(of_patient)
                for table in _FOUND
            ),
        ]
        counts = (int(session.scalar(query) or 0) for query in queries)
        return patient.id, (patient.version, *counts)
