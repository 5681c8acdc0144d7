"""A recording played at its own pace, as if a camera saw it now."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from motion.capture.frames import Image
from motion.capture.video import Video
from motion.model import LiveSource

__all__ = ["PlayedFile"]


class PlayedFile:
    """A video file as a live source: each picture comes when its own timestamp says.

    A picture's capture time is the moment at which it was due, so that slow decoding counts as
    delay. The first picture is due when somebody asks for it.

    Raises
    ------
    SourceError
        If the file is missing or is no video.
    """

    kind: Final = LiveSource.FILE
    waits_for_reader: Final = True
    silence_s: Final = float("inf")
    """A recording may pause; it is over when it says so."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._video = Video(path)

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        """Yield pictures and their capture times until the recording ends or is stopped.

        Raises
        ------
        SourceError
            If no picture can be read, or their times are no camera's.
        """
        begin_s: float | None = None
        for frame in self._video:
            begin_s = time.monotonic() if begin_s is None else begin_s
            due_s = begin_s + frame.time_s
            if stopped.wait(max(0.0, due_s - time.monotonic())):
                return
            yield frame.image_bgr, due_s

    def close(self) -> None:
        """Release the file."""
        self._video.close()
