"""A camera as a source of frames, stamped by the monotonic clock at the moment of capture."""

import time
from collections.abc import Iterator
from typing import Self

from motion.capture.frames import VideoFrame
from motion.capture.opencv import cv2
from motion.errors import SourceError

__all__ = ["Camera"]


class Camera:
    """A camera attached to this machine, or an address that OpenCV can open.

    Iterating ends when the camera stops delivering, as when it is pulled out.

    Parameters
    ----------
    device
        Number of the camera, from 0, or the URL of a network camera.

    Raises
    ------
    SourceError
        If there is no such camera, or another program holds it.
    """

    def __init__(self, device: int | str = 0) -> None:
        self.device = device
        self._capture = cv2.VideoCapture(device)
        if not self._capture.isOpened():
            msg = (
                f"camera {device}: cannot be opened; plug it in, close other programs that use "
                "it, or choose another number"
            )
            raise SourceError(msg)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the camera back."""
        self._capture.release()

    def __iter__(self) -> Iterator[VideoFrame]:
        """Yield frames until the camera stops."""
        first_s: float | None = None
        index = 0
        while self._capture.grab():
            now_s = time.monotonic()
            found, image = self._capture.retrieve()
            if not found:
                return
            first_s = now_s if first_s is None else first_s
            yield VideoFrame(index, now_s - first_s, image)
            index += 1
