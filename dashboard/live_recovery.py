"""Live takes that nobody finished: the product was ended, or somebody must decide about them."""

import threading
from pathlib import Path
from typing import Final

from dashboard.jobs import Job
from dashboard.live_finishing import FinishedTake, finish_and_store
from motion.errors import MotionError
from motion.live.journal_reading import list_unfinished
from motion.paths import live_dir
from motion.pipeline import ProgressReport

__all__ = ["Recovered", "list_recovered", "recover_takes"]


class Recovered:
    """What was found when the dashboard was started: takes that are finished now, and why not."""

    def __init__(self) -> None:
        self.takes: list[FinishedTake] = []
        self.errors: list[str] = []


_FOUND: Final[dict[Path, Recovered]] = {}
_LOCK: Final = threading.Lock()


def recover_takes() -> Job[Recovered] | None:
    """Finish what lies unfinished, once for each start of the dashboard; None where nothing is."""
    root = live_dir()
    with _LOCK:
        if root in _FOUND:
            return None
        found = _FOUND[root] = Recovered()
    folders = list_unfinished(root, of_patients=True)
    if not folders:
        return None
    return Job(lambda report: _finish_all(folders, found, report), "Waiting for another recording")


def list_recovered() -> Recovered:
    """Return what was found at this start of the dashboard."""
    with _LOCK:
        return _FOUND.setdefault(live_dir(), Recovered())


def _finish_all(folders: tuple[Path, ...], found: Recovered, report: ProgressReport) -> Recovered:
    for folder in folders:
        try:
            found.takes.append(finish_and_store(folder, report))
        except MotionError as error:
            found.errors.append(str(error))
    return found
