"""Temporary copies of what was uploaded: in a private folder, and gone when the work is done."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from motion.errors import OutputError
from motion.markers import MARKER_SUFFIXES

__all__ = ["SUFFIXES", "is_marker_file", "local_copy", "private_folder", "sweep_leftovers"]

SUFFIXES: Final = (
    *("mp4", "mov", "avi", "webm", "mkv"),
    *(suffix.removeprefix(".") for suffix in MARKER_SUFFIXES),
)
_PREFIX: Final = "physio-motion-"
_CHUNK: Final = 1 << 20
_LEFT_OVER_S: Final = 24 * 3600.0


def sweep_leftovers() -> None:
    """Remove what a killed server left behind more than a day ago."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if time.time() - folder.stat().st_mtime > _LEFT_OVER_S:
            shutil.rmtree(folder, ignore_errors=True)


def is_marker_file(suffix: str) -> bool:
    """Return whether a file with such an ending holds markers instead of a picture."""
    return f".{suffix.lower().removeprefix('.')}" in MARKER_SUFFIXES


@contextmanager
def local_copy(source: BinaryIO, suffix: str) -> Iterator[Path]:
    """Give a private copy of an upload, written a piece at a time and removed afterwards.

    Raises
    ------
    OutputError
        If there is no room for it.
    """
    sweep_leftovers()
    with private_folder() as folder:
        # Not under its own name: names of recordings hold patients' names.
        path = folder / f"recording{suffix}"
        try:
            source.seek(0)
            with path.open("wb") as file:
                shutil.copyfileobj(source, file, _CHUNK)
        except OSError as error:
            msg = f"no room for the recording in {folder} ({error.strerror}); free some space"
            raise OutputError(msg) from error
        yield path


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder that only this user can read, and remove it."""
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        yield Path(name)
