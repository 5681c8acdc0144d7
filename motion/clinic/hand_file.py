"""Reads angles measured elsewhere from a CSV, one a line; what is wrong is named with its line."""

import csv
import hashlib
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from motion.clinic.hand_line import COLUMNS, OPTIONAL, REQUIRED, HandLine, read_line
from motion.errors import InputError

__all__ = ["HandFile", "read_hand_file"]

_LARGEST_BYTES: Final = 2_000_000
_DELIMITERS: Final = (";", ",", "\t")
_WHOLE: Final = re.compile(r"[+-]?\d+")
_DECIMALS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandFile:
    """What a file holds.

    Parameters
    ----------
    lines
        The values that can be stored, in the file's order.
    problems
        One sentence for each line that cannot be, with its number.
    passed_over
        Names of columns that are not known here and were not read.
    sha256
        The file's digest: its name is never kept, as it may hold a patient's.
    """

    lines: tuple[HandLine, ...]
    problems: tuple[str, ...]
    passed_over: tuple[str, ...]
    sha256: str


def read_hand_file(
    content: bytes,
    patient_code: str,
    *,
    withheld: Collection[str] = (),
    now: datetime,
    zone: tzinfo | None = None,
) -> HandFile:
    """Read a table of angles, delimited by semicolons, commas or tabs (docs/outcomes.md).

    A number may have a decimal point or a decimal comma; the latter not in a table of commas, where
    what follows it would be the next cell.

    Parameters
    ----------
    patient_code
        Whose angles they are: a line whose ``patient`` names somebody else is refused.
    withheld
        The patient's joints that are never measured: a value of one needs a note.
    now
        Nothing may lie after it.
    zone
        Where the days are; that of this computer where not given.

    Raises
    ------
    InputError
        If it is no such table: one line that says what was expected.
    """
    if len(content) > _LARGEST_BYTES:
        msg = f"the file has {len(content)} bytes, more than {_LARGEST_BYTES}: it is no such table"
        raise InputError(msg)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = "the file is no UTF-8 text: save it as CSV UTF-8"
        raise InputError(msg) from error
    names, delimiter, rows = _read_table(text)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        msg = (
            f"column {', '.join(missing)} missing: the first line must hold"
            f" {', '.join(REQUIRED)}, and may hold {', '.join(OPTIONAL)}"
        )
        raise InputError(msg)
    lines, problems = [], []
    for number, cells in rows:
        try:
            given = _name_cells(names, cells)
            if delimiter == ",":
                _require_no_split_number(names, cells)
            lines.append(read_line(number, given, patient_code, withheld, now=now, zone=zone))
        except InputError as error:
            problems.append(f"line {number}: {error}")
    if not (lines or problems):
        msg = "the file holds no values: give one a line under the first"
        raise InputError(msg)
    return HandFile(
        lines=tuple(lines),
        problems=tuple(problems),
        passed_over=tuple(name for name in names if name and name not in COLUMNS),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _require_no_split_number(names: list[str], cells: list[str]) -> None:
    """Refuse a value whose decimal comma made two cells of it: 92,5 must not become 92.

    A row that ends early is as long as the first line although a cell is too many.
    """
    place = names.index("value_deg")
    value, after = cells[place].strip(), "".join(cells[place + 1 : place + 2]).strip()
    if _WHOLE.fullmatch(value) and _DECIMALS.fullmatch(after):
        msg = (
            f"value_deg may be {value},{after} cut at its decimal comma: "
            "write it with a point, or save the file with semicolons"
        )
        raise InputError(msg)


def _name_cells(names: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(names):
        msg = f"has {len(cells)} cells, expected {len(names)} as in the first line"
        raise InputError(msg)
    return dict(zip(names, (cell.strip() for cell in cells), strict=True))


def _read_table(text: str) -> tuple[list[str], str, list[tuple[int, list[str]]]]:
    """Return the names of the columns, what parts the cells, and each line with its number.

    Empty lines are left out.
    """
    first = text.split("\n", 1)[0].split("\r", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    # Old spreadsheets end a line with a carriage return alone.
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    try:
        table = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as error:
        msg = f"line {reader.line_num}: no table ({error}); save it as CSV UTF-8"
        raise InputError(msg) from error
    if not table:
        msg = "the file is empty: its first line must name the columns"
        raise InputError(msg)
    names = [name.strip().casefold() for name in table[0][1]]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        msg = f"column {', '.join(twice)} stands there twice: keep one"
        raise InputError(msg)
    return names, delimiter, table[1:]
