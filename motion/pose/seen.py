"""Frames with everybody's bodies, and the last of them held back for a second thought."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from motion.capture.frames import Image
from motion.pose.estimator import FramePose

__all__ = ["HeldFrames", "SeenFrame"]

_MOST_BYTES: Final = 200_000_000


@dataclass(slots=True, eq=False)
class SeenFrame:
    """One frame, with the body of everybody in it by their number.

    Its picture is given back, to save memory, when the frame is settled.
    """

    time_s: float
    bodies: dict[int, FramePose] = field(default_factory=dict)
    picture: Image | None = None

    @property
    def image_rgb(self) -> Image:
        """The picture, while the frame is not settled."""
        if self.picture is None:
            msg = "the frame is settled: its picture was given back"
            raise RuntimeError(msg)
        return self.picture


class HeldFrames:
    """The last frames, newest first, until they are settled.

    Pictures are held as they came, not copied; of large ones fewer, so that they stay under
    200 MB (32 pictures of 1080p).

    Parameters
    ----------
    most_n
        How many frames are held at most; none where it is 0.
    """

    def __init__(self, most_n: int) -> None:
        self._most_n = most_n
        self._frames: deque[SeenFrame] = deque()
        self._bytes = 0

    def __iter__(self) -> Iterator[SeenFrame]:
        """Yield the held frames from the newest to the oldest."""
        return reversed(self._frames)

    def add(self, frame: SeenFrame) -> list[SeenFrame]:
        """Hold a frame; return those that are settled by it, in order."""
        self._frames.append(frame)
        self._bytes += frame.image_rgb.nbytes
        settled = []
        while len(self._frames) > self._most_n or self._bytes > _MOST_BYTES:
            settled.append(self._settle())
        return settled

    def finish(self) -> list[SeenFrame]:
        """Return what was still held, in order."""
        return [self._settle() for _ in range(len(self._frames))]

    def _settle(self) -> SeenFrame:
        frame = self._frames.popleft()
        self._bytes -= frame.image_rgb.nbytes
        frame.picture = None
        return frame
