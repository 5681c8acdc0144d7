"""When a recording began, as far as its file knows."""

from datetime import UTC, datetime
from pathlib import Path

__all__ = ["read_start_time"]


def read_start_time(path: Path) -> tuple[datetime, str]:
    """Return when a file's recording began, and which of two clocks says so.

    Phones write ``creation_time`` into the container; where it is missing or not a plausible
    date, the time the file was last written is used.

    Returns
    -------
    started_at, clock
        A time in this computer's zone, and ``container`` or ``file``.
    """
    import av

    try:
        with av.open(str(path)) as container:
            stated = container.metadata.get("creation_time", "")
        started_at = datetime.fromisoformat(stated)
        if started_at.tzinfo is not None and started_at.year >= 2000:
            return started_at.astimezone(), "container"
    except (OSError, ValueError):
        pass
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone(), "file"
