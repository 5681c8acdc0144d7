"""From a live take's journal to its numbers: the offline pipeline, on the kept landmarks."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion import __version__
from motion.errors import NoPersonError
from motion.exercise.functional import TIMED_FROM_GO
from motion.exercise.prescription import Dose
from motion.kinematics import take_frames
from motion.library import find_test
from motion.live.differing import say_difference
from motion.live.journal_reading import JournalTake, read_journal
from motion.live.plain import from_plain
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    CoachedRepetition,
    Compensated,
    InputFile,
    LiveEnd,
    LiveFacts,
    ModelInfo,
    NeutralPose,
    PersonReport,
    PoseRecording,
    Provenance,
    Side,
)

__all__ = ["LiveTake", "finish_take"]


_SEEN: Final = ("image_px", "world_m", "visibility", "presence")
_LOST: Final = (
    "The person was lost {times} time(s) while somebody was in view, and went on after lifting a "
    "hand or pressing the button; what was seen between is left out."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiveTake:
    """A live take's numbers, and what it knows of itself."""

    analysis: Analysis
    facts: LiveFacts


def finish_take(folder: Path) -> LiveTake:
    """Measure the landmarks of a live take as those of a recording, from the neutral pose on.

    The results are the take's; the coach's own counts are kept beside them, and where the two
    differ the facts say so. What was never ended counts as crashed.

    Parameters
    ----------
    folder
        Of the journal.

    Raises
    ------
    SourceError
        If it holds no journal.
    NoPersonError
        If the take has no picture after set-up.
    """
    take = read_journal(folder)
    begun = _last_values(take, "begun")
    recording = _from(take.recording, float(begun.get("begun_s") or 0.0))
    if not begun or len(recording) < 2:
        msg = "the take ended before the exercise began; nothing was measured"
        raise NoPersonError(msg)
    asked_again = [note.values for note in take.find_notes("asked_again")]
    recording = _without(recording, asked_again)
    first_s = float(recording.time_s[0])
    recording = replace(recording, time_s=recording.time_s - first_s)
    pace = _last_values(take, "pace")
    header = take.header
    settings = replace(
        header.settings,
        conditions=replace(header.settings.conditions, mirrored=header.mirrored),
        go_s=_find_go(header.settings.movement, begun, first_s),
    )
    provenance = Provenance(
        input=_describe_input(recording, int(pace.get("dropped_n") or 0)),
        model=header.model or ModelInfo(name="unknown", sha256=""),
        software=f"physio-motion {__version__}",
        settings=(*settings.as_pairs(), ("source", header.source.value)),
    )
    analysis = measure_recording(
        recording,
        settings,
        provenance,
        header.started_at + timedelta(seconds=first_s),
        PersonReport(chosen_by=settings.person, measured_frames=int(np.sum(recording.detected))),
    )
    if asked_again:
        warnings = (*analysis.warnings, _LOST.format(times=len(asked_again)))
        analysis = replace(analysis, warnings=warnings)
    facts = _gather_facts(take, pace, begun, first_s)
    asked = header.prescription
    difference = say_difference(analysis, facts.repetitions, asked.dose) if asked else ""
    return LiveTake(analysis=analysis, facts=replace(facts, difference=difference))


def _find_go(movement: str, begun: dict[str, Any], first_s: float) -> float | None:
    """Return when set-up said "Go!" of a test that is timed from it; None of all else."""
    go_s = begun.get("go_s")
    if go_s is None or find_test(movement) not in TIMED_FROM_GO:
        return None
    return float(go_s) - first_s


def _from(recording: PoseRecording, begun_s: float) -> PoseRecording:
    return take_frames(recording, slice(int(np.searchsorted(recording.time_s, begun_s)), None))


def _without(recording: PoseRecording, spans: Sequence[dict[str, Any]]) -> PoseRecording:
    """Take out what was seen while it was asked who is there: it may be anybody's."""
    away = np.zeros(len(recording), dtype=bool)
    for span in spans:
        to_s = math.inf if span["to_s"] is None else float(span["to_s"])
        away |= (recording.time_s >= float(span["from_s"])) & (recording.time_s <= to_s)
    if not np.any(away):
        return recording
    parts: dict[str, Any] = {name: np.array(getattr(recording, name)) for name in _SEEN}
    for values in parts.values():
        values[away] = np.nan
    return replace(recording, **parts)


def _describe_input(recording: PoseRecording, dropped_n: int) -> InputFile:
    duration_s = float(recording.time_s[-1])
    return InputFile(
        name="live",
        extension="live",
        sha256=_digest(recording),
        frames=len(recording),
        duration_s=duration_s,
        rate_hz=(len(recording) - 1) / duration_s if duration_s > 0 else 0.0,
        dropped=dropped_n,
        duplicated=0,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )


def _digest(recording: PoseRecording) -> str:
    """Return what stands for a file's digest: there is no file, the landmarks are the take."""
    digest = hashlib.sha256()
    for array in (recording.time_s, recording.image_px, recording.visibility):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _last_values(take: JournalTake, kind: str) -> dict[str, Any]:
    notes = take.find_notes(kind)
    return notes[-1].values if notes else {}


def _gather_facts(
    take: JournalTake, pace: dict[str, Any], begun: dict[str, Any], first_s: float
) -> LiveFacts:
    header, coach = take.header, _last_values(take, "coach")
    asked = header.prescription
    scores = [int(note.values["score"]) for note in take.find_notes("answer_pain")]
    before = _last_values(take, "pain_before").get("score")
    neutral = begun.get("neutral")
    counted = [from_plain(CoachedRepetition, each) for each in coach.get("counted", ())]
    dose = asked.dose if asked else Dose()
    return LiveFacts(
        exercise=header.exercise,
        side=asked.side if asked else Side.NONE,
        source=header.source,
        rate_hz=float(pace.get("rate_hz") or 0.0),
        dropped_frames=int(pace.get("dropped_n") or 0),
        delay_p95_ms=float(pace.get("delay_p95_ms") or 0.0),
        end=take.end or LiveEnd.CRASHED,
        sets_wanted=asked.dose.sets if asked else 0,
        repetitions_wanted=asked.dose.repetitions if asked else 0,
        hold_wanted_s=dose.hold_s,
        repetitions=_shift([_judge_held(each, dose) for each in counted], first_s),
        compensations=tuple(
            from_plain(Compensated, each) for each in coach.get("compensations", ())
        ),
        neutral=_shift_neutral(from_plain(NeutralPose, neutral), first_s) if neutral else None,
        pain_before=None if before is None else int(before),
        pain_during=max(scores, default=None),
        pain_pressed=bool(take.find_notes("press_pain")),
    )


def _judge_held(counted: CoachedRepetition, dose: Dose) -> CoachedRepetition:
    """Call whole what the patient was told is whole: far enough, and held as prescribed."""
    return replace(counted, full=counted.full and dose.is_held(counted.hold_s))


def _shift_neutral(neutral: NeutralPose, first_s: float) -> NeutralPose:
    return replace(neutral, start_s=neutral.start_s - first_s, end_s=neutral.end_s - first_s)


def _shift(counted: Sequence[CoachedRepetition], first_s: float) -> tuple[CoachedRepetition, ...]:
    """Return the repetitions at the take's own times, which begin with the neutral pose."""
    return tuple(
        replace(
            each,
            start_s=each.start_s - first_s,
            peak_s=each.peak_s - first_s,
            end_s=each.end_s - first_s,
        )
        for each in counted
    )
