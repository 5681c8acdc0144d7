"""The last takes of all patients together."""

from typing import Final

from motion.clinic import TakeSummary, list_patients, list_takes, open_record

__all__ = ["recent_takes"]

_SHOWN: Final = 5


def recent_takes(limit: int = _SHOWN) -> list[TakeSummary]:
    """Return the last takes, the newest first; takes that are left out are not among them.

    Raises
    ------
    RecordError
        If the record cannot be read.
    """
    with open_record() as record:
        seen = [p for p in list_patients(record) if p.last_take_at is not None]
        seen.sort(key=lambda p: str(p.last_take_at), reverse=True)
        takes = [
            take
            for summary in seen[:limit]
            for take in list_takes(record, summary.patient.code, limit=2 * limit)
            if take.excluded_reason is None
        ]
    return sorted(takes, key=lambda take: take.started_at, reverse=True)[:limit]
