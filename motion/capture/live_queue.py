"""Between a camera and those who look at its pictures: the newest wait, the oldest give way.

A reader that is slower than the camera must not fall behind: it gets fewer pictures, never old
ones.
"""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from motion.capture.frames import Image
from motion.model import LiveEnd

__all__ = ["CapturedFrame", "FrameQueue"]

_DEPTH_N: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class CapturedFrame:
    """One picture of a running camera.

    Parameters
    ----------
    image_bgr
        ``(height, width, 3)``, upright and unmirrored, in OpenCV's channel order.
    captured_s
        When it was taken, by ``time.monotonic()``.
    time_s
        Seconds since the take's first picture; strictly increasing.
    """

    image_bgr: Image
    captured_s: float
    time_s: float


class FrameQueue:
    """A bounded queue of pictures for one reader and any number of threads that put.

    Nobody who puts a picture ever waits: where the queue is full the oldest picture is dropped.
    Counting and the take's time begin when the reader first asks for a picture; what came before,
    while a pose model was being loaded, belongs to no take.

    Parameters
    ----------
    depth_n
        How many pictures may wait.
    """

    def __init__(self, depth_n: int = _DEPTH_N) -> None:
        if depth_n < 1:
            msg = f"depth_n must be at least 1, got {depth_n}"
            raise ValueError(msg)
        self._waiting: deque[tuple[Image, float]] = deque()
        self._depth_n = depth_n
        self._changed = threading.Condition()
        self._asked = threading.Event()
        self._newest_s = float("-inf")
        self._first_s: float | None = None
        self._came_n = self._dropped_n = self._duplicated_n = 0
        self._end: LiveEnd | None = None
        self._message = ""

    def put(self, image_bgr: Image, captured_s: float) -> None:
        """Add a picture and return at once; after the end it is not looked at.

        A picture that is not newer than the last one is a duplicate: left out and counted. The
        array must not be written to afterwards.
        """
        with self._changed:
            if self._end is not None:
                return
            if not captured_s > self._newest_s:
                self._duplicated_n += 1
                return
            self._newest_s = captured_s
            if len(self._waiting) == self._depth_n:
                self._waiting.popleft()
                self._dropped_n += 1
            self._waiting.append((image_bgr, captured_s))
            self._came_n += 1
            self._changed.notify_all()

    def count_stale(self, pictures_n: int) -> None:
        """Count pictures that came too late to be worth unpacking: newer ones were there."""
        with self._changed:
            if self._end is None:
                self._came_n += pictures_n
                self._dropped_n += pictures_n

    @property
    def depth_n(self) -> int:
        """How many pictures may wait."""
        return self._depth_n

    def take(self, timeout_s: float) -> CapturedFrame | None:
        """Return the oldest picture that waits; None after ``timeout_s`` or after the end.

        Pictures that waited when the queue was closed are still given.
        """
        with self._changed:
            self._begin()
            self._changed.wait_for(lambda: self._waiting or self._end is not None, timeout_s)
            if not self._waiting:
                return None
            image_bgr, captured_s = self._waiting.popleft()
            if self._first_s is None:
                self._first_s = captured_s
            return CapturedFrame(image_bgr, captured_s, captured_s - self._first_s)

    def _begin(self) -> None:
        if not self._asked.is_set():
            self._came_n, self._dropped_n, self._duplicated_n = len(self._waiting), 0, 0
            self._asked.set()

    def close(self, end: LiveEnd, message: str = "") -> None:
        """Say that no more pictures come, and why; the first word counts."""
        with self._changed:
            if self._end is None:
                self._end, self._message = end, message
            self._changed.notify_all()

    def wait_for_reader(self, timeout_s: float) -> bool:
        """Wait until somebody has asked for a picture; return whether that happened."""
        return self._asked.wait(timeout_s)

    @property
    def accepting(self) -> bool:
        """Whether a picture that is put now may still be looked at."""
        with self._changed:
            return self._end is None

    @property
    def closed(self) -> bool:
        """Whether no more pictures come and none waits."""
        with self._changed:
            return self._end is not None and not self._waiting

    @property
    def end(self) -> LiveEnd | None:
        """How the source ended; None while it runs."""
        with self._changed:
            return self._end

    @property
    def message(self) -> str:
        """Why the source ended, in one line; empty where there is nothing to say."""
        with self._changed:
            return self._message

    @property
    def came_n(self) -> int:
        """Pictures that came since the reader first asked, without duplicates."""
        with self._changed:
            return self._came_n

    @property
    def dropped_n(self) -> int:
        """Of those, pictures that gave way to newer ones."""
        with self._changed:
            return self._dropped_n

    @property
    def duplicated_n(self) -> int:
        """Pictures left out because their time did not advance."""
        with self._changed:
            return self._duplicated_n
