"""What was done of a plan's item, once: by a live take, or as the patient says."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

__all__ = ["DoneSession"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSession:
    """One time that an item was done.

    Parameters
    ----------
    item_id, at, day
        Of which item, when, and on which day where it was done.
    take_id
        The live take; None of an entry of the diary.
    interrupted
        Whether it ended without anybody's wish: such a session is never complete and never
        counted as done, but its repetitions are.
    repetitions_wanted, repetitions_done
        In all sets together; done are those that the take's analysis calls full and that were
        held as prescribed, or that the patient says.
    pain
        The largest answer of before, during and after; None where nobody answered.
    pain_pressed
        Whether the patient pressed Pain, answered or not.
    stopped_for_pain
        Whether it ended because of pain: such a session is not counted as done either.
    exertion
        Borg's CR10; None where not answered.
    peak_deg
        Median of the farthest points of the full repetitions, of a movement to both sides without
        their sign; NaN where not measured.
    comparable
        Equal for two takes whose numbers may be compared; None of an entry of the diary.
    """

    item_id: UUID
    at: datetime
    day: date
    repetitions_wanted: int
    repetitions_done: int
    take_id: UUID | None = None
    interrupted: bool = False
    pain: int | None = None
    pain_pressed: bool = False
    stopped_for_pain: bool = False
    exertion: int | None = None
    peak_deg: float = math.nan
    comparable: Hashable = None

    @property
    def counts(self) -> bool:
        """Whether it is a session that was done."""
        ended_early = self.interrupted or self.stopped_for_pain
        return not ended_early and self.repetitions_done > 0

    @property
    def percent(self) -> float:
        """Share of the prescribed repetitions, 0 of an interrupted session; may be over 100."""
        if self.interrupted or not self.repetitions_wanted:
            return 0.0
        return 100.0 * self.repetitions_done / self.repetitions_wanted
