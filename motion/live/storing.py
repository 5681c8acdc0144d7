"""A live take into the record, once, however often its journal is finished."""

from pathlib import Path
from uuid import UUID

from motion.clinic import ensure_patient, find_take, open_record, store_live
from motion.live.finishing import LiveTake

__all__ = ["store_once"]


def store_once(
    take: LiveTake, patient_code: str, *, item_id: UUID | None = None, annotated: Path | None = None
) -> UUID:
    """Store a live take under a patient, made if missing, and return its key.

    One that was stored before its journal could be removed is not stored twice: its key is
    returned.

    Parameters
    ----------
    item_id
        The item of the patient's plan that it was done for.
    annotated
        The video to keep, where somebody ticked so.

    Raises
    ------
    InputError
        If the item is of another exercise or side.
    RecordNotFoundError, OutputError
        If there is no such item; if the disk is full.
    """
    analysis = take.analysis
    with open_record() as record:
        ensure_patient(record, patient_code)
        digest = analysis.provenance.input.sha256
        stored = find_take(record, patient_code, digest, analysis.movement)
        if stored is not None:
            return stored
        return store_live(
            record, analysis, take.facts, patient_code, item_id=item_id, annotated=annotated
        ).id
