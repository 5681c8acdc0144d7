"""Reads ahead in a second thread, so that decoding a frame costs no waiting time."""

import queue
import threading
from collections.abc import Generator, Iterable
from typing import Generic, TypeVar

__all__ = ["prefetch"]

T = TypeVar("T")


class _End:
    """Marks the end of the stream, with the error that ended it."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class _Conveyor(Generic[T]):
    """A bounded queue that its producer can be told to abandon."""

    def __init__(self, depth_n: int) -> None:
        self._queue: queue.Queue[T | _End] = queue.Queue(maxsize=depth_n)
        self._stop = threading.Event()

    def put(self, item: T | _End) -> bool:
        """Wait for a free place; False when nobody will take the item any more."""
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def take(self) -> T | _End:
        return self._queue.get()

    def abandon(self) -> None:
        self._stop.set()


def prefetch(items: Iterable[T], depth_n: int = 4) -> Generator[T, None, None]:
    """Yield the items in order while a thread works at most ``depth_n`` of them ahead.

    An error in the producing thread is raised here, at its place in the stream. Closing the
    generator early stops the thread.
    """
    conveyor: _Conveyor[T] = _Conveyor(depth_n)

    def produce() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                if not conveyor.put(item):
                    return
        except BaseException as caught:  # noqa: BLE001 - handed over and raised by the consumer
            error = caught
        conveyor.put(_End(error))

    thread = threading.Thread(target=produce, name="prefetch", daemon=True)
    thread.start()
    try:
        while not isinstance(item := conveyor.take(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        conveyor.abandon()
        thread.join()
