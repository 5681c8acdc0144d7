"""Of all takes of all patients only the results of whoever may have declined."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.flags_bounds import find_widened, is_settled, may_have_declined
from motion.clinic.flags_lots import Course, Lot, list_twice, read_ends
from motion.clinic.flags_numbers import read_numbers
from motion.clinic.flags_plans import is_recent
from motion.clinic.tables import TakeRow
from motion.clinic.values import TakeSummary

__all__ = ["read_results"]

_AT_ONCE_N: Final = 100
"""Patients of one query: each stays well under 0.1 s, so that nobody who writes waits long."""


def read_results(session: Session, today: date) -> dict[UUID, list[TakeSummary]]:
    """Return the results of whoever may have declined, by the patient's key, the oldest first.

    A result is the number that an exercise is counted by, the speed of a walk, or a test's number;
    each stands in a summary of its own. Of everybody who was recorded in the last 28 days the
    first and the last results are read of what may be compared, and all of them only where these
    do not settle it. Whoever has none beyond the error from the first is left where they are.
    """
    recent = select(TakeRow.patient_id).where(is_recent(TakeRow.started_at, today)).distinct()
    patients = list(session.scalars(recent.where(TakeRow.excluded_reason.is_(None))))
    found: dict[UUID, list[TakeSummary]] = {}
    for some in _parted(patients):
        for patient, take in read_numbers(session, _find_courses(session, some, today)):
            found.setdefault(patient, []).append(take)
    return found


def _parted(patients: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(patients), _AT_ONCE_N):
        yield patients[first : first + _AT_ONCE_N]


def _find_courses(session: Session, patients: Collection[UUID], today: date) -> set[Course]:
    """Return in which movements which of some patients may have declined."""
    twice = list_twice(session, patients)
    settled, others = [], set()
    for lot in read_ends(session, patients, today):
        if is_settled(lot, twice):
            settled.append(lot)
        else:
            others.add(_course(lot))
    declined = {_course(lot) for lot in settled if may_have_declined(lot)}
    return declined | find_widened(session, others - declined, today)


def _course(lot: Lot) -> Course:
    row = lot[0][0]
    return UUID(str(row.take_patient_id)), row.analysis_movement
