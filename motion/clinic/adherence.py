"""How much of what was prescribed was done in a week: values in, values out."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from motion.clinic.done_values import DoneSession
from motion.clinic.plan_values import PlanItem, Weekday

__all__ = ["Adherence", "measure_adherence", "monday_of"]

_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """What was done of an item in a week that begins on ``monday``.

    ``sessions_wanted`` and ``repetitions_wanted`` are of the days on which the item held.
    """

    item_id: UUID
    monday: date
    sessions_done: int
    sessions_wanted: int
    repetitions_done: int
    repetitions_wanted: int

    @property
    def sessions_percent(self) -> float:
        """Sessions done of those prescribed, at most 100; NaN where none was."""
        return _percent(self.sessions_done, self.sessions_wanted)

    @property
    def repetitions_percent(self) -> float:
        """Repetitions done of those prescribed, at most 100; NaN where none was."""
        return _percent(self.repetitions_done, self.repetitions_wanted)


def measure_adherence(
    items: Iterable[PlanItem], sessions: Sequence[DoneSession], day: date
) -> tuple[Adherence, ...]:
    """Return what was done of each item in the week of a day, from Monday to Sunday.

    An interrupted session is not counted as done; its repetitions are. Repetitions wanted are those
    that each session was for, and the dose of now for each session that is missing. An item that
    held on some days of the week only is wanted on its named weekdays among them, or else in
    proportion, rounded. Items that did not hold in that week are left out.
    """
    monday = monday_of(day)
    week = [monday + timedelta(days=n) for n in range(_DAYS)]
    return tuple(
        _of_item(item, monday, wanted, [s for s in sessions if s.item_id == item.id])
        for item in items
        if any(item.holds_on(each) for each in week)
        for wanted in (_sessions_wanted(item, week),)
    )


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _of_item(
    item: PlanItem, monday: date, wanted: int, sessions: Sequence[DoneSession]
) -> Adherence:
    of_week = [s for s in sessions if monday_of(s.day) == monday]
    counted = [s for s in of_week if s.counts]
    dose = item.prescription.dose
    missing = max(0, wanted - len(counted))
    return Adherence(
        item_id=item.id,
        monday=monday,
        sessions_done=len(counted),
        sessions_wanted=wanted,
        repetitions_done=sum(s.repetitions_done for s in of_week),
        repetitions_wanted=sum(s.repetitions_wanted for s in counted)
        + missing * dose.sets * dose.repetitions,
    )


def _sessions_wanted(item: PlanItem, week: Sequence[date]) -> int:
    days = [day for day in week if item.holds_on(day)]
    if item.weekdays:
        per_day = item.times_per_week // len(item.weekdays)
        return per_day * sum(Weekday.of(day) in item.weekdays for day in days)
    return math.floor(item.times_per_week * len(days) / _DAYS + 0.5)


def _percent(done: int, wanted: int) -> float:
    return min(100.0, 100.0 * done / wanted) if wanted else math.nan
