"""A clip played as live again and again, and a session that coaches it: for the live benchmarks."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from motion.capture import FrameQueue, LiveFeed, Video
from motion.capture.frames import Image
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise
from motion.live.journal import Journal
from motion.live.journal_header import JournalHeader
from motion.live.session import LiveSession
from motion.live.snapshot import LiveSnapshot
from motion.model import LiveSource, Side

SHARED = Path(__file__).resolve().parents[2] / "shared" / "validation" / "synthetic"
ENDLESS = Dose(sets=20, repetitions=200)


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip, and the rate at which it is played: 15 frames/s played at 30 move twice as fast."""

    path: Path
    rate_hz: float = 30.0
    exercise: str = "squat"


CLIPS = {"640x480": Clip(SHARED / "squat.mp4"), "1280x720": Clip(SHARED / "squat_hd.mp4")}


class LoopedClip:
    """A clip as a live source that does not end by itself; each picture is decoded anew."""

    kind = LiveSource.FILE
    waits_for_reader = True
    silence_s = float("inf")

    def __init__(self, clip: Clip, seconds: float) -> None:
        self.name = clip.path.name
        self._clip, self._seconds = clip, seconds
        self._video = Video(clip.path)

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        """Yield the pictures at the clip's rate until the seconds are over."""
        begin_s, number = time.monotonic(), 0
        while number / self._clip.rate_hz < self._seconds:
            for frame in self._video:
                due_s = begin_s + number / self._clip.rate_hz
                if stopped.wait(max(0.0, due_s - time.monotonic())):
                    return
                yield frame.image_bgr, due_s
                number += 1

    def close(self) -> None:
        """Release the file."""
        self._video.close()


@contextmanager
def run_session(
    clip: Clip,
    seconds: float,
    on_snapshot: Callable[[LiveSnapshot], None] | None = None,
    dose: Dose = ENDLESS,
) -> Iterator[tuple[LiveSession, FrameQueue]]:
    """Coach a looped clip without set-up, with a journal that is thrown away."""
    exercise = find_exercise(clip.exercise)
    asked = Prescription(exercise=clip.exercise, side=Side.BOTH, target_deg=exercise.target_deg)
    with tempfile.TemporaryDirectory() as folder:
        queue = FrameQueue()
        header = JournalHeader(started_at=datetime.now(UTC), source=LiveSource.FILE)
        session = LiveSession(
            replace(asked, dose=dose),
            exercise,
            queue=queue,
            journal=Journal.create(Path(folder), header),
            with_setup=False,
            on_snapshot=on_snapshot,
        )
        with LiveFeed(LoopedClip(clip, seconds), queue):
            session.start()
            try:
                yield session, queue
            finally:
                session.stop()
                session.wait()
