"""A stored take's numbers once more, with what a person corrected by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.exercise.repetition_edits import (
    RepetitionEdit,
    apply_repetition_edits,
    find_left_out_times,
)
from motion.kinematics.landmark_edits import LandmarkEdit, apply_landmark_edits
from motion.measuring import find_side_conflict, measure_again
from motion.model import (
    Analysis,
    BoolArray,
    Mirrored,
    NearSide,
    PoseRecording,
    Side,
    TakeConditions,
)
from motion.pose.sides import mirror_recording, swap_frames
from motion.settings import AnalysisSettings, recall_settings

__all__ = ["Correction", "SideSwap", "measure_corrected"]

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSwap:
    """Left and right were exchanged from one time to another, both frames included."""

    start_s: float = 0.0
    end_s: float = float("inf")

    @property
    def text(self) -> str:
        """When it was."""
        if self.start_s <= 0 and np.isinf(self.end_s):
            return "the whole take"
        return f"{self.start_s:.2f} to {self.end_s:.2f} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """All that somebody corrects in one go, in the names and sides of the stored analysis.

    Parameters
    ----------
    landmarks
        Landmarks placed by hand; they are put in before sides are exchanged.
    swaps
        When left and right were exchanged; the same frames twice are as they were.
    repetitions
        Repetitions moved, added or removed.
    side
        The side that was planned; None leaves it.
    conditions
        What the take says about itself; None leaves it. Where the picture turns out to be a mirror
        image, or none, the landmarks are turned round.
    """

    landmarks: tuple[LandmarkEdit, ...] = ()
    swaps: tuple[SideSwap, ...] = ()
    repetitions: tuple[RepetitionEdit, ...] = ()
    side: Side | None = None
    conditions: TakeConditions | None = None


def measure_corrected(analysis: Analysis, correction: Correction) -> Analysis:
    """Measure an analysis again with a correction; the analysis itself stays as it is.

    What was corrected before stays corrected: landmarks in the recording, repetitions, events and
    sides in the settings (:func:`motion.settings.recall_settings`). After sides were exchanged
    nothing puts them back, and which side was near the camera is found anew. Where the whole take
    is turned round and it was not the planned side then that did it, the other one is measured:
    the plan stays what was planned, and the analysis says the side that was done.

    Raises
    ------
    InputError
        If a correction cannot be: a landmark, a repetition, or sides of several cameras.
    """
    before = settings = recall_settings(analysis)
    recording = apply_landmark_edits(
        analysis.recording, correction.landmarks, settings.cleaning.max_gap_s
    )
    if correction.repetitions:
        if analysis.gait is not None:
            msg = "a walk has steps and no repetitions: correct its events instead"
            raise InputError(msg)
        end_s = float(recording.time_s[-1]) if len(recording) else 0.0
        counted = apply_repetition_edits(analysis.repetitions, correction.repetitions, end_s=end_s)
        times = find_left_out_times(settings.left_out, correction.repetitions)
        settings = replace(settings, repetitions=counted, left_out=times)
    if correction.swaps:
        recording, settings = _exchange(recording, settings, correction.swaps)
    if correction.side is not None:
        settings = replace(settings, side=correction.side, done_side=None)
    if correction.conditions is not None:
        recording, settings = _take_over(recording, settings, correction.conditions)
    measured = measure_again(replace(analysis, recording=recording), settings)
    turned = settings.sides_exchanged is not before.sides_exchanged
    if turned and correction.side is None and find_side_conflict(measured):
        done = replace(settings, done_side=_OTHER[measured.side])
        return measure_again(replace(analysis, recording=recording), done)
    return measured


def _exchange(
    recording: PoseRecording, settings: AnalysisSettings, swaps: Sequence[SideSwap]
) -> tuple[PoseRecording, AnalysisSettings]:
    _require_one_camera(recording)
    frames = np.zeros(len(recording), dtype=bool)
    for swap in swaps:
        frames ^= _frames_of(swap, recording)
    swapped = swap_frames(recording, frames)
    if np.all(frames) and len(frames):
        settings = _rename_sides(settings)
    near = replace(settings.conditions, near_side=NearSide.UNKNOWN)
    return swapped, replace(settings, sides_said=True, conditions=near)


def _frames_of(swap: SideSwap, recording: PoseRecording) -> BoolArray:
    frames = (recording.time_s >= swap.start_s) & (recording.time_s <= swap.end_s)
    if not np.any(frames):
        msg = f"no frame lies in {swap.text}: choose a time within the take"
        raise InputError(msg)
    return np.asarray(frames)


def _rename_sides(settings: AnalysisSettings) -> AnalysisSettings:
    """Give what somebody said of one side to the other; the planned side stays as planned."""
    repetitions, gait = settings.repetitions, settings.gait
    if repetitions is not None:
        repetitions = tuple(replace(r, side=_OTHER.get(r.side, r.side)) for r in repetitions)
    if gait is not None and gait.events is not None:
        events = tuple(replace(e, side=_OTHER.get(e.side, e.side)) for e in gait.events)
        gait = replace(gait, events=events)
    times = tuple(replace(t, side=_OTHER.get(t.side, t.side)) for t in settings.left_out)
    return replace(
        settings,
        repetitions=repetitions,
        gait=gait,
        left_out=times,
        sides_exchanged=not settings.sides_exchanged,
        done_side=None,
    )


def _take_over(
    recording: PoseRecording, settings: AnalysisSettings, said: TakeConditions
) -> tuple[PoseRecording, AnalysisSettings]:
    was, is_now = (each.mirrored is Mirrored.YES for each in (settings.conditions, said))
    if was == is_now:
        return recording, replace(settings, conditions=said)
    _require_one_camera(recording)
    said = replace(said, near_side=NearSide.UNKNOWN)
    settings = replace(_rename_sides(settings), conditions=said)
    return mirror_recording(recording), settings


def _require_one_camera(recording: PoseRecording) -> None:
    if recording.triangulated is not None:
        msg = (
            "sides of a take of several cameras cannot be exchanged in one of them: measure the "
            "recordings again, or leave the take out"
        )
        raise InputError(msg)
