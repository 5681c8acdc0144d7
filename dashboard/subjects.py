"""Of whom a take is, as published values ask for it."""

from motion.clinic import StoredTake, find_patient, open_record
from motion.norms import Subject

__all__ = ["subject_of"]


def subject_of(take: StoredTake) -> Subject | None:
    """Return age, sex and circumstances of a take; None where its patient is gone."""
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
    if patient is None:
        return None
    said = take.analysis.conditions
    return Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.analysis.started_at.date(),
        mode=said.mode,
        position=said.position,
    )
