"""Reads a force plate's table: forces and moments, or the centre of pressure, over time."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from motion.errors import SourceError
from motion.model import FloatArray

__all__ = ["TABLE_SUFFIXES", "ForceTable", "read_force_table"]

TABLE_SUFFIXES: Final = (".csv", ".tsv", ".txt")
_LARGEST_MB: Final = 500
_FORCE: Final = {"n": 1.0, "kn": 1e3}
_MOMENT: Final = {"nm": 1.0, "nmm": 1e-3, "ncm": 1e-2}
_LENGTH: Final = {"mm": 1.0, "cm": 10.0, "m": 1e3}
_TO_BASE: Final = {
    "time": {"s": 1.0, "ms": 1e-3},
    "fx": _FORCE,
    "fy": _FORCE,
    "fz": _FORCE,
    "mx": _MOMENT,
    "my": _MOMENT,
    "mz": _MOMENT,
    "copx": _LENGTH,
    "copy": _LENGTH,
}
"""Units of each quantity and what they are in seconds, newtons, newton metres, millimetres."""

_HEADING: Final = re.compile(
    r"(time|fx|fy|fz|mx|my|mz|copx|copy)[\[(]?(ms|s|kn|nmm|ncm|nm|n|mm|cm|m)?[\])]?"
)
_EXPECTED: Final = "columns such as Time[s], COPx[cm], COPy[cm] or Fx[N] ... Mz[Nm], with units"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForceTable:
    """A plate's table in seconds, newtons, newton metres and millimetres.

    ``time_s`` is ``(n,)``; the others ``(n, 3)``, ``(n, 3)`` and ``(n, 2)``, or None where the
    table has not all of their columns. Empty cells are NaN.
    """

    time_s: FloatArray
    force_n: FloatArray | None
    moment_nm: FloatArray | None
    cop_mm: FloatArray | None


def read_force_table(path: Path, rate_hz: float | None = None) -> ForceTable:
    """Read a table with a heading row; tabs, commas or semicolons part the columns.

    A heading names a quantity and its unit: ``COPx[cm]``, ``cop_x_mm``, ``Fz (N)``. Columns of
    other names are passed over.

    Parameters
    ----------
    rate_hz
        Rows per second; needed where the table has no time.

    Raises
    ------
    SourceError
        If the file cannot be read, or is not such a table.
    """
    headings, rows = _read_rows(path)
    columns = _find_columns(path, headings)
    numbers = {name: _to_numbers(path, rows, at) * scale for name, (at, scale) in columns.items()}
    force_n = _together(numbers, "fx", "fy", "fz")
    moment_nm = _together(numbers, "mx", "my", "mz")
    cop_mm = _together(numbers, "copx", "copy")
    if cop_mm is None and (force_n is None or moment_nm is None):
        msg = f"{path}: no centre of pressure and not all of Fx ... Mz; expected {_EXPECTED}"
        raise SourceError(msg)
    return ForceTable(
        time_s=_times(path, numbers.get("time"), len(rows), rate_hz),
        force_n=force_n,
        moment_nm=moment_nm,
        cop_mm=cop_mm,
    )


def _read_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        if path.stat().st_size > _LARGEST_MB * 1_000_000:
            msg = f"{path}: larger than {_LARGEST_MB} MB; export one trial of a plate"
            raise SourceError(msg)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: not a text table; export it as CSV or tab-separated text"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); copy it to this computer"
        raise SourceError(msg) from error
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        msg = f"{path}: no rows below a heading; expected {_EXPECTED}"
        raise SourceError(msg)
    separator = next((mark for mark in "\t;," if mark in lines[0]), ",")
    headings, *rows = csv.reader(lines, delimiter=separator)
    return headings, rows


def _find_columns(path: Path, headings: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Return place and scale of each known quantity."""
    found: dict[str, tuple[int, float]] = {}
    for place, heading in enumerate(headings):
        named = _HEADING.fullmatch(re.sub(r"[\s_.·*]", "", heading).lower())
        if not named:
            continue
        name, unit = named.groups()
        units = _TO_BASE[name]
        if unit not in units:
            msg = f"{path}: column {heading!r} needs its unit, one of {', '.join(units)}"
            raise SourceError(msg)
        if name in found:
            msg = f"{path}: column {heading!r} comes twice; keep one plate's columns"
            raise SourceError(msg)
        found[name] = (place, units[unit])
    return found


def _to_numbers(path: Path, rows: Sequence[Sequence[str]], column: int) -> FloatArray:
    cells = [row[column].strip() if column < len(row) else "" for row in rows]
    try:
        return np.array([float(cell) if cell else np.nan for cell in cells])
    except ValueError as error:
        msg = f"{path}: {error}; expected numbers with a decimal point"
        raise SourceError(msg) from error


def _together(numbers: dict[str, FloatArray], *names: str) -> FloatArray | None:
    if not set(names) <= set(numbers):
        return None
    return np.column_stack([numbers[name] for name in names])


def _times(path: Path, time_s: FloatArray | None, n: int, rate_hz: float | None) -> FloatArray:
    if rate_hz is not None:
        return np.arange(n) / rate_hz
    if time_s is None:
        msg = f"{path}: no Time[s] column; name the plate's rate with --rate-hz"
        raise SourceError(msg)
    if not np.all(np.isfinite(time_s)) or np.any(np.diff(time_s) <= 0):
        msg = f"{path}: the times do not rise from row to row; name the rate with --rate-hz"
        raise SourceError(msg)
    since_first_s: FloatArray = time_s - time_s[0]
    return since_first_s
