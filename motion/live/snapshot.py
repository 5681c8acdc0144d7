"""What a live session shows at one moment: the picture, the body, set-up or coach, the figures."""

from dataclasses import dataclass
from enum import StrEnum

from motion.capture.frames import Image
from motion.exercise.coach_state import CoachState
from motion.exercise.setup_state import SetupState
from motion.live.recording import RecordingState
from motion.model import LiveEnd, LivePose

__all__ = ["LiveSnapshot", "LiveStage", "LiveStats"]


class LiveStage(StrEnum):
    """Which part of a live session runs."""

    STARTING = "starting"
    """No picture came yet, or the model is being loaded."""
    SETUP = "setup"
    EXERCISE = "exercise"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStats:
    """How well the session keeps up.

    ``rate_hz`` pictures looked at per second, of the last ten; ``came_n`` pictures that came,
    ``dropped_n`` of them not looked at; ``delay_p95_ms`` 95th percentile from capture to
    feedback, over the take.
    """

    rate_hz: float
    came_n: int
    dropped_n: int
    delay_p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiveSnapshot:
    """One moment; the picture is unmirrored, mirroring is display only.

    ``number`` grows by one with each picture that was looked at; ``captured_s`` is when the picture
    was taken, by ``time.monotonic()``. ``recording`` is None where the exercise is coached.
    ``end`` and ``message`` say how and why the session ended.
    """

    number: int
    stage: LiveStage
    image_bgr: Image | None
    pose: LivePose | None
    setup: SetupState | None
    coach: CoachState | None
    stats: LiveStats
    recording: RecordingState | None = None
    captured_s: float = float("nan")
    end: LiveEnd | None = None
    message: str = ""
