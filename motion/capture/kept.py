"""A second look at a recording: small copies of its frames, or the file read again."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from motion.capture.frames import Image, VideoFrame
from motion.capture.opencv import cv2

__all__ = ["KeptFrames", "shrink", "shrunk_size"]

LONGEST_SIDE_PX: Final = 960
_BUDGET_BYTES: Final = 192 * 1024 * 1024


def shrunk_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Return the even size, at most 960 pixels on the longer side, at which frames are drawn."""
    scale = min(1.0, LONGEST_SIDE_PX / max(width_px, height_px))
    width, height = (max(2, round(side * scale) // 2 * 2) for side in (width_px, height_px))
    return width, height


def shrink(image_bgr: Image) -> Image:
    """Return a picture at :func:`shrunk_size`; one that has that size is returned as it is."""
    height, width = image_bgr.shape[:2]
    size = shrunk_size(width, height)
    if size == (width, height):
        return image_bgr
    # Halving by area is exact and quick; other ratios are quick only with linear weights.
    how = cv2.INTER_AREA if size[0] * 2 == width else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image_bgr, size, interpolation=how), dtype=np.uint8)


class KeptFrames:
    """Small copies of frames on their way past, so that a short clip is decoded only once.

    Copies are held as 4:2:0 planes, as an encoder takes them anyway. Once they would need
    more than the budget all are dropped: the recording is then read again.

    Parameters
    ----------
    budget_bytes
        What the copies may take together.
    """

    def __init__(self, budget_bytes: int = _BUDGET_BYTES) -> None:
        self._left_bytes = budget_bytes
        self._planes: list[Image] = []
        self._times_s: list[float] = []

    @property
    def complete(self) -> bool:
        """Whether every frame that went past was kept."""
        return self._left_bytes >= 0

    def keep(self, frames: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
        """Pass the frames on, keeping a small copy of each."""
        for frame in frames:
            if self.complete:
                self._add(frame)
            yield frame

    def _add(self, frame: VideoFrame) -> None:
        small = cv2.cvtColor(shrink(frame.image_bgr), cv2.COLOR_BGR2YUV_I420)
        self._left_bytes -= small.nbytes
        self._planes.append(np.asarray(small, dtype=np.uint8))
        self._times_s.append(frame.time_s)
        if not self.complete:
            self._planes.clear()
            self._times_s.clear()

    def __iter__(self) -> Iterator[VideoFrame]:
        """Yield the small frames in order."""
        for index, (time_s, planes) in enumerate(zip(self._times_s, self._planes, strict=True)):
            image = cv2.cvtColor(planes, cv2.COLOR_YUV2BGR_I420)
            yield VideoFrame(index, time_s, np.asarray(image, dtype=np.uint8))
