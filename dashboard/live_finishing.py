"""What becomes of a live take when it ends: measured anew from its landmarks, stored, or asked."""

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from dashboard.uploads import private_folder
from motion.errors import NoPersonError, SourceError
from motion.live.finishing import LiveTake, finish_take
from motion.live.journal_reading import claim, discard, read_journal
from motion.live.picture import PICTURE, write_kept_video
from motion.live.storing import store_once
from motion.measuring import find_side_conflict, measure_again
from motion.model import Analysis, LiveFacts, Side
from motion.pipeline import ProgressReport
from motion.settings import recall_settings

__all__ = ["FinishedTake", "finish_and_store", "store_as_other_side", "store_as_planned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedTake:
    """What came of a live take.

    Parameters
    ----------
    folder
        Its journal; removed once the take is stored.
    patient, exercise, item_id
        Whose it is, what was done, and the line of the plan.
    take_id
        The stored take; None where nothing is stored, because somebody must decide first or
        because nothing was measured.
    analysis, facts
        What was measured and what the take says of itself; None where the exercise never began.
    conflict
        Why nothing is stored yet: another side moved than was planned.
    """

    folder: Path
    patient: str
    exercise: str
    item_id: UUID | None = None
    take_id: UUID | None = None
    analysis: Analysis | None = None
    facts: LiveFacts | None = None
    conflict: str = ""


def finish_and_store(folder: Path, report: ProgressReport) -> FinishedTake:
    """Measure a take from its journal and store it; the journal goes once the record has it.

    A take that ended before the exercise began holds nothing, and is discarded.

    Raises
    ------
    MotionError
        If it cannot be read, measured or stored; the journal stays then.
    """
    with claim(folder):
        finished = _finish(folder, report)
    if not finished.conflict:
        discard(folder)
    return finished


def _finish(folder: Path, report: ProgressReport) -> FinishedTake:
    report("Measuring what was recorded", 0, 0)
    header = read_journal(folder).header
    finished = FinishedTake(
        folder=folder,
        patient=header.patient_code,
        exercise=header.exercise or header.settings.movement,
        item_id=UUID(header.item_id) if header.item_id else None,
    )
    try:
        take = finish_take(folder)
    except NoPersonError:
        return finished
    finished = replace(finished, analysis=take.analysis, facts=take.facts)
    conflict = find_side_conflict(take.analysis)
    if conflict:
        return replace(finished, conflict=conflict)
    report("Storing", 0, 0)
    return _store(finished)


def store_as_other_side(finished: FinishedTake) -> FinishedTake:
    """Store a take for the side that really moved, as somebody decided.

    It does not count for the plan, which asked for the other side.
    """
    if finished.analysis is None or finished.facts is None:
        msg = "there is nothing to store of a take without pictures"
        raise ValueError(msg)
    side = Side.RIGHT if finished.analysis.side is Side.LEFT else Side.LEFT
    settings = replace(recall_settings(finished.analysis), side=side)
    analysis = measure_again(finished.analysis, settings)
    facts = replace(finished.facts, side=side)
    return _settle(replace(finished, analysis=analysis, facts=facts, item_id=None, conflict=""))


def store_as_planned(finished: FinishedTake) -> FinishedTake:
    """Store a take for the side that was planned, as somebody who was there decided."""
    return _settle(replace(finished, conflict=""))


def _settle(decided: FinishedTake) -> FinishedTake:
    with claim(decided.folder):
        stored = _store(decided)
    discard(decided.folder)
    return stored


def _store(finished: FinishedTake) -> FinishedTake:
    if finished.analysis is None or finished.facts is None:
        return finished
    take = LiveTake(analysis=finished.analysis, facts=finished.facts)
    with private_folder() as folder:
        annotated = _draw_video(finished.analysis, finished.folder, folder / "annotated.mp4")
        take_id = store_once(take, finished.patient, item_id=finished.item_id, annotated=annotated)
    return replace(finished, take_id=take_id)


def _draw_video(analysis: Analysis, journal: Path, target: Path) -> Path | None:
    """Draw the numbers on the picture, where somebody asked to keep it.

    A picture that was cut off with its program cannot be read; the take is stored without it.
    """
    picture = journal / PICTURE
    if not picture.is_file():
        return None
    recorded_at = read_journal(journal).header.started_at
    try:
        write_kept_video(analysis, picture, target, recorded_at=recorded_at)
    except SourceError:
        return None
    return target
