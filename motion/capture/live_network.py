"""A camera in the network: always its newest picture, one attempt to reach it again."""

import threading
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np

from motion.capture.frames import Image
from motion.capture.opencv import cv2
from motion.errors import SourceError
from motion.model import LiveSource

__all__ = ["NETWORK_SCHEMES", "NetworkCamera"]

NETWORK_SCHEMES: Final = ("rtsp", "rtsps", "http", "https")
_OPEN_MS: Final = 5000
_READ_MS: Final = 2000


class NetworkCamera:
    """A network camera by its address (RTSP, or MJPEG over HTTP).

    Its pictures carry the time of their arrival, because most cameras' own clocks are nobody's:
    the network's delay is not counted. They are read as they come, so that none piles up.

    Raises
    ------
    SourceError
        If it does not answer within five seconds, refuses, or sends a recording.
    """

    kind: Final = LiveSource.NETWORK
    waits_for_reader: Final = False
    silence_s: Final = 10.0
    """Long enough for the attempt to reach it again."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        # Name and password of the camera stay out of messages and files.
        self.name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        self._url = url
        self._capture = self._open()
        if not self._capture.isOpened():
            self.close()
            msg = (
                f"{self.name}: no answer from a camera; check the address, its name and password, "
                "and that both are in one network"
            )
            raise SourceError(msg)
        if self._capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0:
            self.close()
            msg = f"{self.name}: a recording, not a running camera; save it and name the file"
            raise SourceError(msg)

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        """Yield pictures and the times of their arrival until ``stopped``.

        Raises
        ------
        SourceError
            When nothing comes any more and one attempt to reach it again was in vain.
        """
        reached_again = False
        while not stopped.is_set():
            found, image = self._capture.read()
            if found:
                reached_again = False
                yield np.asarray(image, dtype=np.uint8), time.monotonic()
                continue
            if reached_again:
                msg = f"{self.name}: stopped sending, and did not come back; check it and its cable"
                raise SourceError(msg)
            self._capture.release()
            self._capture, reached_again = self._open(), True

    def close(self) -> None:
        """End the connection."""
        self._capture.release()

    def _open(self) -> Any:
        asked = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(self._url, cv2.CAP_FFMPEG, asked)
