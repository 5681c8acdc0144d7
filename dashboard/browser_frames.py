"""The visitor's camera: pictures from the browser into the running take, drawn ones back."""

import math
from collections.abc import Callable
from typing import Final

import av
import numpy as np

from motion.capture.live_queue import FrameQueue
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.live.snapshot import LiveSnapshot
from motion.report.coach_picture import CoachPicture
from motion.report.strokes import Picture
from motion.texts import Texts

__all__ = ["BrowserFrames", "CaptureClock", "LivePicture"]

_JUMP_S: Final = 2.0
"""A sender's clock that is farther off has begun anew: the connection was made again."""


class CaptureClock:
    """Puts the times of a browser's pictures on this computer's clock.

    A picture carries the time of its capture by the browser's own clock. How far that is from
    ours is not known, but no picture comes before it was taken: the quickest way until now is
    taken for no way at all. Delays are therefore counted beyond that of the quickest picture.
    """

    def __init__(self) -> None:
        self._ahead_s = math.inf

    def place(self, sent_s: float, now_s: float) -> float:
        """Return when a picture was taken, by ``time.monotonic()``.

        Parameters
        ----------
        sent_s
            Its own time, by the browser's clock.
        now_s
            When it came.
        """
        ahead_s = now_s - sent_s
        if not ahead_s - self._ahead_s <= _JUMP_S:
            self._ahead_s = ahead_s
        self._ahead_s = min(self._ahead_s, ahead_s)
        return sent_s + self._ahead_s


class LivePicture:
    """The latest drawn picture of a running take, drawn once however often it is asked for."""

    def __init__(self, exercise: Exercise, prescription: Prescription, texts: Texts) -> None:
        self._what = exercise, prescription, texts
        self._drawer: CoachPicture | None = None
        self._number = -1
        self._drawn: Picture | None = None

    def draw(self, snapshot: LiveSnapshot) -> Picture | None:
        """Return the mirrored picture with all that is known; None before the first one."""
        image = snapshot.image_bgr
        if image is None or snapshot.number == self._number:
            return self._drawn
        height, width = image.shape[:2]
        # As large as it came: a video that changes its shape would be cut off on the page.
        size_px = _even(width), _even(height)
        if self._drawer is None or self._drawer.size_px != size_px:
            self._drawer = CoachPicture(*self._what, size_px)
        # How well the computer keeps up is no matter of the patient's: the clinic reads it beside.
        self._drawn = self._drawer.draw(image, snapshot.pose, snapshot.setup, snapshot.coach, None)
        self._number = snapshot.number
        return self._drawn


class BrowserFrames:
    """What streamlit-webrtc calls for every picture: it never waits for anything.

    Parameters
    ----------
    queue
        Where pictures go.
    look
        Gives what the take shows at this moment.
    picture
        Draws it.
    clock_s
        The capture clock, ``time.monotonic``.
    on_picture
        Called whenever pictures came.
    """

    def __init__(
        self,
        queue: FrameQueue,
        look: Callable[[], LiveSnapshot],
        picture: LivePicture,
        clock_s: Callable[[], float],
        on_picture: Callable[[], None],
    ) -> None:
        self._queue = queue
        self._look = look
        self._picture = picture
        self._clock_s = clock_s
        self._on_picture = on_picture
        self._clock = CaptureClock()

    async def answer(self, frames: list[av.VideoFrame]) -> list[av.VideoFrame]:
        """Put the pictures that came into the queue, and return the drawn one for the last.

        Of more than the queue can hold the older ones are not even unpacked.
        """
        now_s = self._clock_s()
        fresh = frames[-self._queue.depth_n :]
        self._queue.count_stale(len(frames) - len(fresh))
        # The newest first: it came the quickest way, and the others are placed by it.
        captured_s = [self._place(frame, now_s) for frame in reversed(fresh)]
        for frame, moment_s in zip(fresh, reversed(captured_s), strict=True):
            self._queue.put(_to_image(frame), moment_s)
        self._on_picture()
        drawn = self._picture.draw(self._look())
        if drawn is None:  # mirrored from the first picture on: nobody should see it jump
            drawn = np.ascontiguousarray(_to_image(frames[-1])[:, ::-1])
        return [av.VideoFrame.from_ndarray(drawn, format="bgr24")]

    def _place(self, frame: av.VideoFrame, now_s: float) -> float:
        return now_s if frame.time is None else self._clock.place(frame.time, now_s)


def _to_image(frame: av.VideoFrame) -> Picture:
    return frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)


def _even(length: int) -> int:
    """Return the nearest length that a video encoder takes."""
    return length - length % 2
