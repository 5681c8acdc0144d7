"""When a recording began, as far as its file knows."""

from datetime import UTC, datetime
from pathlib import Path

from motion.capture.container import read_container

__all__ = ["read_start_time"]


def read_start_time(path: Path) -> tuple[datetime, str]:
    """Return when a file's recording began, and which of two clocks says so.

    Phones write ``creation_time`` into the container; where it is missing or not a plausible
    date, the time the file was last written is used.

    Returns
    -------
    started_at, clock
        A timezone-aware time, and ``container`` or ``file``.

    Raises
    ------
    SourceError
        If the file is not a video.
    """
    created_at = read_container(path).created_at
    if created_at is not None:
        return created_at, "container"
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC), "file"
