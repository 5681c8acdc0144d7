"""One line of a table of angles measured elsewhere: what each cell may be."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Final, TypeVar

from motion.clinic.hand_angles import HAND_ANGLES
from motion.clinic.manual_checks import MEASURES, require_by_hand, require_note_where_withheld
from motion.clinic.values import ByHand, Instrument
from motion.errors import InputError
from motion.model import Mode, Position, Side

__all__ = ["COLUMNS", "OPTIONAL", "REQUIRED", "HandLine", "read_line"]

REQUIRED: Final = ("date", "side", "joint", "motion", "mode", "value_deg")
OPTIONAL: Final = ("position", "instrument", "measure", "measured_by", "note", "patient")
COLUMNS: Final = (*REQUIRED, *OPTIONAL)

_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")
_SIDES: Final = {"l": Side.LEFT, "r": Side.RIGHT, "": Side.NONE}
_EXTENDED: Final = ("knee", "elbow")
"""Their extension is the other end of flexion: 0 is straight."""
_EARLIEST: Final = date(1900, 1, 1)
_LONGEST_TEXT: Final = 200
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLine:
    """An angle of a file, with the number of its line."""

    line: int
    by_hand: ByHand
    measured_at: datetime
    position: Position


def read_line(
    number: int,
    cells: Mapping[str, str],
    patient_code: str,
    withheld: Collection[str],
    *,
    now: datetime,
    zone: tzinfo | None,
) -> HandLine:
    """Return a line as a value.

    Parameters
    ----------
    number
        Of the line in its file.
    cells
        By the names of :data:`COLUMNS`, without the space around them.

    Raises
    ------
    InputError
        What was expected and what came.
    """
    whose = cells.get("patient", "")
    if whose and whose != patient_code:
        raise _wrong("patient", f"{patient_code} or empty", whose)
    joint, motion, measure = _angle(cells)
    by_hand = ByHand(
        measure=measure,
        joint=joint,
        motion=motion,
        side=_side(cells["side"]),
        value_deg=_number(cells["value_deg"]),
        instrument=_word(Instrument, "instrument", cells, Instrument.GONIOMETER),
        mode=_word(Mode, "mode", cells),
        measured_by=_text("measured_by", cells),
        note=_text("note", cells),
    )
    require_by_hand(by_hand)
    require_note_where_withheld(by_hand, withheld)
    return HandLine(
        line=number,
        by_hand=by_hand,
        measured_at=_moment(cells["date"], now, zone),
        position=_word(Position, "position", cells, Position.UNKNOWN),
    )


def _angle(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Return joint, motion and end of range; a knee's or an elbow's extension is one end."""
    joint, motion = _plain(cells["joint"]), _plain(cells["motion"])
    measure = _plain(cells.get("measure", ""))
    if joint in _EXTENDED and motion == "extension":
        if measure not in ("", "rom_min"):
            raise _wrong("measure", "rom_min or empty for an extension", measure)
        return joint, "flexion", "rom_min"
    names = [angle.name for angle in HAND_ANGLES]
    if f"{joint}_{motion}" not in names:
        motions = [angle.motion for angle in HAND_ANGLES if angle.joint == joint]
        motions += ["extension"] * (joint in _EXTENDED)
        if motions:
            raise _wrong("motion", f"one of {', '.join(motions)} for {joint}", motion)
        joints = dict.fromkeys(angle.joint for angle in HAND_ANGLES)
        raise _wrong("joint", f"one of {', '.join(joints)}", joint)
    if measure and measure not in MEASURES:
        raise _wrong("measure", f"{' or '.join(MEASURES)}, or empty for the first", measure)
    return joint, motion, measure or MEASURES[0]


def _side(text: str) -> Side:
    word = _plain(text)
    if word in _SIDES:
        return _SIDES[word]
    try:
        return Side(word)
    except ValueError as error:
        raise _wrong("side", "left or right, or none for trunk and neck", text) from error


def _number(text: str) -> float:
    """Return a number with a decimal point or a decimal comma."""
    if not _NUMBER.fullmatch(text):
        raise _wrong("value_deg", "a number such as 92, 92.5 or 92,5", text)
    return float(text.replace(",", "."))


def _moment(text: str, now: datetime, zone: tzinfo | None) -> datetime:
    """Return a day's middle, or a moment; days have no zone and lie in the one given."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong("date", "a day such as 2026-11-21, or a moment", text) from error
    if len(text) == len("2026-11-21"):
        found = datetime.combine(found.date(), time(12))
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone) if zone else found.astimezone()
    # By days: the middle of today may still lie ahead.
    if found.astimezone(now.tzinfo).date() > now.date():
        raise _wrong("date", "no day that lies ahead", text)
    if found.date() < _EARLIEST:
        raise _wrong("date", f"a day after {_EARLIEST}", text)
    return found


def _word(
    words: type[_Word], column: str, cells: Mapping[str, str], default: _Word | None = None
) -> _Word:
    text = _plain(cells.get(column, ""))
    if not text and default is not None:
        return default
    try:
        return words(text)
    except ValueError as error:
        names = ", ".join(words)
        raise _wrong(column, f"one of {names}", cells.get(column, "")) from error


def _text(column: str, cells: Mapping[str, str]) -> str:
    text = cells.get(column, "")
    if len(text) > _LONGEST_TEXT:
        raise _wrong(column, f"at most {_LONGEST_TEXT} characters", f"{len(text)} of them")
    return text


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def _wrong(column: str, expected: str, got: str) -> InputError:
    return InputError(
        f"{column} must be {expected}, got {got!r}"
        if got
        else (f"{column} must be {expected}, got nothing")
    )
