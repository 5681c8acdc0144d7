"""Stores live takes: the analysis as of any take, and beside it what only a live one knows."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from motion.clinic.edits import author_id_of, note_edits
from motion.clinic.live_rows import StoredFacts, live_row, to_facts
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.orphans import sweep_daily
from motion.clinic.patients import patient_row
from motion.clinic.plan_checks import require_note, require_pain
from motion.clinic.plan_lookup import plan_row
from motion.clinic.plan_tables import PlanItemRow
from motion.clinic.record import Record
from motion.clinic.renewal import renew_suggestions
from motion.clinic.store import Arrays, new_take, put_take
from motion.clinic.tables import PatientRow, TakeRow
from motion.clinic.takes import load_take
from motion.clinic.values import StoredTake, TakeKind
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Analysis, LiveFacts

__all__ = ["add_answers", "find_live_facts", "store_live"]

_ANSWERED = "answered"


def store_live(
    record: Record,
    analysis: Analysis,
    facts: LiveFacts,
    patient_code: str,
    *,
    item_id: UUID | None = None,
    source: Path | None = None,
    annotated: Path | None = None,
    author: str | None = None,
    take_id: UUID | None = None,
) -> StoredTake:
    """Store a live take: its analysis, and beside it what the coach counted and was answered.

    Parameters
    ----------
    item_id
        The item of the patient's plan that it was done for.
    source, annotated
        Videos to keep, where somebody ticked so.
    take_id
        The take's key, where another computer gave it one already.

    Raises
    ------
    InputError
        If an answer cannot be, or the item is of another exercise or side.
    RecordConflictError
        If these landmarks are stored under the patient already.
    RecordNotFoundError, OutputError
        If there is no such patient or item; if the disk is full.
    """
    _require_answers(facts)
    files = put_take(record, analysis, patient_code, source, annotated)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        _require_new(session, patient, analysis, files.arrays, take_id)
        item = None if item_id is None else _item_of(session, patient, item_id, facts)
        kind = TakeKind.POSE
        take = new_take(record, session, analysis, patient_code, files, kind, author)
        if take_id is not None:
            take.id = take_id
        session.add(take)
        session.flush()
        live = live_row(facts)
        live.take_id, live.plan_item_id = take.id, None if item is None else item.id
        live.author_id = author_id_of(session, author)
        session.add(live)
        session.flush()
        if item is not None:
            renew_suggestions(session, item.plan)
        stored = take.id
    sweep_daily(record)
    return load_take(record, stored)


def find_live_facts(record: Record, take_id: UUID) -> StoredFacts | None:
    """Return what a live take says of itself; None of a take that was not live."""
    with record.reading() as session:
        row = _live_row(session, take_id)
        return None if row is None else to_facts(row)


def add_answers(
    record: Record,
    take_id: UUID,
    *,
    pain_before: int | None = None,
    pain_during: int | None = None,
    pain_after: int | None = None,
    exertion: int | None = None,
    note: str | None = None,
    expected_version: int | None = None,
    author: str | None = None,
) -> StoredFacts:
    """Write down what was answered after a live take; what is None stays as it is.

    An answer that is there already is changed only by somebody who has seen it.

    Parameters
    ----------
    expected_version
        The version of :class:`StoredFacts` that was on the screen.

    Raises
    ------
    InputError
        If an answer cannot be.
    RecordNotFoundError
        If the take is none, or was not live.
    RecordConflictError
        If another answer is there already, and its version was not the expected one.
    """
    numbers = {
        "pain_before": pain_before,
        "pain_during": pain_during,
        "pain_after": pain_after,
        "exertion": exertion,
    }
    given: dict[str, int | str] = {n: value for n, value in numbers.items() if value is not None}
    for name, answer in given.items():
        require_pain(name.replace("_", " "), int(answer))
    if note is not None:
        given["note"] = require_note(note)
    with record.writing() as session:
        row = _live_row(session, take_id)
        if row is None:
            msg = f"take {take_id} was not live, so nobody is asked about it: choose another one"
            raise RecordNotFoundError(msg)
        changes = {
            name: (getattr(row, name), value)
            for name, value in given.items()
            if getattr(row, name) != value
        }
        there = [name for name, (before, _) in changes.items() if before not in (None, "")]
        stale = expected_version not in (None, row.version)
        if stale or (there and expected_version is None):
            what = ", ".join(there or changes).replace("_", " ")
            msg = f"{what} of this take was answered already: load the take again, then change it"
            raise RecordConflictError(msg)
        for name, (_, value) in changes.items():
            setattr(row, name, value)
        note_edits(session, row, changes, _ANSWERED, author)
        session.flush()
        if row.plan_item_id is not None:
            renew_suggestions(session, session.get_one(PlanItemRow, row.plan_item_id).plan)
        return to_facts(row)


def _require_answers(facts: LiveFacts) -> None:
    answers = ("pain_before", "pain_during", "pain_after", "exertion")
    for name in answers:
        answer = getattr(facts, name)
        if answer is not None:
            require_pain(name.replace("_", " "), answer)
    require_note(facts.note)


def _require_new(
    session: Session,
    patient: PatientRow,
    analysis: Analysis,
    arrays: Arrays,
    take_id: UUID | None,
) -> None:
    same = or_(
        TakeRow.id == take_id,
        (TakeRow.patient_id == patient.id)
        & TakeRow.excluded_reason.is_(None)
        & or_(
            TakeRow.digest == analysis.provenance.input.sha256,
            TakeRow.landmarks_digest == arrays.landmarks_digest,
        ),
    )
    if session.scalar(select(TakeRow.id).where(same).limit(1)) is not None:
        msg = f"this take is stored under {patient.code} already: it was not stored twice"
        raise RecordConflictError(msg)


def _item_of(session: Session, patient: PatientRow, item_id: UUID, facts: LiveFacts) -> PlanItemRow:
    plan = plan_row(session, patient)
    row = session.get(PlanItemRow, item_id)
    if row is None or plan is None or row.plan_id != plan.id:
        msg = f"no item {item_id} in the plan of {patient.code}: load the patient again"
        raise RecordNotFoundError(msg)
    if (row.exercise, row.side) != (facts.exercise, facts.side):
        msg = (
            f"the item is {row.exercise} ({row.side}), the take {facts.exercise} ({facts.side}):"
            " store it for the item that was done"
        )
        raise InputError(msg)
    return row


def _live_row(session: Session, take_id: UUID) -> LiveTakeRow | None:
    return session.scalar(
        select(LiveTakeRow)
        .where(LiveTakeRow.take_id == take_id)
        .options(
            selectinload(LiveTakeRow.repetitions),
            selectinload(LiveTakeRow.compensations),
        )
    )
