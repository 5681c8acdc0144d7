"""``motion plan``, ``motion home`` and ``motion receive``: plans out, what was done back."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from motion.clinic import (
    Record,
    TodayItem,
    find_unsent,
    list_patients,
    note_sent,
    plan_settings,
    todays_list,
)
from motion.errors import InputError, MotionError
from motion.exchange import Received, adopt_plan, read_plan_file, receive_take, write_plan_file
from motion.exchange.parcel import PARCEL, unpack_parcel, write_take_files
from motion.exchange.wire import shown
from motion.model import Setting, Side
from motion.report import prepare_folder

__all__ = [
    "adopt_plan_file",
    "describe_plan",
    "export_plan_file",
    "receive_each",
    "receive_takes",
    "send_takes",
]

Say = Callable[[str], None]


def describe_plan(record: Record, code: str) -> list[str]:
    """Return a line for each exercise that holds today: key, dose, how often, done this week."""
    today = todays_list(record, code, date.today(), Setting.CLINIC)
    return [_describe(found) for found in today.items]


def export_plan_file(record: Record, code: str, out: Path) -> None:
    """Write a patient's plan for the patient's own computer."""
    prepare_folder(out.resolve().parent)
    write_plan_file(record, code, out)


def adopt_plan_file(record: Record, plan_file: Path, *, on_warning: Say) -> str:
    """Take a plan file in, and return whose it is."""
    adopted = adopt_plan(record, read_plan_file(plan_file))
    for name in adopted.unknown:
        on_warning(f"exercise {name!r} is not known here and cannot be done; update the software")
    return adopted.patient_code


def send_takes(record: Record, out: Path, code: str, *, again: bool) -> tuple[Path, ...]:
    """Write what was done under a clinic's plan as files for the clinic.

    Raises
    ------
    InputError
        If no patient is named and not exactly one has a clinic's plan.
    """
    unsent = find_unsent(record, code or _only_patient(record), again=again)
    written = write_take_files(record, unsent, out)
    if written:
        note_sent(record, unsent)
    return written


def receive_takes(record: Record, files: Sequence[Path], *, say: Say, on_warning: Say) -> None:
    """Take in what can be, say what could not.

    Raises
    ------
    MotionError
        The reason itself where there was one file; else how many files were not taken in.
    """
    failed: list[MotionError] = []
    stored = 0
    for path in files:
        with tempfile.TemporaryDirectory(prefix="physio-motion-") as folder:
            for found in receive_each(record, path, Path(folder)):
                if isinstance(found, Received):
                    stored += 1
                    say(found.said)
                else:
                    failed.append(found)
    if len(failed) == 1 and not stored:
        raise failed[0]
    for error in failed:
        on_warning(str(error))
    if failed:
        count = stored + len(failed)
        msg = f"{len(failed)} of {count} take files were not stored; the warnings say why"
        raise InputError(msg)


def receive_each(record: Record, path: Path, folder: Path) -> Iterator[Received | MotionError]:
    """Take in a take file, or each one of a parcel; give what it brought, or why it did not.

    Parameters
    ----------
    folder
        Private and empty: the files of a parcel are unpacked there.
    """
    try:
        parcel = path.suffix.lower() == PARCEL
        each = unpack_parcel(path, folder) if parcel else (path,)
        for number, taken in enumerate(each, 1):
            try:
                yield receive_take(record, taken)
            except MotionError as error:
                # What was unpacked lies where the user never was.
                named = str(error).replace(shown(taken), f"{shown(path)}, file {number}")
                yield type(error)(named) if parcel else error
    except MotionError as error:
        yield error


def _only_patient(record: Record) -> str:
    codes = [each.patient.code for each in list_patients(record)]
    adopted = [code for code in codes if plan_settings(record, code).from_clinic]
    if len(adopted) != 1:
        there = f"there are {', '.join(adopted)}" if adopted else "no plan file was taken in here"
        msg = f"--patient: name one, {there}"
        raise InputError(msg)
    return adopted[0]


def _describe(found: TodayItem) -> str:
    given = found.item.prescription
    side = "" if given.side is Side.NONE else f" {given.side}"
    held = f", hold {given.dose.hold_s:g} s" if given.dose.hold_s else ""
    withheld = f"; withheld: {found.withheld.sentence}" if found.withheld else ""
    return (
        f"{found.item.id}  {given.exercise}{side}:"
        f" {given.dose.sets} x {given.dose.repetitions}{held},"
        f" {found.done_in_week} of {found.wanted_in_week} times this week{withheld}"
    )
