"""Takes a table of angles measured elsewhere over into the record."""

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from motion.clinic import find_patient, import_manual, open_record, read_hand_file
from motion.clinic.hand_angles import find_hand_angle
from motion.clinic.hand_line import HandLine
from motion.clinic.wording import EXTENDED_TO_ZERO, MODES, degrees, extension, side_title
from motion.clinic.wording import label as label_of
from motion.errors import InputError, RecordNotFoundError

__all__ = ["run_import"]


def run_import(
    path: Path,
    patient_code: str,
    label: str,
    *,
    say: Callable[[str], None],
    on_warning: Callable[[str], None],
) -> None:
    """Store the angles of a file that the record does not hold yet, all or none.

    Parameters
    ----------
    label
        Where they come from; the file's own name is never kept.

    Raises
    ------
    InputError
        If the file cannot be read, or a line of it cannot be used.
    RecordNotFoundError
        If there is no such patient.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror or error}); choose a CSV file"
        raise InputError(msg) from error
    with open_record() as record:
        patient = find_patient(record, patient_code)
        if patient is None:
            msg = f"no patient has the code {patient_code}: check it with 'motion patients'"
            raise RecordNotFoundError(msg)
        try:
            found = read_hand_file(
                content,
                patient_code,
                withheld=patient.withheld_joints,
                now=datetime.now().astimezone(),
            )
            done = import_manual(record, patient_code, found, label=label)
        except InputError as error:
            msg = f"{path}: {error}"
            raise InputError(msg) from error
    if found.passed_over:
        on_warning(f"columns not read: {', '.join(found.passed_over)}")
    if done.known:
        on_warning(f"{done.known} of {len(found.lines)} values are in the record already")
    say(f"stored {done.stored} of {len(found.lines)} values")
    for line in done.lines:
        say(f"  {_in_words(line)}")


def _in_words(line: HandLine) -> str:
    """Return a value as it is read from now on: some write a missing extension as -10."""
    given = line.by_hand
    title = find_hand_angle(f"{given.joint}_{given.motion}").title
    said = f"{title}, {'smallest' if given.measure == 'rom_min' else 'largest'}"
    value = degrees(given.value_deg)
    if given.measure == "rom_min" and given.joint in EXTENDED_TO_ZERO:
        said = f"{label_of(given.joint)} extension"
        value = extension(given.value_deg, math.nan)
    named = " ".join(
        part for part in (side_title(given.side), f"{said[0].lower()}{said[1:]}") if part
    )
    return f"line {line.line}: {named}, {MODES[given.mode].lower()}: {value}"
