"""Writing a file whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motion.errors import OutputError

__all__ = ["prepare_folder", "replace_file"]


def prepare_folder(folder: Path) -> Path:
    """Make a folder for results and try that it can be written, before the work begins.

    Raises
    ------
    OutputError
        If it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"motion")
        probe.unlink()
    except OSError as error:
        raise _translate(folder, error) from error
    return folder


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; it takes the name only when all went well.

    Raises
    ------
    OutputError
        If the file cannot be written: no right to, or the disk is full.
    """
    partial = path.with_name(f".{path.stem}-{os.getpid()}.part{path.suffix}")
    try:
        yield partial
        with partial.open("r+b") as file:  # Windows flushes only what is open for writing
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise _translate(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def _translate(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(
        f"{path}: cannot be written ({reason}); free some space or choose another folder"
    )
