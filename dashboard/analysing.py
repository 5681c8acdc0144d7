"""What happens to a recording that somebody wants measured: one answer, and nothing left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from dashboard.uploads import is_marker_file, local_copy, private_folder
from motion.capture import hash_file
from motion.clinic import (
    Record,
    TakeKind,
    add_analysis,
    ensure_patient,
    find_patient,
    find_take,
    load_take,
    open_record,
    store_analysis,
)
from motion.errors import SourceError
from motion.measuring import find_side_conflict, measure_again
from motion.model import Analysis, Side
from motion.pipeline import ProgressReport, analyse_video, write_annotated
from motion.pipeline_markers import analyse_markers
from motion.settings import AnalysisSettings

__all__ = ["Answer", "Request", "answer_request", "store_other_side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A recording, and what is to be done with it.

    Parameters
    ----------
    source
        A file of this computer, or an upload.
    suffix
        The ending of an upload's name.
    again
        Whether a recording that is stored already is measured once more.
    """

    source: Path | BinaryIO
    settings: AnalysisSettings
    patient: str
    suffix: str = ""
    keep_video: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request.

    Parameters
    ----------
    take_id
        The stored take; None where the user must decide first.
    stored_already
        Whether the recording was in the record before.
    conflict
        Why nothing was stored: another side moved than was planned.
    other_side
        The same recording measured for that other side, if there was a conflict.
    """

    patient: str
    take_id: UUID | None = None
    stored_already: bool = False
    conflict: str = ""
    other_side: Analysis | None = None


def answer_request(request: Request, on_progress: ProgressReport) -> Answer:
    """Measure a recording and store it, unless the user must be asked first.

    Raises
    ------
    MotionError
        If it cannot be read, measured or stored.
    """
    request = _withholding(request)
    settings, code = request.settings, request.patient
    with _at_hand(request, on_progress) as video:
        stored = _find_stored(request, video)
        if stored is not None and not request.again:
            return Answer(patient=code, take_id=stored, stored_already=True)
        analysis = _analyse(video, settings, on_progress)
        conflict = find_side_conflict(analysis)
        if conflict:
            other = _measure_other(analysis, settings)
            return Answer(patient=code, conflict=conflict, other_side=other)
        with private_folder() as folder, open_record() as record:
            annotated = _annotate(request, analysis, video, folder, on_progress)
            on_progress("Storing", 0, 0)
            ensure_patient(record, code)
            take_id = _store(record, request, analysis, annotated, stored)
    return Answer(patient=code, take_id=take_id)


def _analyse(path: Path, settings: AnalysisSettings, on_progress: ProgressReport) -> Analysis:
    if not is_marker_file(path.suffix):
        return analyse_video(path, settings, on_progress=on_progress)
    on_progress("Measuring the markers", 0, 0)
    return analyse_markers(path, settings)


def _withholding(request: Request) -> Request:
    """Return the request without what is never measured in this patient."""
    with open_record() as record:
        patient = find_patient(record, request.patient)
    withheld = patient.withheld_joints if patient else ()
    return replace(request, settings=replace(request.settings, withheld_joints=withheld))


@contextmanager
def _at_hand(request: Request, on_progress: ProgressReport) -> Iterator[Path]:
    if isinstance(request.source, Path):
        yield request.source
        return
    on_progress("Copying the recording", 0, 0)
    with local_copy(request.source, request.suffix) as video:
        yield video


def _find_stored(request: Request, video: Path) -> UUID | None:
    try:
        digest = hash_file(video)
    except OSError as error:
        msg = f"{video}: cannot be read ({error.strerror}); check the path"
        raise SourceError(msg) from error
    with open_record() as record:
        return find_take(record, request.patient, digest, request.settings.movement)


def store_other_side(answer: Answer) -> UUID:
    """Store what was measured for the side that really moved, as the user decided."""
    if answer.other_side is None:
        msg = "there is no other side to store"
        raise ValueError(msg)
    with open_record() as record:
        ensure_patient(record, answer.patient)
        analysis = answer.other_side
        digest = analysis.provenance.input.sha256
        found = find_take(record, answer.patient, digest, analysis.movement)
        if found is None:
            return store_analysis(record, analysis, answer.patient).id
        before = load_take(record, found)
        if _said(before.analysis) != _said(analysis):  # else the button was pressed twice
            reason = f"measured for the {analysis.side} side"
            add_analysis(record, found, analysis, reason, expected=before.analysis_id)
        return found


def _said(analysis: Analysis) -> tuple[object, ...]:
    made_by = analysis.provenance
    settings = dict(made_by.settings)
    return analysis.side, analysis.conditions, settings, made_by.model.sha256, made_by.software


def _store(
    record: Record,
    request: Request,
    analysis: Analysis,
    annotated: Path | None,
    stored: UUID | None,
) -> UUID:
    if stored is None:
        suffix = analysis.provenance.input.extension
        kind = TakeKind.MARKERS if is_marker_file(suffix) else TakeKind.POSE
        return store_analysis(record, analysis, request.patient, annotated=annotated, kind=kind).id
    # The same recording again is another analysis of the same take, never a second take.
    before = load_take(record, stored).analysis_id
    return add_analysis(record, stored, analysis, "measured again", expected=before).id


def _annotate(
    request: Request, analysis: Analysis, video: Path, folder: Path, on_progress: ProgressReport
) -> Path | None:
    if not (request.keep_video and analysis.person_found) or is_marker_file(video.suffix):
        return None
    target = folder / "annotated.mp4"
    write_annotated(analysis, video, target, request.settings, on_progress=on_progress)
    return target


def _measure_other(analysis: Analysis, settings: AnalysisSettings) -> Analysis:
    other = Side.RIGHT if settings.side is Side.LEFT else Side.LEFT
    return measure_again(analysis, replace(settings, side=other))
