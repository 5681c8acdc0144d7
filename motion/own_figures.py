"""The clinic's own error figures: a small table beside the record, readable without a database."""

import csv
import hashlib
import io
import math
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from motion.errors import InputError, OutputError
from motion.kinematics.error_table import ERROR_COLUMNS, ErrorRow, parse_error_rows
from motion.paths import data_dir

__all__ = ["OwnFigures", "own_figures_path", "read_own_figures", "write_own_figures"]

_MEND: Final = "mend the file, or move it away to use the product's figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """The rows of the clinic's table, and its SHA-256; nothing of either where there is none."""

    rows: tuple[ErrorRow, ...] = ()
    sha256: str = ""


def own_figures_path() -> Path:
    """Return where the clinic's table lies, or would lie: ``mdc/clinic.csv`` beside the record."""
    return data_dir() / "mdc" / "clinic.csv"


def read_own_figures() -> OwnFigures:
    """Return the clinic's own figures; read again only when the file has changed.

    Raises
    ------
    InputError
        If the file cannot be read, or a row of it cannot be: one line that names the row.
    """
    path = own_figures_path()
    try:
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return OwnFigures()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    return _read(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int, _size: int, _inode: int) -> OwnFigures:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")  # spreadsheets put a mark in front
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is no UTF-8 text; save it as CSV UTF-8") from error
    # Old spreadsheets end a line with a carriage return alone.
    reader = csv.DictReader(io.StringIO(text, newline=None))
    try:
        if tuple(reader.fieldnames or ()) != ERROR_COLUMNS:
            got = ",".join(reader.fieldnames or ()) or "nothing"
            msg = f"{path}: the first line must be {','.join(ERROR_COLUMNS)}, got {got}; {_MEND}"
            raise InputError(msg)
        rows = parse_error_rows(((reader.line_num, cells) for cells in reader), str(path))
    except csv.Error as error:
        msg = f"{path}, line {reader.line_num}: no table ({error}); {_MEND}"
        raise InputError(msg) from error
    return OwnFigures(rows=rows, sha256=hashlib.sha256(content).hexdigest())


def write_own_figures(rows: Iterable[ErrorRow]) -> Path:
    """Write the clinic's table whole or not at all, and return its path.

    Rows of the table that are not among ``rows`` stay as they are.

    Raises
    ------
    InputError
        If the table that is there cannot be read.
    OutputError
        If it cannot be written.
    """
    kept = {(row.angle, row.view): row for row in read_own_figures().rows}
    kept |= {(row.angle, row.view): row for row in rows}
    path = own_figures_path()
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(ERROR_COLUMNS)
    table.writerows(_cells(row) for row in kept.values())
    partial = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as file:
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror or error}); set MOTION_DATA_DIR"
        raise OutputError(msg) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return path


def _cells(row: ErrorRow) -> tuple[str, ...]:
    figure = row.figure
    numbers = (figure.sem_deg, figure.mdc95_deg, figure.extra_at_45_deg)
    texts = ("" if math.isnan(number) else f"{number:.2f}" for number in numbers)
    return row.angle, row.view.value, *texts, figure.source


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(f"{path}: the clinic's error figures cannot be read ({reason}); {_MEND}")
