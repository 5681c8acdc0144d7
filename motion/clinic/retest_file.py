"""Reads a test-retest from a CSV of one value a line; what is wrong is named with its line."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from motion.clinic.retest import Reading
from motion.errors import InputError
from motion.kinematics import JOINTS, JointAngle, find_joint
from motion.model import Side, ViewName

__all__ = ["OPTIONAL_COLUMNS", "RETEST_FILE_COLUMNS", "RetestFile", "parse_retest", "read_retest"]

RETEST_FILE_COLUMNS: Final = ("person", "session", "angle", "side", "view", "value_deg")
OPTIONAL_COLUMNS: Final = ("measure", "date")
_MEASURES: Final = ("rom_max", "rom_min")

_RowKey = tuple[str, str, Side, ViewName, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestFile:
    """The readings of a file, and the last day that it names; None where it names none."""

    readings: tuple[Reading, ...]
    day: date | None


def read_retest(path: Path) -> RetestFile:
    """Read a test-retest from a file.

    Raises
    ------
    InputError
        If it cannot be read, or a cell cannot be: one line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror or error}); choose a CSV file"
        raise InputError(msg) from error
    return parse_retest(content, str(path))


def parse_retest(content: bytes, where: str) -> RetestFile:
    """Read a test-retest: ``person,session,angle,side,view,value_deg``, a value on each line.

    ``measure`` (``rom_max`` where it is empty or absent) and ``date`` may stand beside them;
    other columns are passed over. An empty ``value_deg`` is a session that was missed. Only
    where each value of a limb has a ``date`` and no two have the same are its sessions taken to
    be on different days.

    Raises
    ------
    InputError
        If a column is missing or a cell cannot be: names the line, the column, what was
        expected and what came.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{where}: not UTF-8 text; save it as CSV UTF-8"
        raise InputError(msg) from error
    # Old spreadsheets end a line with a carriage return alone.
    reader = csv.DictReader(io.StringIO(text, newline=None))
    try:
        missing = [name for name in RETEST_FILE_COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            msg = (
                f"{where}: column {', '.join(missing)} missing; the first line must hold"
                f" {','.join(RETEST_FILE_COLUMNS)}"
            )
            raise InputError(msg)
        lines = [_Line(cells, f"{where}, line {reader.line_num}") for cells in reader]
    except csv.Error as error:
        msg = f"{where}, line {reader.line_num}: no table ({error}); save it as CSV UTF-8"
        raise InputError(msg) from error
    days = [day for line in lines if (day := line.day()) is not None]
    readings = _readings(lines, where)
    apart = _rows_between_days(readings, lines)
    return RetestFile(
        readings=tuple(replace(each, between_days=_row_of(each) in apart) for each in readings),
        day=max(days, default=None),
    )


def _readings(lines: "list[_Line]", where: str) -> tuple[Reading, ...]:
    found: dict[tuple[object, ...], Reading] = {}
    for line in lines:
        reading = line.reading()
        key = (
            *(reading.person, reading.session, reading.angle),
            *(reading.side, reading.view, reading.measure),
        )
        if key in found:
            raise line.wrong("session", "another one: this value stands there already", "session")
        found[key] = reading
    if not found:
        msg = f"{where}: holds no values; give one a line for each person and session"
        raise InputError(msg)
    return tuple(found.values())


def _rows_between_days(readings: Iterable[Reading], lines: "Iterable[_Line]") -> set[_RowKey]:
    """Return whose sessions were on different days, as far as the lines say so."""
    days: dict[_RowKey, list[date | None]] = {}
    for reading, line in zip(readings, lines, strict=True):
        if math.isfinite(reading.value_deg):
            days.setdefault(_row_of(reading), []).append(line.day())
    return {row for row, on in days.items() if None not in on and len(set(on)) == len(on)}


def _row_of(reading: Reading) -> _RowKey:
    return reading.person, reading.angle, reading.side, reading.view, reading.measure


@dataclass(frozen=True, slots=True)
class _Line:
    cells: Mapping[str, str | None]
    where: str

    def reading(self) -> Reading:
        angle = self._word("angle", tuple(joint.name for joint in JOINTS))
        joint = find_joint(angle)
        sides = (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,)
        default = "" if joint.sided else Side.NONE.value
        views = (joint.plane.view.value, ViewName.OBLIQUE.value, ViewName.SPATIAL.value)
        return Reading(
            person=self._given("person"),
            session=self._given("session"),
            angle=angle,
            side=Side(self._word("side", tuple(side.value for side in sides), default)),
            view=ViewName(self._word("view", views)),
            value_deg=self._value(joint),
            measure=self._word("measure", _MEASURES, _MEASURES[0]),
        )

    def day(self) -> date | None:
        text = self._text("date")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.wrong("date", "a day such as 2026-11-21", "date") from error

    def wrong(self, column: str, expected: str, shown: str) -> InputError:
        got = repr(self._text(shown)) if self._text(shown) else "nothing"
        return InputError(f"{self.where}: {column} must be {expected}, got {got}; mend the line")

    def _text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def _given(self, column: str) -> str:
        text = self._text(column)
        if not text:
            raise self.wrong(column, "given", column)
        return text

    def _word(self, column: str, known: tuple[str, ...], default: str = "") -> str:
        text = self._text(column) or default
        if text not in known:
            raise self.wrong(column, f"{'one of ' * (len(known) > 1)}{', '.join(known)}", column)
        return text

    def _value(self, joint: JointAngle) -> float:
        text = self._text("value_deg")
        low, high = joint.branch_deg
        if not text:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            expected = f"a number from {low:g} to {high:g} degrees or empty"
            raise self.wrong("value_deg", expected, "value_deg")
        return value
