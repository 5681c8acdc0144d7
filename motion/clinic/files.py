"""Files named by their own SHA-256, so that a stored recording can be neither mixed up nor changed.

A file is written under a temporary name in the same folder, flushed to the disk and renamed:
whoever looks sees the whole file or none. The database names a file only after that.
"""

import errno
import hashlib
import os
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import BinaryIO
from uuid import uuid4

from motion.errors import OutputError, RecordError, SourceError

__all__ = ["FileStore"]

_TEMPORARY = ".tmp-"
_OWNER = ".database"
_SWEPT = ".swept"
_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class FileStore:
    """The folder ``files/`` of a patient record.

    Parameters
    ----------
    folder
        Made when the first file is written.
    owner
        The database that names the files; another one must never sweep them away.
    """

    def __init__(self, folder: Path, owner: str) -> None:
        self.folder = folder
        self.owner = owner

    def put_bytes(self, content: bytes) -> str:
        """Store bytes and return their digest; storing them again changes nothing."""
        digest = hashlib.sha256(content).hexdigest()
        if not self._refresh(digest):
            with self._place() as (file, finish):
                file.write(content)
                finish.append(digest)
        return digest

    def put_file(self, source: Path) -> str:
        """Store a copy of a file and return its digest.

        Raises
        ------
        SourceError
            If the file cannot be read.
        OutputError
            If the disk is full.
        """
        try:
            opened = source.open("rb")
        except OSError as error:
            msg = f"{source} cannot be read: {error.strerror}; it was not stored"
            raise SourceError(msg) from error
        hashed = hashlib.sha256()
        with opened, self._place() as (file, finish):
            while chunk := opened.read(_CHUNK):
                hashed.update(chunk)
                file.write(chunk)
            finish.append(hashed.hexdigest())
        return hashed.hexdigest()

    def has(self, digest: str) -> bool:
        """Whether the file is there."""
        return (self.folder / digest).is_file()

    def read(self, digest: str) -> bytes:
        """Return a file's bytes.

        Raises
        ------
        RecordError
            If the file is missing, cannot be read or is not what was stored.
        """
        path = self.folder / digest
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error
        _require_digest(path, hashlib.sha256(content).hexdigest())
        return content

    def checked_path(self, digest: str) -> Path:
        """Return where a file lies, after a look at its whole content (for videos)."""
        path = self.folder / digest
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _unreadable(path, error) from error
        _require_digest(path, found)
        return path

    def sweep(self, keep: Set[str], older_than_s: float) -> int:
        """Remove files that no row names and left-over temporary files; return how many.

        Parameters
        ----------
        keep
            The digests that the database names.
        older_than_s
            Younger files stay: another program may be about to commit the row that names them.

        Raises
        ------
        RecordError
            If the files belong to another database, whose rows nobody asked.
        """
        self._require_own()
        newest = time() - older_than_s
        removed = 0
        with self._writing():
            for path in self.folder.iterdir() if self.folder.is_dir() else ():
                if path.name in (_OWNER, _SWEPT) or path.name in keep:
                    continue
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime <= newest:
                        path.unlink()
                        removed += 1
            if self.folder.is_dir():
                (self.folder / _SWEPT).touch()
        return removed

    def swept_within(self, seconds: float) -> bool:
        """Whether the last sweep was that recent."""
        try:
            return time() - (self.folder / _SWEPT).stat().st_mtime < seconds
        except OSError:
            return False

    def _require_own(self) -> None:
        claim = self.folder / _OWNER
        if claim.is_file() and claim.read_text() != self.owner:
            msg = f"{self.folder} holds files of another database: its own record must sweep them"
            raise RecordError(msg)

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        claim = self.folder / _OWNER
        if not claim.exists():
            temporary = self.folder / f"{_TEMPORARY}{uuid4().hex}"
            temporary.write_text(self.owner)
            temporary.replace(claim)

    def _refresh(self, digest: str) -> bool:
        # An orphan that is stored again counts as young, so that no broom takes it meanwhile.
        try:
            os.utime(self.folder / digest)
        except FileNotFoundError:
            return False
        except OSError:
            return self.has(digest)
        return True

    @contextmanager
    def _place(self) -> Iterator[tuple[BinaryIO, list[str]]]:
        # The body writes the content, then says its digest; nothing is left behind when it fails.
        finish: list[str] = []
        temporary = self.folder / f"{_TEMPORARY}{uuid4().hex}"
        with self._writing():
            self._prepare()
            try:
                with temporary.open("xb") as file:
                    yield file, finish
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(self.folder / finish[0])
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
            _flush_folder(self.folder)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                msg = f"{self.folder} has no space left: free some, then store the take again"
                raise OutputError(msg) from error
            reason = error.strerror
            msg = f"{self.folder} cannot be written: {reason}; allow it or set MOTION_DATA_DIR"
            raise RecordError(msg) from error


def _flush_folder(folder: Path) -> None:
    # Windows has no handle on a folder; there the rename is flushed with the file system's journal.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unreadable(path: Path, error: OSError) -> RecordError:
    return RecordError(
        f"stored file {path} cannot be read: {error.strerror}; restore it from a backup"
    )


def _require_digest(path: Path, found: str) -> None:
    if found != path.name:
        msg = f"stored file {path} is damaged: its SHA-256 is {found}; restore it from a backup"
        raise RecordError(msg)
