"""Notes to copy: of one take, or of what a patient reached last."""

from uuid import UUID

from motion.clinic import (
    Record,
    find_patient,
    list_items,
    list_manual_of_patient,
    list_takes,
    list_targets,
)
from motion.clinic.answer_columns import list_answers
from motion.clinic.hand_takes import takes_by_hand
from motion.errors import RecordNotFoundError
from motion.report.notes import note_for_record
from motion.reporting.gathering import follow_for_report

__all__ = ["note_of_patient", "note_of_take"]


def note_of_patient(record: Record, patient_code: str) -> str:
    """Return the numbers of the last day on which anything was measured.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    return _note(record, patient_code, None)


def note_of_take(record: Record, patient_code: str, take_id: UUID) -> str:
    """Return the numbers of a take and of what was measured by hand beside it, as of then.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient, or no such take of theirs.
    """
    return _note(record, patient_code, take_id)


def _note(record: Record, patient_code: str, take_id: UUID | None) -> str:
    patient = find_patient(record, patient_code)
    if patient is None:
        msg = f"no patient {patient_code!r} in the record: choose one of `motion patients`"
        raise RecordNotFoundError(msg)
    takes = list_takes(record, patient_code)
    by_hand = list_manual_of_patient(record, patient_code)
    known = (*takes, *takes_by_hand(patient_code, takes, by_hand))
    if take_id is not None:
        asked = next((take for take in takes if take.id == take_id), None)
        if asked is None:
            msg = f"no take {take_id} of {patient_code} in the record: go back to the list"
            raise RecordNotFoundError(msg)
        if asked.excluded_reason is not None:
            return f"Patient {patient_code}: the take is left out ({asked.excluded_reason})."
        # What came later says nothing of what was known then.
        known = tuple(take for take in known if take.started_at <= asked.started_at)
    targets, items = list_targets(record, patient_code), list_items(record, patient_code)
    followed = follow_for_report(patient, known, targets, items)
    if take_id is not None:
        told = [each for each in followed if each.last.take.id == take_id]
    else:
        last_day = max((each.last.take.started_at.date() for each in followed), default=None)
        told = [each for each in followed if each.last.take.started_at.date() == last_day]
    answers = list_answers(record, patient_code)
    return note_for_record(patient_code, told, answers, made_up=patient.made_up)
