"""Visits along a protocol: begun, noted step by step, ended."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from motion.clinic.chart_tables import OutcomeRow, ProtocolRunRow, ProtocolStepRow
from motion.clinic.edits import author_id_of
from motion.clinic.patients import patient_row
from motion.clinic.protocol_values import ProtocolRun, StepNote
from motion.clinic.record import Record
from motion.clinic.tables import AuthorRow, ManualRow, PatientRow, TakeRow
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.model import Setting

__all__ = ["end_protocol", "find_run", "list_runs", "note_step", "start_protocol"]

_RESULTS: Final[dict[str, type[TakeRow] | type[ManualRow] | type[OutcomeRow]]] = {
    "take_id": TakeRow,
    "manual_id": ManualRow,
    "outcome_id": OutcomeRow,
}
_MEANWHILE: Final = "this visit was gone on with elsewhere meanwhile: load it again"


def start_protocol(
    record: Record, code: str, name: str, setting: Setting, *, author: str | None = None
) -> ProtocolRun:
    """Begin a visit.

    Parameters
    ----------
    code
        The patient's.
    name
        Of the protocol (:func:`motion.protocol_library.find_protocol`).

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.writing() as session:
        row = ProtocolRunRow(
            patient_id=patient_row(session, code).id,
            protocol=name,
            setting=setting,
            author_id=author_id_of(session, author),
        )
        session.add(row)
        session.flush()
        return _read_run(session, row.id)


def note_step(
    record: Record,
    run: ProtocolRun,
    step: str,
    *,
    take_id: UUID | None = None,
    manual_id: UUID | None = None,
    outcome_id: UUID | None = None,
    skipped_reason: str | None = None,
    author: str | None = None,
) -> ProtocolRun:
    """Write down what became of a step: exactly one of a take, a value, a score or a reason.

    Writing the same take, value or score once more changes nothing.

    Parameters
    ----------
    run
        The visit as it was loaded.
    step
        The key of the planned step (:attr:`motion.exercise.protocols.PlannedStep.key`).

    Raises
    ------
    InputError
        If not exactly one result is given, it is another patient's, or the visit has ended.
    RecordNotFoundError
        If there is no such visit, take, value or score.
    RecordConflictError
        If somebody else noted a step since the visit was loaded.
    """
    results = {"take_id": take_id, "manual_id": manual_id, "outcome_id": outcome_id}
    reason = (skipped_reason or "").strip() or None
    if sum(each is not None for each in (*results.values(), reason)) != 1:
        msg = f"step {step}: give one of a take, a value by hand, a score or why it was left out"
        raise InputError(msg)
    with record.writing() as session:
        row = _row(session, run.id)
        if _is_noted(session, run.id, step, results):
            return _read_run(session, run.id)
        if row.ended_at is not None:
            msg = "this visit has ended: begin another one"
            raise InputError(msg)
        noted_n = session.scalar(
            select(func.count()).select_from(ProtocolStepRow).filter_by(run_id=run.id)
        )
        if noted_n != len(run.notes):
            raise RecordConflictError(_MEANWHILE)
        _require_own(session, row, results)
        session.add(
            ProtocolStepRow(
                run_id=row.id,
                # Unique within the visit: of two who write at once the database keeps one.
                sequence=len(run.notes),
                step=step,
                skipped_reason=reason,
                author_id=author_id_of(session, author),
                **results,
            )
        )
        session.flush()
        return _read_run(session, run.id)


def end_protocol(record: Record, run: ProtocolRun) -> ProtocolRun:
    """End a visit, finished or broken off: nothing more is noted.

    Raises
    ------
    RecordConflictError
        If it was ended, or a step was noted, since it was loaded.
    """
    with record.writing() as session:
        row = _row(session, run.id)
        if row.version != run.version or _read_run(session, run.id).notes != run.notes:
            raise RecordConflictError(_MEANWHILE)
        row.ended_at = datetime.now(UTC)
        session.flush()
        return _read_run(session, run.id)


def find_run(record: Record, run_id: UUID) -> ProtocolRun:
    """Return a visit.

    Raises
    ------
    RecordNotFoundError
        If there is none.
    """
    with record.reading() as session:
        return _read_run(session, run_id)


def list_runs(record: Record, code: str) -> tuple[ProtocolRun, ...]:
    """Return a patient's visits, the newest first.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, code)
        rows = session.scalars(
            select(ProtocolRunRow)
            .where(ProtocolRunRow.patient_id == patient.id)
            .options(selectinload(ProtocolRunRow.steps))
            .order_by(ProtocolRunRow.created_at.desc())
        ).all()
        names = _names_of(session, rows)
        return tuple(_to_run(row, patient.code, names) for row in rows)


def _read_run(session: Session, run_id: UUID) -> ProtocolRun:
    row = _row(session, run_id)
    session.expire(row, ["steps"])
    code = session.get_one(PatientRow, row.patient_id).code
    return _to_run(row, code, _names_of(session, [row]))


def _row(session: Session, run_id: UUID) -> ProtocolRunRow:
    row = session.get(ProtocolRunRow, run_id)
    if row is None:
        msg = f"no visit {run_id} in the record: choose one on the patient's page"
        raise RecordNotFoundError(msg)
    return row


def _is_noted(session: Session, run_id: UUID, step: str, results: dict[str, UUID | None]) -> bool:
    given = {name: value for name, value in results.items() if value is not None}
    if not given:
        return False
    query = select(ProtocolStepRow.id).filter_by(run_id=run_id, step=step, **given)
    return session.scalar(query.limit(1)) is not None


def _require_own(session: Session, row: ProtocolRunRow, results: dict[str, UUID | None]) -> None:
    for name, value in results.items():
        if value is None:
            continue
        table = _RESULTS[name]
        owner = session.scalar(select(table.patient_id).where(table.id == value))
        if owner is None:
            msg = f"no {name.removesuffix('_id')} {value} in the record: load the patient again"
            raise RecordNotFoundError(msg)
        if owner != row.patient_id:
            msg = f"{name.removesuffix('_id')} {value} is another patient's; nothing was noted"
            raise InputError(msg)


def _names_of(session: Session, rows: Sequence[ProtocolRunRow]) -> dict[UUID, str]:
    ids = {row.author_id for row in rows} | {step.author_id for row in rows for step in row.steps}
    ids.discard(None)
    if not ids:
        return {}
    query = select(AuthorRow.id, AuthorRow.name).where(AuthorRow.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}


def _to_run(row: ProtocolRunRow, code: str, names: dict[UUID, str]) -> ProtocolRun:
    return ProtocolRun(
        id=row.id,
        version=row.version,
        patient_code=code,
        protocol=row.protocol,
        setting=row.setting,
        started_at=row.created_at,
        ended_at=row.ended_at,
        author=names.get(row.author_id) if row.author_id else None,
        notes=tuple(
            StepNote(
                step=each.step,
                noted_at=each.created_at,
                take_id=each.take_id,
                manual_id=each.manual_id,
                outcome_id=each.outcome_id,
                skipped_reason=each.skipped_reason,
                author=names.get(each.author_id) if each.author_id else None,
            )
            for each in row.steps
        ),
    )
