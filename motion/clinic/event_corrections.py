"""Stores a take measured again with events that somebody corrected."""

from collections.abc import Callable, Sequence

from motion.clinic.edits import require_reason
from motion.clinic.event_edits import EventEdit, apply_event_edits
from motion.clinic.record import Record
from motion.clinic.store import add_analysis
from motion.clinic.values import StoredTake
from motion.errors import InputError
from motion.model import Analysis, Event

__all__ = ["correct_events"]


def correct_events(
    record: Record,
    take: StoredTake,
    edits: Sequence[EventEdit],
    measure: Callable[[tuple[Event, ...]], Analysis],
    reason: str,
    author: str | None = None,
) -> StoredTake:
    """Measure a take again with corrected events and make that its current analysis.

    The analysis before is kept, and an edit row says of each event what it was and is.

    Parameters
    ----------
    take
        As it was loaded: refused where somebody else corrected it since.
    measure
        Measures the take with these events, such as :func:`motion.measuring.measure_again` with
        them in its settings.

    Raises
    ------
    InputError
        If nothing was corrected, the reason is missing, or an event cannot be.
    RecordConflictError
        If another analysis has become current since the take was loaded.
    """
    reason = require_reason(reason)
    before = take.analysis
    if not len(before.recording):
        msg = f"take {take.id} has no frames: there is no moment for an event; record it again"
        raise InputError(msg)
    end_s = float(before.recording.time_s[-1])
    after = apply_event_edits(before.events, edits, end_s=end_s)
    if after == before.events:
        msg = "no event was corrected: move, add or remove one, then store it"
        raise InputError(msg)
    measured = measure(after)
    return add_analysis(record, take.id, measured, reason, author, expected=take.analysis_id)
