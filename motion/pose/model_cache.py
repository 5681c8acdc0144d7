"""Keeps installed files whole: one installation at a time, whole files by rename, digests beside.

An installation works in a folder of its own inside the cache. Whatever a killed one left there is
swept by the next, which holds the lock and so knows that nobody is using it.
"""

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from motion.errors import ModelError
from motion.locks import try_lock

__all__ = ["is_sound", "read_sha256", "work_folder", "write_whole", "write_with_digest"]

_WORK_PREFIX = ".install-"
_POLL_S = 0.2
_PATIENCE_S = 900.0


def read_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sound(path: Path) -> bool:
    """Tell whether ``path`` is there and is what `write_with_digest` wrote."""
    try:
        return _digest_path(path).read_bytes()[:64] == read_sha256(path).encode("ascii")
    except OSError:
        return False


def write_with_digest(path: Path, content: bytes, work: Path) -> None:
    """Write a file, and before it the digest by which `is_sound` knows it.

    The digest comes first, so that a file without one is never our own.
    """
    line = f"{hashlib.sha256(content).hexdigest()}  {path.name}\n"
    write_whole(_digest_path(path), line.encode("utf-8"), work)
    write_whole(path, content, work)


def write_whole(path: Path, content: bytes, work: Path) -> None:
    """Write a file so that a reader finds all of it or none, whenever we are killed.

    Parameters
    ----------
    path
        Where it is wanted; what is there is replaced.
    content
        All of it.
    work
        A folder on the same file system, for the name it has until it is whole.
    """
    unfinished = work / path.name
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def work_folder(folder: Path, on_wait: Callable[[], None]) -> Iterator[Path]:
    """Hold the only installation into ``folder`` and give it an empty folder to work in.

    Parameters
    ----------
    folder
        The cache; made if it is missing.
    on_wait
        Called again and again while another installation is under way.

    Raises
    ------
    ModelError
        The other installation does not end within a quarter of an hour.
    OSError
        The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".install.lock").open("ab") as lock:
        if _acquire(lock, folder, on_wait):
            for stale in folder.glob(f"{_WORK_PREFIX}*"):
                shutil.rmtree(stale, ignore_errors=True)
        # A pip that outlived its killed parent may still write here, hence errors are ignored.
        with TemporaryDirectory(
            prefix=_WORK_PREFIX, dir=folder, ignore_cleanup_errors=True
        ) as work:
            yield Path(work)


def _acquire(lock: BinaryIO, folder: Path, on_wait: Callable[[], None]) -> bool:
    """Wait for the lock; False where the file system has none (some network drives)."""
    deadline_s = time.monotonic() + _PATIENCE_S
    try:
        while not try_lock(lock):
            if time.monotonic() > deadline_s:
                raise ModelError(
                    f"{folder}: another installation of the pose model has been under way for"
                    " over 15 minutes; end it and run `motion model install` again"
                )
            on_wait()
            time.sleep(_POLL_S)
    except OSError:
        return False
    return True


def _digest_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")
