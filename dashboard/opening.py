"""Finds what an address names: a take or a patient."""

from uuid import UUID

from dashboard.visitor import require_allowed
from motion.clinic import Patient, StoredTake, find_patient, load_take, open_record
from motion.errors import RecordNotFoundError

__all__ = ["find_asked_patient", "load_asked_take"]


def load_asked_take(text: str) -> StoredTake | None:
    """Return the take that an address names; None where it names none.

    Raises
    ------
    RecordError
        If there is no such take, it cannot be read, or it is not the visitor's.
    """
    if not text:
        return None
    try:
        take_id = UUID(text)
    except ValueError as error:
        msg = "this address names no take; choose one from a patient's list"
        raise RecordNotFoundError(msg) from error
    with open_record() as record:
        take = load_take(record, take_id)
    require_allowed(take.patient_code)
    return take


def find_asked_patient(code: str) -> Patient | None:
    """Return the patient that an address names; None where it names none.

    Raises
    ------
    RecordError
        If there is no such patient, the record cannot be read, or it is not the visitor's.
    """
    if not code:
        return None
    require_allowed(code)
    with open_record() as record:
        found = find_patient(record, code)
    if found is None:
        msg = f"no patient has the code {code}; choose one from the list"
        raise RecordNotFoundError(msg)
    return found
