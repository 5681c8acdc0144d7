"""Writes takes and corrections: files first, then one transaction, whole or not at all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.arrays import pack_angles, pack_landmarks
from motion.clinic.corrections import corrections_of
from motion.clinic.edits import author_id_of, note_edits, require_reason
from motion.clinic.orphans import sweep_daily
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.renewal import renew_for_take
from motion.clinic.rows import analysis_row, is_turned, said_values, take_values
from motion.clinic.tables import AnalysisRow, MeasurementRow, SessionRow, TakeRow
from motion.clinic.takes import load_take, take_row
from motion.clinic.values import StoredTake, TakeKind
from motion.errors import InputError, RecordConflictError
from motion.model import Analysis, Side

__all__ = [
    "Arrays",
    "TakeFiles",
    "add_analysis",
    "new_take",
    "put_arrays",
    "put_take",
    "store_analysis",
]

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def store_analysis(
    record: Record,
    analysis: Analysis,
    patient_code: str,
    *,
    source: Path | None = None,
    annotated: Path | None = None,
    author: str | None = None,
    kind: TakeKind = TakeKind.POSE,
) -> StoredTake:
    """Store a take with its first analysis, in the session of its day and circumstances.

    Parameters
    ----------
    source, annotated
        Videos to keep, where somebody ticked so.

    Raises
    ------
    RecordNotFoundError, OutputError
        If there is no such patient; if the disk is full.
    """
    files = put_take(record, analysis, patient_code, source, annotated)
    with record.writing() as session:
        take = new_take(record, session, analysis, patient_code, files, kind, author)
        session.add(take)
        session.flush()
        take_id = take.id
    sweep_daily(record)
    return load_take(record, take_id)


def add_analysis(
    record: Record,
    take_id: UUID,
    analysis: Analysis,
    reason: str,
    author: str | None = None,
    *,
    expected: UUID | None = None,
    notes: Mapping[str, tuple[str | None, str | None]] | None = None,
) -> StoredTake:
    """Make a corrected or repeated analysis the current one; the one before is kept.

    Parameters
    ----------
    expected
        The analysis that was corrected; refused when another one has become current since.
    notes
        What the rows do not show of the correction, ``{what: (before, after)}``.

    Raises
    ------
    InputError, RecordConflictError
        If the reason is missing or the recording another; if somebody else corrected it meanwhile.
    """
    reason = require_reason(reason)
    arrays = put_arrays(record, analysis)
    with record.writing() as session:
        _require_files(record, *arrays)
        take = take_row(session, take_id)
        before = _current(session, take, analysis, expected)
        before.is_current = False
        session.flush()  # the index allows one current analysis at every moment
        after = _reading(analysis, arrays, author_id_of(session, author))
        after.take_id, after.parent_id = take.id, before.id
        _keep_left_out(before, after)
        session.add(after)
        session.flush()
        note_edits(session, take, {"analysis": (before.id, after.id)}, reason, author)
        note_edits(session, after, dict(notes or {}), reason, author)
        note_edits(session, after, corrections_of(before, after), reason, author)
        renew_for_take(session, take)
    return load_take(record, take_id)


def _keep_left_out(before: AnalysisRow, after: AnalysisRow) -> None:
    """Leave a number out that somebody left out, until somebody takes it in again.

    Where left and right of the whole take were exchanged between the two, it is the other side's:
    what was found wrong is the limb in the picture, whatever it is called.
    """
    turned = is_turned(before) is not is_turned(after)
    reasons = {_which(row): row.excluded_reason for row in before.measurements}
    for row in after.measurements:
        measure, joint, motion, side = _which(row)
        was = _OTHER.get(side, side) if turned else side
        row.excluded_reason = reasons.get((measure, joint, motion, was))


def _which(row: MeasurementRow) -> tuple[str, str, str, Side]:
    return row.measure, row.joint, row.motion, row.side


class Arrays(NamedTuple):
    """The files of an analysis that hold its arrays."""

    landmarks_digest: str
    angles_digest: str


class TakeFiles(NamedTuple):
    """The files of a take in the record's folder, written and not yet named by any row."""

    arrays: Arrays
    source_digest: str | None
    annotated_digest: str | None


