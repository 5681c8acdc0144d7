"""What the record says of a take's corrections, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

__all__ = ["AnalysisVersion", "HistoryEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisVersion:
    """One of the analyses of a take: the first, or what came of a correction.

    Parameters
    ----------
    number
        Counted from 1 in the order in which they were made.
    hand_points
        Landmarks that were placed by hand.
    reason
        Why it was made; empty of the first.
    """

    id: UUID
    number: int
    created_at: datetime
    author: str | None
    software: str
    is_current: bool
    hand_points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One thing that was done to a take, in a sentence, with what it changed.

    Parameters
    ----------
    who
        Empty where nobody was named.
    reason
        Empty where none is asked for, as when a take is stored.
    changes
        One line for each thing that changed: ``left knee at 1.233 s: found -> by hand``.
    """

    at: datetime
    who: str
    sentence: str
    reason: str = ""
    changes: tuple[str, ...] = ()
