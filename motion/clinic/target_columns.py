"""A patient's targets beside the numbers in the progress table."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from motion.clinic.answer_columns import add_answer_columns
from motion.clinic.norm_columns import progress_with_norms
from motion.clinic.patients import list_made_up
from motion.clinic.record import Record
from motion.clinic.sign_columns import add_made_up, add_sign_columns
from motion.clinic.takes import list_takes
from motion.clinic.target_values import Target, find_target
from motion.clinic.targets import list_targets
from motion.model import Side
from motion.norms import GaitNorm, Norm
from motion.norms.meaningful import MeaningfulChange

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TARGET_COLUMNS", "add_targets", "progress_report"]

TARGET_COLUMNS: Final = ("target_source",)
"""Behind those of the norms; ``target`` is among the agreed columns."""


def progress_report(
    record: Record,
    patient_code: str,
    norms: Iterable[Norm],
    gait_norms: Iterable[GaitNorm] = (),
    meaningful: Iterable[MeaningfulChange] = (),
) -> "pd.DataFrame":
    """Return a patient's progress table with all that stands beside the numbers.

    Published values and targets, what the patient answered and did of the plan, and who answers
    for the numbers.

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
    table = progress_with_norms(record, patient_code, norms, gait_norms, meaningful)
    table = add_answer_columns(table, record, patient_code)
    table = add_targets(table, list_targets(record, patient_code))
    table = add_sign_columns(table, list_takes(record, patient_code))
    return add_made_up(table, made_up=patient_code in list_made_up(record, [patient_code]))


def add_targets(table: "pd.DataFrame", targets: Iterable[Target]) -> "pd.DataFrame":
    """Fill the column of targets, and say behind the last one when and by whom each was set.

    The target is the one that holds when the table is made, also beside takes of before it was
    set: the rows of one measure have one target.

    Parameters
    ----------
    table
        Of :func:`motion.clinic.progress_table`.
    targets
        The patient's.
    """
    known = tuple(targets)
    found = [_target_of(row, known) for row in table.to_dict("records")]
    filled = table.copy()
    filled["target"] = [None if each is None else each.target_deg for each in found]
    filled["target_source"] = [None if each is None else _source(each) for each in found]
    return filled


def _target_of(row: Mapping[Hashable, Any], targets: tuple[Target, ...]) -> Target | None:
    named = (row["measure"], row["joint"], row["motion"])
    return find_target(targets, *named, Side(row["side"]))


def _source(target: Target) -> str:
    by = f" by {target.set_by}" if target.set_by else ""
    return f"set {target.created_at.isoformat(timespec='seconds')}{by}"
