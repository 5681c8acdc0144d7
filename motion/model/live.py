"""What a camera gives while it runs, and what a live take says about itself afterwards."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from motion.model.poses import RealArray
from motion.model.skeleton import LANDMARKS
from motion.model.take import Side

__all__ = [
    "CoachedRepetition",
    "Compensated",
    "LiveEnd",
    "LiveFacts",
    "LivePose",
    "LiveSource",
    "NeutralPose",
    "PictureLight",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LivePose:
    """One body in one picture of a running camera.

    ``image_px (33, 2)``, ``world_m (33, 3)``, ``visibility (33,)``, ``presence (33,)``; NaN where
    nothing was seen. ``time_s`` counts from the take's first picture, by the capture clock.
    """

    time_s: float
    image_px: RealArray
    world_m: RealArray
    visibility: RealArray
    presence: RealArray

    @classmethod
    def nobody(cls, time_s: float) -> "LivePose":
        """Return the pose of a picture in which the person was not seen."""
        count = len(LANDMARKS)
        return cls(
            time_s=time_s,
            image_px=np.full((count, 2), np.nan),
            world_m=np.full((count, 3), np.nan),
            visibility=np.full(count, np.nan),
            presence=np.full(count, np.nan),
        )

    @property
    def detected(self) -> bool:
        """Whether anybody was found."""
        return bool(np.any(np.isfinite(self.visibility)))


class LiveSource(StrEnum):
    """Where the pictures of a live take came from."""

    CAMERA = "camera"
    NETWORK = "network"
    BROWSER = "browser"
    FILE = "file"
    """A recording played at its own pace."""


class LiveEnd(StrEnum):
    """How a live take ended."""

    FINISHED = "finished"
    """All that was prescribed was done, or the recording that was played ended."""
    STOPPED = "stopped"
    PAIN = "pain"
    CLOSED = "closed"
    """The page was closed."""
    SOURCE_LOST = "source_lost"
    """The camera was pulled out, or stopped sending."""
    CRASHED = "crashed"
    """The product itself ended; found when it was started again."""

    @property
    def interrupted(self) -> bool:
        """Whether the take ended without anybody's wish."""
        return self in (LiveEnd.CLOSED, LiveEnd.SOURCE_LOST, LiveEnd.CRASHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLight:
    """How bright the picture is: mean luma 0 to 255 of the body's box and of what is around it."""

    body: float
    around: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralPose:
    """Two seconds of standing, sitting or lying still before the exercise.

    Lengths and tilt only: no angle is ever zeroed on it (clinical_rules.md 1).

    Parameters
    ----------
    start_s, end_s
        When it was held.
    thigh_px, shank_px, trunk_px, upper_arm_px
        Median lengths in the picture, of the planned side or the nearer one; NaN where the
        segment was not in view.
    roll_deg
        The camera's tilt (:class:`motion.model.View`); NaN where it could not be told.
    off_plane_deg
        How far the camera stood off the plane that is measured in; NaN where not known.
    """

    start_s: float
    end_s: float
    thigh_px: float
    shank_px: float
    trunk_px: float
    upper_arm_px: float
    roll_deg: float
    off_plane_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachedRepetition:
    """A repetition as the coach counted it while it happened.

    ``direction`` is +1 or -1 as in :class:`motion.model.Repetition`; ``full`` is False of a
    partial one, and in a finished take of one that was not held as prescribed; ``set_number``
    counts from 1.
    """

    start_s: float
    peak_s: float
    end_s: float
    peak_deg: float
    side: Side
    direction: int
    full: bool
    hold_s: float
    set_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensated:
    """A compensation that was seen: how often it began, and for how long in all."""

    name: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """What a live take knows besides its landmarks: stored beside the take, never in its place.

    Parameters
    ----------
    exercise, side
        What was prescribed.
    source
        Where the pictures came from.
    rate_hz
        Pictures per second that were looked at.
    dropped_frames
        Pictures that came but were not looked at because newer ones waited.
    delay_p95_ms
        95th percentile of the time from capture to feedback.
    end
        How it ended.
    sets_wanted, repetitions_wanted
        The prescription; 0 where none was given.
    hold_wanted_s
        How long each repetition was to be held; 0 where nothing was.
    repetitions
        The coach's own counts; the take's are those of the offline pipeline.
    difference
        Where the two differ, in one sentence; empty where they agree.
    neutral
        The pose before the exercise; None where it was skipped.
    pain_before, pain_during, pain_after
        0 to 10; None where nobody was asked or answered.
    pain_pressed
        Whether the patient pressed Pain, answered or not.
    exertion
        Borg's CR10, 0 to 10; None where not answered.
    note
        The patient's own words to the physiotherapist.
    """

    exercise: str
    side: Side
    source: LiveSource
    rate_hz: float
    dropped_frames: int
    delay_p95_ms: float
    end: LiveEnd
    sets_wanted: int = 0
    repetitions_wanted: int = 0
    hold_wanted_s: float = 0.0
    repetitions: tuple[CoachedRepetition, ...] = ()
    compensations: tuple[Compensated, ...] = ()
    difference: str = ""
    neutral: NeutralPose | None = None
    pain_before: int | None = None
    pain_during: int | None = None
    pain_after: int | None = None
    pain_pressed: bool = False
    exertion: int | None = None
    note: str = ""
