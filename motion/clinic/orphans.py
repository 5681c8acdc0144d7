"""Removes files that no row names: what is left of takes that were never committed."""

from contextlib import suppress
from typing import Final

from sqlalchemy import CompoundSelect, select, union

from motion.clinic.record import Record
from motion.clinic.statistics import refresh_statistics
from motion.clinic.tables import AnalysisRow, TakeRow
from motion.errors import MotionError

__all__ = ["SAFE_AGE_S", "sweep", "sweep_daily"]

SAFE_AGE_S: Final = 3600.0
"""A file without a row may belong to a take that another program is about to commit."""

_DAY_S: Final = 86400.0


def sweep(record: Record, older_than_s: float = SAFE_AGE_S) -> int:
    """Remove orphaned and temporary files older than that, and return how many.

    Raises
    ------
    RecordError
        If the files belong to another database.
    """
    named: CompoundSelect[str | None] = union(
        select(TakeRow.landmarks_digest),
        select(TakeRow.source_digest),
        select(TakeRow.annotated_digest),
        select(AnalysisRow.landmarks_digest),
        select(AnalysisRow.angles_digest),
    )
    with record.writing() as session:
        keep = {digest for digest in session.scalars(named) if digest is not None}
        return record.files.sweep(keep, older_than_s)


def sweep_daily(record: Record) -> None:
    """Sweep unless that was done within a day; what fails is tried again next time.

    The database's statistics are made anew on the same occasion.
    """
    if not record.files.swept_within(_DAY_S):
        with suppress(MotionError):  # the take is stored: nothing to tell the user
            sweep(record)
            refresh_statistics(record)
