"""Which take a value by hand was measured beside, and setting it there."""

import math
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from motion.clinic.comparing import is_walk
from motion.clinic.edits import note_edits
from motion.clinic.manual import manual_row, to_manual
from motion.clinic.record import Record
from motion.clinic.takes import take_row
from motion.clinic.values import ByHand, ManualMeasurement, TakeSummary
from motion.errors import InputError
from motion.model import Position

__all__ = ["camera_value", "pair_manual", "takes_beside"]

_BESIDE = "measured beside this take"


def camera_value(take: TakeSummary, by_hand: ByHand) -> float:
    """Return the camera's degrees of the same angle, side and end; NaN where it has none."""
    named = (by_hand.measure, by_hand.joint, by_hand.motion, by_hand.side)
    values = (m.value for m in take.measurements if (m.measure, m.joint, m.motion, m.side) == named)
    return next(values, math.nan)


def takes_beside(
    takes: Iterable[TakeSummary], by_hand: ByHand, day: date, position: Position
) -> tuple[TakeSummary, ...]:
    """Return the takes of a day that measured the same angle in the same way, the newest first.

    The same are side, end of range, mode of movement and position; a position that nobody said
    is none. A walk is no such take: no joint goes to its end of range in it.
    """
    found = [
        take
        for take in takes
        if take.excluded_reason is None
        and take.started_at.date() == day
        and take.conditions.mode is by_hand.mode
        and take.conditions.position is position is not Position.UNKNOWN
        and not is_walk(take)
        and math.isfinite(camera_value(take, by_hand))
    ]
    return tuple(sorted(found, key=lambda take: take.started_at, reverse=True))


def pair_manual(
    record: Record, found: ManualMeasurement, take_id: UUID, *, author: str | None = None
) -> ManualMeasurement:
    """Say that a value was measured beside a take: the two are a pair from then on.

    Raises
    ------
    InputError
        If it stands beside a take already, or the take is another patient's.
    RecordNotFoundError
        If there is no such take.
    RecordConflictError
        If somebody else changed the value since it was loaded.
    """
    with record.writing() as session:
        row = manual_row(session, found)
        take = take_row(session, take_id)
        if row.take_id is not None:
            msg = "this value stands beside a take already: leave it out there, type it anew here"
            raise InputError(msg)
        if take.patient_id != row.patient_id:
            msg = "the take is another patient's: choose one of this patient's takes"
            raise InputError(msg)
        note_edits(session, row, {"take_id": (None, take.id)}, _BESIDE, author)
        row.take_id = take.id
        session.flush()
        return to_manual(row)
