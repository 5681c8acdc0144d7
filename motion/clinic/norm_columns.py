"""Published values beside a patient's numbers in the progress table."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from motion.clinic.export import progress_table
from motion.clinic.patients import find_patient
from motion.clinic.record import Record
from motion.clinic.values import Patient
from motion.model import Mode, Position
from motion.norms import Norm, Subject, find_references

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NORM_COLUMNS", "add_norms", "progress_with_norms"]

NORM_COLUMNS: Final = ("norm_low", "norm_high", "norm_kind", "norm_note")
"""Behind the agreed columns; ``norm_mean`` and ``norm_source`` are among those."""


def progress_with_norms(record: Record, patient_code: str, norms: Iterable[Norm]) -> "pd.DataFrame":
    """Return a patient's progress table with the published values beside the numbers.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    table = progress_table(record, patient_code)
    patient = find_patient(record, patient_code)
    return table if patient is None else add_norms(table, patient, norms)


def add_norms(table: "pd.DataFrame", patient: Patient, norms: Iterable[Norm]) -> "pd.DataFrame":
    """Fill the norm's columns of a progress table, and put four more behind the last.

    ``norm_mean`` is a mean, a median or a textbook value, as ``norm_kind`` says; what a daily
    task needs is no norm and stays out. Where there is none, ``norm_note`` says why.

    Parameters
    ----------
    table
        Of :func:`motion.clinic.progress_table`.
    patient
        Whose it is: year of birth and sex for norms.
    norms
        Everything that is published.
    """
    known = tuple(norms)
    cells = [_norm_cells(row, patient, known) for row in table.to_dict("records")]
    filled = table.copy()
    for name in ("norm_mean", "norm_source", *NORM_COLUMNS):
        filled[name] = [row.get(name) for row in cells]
    return filled


def _norm_cells(
    row: Mapping[Hashable, Any], patient: Patient, norms: tuple[Norm, ...]
) -> dict[str, Any]:
    if row["unit"] != "deg":
        return {}
    subject = Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=datetime.fromisoformat(row["datetime_iso"]).date(),
        mode=Mode(row["mode"]),
        position=Position(row["position"]),
    )
    angle = f"{row['joint']}_{row['motion']}"
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
