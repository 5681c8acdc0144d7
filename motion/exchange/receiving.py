"""A take file enters the clinic's record, measured by the clinic's own method."""

import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from motion import __version__
from motion.clinic import (
    DiaryEntry,
    Record,
    StoredTake,
    add_answers,
    find_live_facts,
    find_patient,
    load_take,
    store_live,
)
from motion.clinic.diary_sharing import receive_diary
from motion.clinic.plan_sharing import find_shared
from motion.clinic.plan_values import SharedPlan
from motion.clinic.takes import is_stored
from motion.errors import InputError, RecordConflictError
from motion.exchange.take_document import (
    DiaryDocument,
    TakeBody,
    TakeDocument,
    facts_of,
    person_of,
    provenance_of,
    settings_of,
    sides_of,
)
from motion.exchange.take_file import read_take_file
from motion.exchange.wire import fields_of, shown
from motion.library import list_movements
from motion.measuring import measure_recording
from motion.model import PoseRecording

__all__ = ["Received", "receive_take"]

_ANSWERS: Final = ("pain_before", "pain_during", "pain_after", "exertion", "note")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Received:
    """What a take file brought.

    ``take`` is None of a file that brought the diary or later answers only; ``diary_n`` are
    entries that were not there yet; ``measured_by`` is the software that measured the take at
    home, ``said`` a sentence for whoever received it.
    """

    patient_code: str
    take: StoredTake | None
    diary_n: int
    measured_by: str
    said: str


def receive_take(record: Record, path: Path, *, author: str | None = None) -> Received:
    """Open a take file, and store what it brings under the plan that it is of.

    The landmarks are measured again with what was chosen for the take, so that the clinic's
    numbers are all of the clinic's method and error figures; the coach's own counts are kept as
    they came. Entries of the diary that are there already are left as they are. A newer file of a
    take that is stored brings the answers that were given since; none is overwritten.

    Raises
    ------
    SourceError, InputError
        If it cannot be opened (:func:`read_take_file`), or is of no plan of this record.
    RecordConflictError
        If the take is stored already, and the file brings no new answer.
    """
    found = read_take_file(record, path)
    document = found.document
    plan = _plan_of(record, document, shown(path))
    diary_n = receive_diary(record, plan.id, (_entry_of(each) for each in document.diary))
    if document.take is None or found.recording is None:
        return Received(
            patient_code=plan.patient_code,
            take=None,
            diary_n=diary_n,
            measured_by="",
            said=f"{plan.patient_code}: {_entries(diary_n)}, no take",
        )
    if is_stored(record, document.take.id):
        answered = _add_new_answers(record, document.take, plan, author)
        if answered:
            return Received(
                patient_code=plan.patient_code,
                take=None,
                diary_n=diary_n,
                measured_by=document.take.software,
                said=f"{plan.patient_code}: new answers ({', '.join(answered)}) to the take of"
                f" {document.take.started_at:%Y-%m-%d %H:%M}, {_entries(diary_n)}",
            )
        day = f"{document.take.started_at:%Y-%m-%d %H:%M}"
        msg = f"the take of {day} is stored under {plan.patient_code} already: not stored twice"
        raise RecordConflictError(msg)
    take = _store(record, document.take, found.recording, plan, author)
    return Received(
        patient_code=plan.patient_code,
        take=take,
        diary_n=diary_n,
        measured_by=document.take.software,
        said=(
            f"{plan.patient_code}: take of {document.take.started_at:%Y-%m-%d %H:%M} at home,"
            f" measured again here from its landmarks; {_entries(diary_n)}"
        ),
    )


def _store(
    record: Record,
    body: TakeBody,
    recording: PoseRecording,
    plan: SharedPlan,
    author: str | None,
) -> StoredTake:
    if body.movement not in list_movements():
        msg = f"the take is of {body.movement!r}, which this computer's library does not measure"
        raise InputError(f"{msg}: update the software, or put the exercise's file in place")
    patient = find_patient(record, plan.patient_code)
    settings = settings_of(body, () if patient is None else patient.withheld_joints)
    provenance = provenance_of(body, settings, recording, f"physio-motion {__version__}")
    analysis = measure_recording(
        recording, settings, provenance, body.started_at, person_of(body), sides_of(body)
    )
    return store_live(
        record,
        analysis,
        facts_of(body),
        plan.patient_code,
        item_id=body.item_id,
        take_id=body.id,
        author=author,
    )


def _add_new_answers(
    record: Record, body: TakeBody, plan: SharedPlan, author: str | None
) -> tuple[str, ...]:
    """Add what was answered since the take was received; return the names of it."""
    there = find_live_facts(record, body.id)
    if there is None or load_take(record, body.id).patient_code != plan.patient_code:
        return ()
    came = facts_of(body)
    given = {
        name: getattr(came, name)
        for name in _ANSWERS
        if getattr(there, name) in (None, "") and getattr(came, name) not in (None, "")
    }
    if given:
        add_answers(record, body.id, **given, expected_version=there.version, author=author)
    return tuple(name.replace("_", " ") for name in given)


def _plan_of(record: Record, document: TakeDocument, name: str) -> SharedPlan:
    plan = find_shared(record, document.plan_id)
    known = plan is not None and hmac.compare_digest(plan.secret, document.secret)
    if plan is None or not known or plan.patient_code != document.patient_code:
        code = ascii(document.patient_code)
        msg = f"{name}: of {code} and of no plan of this record; ask whose it is"
        raise InputError(msg)
    return plan


def _entry_of(entry: DiaryDocument) -> DiaryEntry:
    return DiaryEntry(**fields_of(entry), version=0)


def _entries(count: int) -> str:
    return f"{count} new {'entry' if count == 1 else 'entries'} of the diary"
