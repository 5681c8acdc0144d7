"""Published values beside a patient's numbers in the progress table."""

import math
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from motion.clinic.export import WALKING_COLUMNS, progress_table
from motion.clinic.outcome_rows import SCORE
from motion.clinic.patients import find_patient
from motion.clinic.record import Record
from motion.clinic.tested_ends import NOT_TESTED, is_end_tested
from motion.clinic.values import Instrument, Patient
from motion.model import GAIT, Mode, Position
from motion.norms import (
    NOT_STRAIGHT_ON,
    GaitNorm,
    Norm,
    Subject,
    find_gait_norm,
    find_references,
    is_like_norms,
)
from motion.norms.meaningful import MeaningfulChange

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NORM_COLUMNS", "add_norms", "progress_with_norms"]

NORM_COLUMNS: Final = ("norm_low", "norm_high", "norm_kind", "norm_note")
"""Behind the agreed columns; ``norm_mean`` and ``norm_source`` are among those."""

_NOT_OF_WALKING: Final = "no norm: published ranges of motion are not those of walking"

_BY_HAND: Final = frozenset(each.value for each in Instrument)

_Row = Mapping[Hashable, Any]


def progress_with_norms(
    record: Record,
    patient_code: str,
    norms: Iterable[Norm],
    gait_norms: Iterable[GaitNorm] = (),
    meaningful: Iterable[MeaningfulChange] = (),
) -> "pd.DataFrame":
    """Return a patient's progress table with the published values beside the numbers.

    Parameters
    ----------
    norms, gait_norms
        Everything that is published of angles, and of walking.
    meaningful
        Published changes that matter to patients.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    table = progress_table(record, patient_code, meaningful)
    patient = find_patient(record, patient_code)
    return table if patient is None else add_norms(table, patient, norms, gait_norms)


def add_norms(
    table: "pd.DataFrame",
    patient: Patient,
    norms: Iterable[Norm],
    gait_norms: Iterable[GaitNorm] = (),
) -> "pd.DataFrame":
    """Fill the norm's columns of a progress table, and put four more behind the last.

    ``norm_mean`` is a mean, a median or a textbook value, as ``norm_kind`` says; what a daily
    task needs is no norm and stays out. Where there is none, ``norm_note`` says why.

    Parameters
    ----------
    table
        Of :func:`motion.clinic.progress_table`.
    patient
        Whose it is: year of birth and sex for norms.
    norms, gait_norms
        Everything that is published of angles, and of walking.
    """
    of_angles, of_walking = tuple(norms), tuple(gait_norms)
    cells = [_cells_of(row, patient, of_angles, of_walking) for row in table.to_dict("records")]
    filled = table.copy()
    for name in ("norm_mean", "norm_source", *NORM_COLUMNS):
        filled[name] = [row.get(name) for row in cells]
    return filled


def _cells_of(
    row: _Row, patient: Patient, of_angles: tuple[Norm, ...], of_walking: tuple[GaitNorm, ...]
) -> dict[str, Any]:
    if row["method"] == SCORE:
        return {}
    subject = _subject_of(row, patient)
    if row["joint"] == GAIT:
        return _gait_cells(row, subject, of_walking)
    return _angle_cells(row, subject, of_angles)


def _subject_of(row: _Row, patient: Patient) -> Subject:
    return Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=datetime.fromisoformat(row["datetime_iso"]).date(),
        mode=Mode(row["mode"]),
        position=Position(row["position"]),
    )


def _angle_cells(row: _Row, subject: Subject, norms: tuple[Norm, ...]) -> dict[str, Any]:
    if row["unit"] != "deg":
        return {}
    if isinstance(row["gait_method"], str):
        return {"norm_note": _NOT_OF_WALKING}
    angle = f"{row['joint']}_{row['motion']}"
    # Beside a value by hand stands what the camera was asked; the hand was asked for the range.
    done = row["exercise_test"] if row["method"] not in _BY_HAND else None
    if isinstance(done, str) and not is_end_tested(done, angle, row["measure"]):
        return {"norm_note": NOT_TESTED}
    found = find_references(norms, angle, row["measure"], subject)
    if not found.published:
        return {"norm_note": found.reason}
    norm = found.published[0]
    return {
        "norm_mean": norm.value_deg,
        "norm_source": norm.source,
        "norm_low": norm.low_deg if norm.has_range else None,
        "norm_high": norm.high_deg if norm.has_range else None,
        "norm_kind": str(norm.kind),
        "norm_note": norm.note or None,
    }


def _gait_cells(row: _Row, subject: Subject, norms: tuple[GaitNorm, ...]) -> dict[str, Any]:
    made_with = {name: row[name] for name in WALKING_COLUMNS}
    if not is_like_norms(made_with):
        return {"norm_note": NOT_STRAIGHT_ON}
    norm = find_gait_norm(norms, row["measure"], subject, made_with)
    if norm is None:
        return {}
    return {
        "norm_mean": norm.value if math.isfinite(norm.value) else None,
        "norm_source": norm.source,
        "norm_low": norm.low if norm.has_range else None,
        "norm_high": norm.high if norm.has_range else None,
        "norm_kind": norm.label,
        "norm_note": norm.note or None,
    }
