"""A running source of pictures: a camera, a network camera, or a recording at its own pace."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from motion.capture.frames import Image
from motion.capture.live_camera import LocalCamera
from motion.capture.live_file import PlayedFile
from motion.capture.live_network import NETWORK_SCHEMES, NetworkCamera
from motion.capture.live_queue import CapturedFrame, FrameQueue
from motion.errors import MotionError, SourceError
from motion.model import LiveEnd, LiveSource

__all__ = ["CapturedFrame", "FrameQueue", "LiveFeed", "PictureSource", "open_source"]

_FIRST_PICTURE_S: Final = 10.0
"""A camera may need that long before its first picture."""

_READER_S: Final = 0.1


class PictureSource(Protocol):
    """What a feed can pump.

    ``silence_s`` is how long no picture may come before the source counts as lost;
    ``waits_for_reader`` says that it begins only when somebody looks.
    """

    @property
    def kind(self) -> LiveSource:
        """Where the pictures come from."""
        ...

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...

    @property
    def silence_s(self) -> float:
        """How long nothing may come."""
        ...

    @property
    def waits_for_reader(self) -> bool:
        """Whether it begins only when somebody looks."""
        ...

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        """Yield pictures and their times by ``time.monotonic()`` until the end or ``stopped``."""
        ...

    def close(self) -> None:
        """Give the source back."""
        ...


def open_source(name: str) -> PictureSource:
    """Open what a user calls a camera: a number, an address, or the path of a recording.

    Raises
    ------
    SourceError
        If it cannot be used.
    """
    if name.isdecimal():
        return LocalCamera(int(name))
    scheme, found, _ = name.partition("://")
    if not found:
        return PlayedFile(Path(name))
    if scheme.lower() not in NETWORK_SCHEMES:
        msg = f"{scheme}://: expected an address of {', '.join(NETWORK_SCHEMES)}, or a file"
        raise SourceError(msg)
    return NetworkCamera(name)


class LiveFeed:
    """Pumps a source into a queue, in a thread of its own, and closes the queue at the end.

    The end is ``FINISHED`` where the source says so, ``SOURCE_LOST`` where it fails or stays
    silent, ``STOPPED`` after :meth:`stop`.
    """

    def __init__(self, source: PictureSource, queue: FrameQueue) -> None:
        self._source = source
        self._queue = queue
        self._stopped = threading.Event()
        self._beat_s = float("inf")
        self._pump = threading.Thread(target=self._run, name="live-feed", daemon=True)
        self._watch = threading.Thread(target=self._listen, name="live-watch", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin; the queue gets pictures from now on."""
        self._beat_s = time.monotonic() + _FIRST_PICTURE_S - self._source.silence_s
        self._pump.start()
        self._watch.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End it and give the source back; a reader that hangs in a driver is left to itself."""
        self._stopped.set()
        self._queue.close(LiveEnd.STOPPED)
        for thread in (self._pump, self._watch):
            thread.join(timeout_s)

    def _run(self) -> None:
        end, message = LiveEnd.SOURCE_LOST, f"{self._source.name}: the source failed"
        try:
            end, message = self._pump_until_end()
        finally:
            self._stopped.set()
            self._source.close()  # before the reader hears of the end, and may exit
            self._queue.close(end, message)

    def _pump_until_end(self) -> tuple[LiveEnd, str]:
        source, queue = self._source, self._queue
        while source.waits_for_reader and not queue.wait_for_reader(_READER_S):
            if self._stopped.is_set() or not queue.accepting:
                return LiveEnd.STOPPED, ""
        try:
            for image_bgr, captured_s in source.stream(self._stopped):
                self._beat_s = time.monotonic()
                queue.put(image_bgr, captured_s)
                if not queue.accepting:
                    return LiveEnd.STOPPED, ""
        except MotionError as error:
            return LiveEnd.SOURCE_LOST, str(error)
        return LiveEnd.STOPPED if self._stopped.is_set() else LiveEnd.FINISHED, ""

    def _listen(self) -> None:
        """Close the queue when the source falls silent: a driver may hang for ever."""
        silence_s = self._source.silence_s
        while not self._stopped.wait(min(1.0, silence_s / 4)):
            if time.monotonic() - self._beat_s > silence_s:
                self._queue.close(
                    LiveEnd.SOURCE_LOST,
                    f"{self._source.name}: no picture for {silence_s:g} s; "
                    "is the camera still plugged in?",
                )
                return
