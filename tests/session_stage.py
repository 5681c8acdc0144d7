"""A live session whose pictures are handed over one by one, with bodies that are known."""

from pathlib import Path

import numpy as np
from coach_makers import angles, asked, knee_bend
from journal_makers import make_header
from makers import HEIGHT_PX, WIDTH_PX, make_recording

from motion.capture.live import FrameQueue
from motion.live.journal import Journal
from motion.live.session import LiveSession
from motion.live.snapshot import LiveSnapshot
from motion.model import LiveEnd, PoseRecording
from motion.pose import FakeEstimator, FramePose
from motion.settings import AnalysisSettings

STILL = (1.5, 0.0)
REPETITION = ((1.0, 90.0), (1.0, 0.0), (0.6, 0.0))
PICTURE = np.full((HEIGHT_PX, WIDTH_PX, 3), 120, dtype=np.uint8)


def film(pieces: list[tuple[float, float]], rate_hz: float = 30.0) -> PoseRecording:
    """Film a left knee that bends along the pieces, from the left."""
    times, knee = (np.array(column) for column in zip(*angles(pieces, rate_hz), strict=True))
    pose = {"knee_flexion": knee, "hip_flexion": knee / 2}
    return make_recording(pose, times)


def bodies(recording: PoseRecording) -> list[FramePose]:
    return [
        FramePose(
            image_px=np.array(recording.image_px[row], dtype=float),
            world_m=np.array(recording.world_m[row], dtype=float),
            visibility=np.array(recording.visibility[row], dtype=float),
            presence=np.array(recording.presence[row], dtype=float),
        )
        for row in range(len(recording))
    ]


class Stage:
    """A session whose pictures are handed over one by one, each after the last was looked at."""

    def __init__(self, root: Path, recording: PoseRecording, **changes: object) -> None:
        self.queue = FrameQueue(depth_n=len(recording) + 1)
        self.estimator = FakeEstimator(bodies(recording))
        prescription = changes.pop("prescription", asked(target_deg=90.0))
        settings = AnalysisSettings(movement="knee_flexion", target_deg=90.0)
        self.journal = Journal.create(
            root, make_header(prescription=prescription, settings=settings)
        )
        self.seen: list[LiveSnapshot] = []
        given = {"estimator": self.estimator, "with_setup": False} | changes
        self.session = LiveSession(
            prescription,  # type: ignore[arg-type]
            knee_bend(),
            queue=self.queue,
            journal=self.journal,
            on_snapshot=self.seen.append,
            **given,  # type: ignore[arg-type]
        )
        for time_s in recording.time_s:
            self.queue.put(PICTURE, 100.0 + float(time_s))

    def run(self, end: LiveEnd = LiveEnd.FINISHED, message: str = "") -> LiveSnapshot:
        self.queue.close(end, message)
        self.session.start()
        assert self.session.wait(60.0)
        return self.session.snapshot()