def put_take(
    record: Record,
    analysis: Analysis,
    patient_code: str,
    source: Path | None,
    annotated: Path | None,
) -> TakeFiles:
    """Write the files of a take; the rows come after them.

    Raises
    ------
    InputError
        If the zone of the take's time is missing, or the source is not what was analysed.
    RecordNotFoundError, OutputError
        If there is no such patient; if the disk is full.
    """
    _require_zone(analysis)
    with record.reading() as session:
        patient_row(session, patient_code)  # before a long video is copied for nothing
    return TakeFiles(
        put_arrays(record, analysis),
        None if source is None else _put_source(record, source, analysis),
        None if annotated is None else record.files.put_file(annotated),
    )


def put_arrays(record: Record, analysis: Analysis) -> Arrays:
    """Write the landmarks and the curves of an analysis; the rows come after them."""
    put = record.files.put_bytes
    return Arrays(put(pack_landmarks(analysis.recording)), put(pack_angles(analysis.angles)))


def new_take(
    record: Record,
    session: Session,
    analysis: Analysis,
    patient_code: str,
    files: TakeFiles,
    kind: TakeKind,
    author: str | None,
) -> TakeRow:
    """Return the rows of a take with its first analysis, in its session; not yet added.

    Raises
    ------
    RecordConflictError
        If one of its files was swept away meanwhile.
    """
    _require_files(record, *files.arrays, files.source_digest, files.annotated_digest)
    patient = patient_row(session, patient_code)
    author_id = author_id_of(session, author)
    return TakeRow(
        **said_values(analysis),
        **take_values(analysis),
        kind=kind,
        landmarks_digest=files.arrays.landmarks_digest,
        source_digest=files.source_digest,
        annotated_digest=files.annotated_digest,
        patient_id=patient.id,
        session_id=_session_id(session, patient.id, analysis, author_id),
        author_id=author_id,
        analyses=[_reading(analysis, files.arrays, author_id)],
    )


def _reading(analysis: Analysis, arrays: Arrays, author_id: UUID | None) -> AnalysisRow:
    row = analysis_row(analysis)
    row.landmarks_digest, row.angles_digest = arrays
    row.author_id = author_id
    return row


def _put_source(record: Record, source: Path, analysis: Analysis) -> str:
    digest = record.files.put_file(source)
    if digest != analysis.provenance.input.sha256:
        msg = f"{source} is not the recording that was analysed: it changed; analyse it again"
        raise InputError(msg)
    return digest


def _require_files(record: Record, *digests: str | None) -> None:
    # A sweep holds the write lock too: what is here now stays.
    if not all(record.files.has(digest) for digest in digests if digest is not None):
        msg = f"a file of the take vanished from {record.files.folder}: store the take again"
        raise RecordConflictError(msg)


def _session_id(
    session: Session, patient_id: UUID, analysis: Analysis, author_id: UUID | None
) -> UUID:
    said = analysis.conditions
    key = {
        "patient_id": patient_id,
        "day": analysis.started_at.date(),  # the day where it was recorded, not in UTC
        "setting": said.setting,
        "mode": said.mode,
        "position": said.position,
    }
    row = session.scalar(select(SessionRow).filter_by(**key))
    if row is None:
        row = SessionRow(**key, author_id=author_id)
        session.add(row)
        session.flush()
    return row.id


def _current(
    session: Session, take: TakeRow, analysis: Analysis, expected: UUID | None
) -> AnalysisRow:
    if analysis.provenance.input.sha256 != take.digest:
        msg = f"analysis is not of take {take.id}: the recordings differ; store it as a new take"
        raise InputError(msg)
    current = session.scalars(
        select(AnalysisRow).where(AnalysisRow.take_id == take.id, AnalysisRow.is_current)
    ).one()
    if expected not in (None, current.id):
        msg = f"take {take.id} was corrected by somebody else meanwhile: load it again"
        raise RecordConflictError(msg)
    return current


def _require_zone(analysis: Analysis) -> None:
    if analysis.started_at.utcoffset() is None:
        msg = f"started_at must have a zone, got {analysis.started_at.isoformat()}: add one"
        raise InputError(msg)
