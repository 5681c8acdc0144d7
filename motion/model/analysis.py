"""All that one pass over one recording found: what is written, stored and shown."""

from dataclasses import dataclass, field
from datetime import datetime

from motion.model.angles import AngleTable
from motion.model.cameras import CameraUse
from motion.model.gait import Event, Gait
from motion.model.measure import Measurement, Repetition
from motion.model.people import PersonReport
from motion.model.poses import PoseRecording
from motion.model.provenance import Provenance
from motion.model.take import Side, TakeConditions
from motion.model.view import View, ViewPass

__all__ = ["Analysis", "SideCounts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCounts:
    """In how many frames the model's left and right were put back, and what stayed unclear.

    Parameters
    ----------
    swapped_leg_frames, swapped_arm_frames
        Frames in which legs or arms changed sides and were put back.
    ambiguous_frames
        Frames in which left and right could not be told; they are as the model gave them.
    suspicion
        Why left and right may be exchanged in the whole recording; empty where nothing says so.
    """

    swapped_leg_frames: int = 0
    swapped_arm_frames: int = 0
    ambiguous_frames: int = 0
    suspicion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """The result of one take.

    Parameters
    ----------
    movement
        The angle or exercise that was asked for; empty where none was.
    side
        The side that was asked for.
    started_at
        When the recording began (timezone aware).
    neutral
        Named zeros in degrees, such as the slope of the flat foot's landmark line.
    counted_on
        Column stem of the angle the repetitions were counted on; empty where none.
    rest_deg
        The angle's resting level for the repetitions; NaN where none were looked for.
    incomplete_repetitions
        Repetitions cut off by the end of the take: seen, not counted.
    events
        Contacts and foot offs of walking.
    gait
        Walks, steps and strides; None where walking was not asked for.
    person
        Who was measured, and who else was in view.
    cameras
        What became of each camera where several saw the take; empty of one.
    passes
        The parts of the take between turns, each with its view; one where nobody turned.
    sides
        What was found of swapped sides in the landmarks.
    timings
        Seconds per stage: ``decode_s, pose_s, measure_s, write_s, total_s``.
    """

    movement: str
    side: Side
    started_at: datetime
    conditions: TakeConditions
    view: View
    recording: PoseRecording
    angles: AngleTable
    measurements: tuple[Measurement, ...]
    repetitions: tuple[Repetition, ...]
    provenance: Provenance
    counted_on: str = ""
    rest_deg: float = float("nan")
    incomplete_repetitions: int = 0
    events: tuple[Event, ...] = ()
    gait: Gait | None = None
    neutral: dict[str, float] = field(default_factory=dict)
    person: PersonReport = field(default_factory=PersonReport)
    sides: SideCounts = field(default_factory=SideCounts)
    warnings: tuple[str, ...] = ()
    passes: tuple[ViewPass, ...] = ()
    cameras: tuple[CameraUse, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def person_found(self) -> bool:
        """Whether anybody was seen in any frame."""
        return bool(self.recording.detected.any())
