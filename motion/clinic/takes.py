"""Reads takes, and leaves them out with a reason; nothing is ever deleted."""

from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from motion.clinic.chart_tables import SignOffRow
from motion.clinic.edits import note_edits, require_reason
from motion.clinic.patients import counts_for_figures, patient_row
from motion.clinic.record import Record
from motion.clinic.renewal import renew_for_take
from motion.clinic.rows import (
    conditions_of,
    measurements_of,
    model_of,
    repetitions_of,
    settings_of,
    to_analysis,
    zone_of,
)
from motion.clinic.tables import (
    AnalysisRow,
    AuthorRow,
    MeasurementRow,
    PatientRow,
    RepetitionRow,
    TakeRow,
)
from motion.clinic.values import StoredTake, TakeSummary
from motion.errors import RecordConflictError, RecordNotFoundError
from motion.norms import Subject, gate_scores

__all__ = [
    "exclude_take",
    "find_take",
    "include_take",
    "is_stored",
    "list_takes",
    "load_take",
    "recent_takes",
    "require_version",
    "retest_takes",
    "take_row",
]


def list_takes(
    record: Record, patient_code: str, *, limit: int | None = None, offset: int = 0
) -> tuple[TakeSummary, ...]:
    """Return a patient's takes, the newest first, each with what its current analysis found.

    Excluded takes are among them, with their reason. How far a walk lies from the reference curves
    is as certain as they fit the patient, and not given of a child.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        query = _newest_first().where(TakeRow.patient_id == patient.id)
        rows = session.execute(query.limit(limit).offset(offset))
        return tuple(_summary(row, patient, signed) for row, signed in rows)


def recent_takes(record: Record, limit: int) -> tuple[TakeSummary, ...]:
    """Return the last takes of all patients together, the newest first, without excluded ones."""
    return _takes_of_all(record, _newest_first().limit(limit))


def retest_takes(record: Record) -> tuple[TakeSummary, ...]:
    """Return the takes that were marked as a retest, without excluded ones.

    Of all patients who count for the clinic's own figures of error; in a record of made-up ones
    alone theirs, which are shown and never adopted.
    """
    marked = _newest_first().where(TakeRow.retest_marked_at.is_not(None))
    return _takes_of_all(record, marked.where(counts_for_figures()))


def load_take(record: Record, take_id: UUID) -> StoredTake:
    """Return a take with its current analysis, its landmarks and its angle curves.

    Raises
    ------
    RecordNotFoundError
        If there is no such take.
    RecordError
        If a file of it is missing or damaged.
    """
    with record.reading() as session:
        row = session.scalar(_current_analyses().where(TakeRow.id == take_id))
        if row is None:
            raise _not_found(take_id)
        take = row.take
        return StoredTake(
            id=take.id,
            analysis_id=row.id,
            session_id=take.session_id,
            patient_code=take.patient.code,
            kind=take.kind,
            analysis=to_analysis(take, row, record.files),
            source_digest=take.source_digest,
            annotated_digest=take.annotated_digest,
            created_at=take.created_at,
            excluded_reason=take.excluded_reason,
            version=take.version,
        )


def find_take(record: Record, patient_code: str, sha256: str, movement: str) -> UUID | None:
    """Return the take in which this recording is stored already for this movement.

    Measured with another side or in other circumstances it is another analysis of that take.
    """
    query = (
        select(TakeRow.id)
        .join(PatientRow, TakeRow.patient_id == PatientRow.id)
        .join(AnalysisRow, AnalysisRow.take_id == TakeRow.id)
        .where(
            PatientRow.code == patient_code,
            TakeRow.digest == sha256,
            TakeRow.excluded_reason.is_(None),
            AnalysisRow.is_current,
            AnalysisRow.movement == movement,
        )
        .order_by(TakeRow.created_at)
        .limit(1)
    )
    with record.reading() as session:
        return session.scalar(query)


def is_stored(record: Record, take_id: UUID) -> bool:
    """Return whether the record has a take of this key, excluded or not."""
    with record.reading() as session:
        return session.get(TakeRow, take_id) is not None


def exclude_take(
    record: Record,
    take_id: UUID,
    reason: str,
    author: str | None = None,
    *,
    expected_version: int | None = None,
) -> None:
    """Leave a take out of every trend and count; it stays in the record, with the reason.

    Raises
    ------
    InputError
        If there is no reason.
    RecordConflictError
        If the take's version is not the expected one.
    """
    reason = require_reason(reason)
    _set_excluded(record, take_id, reason, (reason, author), expected_version)


def include_take(record: Record, take_id: UUID, reason: str, author: str | None = None) -> None:
    """Take an excluded take in again."""
    _set_excluded(record, take_id, None, (require_reason(reason), author), None)


def take_row(session: Session, take_id: UUID) -> TakeRow:
    """Return a take's row.

    Raises
    ------
    RecordNotFoundError
        If there is no such take.
    """
    row = session.get(TakeRow, take_id)
    if row is None:
        raise _not_found(take_id)
    return row


def _set_excluded(
    record: Record,
    take_id: UUID,
    excluded: str | None,
    because: tuple[str, str | None],
    expected_version: int | None,
) -> None:
    with record.writing() as session:
        row = take_row(session, take_id)
        require_version(row, expected_version)
        note_edits(session, row, {"excluded_reason": (row.excluded_reason, excluded)}, *because)
        row.excluded_reason = excluded
        renew_for_take(session, row)


def require_version(row: TakeRow, expected_version: int | None) -> None:
    """Refuse a change of a take that somebody else changed since it was looked at.

    Raises
    ------
    RecordConflictError
        If the take's version is not the expected one; None asks for none.
    """
    if expected_version not in (None, row.version):
        msg = f"take {row.id} was changed by somebody else meanwhile: load it again"
        raise RecordConflictError(msg)


def _takes_of_all(
    record: Record, wanted: Select[AnalysisRow, str | None]
) -> tuple[TakeSummary, ...]:
    query = (
        wanted.join(PatientRow, TakeRow.patient_id == PatientRow.id)
        .where(TakeRow.excluded_reason.is_(None))
        .add_columns(PatientRow)
    )
    with record.reading() as session:
        rows = session.execute(query)
        return tuple(_summary(row, patient, signed) for row, signed, patient in rows)


def _current_analyses() -> Select[AnalysisRow]:
    return (
        select(AnalysisRow)
        .join(AnalysisRow.take)
        .where(AnalysisRow.is_current)
        .options(contains_eager(AnalysisRow.take))
    )


def _newest_first() -> Select[AnalysisRow, str | None]:
    """Return the query of takes, each with who answers for it."""
    kept_measurements = AnalysisRow.measurements.and_(MeasurementRow.excluded_reason.is_(None))
    kept_repetitions = AnalysisRow.repetitions.and_(RepetitionRow.excluded_reason.is_(None))
    return (
        _current_analyses()
        .outerjoin(
            SignOffRow,
            and_(SignOffRow.analysis_id == AnalysisRow.id, SignOffRow.withdrawn_at.is_(None)),
        )
        .outerjoin(AuthorRow, SignOffRow.author_id == AuthorRow.id)
        .add_columns(AuthorRow.name)
        .order_by(TakeRow.started_at.desc(), TakeRow.created_at.desc(), TakeRow.id)
        .options(selectinload(kept_measurements), selectinload(kept_repetitions))
    )


def _summary(row: AnalysisRow, patient: PatientRow, signed_off_by: str | None) -> TakeSummary:
    take = row.take
    started_at = take.started_at.astimezone(zone_of(take))
    subject = Subject(
        birth_year=patient.birth_year, sex=patient.sex_for_norms, day=started_at.date()
    )
    return TakeSummary(
        id=take.id,
        analysis_id=row.id,
        session_id=take.session_id,
        patient_code=patient.code,
        kind=take.kind,
        started_at=started_at,
        movement=row.movement,
        side=row.side,
        conditions=conditions_of(row),
        view=row.view_name,
        model=model_of(row),
        software=row.software,
        duration_s=take.duration_s,
        rate_hz=take.rate_hz,
        person_found=row.person_found,
        measurements=gate_scores(measurements_of(row.measurements), subject.ages_y),
        repetitions=repetitions_of(row.repetitions),
        excluded_reason=take.excluded_reason,
        digest=take.digest,
        settings=settings_of(row),
        retest_marked_at=take.retest_marked_at,
        signed_off_by=signed_off_by,
        hand_points=row.hand_points,
        made_up=patient.made_up,
    )


def _not_found(take_id: UUID) -> RecordNotFoundError:
    return RecordNotFoundError(f"no take {take_id} in the record: go back to the patient's list")
