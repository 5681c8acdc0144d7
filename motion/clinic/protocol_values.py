"""A visit along a protocol, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motion.model import Setting

__all__ = ["ProtocolRun", "StepNote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNote:
    """What became of one step: a take, a value by hand, a score, or why it was left out.

    ``step`` is the key of the planned step with its side, such as ``bend-left``.
    """

    step: str
    noted_at: datetime
    take_id: UUID | None = None
    manual_id: UUID | None = None
    outcome_id: UUID | None = None
    skipped_reason: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRun:
    """One visit along a protocol.

    Parameters
    ----------
    ended_at
        When it was finished or broken off for good; None while it may go on.
    notes
        What became of its steps, in the order in which they were done. A step that was done again
        stands there twice: the later one counts, the earlier take stays in the record.
    """

    id: UUID
    version: int
    patient_code: str
    protocol: str
    setting: Setting
    started_at: datetime
    ended_at: datetime | None
    author: str | None
    notes: tuple[StepNote, ...] = ()

    def find_note(self, step: str) -> StepNote | None:
        """Return what became of a step last; None while it was not done."""
        return next((note for note in reversed(self.notes) if note.step == step), None)

    def is_open_on(self, day: date) -> bool:
        """Return whether it may be gone on with on a day: it has not ended, and is of that day.

        The day is counted in the zone of the computer that asks.
        """
        return self.ended_at is None and self.started_at.astimezone().date() == day
