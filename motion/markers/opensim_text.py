"""What OpenSim's text tables (TRC, MOT, STO) have in common: lines of numbers below a head."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from motion.errors import SourceError
from motion.model import FloatArray

__all__ = ["even_times", "number", "read_lines", "to_numbers"]

_LARGEST_MB: Final = 500


def read_lines(path: Path, kind: str) -> tuple[list[str], bool]:
    """Return the lines of a text file, and whether its last one is whole.

    Raises
    ------
    SourceError
        If the file cannot be read, is too large, or is not text.
    """
    try:
        if path.stat().st_size > _LARGEST_MB * 1_000_000:
            msg = f"{path}: larger than {_LARGEST_MB} MB; export one trial"
            raise SourceError(msg)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: not a text file; expected {kind}"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); copy it to this computer"
        raise SourceError(msg) from error
    return text.splitlines(), text.endswith("\n")


def to_numbers(path: Path, rows: Sequence[Sequence[str]], width: int) -> FloatArray:
    """Return ``(rows, width)``; empty cells and those beyond a row's end are NaN.

    Raises
    ------
    SourceError
        If a cell holds something else: names the row.
    """
    values = np.full((len(rows), width), np.nan)
    for at, row in enumerate(rows):
        cells = [cell.strip() for cell in row[:width]]
        try:
            values[at, : len(cells)] = [float(cell) if cell else np.nan for cell in cells]
        except ValueError as error:
            msg = f"{path}: row {at + 1} of the table: {error}; expected numbers"
            raise SourceError(msg) from error
    values[~np.isfinite(values)] = np.nan
    return values


def number(path: Path, name: str, text: str) -> float:
    """Return a number of a file's head, above 0.

    Raises
    ------
    SourceError
        If it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (np.isfinite(value) and value > 0):
        msg = f"{path}: {name} must be a number above 0, got {text!r}"
        raise SourceError(msg)
    return value


def even_times(path: Path, cells: Sequence[str], rate_hz: float) -> FloatArray:
    """Return the times of a column, ``(n,)``, freed of the rounding with which they were written.

    Times that an even course at the file's own rate explains to their last digit are put on that
    course; others stay as they are.

    Raises
    ------
    SourceError
        If times are missing or do not rise.
    """
    time_s = to_numbers(path, [[cell] for cell in cells], 1)[:, 0]
    if not len(time_s) or not np.all(np.isfinite(time_s)) or np.any(np.diff(time_s) <= 0):
        msg = f"{path}: the times must be there and rise from row to row; export the trial again"
        raise SourceError(msg)
    decimals = max(len(cell.strip().partition(".")[2]) for cell in cells)
    even = time_s[0] + np.arange(len(time_s)) / rate_hz
    # The first time is rounded as well, so two halves of the last digit.
    return even if np.all(np.abs(even - time_s) <= 10.0**-decimals) else time_s
