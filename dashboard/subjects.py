"""Of whom a take is, as published values ask for it."""

from datetime import date

from motion.clinic import Patient, StoredTake, find_patient, open_record
from motion.norms import ADULT_FROM_Y, Subject

__all__ = ["may_be_minor", "subject_of"]


def may_be_minor(patient: Patient, day: date) -> bool:
    """Return whether a patient is under age, or might be: nobody's year of birth is required."""
    subject = Subject(birth_year=patient.birth_year, sex=patient.sex_for_norms.value, day=day)
    return not subject.ages_y or min(subject.ages_y) < ADULT_FROM_Y


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
