"""Takes angles measured elsewhere over into the record: all of a file's, or none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from motion.clinic.edits import author_id_of
from motion.clinic.hand_file import HandFile
from motion.clinic.hand_line import HandLine
from motion.clinic.manual import new_manual_row, to_manual
from motion.clinic.manual_checks import require_note_where_withheld
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import ManualRow
from motion.clinic.values import ByHand, ManualMeasurement
from motion.errors import InputError
from motion.model import Position, Setting

__all__ = ["Imported", "import_manual", "sort_known", "source_of_file"]

_DIGITS: Final = 12
_SHOWN: Final = 20
_LONGEST_LABEL: Final = 60

_Key = tuple[date, ByHand, Position]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file: how many values were stored, and how many were there before.

    ``lines`` are those that were stored.
    """

    stored: int
    known: int
    lines: tuple[HandLine, ...] = ()


def source_of_file(found: HandFile, label: str = "") -> str:
    """Return what the record says of where values come from: never a file's name.

    Raises
    ------
    InputError
        If the label is too long.
    """
    if len(label.strip()) > _LONGEST_LABEL:
        msg = f"the label must have at most {_LONGEST_LABEL} characters, got {len(label.strip())}"
        raise InputError(f"{msg}: shorten it")
    named = f"{label.strip()}, " if label.strip() else ""
    return f"imported: {named}file {found.sha256[:_DIGITS]}"


def sort_known(
    lines: Iterable[HandLine], stored: Iterable[ManualMeasurement]
) -> tuple[tuple[HandLine, ...], tuple[HandLine, ...]]:
    """Return the lines that the record does not hold yet, and those that it does.

    A line is known by its day, angle, side, end of range, mode, position, instrument and value.
    What was left out counts as held: who left it out does not want it back with the next file. Of
    values that a file gives twice, as many are new as it has more than the record.
    """
    held = Counter(_key(each, each.measured_at.date(), each.position) for each in stored)
    new, known = [], []
    for line in lines:
        key = _key(line.by_hand, line.measured_at.date(), line.position)
        if held[key] > 0:
            held[key] -= 1
            known.append(line)
        else:
            new.append(line)
    return tuple(new), tuple(known)


def import_manual(
    record: Record,
    patient_code: str,
    found: HandFile,
    *,
    setting: Setting = Setting.CLINIC,
    label: str = "",
    author: str | None = None,
) -> Imported:
    """Store the values of a file that the record does not hold yet; nothing if a line is wrong.

    Parameters
    ----------
    label
        Where they come from, in a few words, without a patient's name.

    Raises
    ------
    InputError
        If a line cannot be stored.
    RecordNotFoundError
        If there is no such patient.
    """
    if found.problems:
        more = len(found.problems) - _SHOWN
        shown = "; ".join(found.problems[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        count = len(found.problems) + len(found.lines)
        msg = f"{len(found.problems)} of {count} lines cannot be used, nothing was stored: {shown}"
        raise InputError(msg)
    source = source_of_file(found, label)
    with record.writing() as session:
        patient = patient_row(session, patient_code)
        held = session.scalars(select(ManualRow).where(ManualRow.patient_id == patient.id))
        new, known = sort_known(found.lines, map(to_manual, held))
        author_id = author_id_of(session, author)
        for line in new:
            require_note_where_withheld(line.by_hand, patient.withheld_joints)
            row = new_manual_row(line.by_hand, line.measured_at, line.position)
            row.patient_id = patient.id
            row.setting = setting
            row.source = source
            row.author_id = author_id
            session.add(row)
    return Imported(stored=len(new), known=len(known), lines=new)


def _key(said: ByHand, day: date, position: Position) -> _Key:
    """Return what makes a value the same: who measured it and the note may have been mended."""
    same = ByHand(
        measure=said.measure,
        joint=said.joint,
        motion=said.motion,
        side=said.side,
        value_deg=said.value_deg,
        instrument=said.instrument,
        mode=said.mode,
    )
    return day, same, position
