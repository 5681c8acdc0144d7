"""Live takes that run on this computer: a rerun of Streamlit neither stops nor repeats one."""

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import datetime
from typing import Final, Protocol
from uuid import uuid4

from dashboard.browser_frames import BrowserFrames, LivePicture
from dashboard.jobs import Job
from dashboard.live_finishing import FinishedTake, finish_and_store
from dashboard.live_request import LiveRequest
from dashboard.live_signals import Signals
from motion.capture.live import LiveFeed, open_source
from motion.capture.live_queue import FrameQueue
from motion.exercise.coach_state import Phase
from motion.live.journal import Journal
from motion.live.journal_reading import discard
from motion.live.picture import PICTURE, PictureKeeper
from motion.live.session import LiveSession
from motion.live.snapshot import LiveSnapshot
from motion.model import LiveEnd, LiveSource
from motion.paths import live_dir
from motion.texts import load_texts

__all__ = ["RunningTake", "find_take", "forget_take", "start_take"]

_LOOK_S: Final = 0.5
_GONE_S: Final = 8.0
"""A page that has not asked for so long is closed; browsers let hidden pages ask once a second.
It is shorter than the silence after which a camera counts as lost: a closed page is silent too."""

_FORGOTTEN_S: Final = 3600.0

_BEFORE: Final = "pain_before"
"""The journal's note of what the patient said before the exercise."""

_TAKES: Final[dict[str, "RunningTake"]] = {}
_LOCK: Final = threading.Lock()


class Session(Protocol):
    """What a page needs of :class:`motion.live.session.LiveSession`."""

    def start(self) -> None:
        """Begin."""

    def snapshot(self) -> LiveSnapshot:
        """Return the latest moment, at once."""

    def skip_setup_hand(self) -> None:
        """Go on without the raised hand."""

    def pause(self) -> None:
        """Stand still."""

    def resume(self) -> None:
        """Go on."""

    def press_pain(self) -> None:
        """Stop the set and wait for the answer."""

    def answer_pain(self, score: int) -> None:
        """Give the answer, 0 to 10."""

    def stop(self, end: LiveEnd = LiveEnd.STOPPED) -> None:
        """End."""

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end; return whether it has come."""


SessionMaker = Callable[[LiveRequest, FrameQueue, Journal, Callable[[LiveSnapshot], None]], Session]


def _make_session(
    request: LiveRequest,
    queue: FrameQueue,
    journal: Journal,
    on_snapshot: Callable[[LiveSnapshot], None],
) -> Session:
    return LiveSession(
        request.prescription,
        request.exercise,
        queue=queue,
        journal=journal,
        estimator=None,
        with_setup=request.with_setup,
        record_s=request.record_s,
        on_snapshot=on_snapshot,
    )


class RunningTake:
    """One take, from its first picture until it is stored.

    It ends by itself when all is done, when the camera is gone, or when its page is: whatever the
    end, what was measured until then is finished and stored, with or without anybody who looks.
    """

    def __init__(self, request: LiveRequest, make_session: SessionMaker) -> None:
        self.id = uuid4().hex
        self.request = request
        self.texts = load_texts(request.language)
        self.signals = Signals(self.texts)
        self.queue = FrameQueue()
        self._pictures = threading.Event()
        self._feed = self._open_camera()
        # In the zone of here: the day of a take is the patient's day.
        started_at = datetime.now().astimezone()
        self._journal = Journal.create(live_dir(), request.to_header(started_at))
        self._journal.note(_BEFORE, {"score": request.pain_before})
        keeps = request.keep_video
        self._keeper = PictureKeeper(self._journal.folder / PICTURE) if keeps else None
        self.session = make_session(request, self.queue, self._journal, self._hear)
        self.picture = LivePicture(request.exercise, request.prescription, self.texts)
        self.frames = BrowserFrames(
            self.queue, self.session.snapshot, self.picture, time.monotonic, self._pictures.set
        )
        self.pain: int | None = None
        """What was answered to the question about pain, until the exercise goes on."""
        self.finishing: Job[FinishedTake] | None = None
        self._asked_s = time.monotonic()
        self._left, self._done = threading.Event(), threading.Event()
        self._attendant = threading.Thread(target=self._attend, name="live-take", daemon=True)

    def start(self) -> None:
        """Begin as soon as there is a picture; a browser asks its user for the camera first."""
        if self._feed is not None:
            self._feed.start()
            self._pictures.set()
        self._attendant.start()

    def look(self) -> LiveSnapshot:
        """Return the latest moment, for a page: whoever looks is there."""
        self._asked_s = time.monotonic()
        snapshot = self.session.snapshot()
        if snapshot.coach is not None and snapshot.coach.phase not in (Phase.PAIN, Phase.PAUSED):
            self.pain = None
        return snapshot

    @property
    def has_pictures(self) -> bool:
        """Whether a first picture has come."""
        return self._pictures.is_set()

    def stop(self) -> None:
        """End it; before the first picture nothing is left of it."""
        if self.has_pictures:
            self.session.stop(LiveEnd.STOPPED)
        else:
            self._left.set()

    def answer_pain(self, score: int) -> None:
        """Give the answer, 0 to 10: above the limit it ends, else it waits to go on."""
        self.pain = score
        self.session.answer_pain(score)

    @property
    def ended(self) -> bool:
        """Whether nothing more is measured, and finishing has begun."""
        return self._done.is_set()

    @property
    def is_left(self) -> bool:
        """Whether it was finished long ago, and no page came back to read its summary."""
        over = self.ended and not (self.finishing and self.finishing.running)
        return over and time.monotonic() - self._asked_s > _FORGOTTEN_S

    def _open_camera(self) -> LiveFeed | None:
        if self.request.source is LiveSource.BROWSER:
            return None
        return LiveFeed(open_source(self.request.camera), self.queue)

    def _hear(self, moment: LiveSnapshot) -> None:
        self.signals.listen(moment)
        if self._keeper is not None:
            self._keeper.keep(moment)

    def _attend(self) -> None:
        """See the take through to its end, and have it finished."""
        while not self._pictures.wait(_LOOK_S):
            if self._abandoned:
                self._journal.close(LiveEnd.CLOSED)
                discard(self._journal.folder)
                self._done.set()
                return
        with self._keeper or nullcontext():
            self.session.start()
            while not self.session.wait(_LOOK_S):
                if self._abandoned:
                    self.session.stop(LiveEnd.CLOSED)
        if self._feed is not None:
            self._feed.stop()
        folder = self._journal.folder
        self.finishing = Job(
            lambda report: finish_and_store(folder, report), "Waiting for another recording"
        )
        self._done.set()

    @property
    def _abandoned(self) -> bool:
        return self._left.is_set() or time.monotonic() - self._asked_s > _GONE_S


def start_take(request: LiveRequest) -> RunningTake:
    """Begin a take; it is known by its ``id`` from now on.

    Raises
    ------
    MotionError
        If the camera cannot be opened, or the journal cannot be written.
    """
    take = RunningTake(request, _make_session)
    with _LOCK:
        for left in [each for each in _TAKES.values() if each.is_left]:
            del _TAKES[left.id]
        _TAKES[take.id] = take
    take.start()
    return take


def find_take(take_id: str) -> RunningTake | None:
    """Return a take that was started and not yet forgotten."""
    with _LOCK:
        return _TAKES.get(take_id)


def forget_take(take_id: str) -> None:
    """Let go of a take whose summary was read."""
    with _LOCK, suppress(KeyError):
        del _TAKES[take_id]
