"""Writing a file whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        str(folder).encode()
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{_unique()}"
        try:
            probe.write_bytes(b"motion")
        finally:
            probe.unlink(missing_ok=True)
    except (OSError, UnicodeEncodeError) as error:
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
    partial = path.with_name(f".{path.stem}-{_unique()}.part{path.suffix}")
    try:
        yield partial
        with partial.open("r+b") as file:  # Windows flushes only what is open for writing
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise _translate(path, error) from error
    finally:
        with suppress(OSError):  # it says nothing that the error before does not say
            partial.unlink(missing_ok=True)


def _unique() -> str:
    """Return a name that no other process or thread uses."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def _translate(path: Path, error: OSError | UnicodeEncodeError) -> OutputError:
    if isinstance(error, UnicodeEncodeError):
        return OutputError(f"{str(path)!r}: the name is not readable text; choose another folder")
    reason = error.strerror or str(error)
    return OutputError(
        f"{path}: cannot be written ({reason}); free some space or choose another folder"
    )
