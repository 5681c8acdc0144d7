"""Stores what a person corrected of a take, and goes back to how it was before."""

from uuid import UUID

import numpy as np
from sqlalchemy import select

from motion.clinic.correct_values import AnalysisVersion
from motion.clinic.corrections import corrections_of
from motion.clinic.edits import require_reason
from motion.clinic.record import Record
from motion.clinic.rows import analysis_row, to_analysis
from motion.clinic.store import add_analysis
from motion.clinic.tables import AnalysisRow, AuthorRow, EditRow
from motion.clinic.takes import take_row
from motion.clinic.values import StoredTake, TakeKind
from motion.errors import InputError, RecordNotFoundError
from motion.kinematics.landmark_edits import landmark_changes
from motion.model import Analysis

__all__ = ["correct_take", "list_analyses", "load_analysis", "restore_analysis"]


def correct_take(
    record: Record,
    take: StoredTake,
    measured: Analysis,
    reason: str,
    *,
    author: str | None = None,
) -> StoredTake:
    """Make a take's corrected analysis the current one; the one before is kept.

    An edit row says of each landmark, repetition, side, condition and number what it was and is.

    Parameters
    ----------
    take
        As it was loaded: refused where somebody else corrected it since.
    measured
        What :func:`motion.correcting.measure_corrected` made of its analysis.

    Raises
    ------
    InputError
        If the reason is missing, nothing was corrected, or the take is not of a pose.
    RecordConflictError
        If another analysis has become current since the take was loaded.
    """
    reason = require_reason(reason)
    if take.kind is not TakeKind.POSE:
        msg = f"take {take.id} is of {take.kind}: only what a pose model saw is corrected by hand"
        raise InputError(msg)
    before = take.analysis
    notes = landmark_changes(before.recording, measured.recording)
    if not notes and not _differs(before, measured):
        msg = "nothing was corrected: move a landmark, a repetition or a side, then store it"
        raise InputError(msg)
    return add_analysis(
        record, take.id, measured, reason, author, expected=take.analysis_id, notes=notes
    )


def restore_analysis(
    record: Record,
    take: StoredTake,
    analysis_id: UUID,
    reason: str,
    *,
    author: str | None = None,
) -> StoredTake:
    """Go back to an earlier analysis: a new one that says the same, with the reason.

    An analysis is never made current again itself. So the order in which analyses were made is
    the order in which they counted, and a sign-off that ended stays ended.

    Raises
    ------
    InputError
        If the reason is missing, or it is the current one already.
    RecordNotFoundError
        If the take has no such analysis.
    RecordConflictError
        If another analysis has become current since the take was loaded.
    """
    reason = require_reason(reason)
    if analysis_id == take.analysis_id:
        msg = "this analysis is the current one already: choose an earlier one"
        raise InputError(msg)
    earlier = load_analysis(record, take.id, analysis_id)
    notes = landmark_changes(take.analysis.recording, earlier.recording)
    return add_analysis(
        record, take.id, earlier, reason, author, expected=take.analysis_id, notes=notes
    )


def load_analysis(record: Record, take_id: UUID, analysis_id: UUID) -> Analysis:
    """Return any analysis of a take, current or not.

    Raises
    ------
    RecordNotFoundError
        If the take has no such analysis.
    RecordError
        If a file of it is missing or damaged.
    """
    with record.reading() as session:
        row = session.get(AnalysisRow, analysis_id)
        if row is None or row.take_id != take_id:
            msg = f"no analysis {analysis_id} of take {take_id}: choose one of its list"
            raise RecordNotFoundError(msg)
        return to_analysis(row.take, row, record.files)


def list_analyses(record: Record, take_id: UUID) -> tuple[AnalysisVersion, ...]:
    """Return the analyses of a take in the order in which they were made.

    Raises
    ------
    RecordNotFoundError
        If there is no such take.
    """
    rows = (
        select(AnalysisRow, AuthorRow.name)
        .outerjoin(AuthorRow, AnalysisRow.author_id == AuthorRow.id)
        .where(AnalysisRow.take_id == take_id)
        .order_by(AnalysisRow.created_at)
    )
    because = select(EditRow.after, EditRow.reason).where(
        EditRow.row_id == take_id, EditRow.field == "analysis"
    )
    with record.reading() as session:
        take_row(session, take_id)
        reasons = {str(made): reason for made, reason in session.execute(because)}
        return tuple(
            AnalysisVersion(
                id=row.id,
                number=number,
                created_at=row.created_at,
                author=author,
                software=row.software,
                is_current=row.is_current,
                hand_points=row.hand_points,
                reason=reasons.get(str(row.id), ""),
            )
            for number, (row, author) in enumerate(session.execute(rows), start=1)
        )


def _differs(before: Analysis, after: Analysis) -> bool:
    """Return whether anything that a person may correct is another, or a number of it."""
    same_place = np.array_equal(before.recording.image_px, after.recording.image_px, equal_nan=True)
    return not same_place or bool(corrections_of(analysis_row(before), analysis_row(after)))
