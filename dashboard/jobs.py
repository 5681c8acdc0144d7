"""Work that outlasts a page: a rerun of Streamlit can neither stop nor repeat it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Generic, TypeVar

from motion.errors import MotionError
from motion.pipeline import ProgressReport

__all__ = ["Job", "StoppedError"]

T = TypeVar("T")

_ONE_AT_A_TIME: Final = threading.Lock()
_LOOK_UP_S: Final = 0.2


class StoppedError(MotionError):
    """The user stopped the work."""


class Job(Generic[T]):
    """One piece of work in a thread of its own.

    Parameters
    ----------
    work
        Is given a function that it tells its progress; what it returns is the ``result``.
    waiting
        What is said while another job is still at work.
    """

    def __init__(self, work: Callable[[ProgressReport], T], waiting: str) -> None:
        self.stage, self.done, self.total = waiting, 0, 0
        self.result: T | None = None
        self.error: BaseException | None = None
        self._work = work
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dashboard-job", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether there is still something to wait for."""
        return self._thread.is_alive()

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total > 0 else 0.0

    def stop(self) -> None:
        """Ask the work to end at its next report."""
        self._stopped.set()

    def wait(self, timeout_s: float | None = None) -> None:
        """Wait for the end."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        # Nobody catches what a thread raises: it is kept for the page, whatever it is.
        try:
            with self._turn():
                self._report("Starting", 0, 0)
                self.result = self._work(self._report)
        except BaseException as error:  # noqa: BLE001
            self.error = error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        while not _ONE_AT_A_TIME.acquire(timeout=_LOOK_UP_S):
            self._report(self.stage, 0, 0)
        try:
            yield
        finally:
            _ONE_AT_A_TIME.release()

    def _report(self, stage: str, done: int, total: int) -> None:
        if self._stopped.is_set():
            msg = "Stopped; nothing was stored."
            raise StoppedError(msg)
        self.stage, self.done, self.total = stage, done, total
