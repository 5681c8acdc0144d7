"""A live session: one thread looks at the pictures, everybody else asks for the latest moment."""

import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Final

from motion.capture.live import CapturedFrame, FrameQueue
from motion.errors import MotionError
from motion.exercise.coach_state import CoachState, Phase
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.live.exercising import Exercising, Seen
from motion.live.journal import Journal
from motion.live.pace import Pace
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.model import LiveEnd, Mirrored
from motion.pose import MediaPipeEstimator, PersonChoice, PoseEstimator

__all__ = ["LiveSession"]

_LOG: Final = logging.getLogger(__name__)
_LOOK_UP_S: Final = 0.1
_SILENT_S: Final = 10.0
_STATS_EVERY_S: Final = 5.0


class LiveSession:
    """Joins a running source to pose model, set-up, coach and journal.

    Pictures come through the queue, newest first served; results go to the journal at once, so
    that a crash costs nothing that was measured. The session ends by itself when all is done, when
    the queue is closed, or when no picture came for ten seconds.

    Parameters
    ----------
    prescription, exercise
        What is done; None where everything is measured afterwards and nothing is coached.
    queue
        Where the source puts its pictures.
    journal
        Takes the poses; closed here.
    estimator
        Finds the body; the installed model by default. Closed here.
    with_setup
        Whether set-up comes before the exercise.
    record_s
        For how long is recorded, where nothing is coached; NaN where the exercise is coached, or
        somebody ends it.
    choice
        Who is meant of several people.
    on_snapshot
        Told each moment, in the session's own thread: it must return soon.
    """

    def __init__(  # noqa: PLR0913 - a session joins what everybody else keeps apart
        self,
        prescription: Prescription | None,
        exercise: Exercise | None,
        *,
        queue: FrameQueue,
        journal: Journal,
        estimator: PoseEstimator | None = None,
        with_setup: bool = True,
        record_s: float = math.nan,
        choice: PersonChoice | None = None,
        on_snapshot: Callable[[LiveSnapshot], None] | None = None,
    ) -> None:
        self.prescription, self.exercise = prescription, exercise
        self.journal = journal
        self.error: BaseException | None = None
        """What the session broke on, if it was no known trouble: a bug."""
        self._queue, self._estimator = queue, estimator
        self._with_setup, self._choice, self._on_snapshot = with_setup, choice, on_snapshot
        self._record_s = record_s
        self._pace = Pace()
        self._doing: Exercising | None = None
        self._asked: LiveEnd | None = None
        self._changing = threading.Lock()
        self._over = False
        self._coached: CoachState | None = None
        self._noted_s = 0.0
        self._counted_n = 0
        self._snapshot = LiveSnapshot(
            number=0,
            stage=LiveStage.STARTING,
            image_bgr=None,
            pose=None,
            setup=None,
            coach=None,
            stats=self._stats(),
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-session", daemon=True)

    def start(self) -> None:
        """Begin to look at pictures."""
        self._thread.start()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; return whether it has come, and has if it never began.

        A thread that is joined counts as ended after Ctrl+C in Python 3.11 (gh-90882); this waits
        for the journal to be closed, whatever comes between.
        """
        return self._thread.ident is None or self._ended.wait(timeout_s)

    def snapshot(self) -> LiveSnapshot:
        """Return the latest moment, at once."""
        return self._snapshot

    # What people do, from any thread; after the end nothing of it is heard any more, and an answer
    # about pain goes into the record like the others that are asked then.

    def skip_setup_hand(self) -> None:
        """Begin without the lifted hand."""
        with self._changing:
            if self._doing is not None and self._doing.setup is not None:
                pose = self._snapshot.pose
                self._doing.setup.skip_hand(pose.time_s if pose else 0.0)

    def pause(self) -> None:
        """Let the exercise stand still."""
        self._tell_coach("pause")

    def resume(self) -> None:
        """Go on after a pause."""
        self._tell_coach("resume")

    def press_pain(self) -> None:
        """Stop the set and wait for the answer; what is only recorded ends."""
        if self.exercise is not None and math.isnan(self._record_s):
            self._tell_coach("press_pain")
            return
        with self._changing:
            if not self._over:
                self.journal.note("press_pain", {})
        self.stop(LiveEnd.PAIN)

    def answer_pain(self, score: int) -> None:
        """Take the answer, 0 to 10."""
        self._tell_coach("answer_pain", score)

    def stop(self, end: LiveEnd = LiveEnd.STOPPED) -> None:
        """End the session soon; the first word counts."""
        with self._changing:
            self._asked = self._asked or end

    def _tell_coach(self, what: str, *values: int) -> None:
        with self._changing:
            coach = self._doing.coach if self._doing else None
            if coach is None or self._over:
                return
            getattr(coach, what)(*values)
            self.journal.note(what, {"score": values[0]} if values else {})
            if self._snapshot.coach is not None:
                # Seen at once, and not only with the camera's next picture.
                shown = replace(self._snapshot.coach, phase=coach.phase)
                self._snapshot = replace(self._snapshot, coach=shown)

    # The session's own thread.

    def _run(self) -> None:
        end, message = LiveEnd.CRASHED, ""
        try:
            with closing(self._estimator or MediaPipeEstimator()) as estimator:
                end, message = self._look_until_end(estimator)
        except MotionError as error:
            end, message = LiveEnd.SOURCE_LOST, str(error)
        except BaseException as error:  # noqa: BLE001 - told to whoever waits, who raises it
            self.error = error
            _LOG.exception("a live session failed; what was measured until then is kept")
            message = "the product failed; what was measured until now is kept"
        finally:
            self._queue.close(end, message)
            try:
                self._finish(end, message)
            finally:
                self._ended.set()

    def _look_until_end(self, estimator: PoseEstimator) -> tuple[LiveEnd, str]:
        self.journal.amend(model=estimator.model)
        heard_s = time.monotonic()
        while True:
            frame = self._queue.take(_LOOK_UP_S)
            if self._asked is not None:
                return self._asked, ""
            if frame is not None:
                heard_s = time.monotonic()
                self._look(frame, estimator)
                if self._doing is not None and self._doing.finished:
                    return self._end_of_exercise(self._doing), ""
            elif self._queue.closed:
                return self._queue.end or LiveEnd.SOURCE_LOST, self._queue.message
            elif time.monotonic() - heard_s > _SILENT_S:
                return LiveEnd.SOURCE_LOST, f"no picture came for {_SILENT_S:g} s"

    def _end_of_exercise(self, doing: Exercising) -> LiveEnd:
        if doing.coach is not None and doing.coach.pain_too_high:
            return LiveEnd.PAIN
        shown = self._snapshot.coach
        done = shown is None or shown.phase is Phase.DONE
        return LiveEnd.FINISHED if done else LiveEnd.STOPPED

    def _look(self, frame: CapturedFrame, estimator: PoseEstimator) -> None:
        if self._doing is None:
            height_px, width_px = frame.image_bgr.shape[:2]
            self.journal.amend(size_px=(width_px, height_px))
            doing = Exercising(
                estimator,
                (width_px, height_px),
                self.exercise,
                self.prescription,
                with_setup=self._with_setup,
                record_s=self._record_s,
                choice=self._choice,
                withheld=self.journal.header.settings.withheld_joints,
            )
            with self._changing:
                self._doing = doing
        with self._changing:
            before = self._doing.mirrored, self._doing.begun_s, self._doing.asked_again_s
            seen = self._doing.look(frame.image_bgr, frame.time_s)
        self.journal.add(seen.raw)
        self._write_down(self._doing, before, seen)
        self._pace.add(frame.captured_s, time.monotonic())
        self._publish(frame.captured_s, seen)

    def _write_down(self, doing: Exercising, before: tuple[object, ...], seen: Seen) -> None:
        """Put into the journal what cannot be made again from the poses."""
        mirrored, begun_s, asked_again_s = before
        if doing.mirrored is not mirrored:
            said = Mirrored.YES if doing.mirrored else Mirrored.NO
            self.journal.amend(mirrored=said)
        if doing.begun_s == doing.begun_s != begun_s:
            neutral = seen.setup.neutral if seen.setup else None
            self.journal.note(
                "begun", {"begun_s": doing.begun_s, "go_s": doing.go_s, "neutral": neutral}
            )
        if doing.asked_again_s != asked_again_s and doing.asked_again_s is not None:
            from_s, to_s = doing.asked_again_s
            self.journal.note("asked_again", {"from_s": from_s, "to_s": to_s})
        coach = seen.coach
        if coach is not None and len(coach.counted) != self._counted_n:
            self._counted_n = len(coach.counted)
            self.journal.note(
                "coach", {"counted": coach.counted, "compensations": coach.compensations}
            )
        if seen.raw.time_s - self._noted_s >= _STATS_EVERY_S:
            self._noted_s = seen.raw.time_s
            self._note_pace()

    def _note_pace(self) -> None:
        self.journal.note(
            "pace",
            {
                "rate_hz": self._pace.mean_rate_hz,
                "came_n": self._queue.came_n,
                "dropped_n": self._queue.dropped_n,
                "delay_p95_ms": self._pace.delay_p95_ms,
            },
        )

    def _publish(self, captured_s: float, seen: Seen) -> None:
        self._snapshot = LiveSnapshot(
            number=self._snapshot.number + 1,
            stage=LiveStage.SETUP if seen.setup is not None else LiveStage.EXERCISE,
            image_bgr=seen.image_bgr,
            pose=seen.pose,
            setup=seen.setup,
            coach=seen.coach,
            recording=seen.recording,
            stats=self._stats(),
            captured_s=captured_s,
        )
        self._coached = seen.coach or self._coached
        if self._on_snapshot is not None:
            self._on_snapshot(self._snapshot)

    def _stats(self) -> LiveStats:
        return LiveStats(
            rate_hz=self._pace.rate_hz,
            came_n=self._queue.came_n,
            dropped_n=self._queue.dropped_n,
            delay_p95_ms=self._pace.delay_p95_ms,
        )

    def _finish(self, end: LiveEnd, message: str) -> None:
        """Write the last words; a full disk loses them, and nothing of what came before."""
        with self._changing:
            self._over = True
        try:
            coach = self._doing.coach if self._doing else None
            if coach is not None and self._coached is not None:
                counted, seen = coach.finish(), self._coached.compensations
                values = {"counted": counted, "compensations": seen}
                self.journal.note("coach", values)
            since_s = self._doing.asking_since_s if self._doing else math.nan
            if math.isfinite(since_s):
                self.journal.note("asked_again", {"from_s": since_s, "to_s": None})
            self._note_pace()
            self.journal.close(end)
        except MotionError as error:
            message = message or str(error)
        self._snapshot = replace(
            self._snapshot, stage=LiveStage.ENDED, stats=self._stats(), end=end, message=message
        )
        if self._on_snapshot is not None:
            self._on_snapshot(self._snapshot)
