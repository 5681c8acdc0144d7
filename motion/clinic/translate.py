"""The database's errors in the product's own words, each with what to do about it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from motion.errors import (
    MotionError,
    OutputError,
    RecordBusyError,
    RecordConflictError,
    RecordError,
)

__all__ = ["translated"]

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001", "57014")
# A file size limit and a full quota reach SQLite as a failed write, not as SQLITE_FULL.
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHM", "53100")
_READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "25006", "42501")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise the database's errors as ours.

    Parameters
    ----------
    where
        The database as the user knows it: a path, or an address without its password.

    Raises
    ------
    RecordBusyError
        If another program kept the database locked.
    RecordConflictError
        If the row exists already, or somebody else changed it.
    OutputError
        If the disk is full.
    RecordError
        If the database cannot be opened, read or written.
    """
    try:
        yield
    except StaleDataError as error:
        msg = f"{where}: somebody else changed this entry meanwhile; load it again, then change it"
        raise RecordConflictError(msg) from error
    except SQLAlchemyError as error:
        if isinstance(error, StatementError) and isinstance(error.orig, MotionError):
            raise error.orig from error
        raise _meaning(error, where) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise OutputError(_full(where)) from error
        reason = error.strerror
        msg = f"patient record {where} cannot be used: {reason}; allow it or set MOTION_DATA_DIR"
        raise RecordError(msg) from error


def _meaning(error: SQLAlchemyError, where: str) -> MotionError:
    code = _code_of(error)
    if isinstance(error, IntegrityError):
        return RecordConflictError(
            f"{where}: the entry exists already or is in use ({_line(error)})"
        )
    if code.startswith(_BUSY):
        return RecordBusyError(
            f"patient record {where} is locked by another program; close it or wait, then try again"
        )
    if code.startswith(_FULL):
        return OutputError(_full(where))
    if code.startswith(_READ_ONLY):
        return RecordError(
            f"patient record {where} cannot be written ({_line(error)});"
            " make the file and its folder writable or set MOTION_DATA_DIR"
        )
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return RecordError(
            f"patient record {where} is damaged or no database ({_line(error)});"
            " restore it from a backup"
        )
    return RecordError(
        f"patient record {where} cannot be used ({_line(error)});"
        " check MOTION_DATABASE_URL and that the database runs"
    )


def _code_of(error: SQLAlchemyError) -> str:
    # SQLite names its result codes, PostgreSQL has five-character SQLSTATEs.
    orig = error.orig if isinstance(error, DBAPIError) else None
    named = getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None)
    return str(named or "")


def _full(where: str) -> str:
    return f"the disk of patient record {where} is full: free some space, then store it again"


def _line(error: SQLAlchemyError) -> str:
    orig = getattr(error, "orig", None) or error
    return " ".join(str(orig).split())[:200] or type(orig).__name__
