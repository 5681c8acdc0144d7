"""A recording through the live path, picture after picture and as fast as it goes."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from motion.capture import Video
from motion.exercise.coach_state import CoachState
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.live.exercising import Exercising
from motion.model import CoachedRepetition, LivePose, PoseRecording
from motion.pose import MediaPipeEstimator, PoseEstimator

__all__ = ["Followed", "follow_video"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Followed:
    """What the live path made of a recording.

    Parameters
    ----------
    recording
        The poses as they would have been kept.
    states
        The coach's, one a picture.
    repetitions
        What it counted, at the end.
    """

    recording: PoseRecording
    states: tuple[CoachState, ...]
    repetitions: tuple[CoachedRepetition, ...]


def follow_video(
    path: Path,
    exercise: Exercise,
    prescription: Prescription,
    *,
    estimator: PoseEstimator | None = None,
) -> Followed:
    """Coach a recording as if it were live, without waiting and without leaving anything out.

    Parameters
    ----------
    path
        The recording.
    exercise, prescription
        What is done in it; there is no set-up.
    estimator
        Finds the body; the installed model by default. Closed here.

    Raises
    ------
    SourceError
        If the recording cannot be read.
    """
    states: list[CoachState] = []
    poses: list[LivePose] = []
    with Video(path) as video, closing(estimator or MediaPipeEstimator()) as finder:
        doing: Exercising | None = None
        for frame in video:
            if doing is None:
                doing = Exercising(finder, video.size_px, exercise, prescription, with_setup=False)
            seen = doing.look(frame.image_bgr, frame.time_s)
            poses.append(seen.raw)
            if seen.coach is not None:
                states.append(seen.coach)
        size_px = video.size_px
    return Followed(
        recording=_as_recording(poses, size_px),
        states=tuple(states),
        repetitions=doing.coach.finish() if doing and doing.coach else (),
    )


def _as_recording(poses: Sequence[LivePose], size_px: tuple[int, int]) -> PoseRecording:
    return PoseRecording(
        time_s=np.array([pose.time_s for pose in poses]),
        image_px=np.stack([pose.image_px for pose in poses]),
        world_m=np.stack([pose.world_m for pose in poses]),
        visibility=np.stack([pose.visibility for pose in poses]),
        presence=np.stack([pose.presence for pose in poses]),
        width_px=size_px[0],
        height_px=size_px[1],
    )
