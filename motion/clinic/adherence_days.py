"""Day by day what was done of a plan: for a calendar of the last weeks. Values in, values out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from motion.clinic.adherence import measure_adherence, monday_of
from motion.clinic.done_values import DoneSession
from motion.clinic.plan_values import (
    PlanItem,
    PlanSettingsDetails,
    Weekday,
    effective_prescription,
)

__all__ = ["AdherenceDay", "AdherenceWeek", "DayState", "list_adherence_weeks"]

_DAYS: Final = 7


class DayState(StrEnum):
    """How much of a day's prescription was done."""

    DONE = "done"
    PARTLY = "partly"
    """Some of it, or a session that was begun and ended early."""
    MISSED = "missed"
    NOT_PRESCRIBED = "not_prescribed"
    """Nothing was asked for on that very day, and nothing was done."""
    TO_COME = "to_come"
    """The day is not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceDay:
    """One day of a plan.

    Parameters
    ----------
    sessions_done, sessions_wanted
        Of all items together. Wanted are those that the plan asks for on this very day; an item of
        so many times a week, on any days, asks for none on a single one of them.
    pain
        The largest answer of the day; None where nobody answered.
    pain_above
        Whether an answer was above its limit, Pain was pressed, or a session was stopped for it.
    """

    day: date
    state: DayState
    sessions_done: int
    sessions_wanted: int
    pain: int | None
    pain_above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceWeek:
    """A week from Monday on, with its seven days.

    ``sessions_done`` counts no more of an item than were wanted of it: more of one makes up for
    nothing of another.
    """

    days: tuple[AdherenceDay, ...]
    sessions_done: int
    sessions_wanted: int

    @property
    def monday(self) -> date:
        """Its first day."""
        return self.days[0].day

    @property
    def percent(self) -> float:
        """Sessions done of those prescribed; NaN where none was."""
        if not self.sessions_wanted:
            return math.nan
        return 100.0 * self.sessions_done / self.sessions_wanted


def list_adherence_weeks(
    items: Iterable[PlanItem],
    sessions: Iterable[DoneSession],
    settings: PlanSettingsDetails,
    today: date,
    weeks_n: int,
) -> tuple[AdherenceWeek, ...]:
    """Return the last weeks of a plan, that of today last.

    Parameters
    ----------
    items
        All of the plan, those that were ended too.
    sessions
        What was done of it; without excluded takes (:func:`motion.clinic.list_done`).
    settings
        Of the plan: its limit of pain.
    """
    known = tuple(items)
    limits = {i.id: effective_prescription(i, settings).pain_limit for i in known}
    of_day: dict[date, list[DoneSession]] = {}
    for session in sessions:
        if session.item_id in limits:
            of_day.setdefault(session.day, []).append(session)
    first = monday_of(today) - timedelta(days=_DAYS * (weeks_n - 1))
    return tuple(
        _week(known, of_day, limits, first + timedelta(days=_DAYS * n), today)
        for n in range(weeks_n)
    )


def _week(
    items: Sequence[PlanItem],
    of_day: Mapping[date, Sequence[DoneSession]],
    limits: Mapping[UUID, int],
    monday: date,
    today: date,
) -> AdherenceWeek:
    days = [monday + timedelta(days=n) for n in range(_DAYS)]
    done = [session for day in days for session in of_day.get(day, ())]
    adherence = measure_adherence(items, done, monday)
    return AdherenceWeek(
        days=tuple(_day(items, of_day.get(day, ()), limits, day, today) for day in days),
        sessions_done=sum(min(each.sessions_done, each.sessions_wanted) for each in adherence),
        sessions_wanted=sum(each.sessions_wanted for each in adherence),
    )


def _day(
    items: Sequence[PlanItem],
    sessions: Sequence[DoneSession],
    limits: Mapping[UUID, int],
    day: date,
    today: date,
) -> AdherenceDay:
    wanted = {i.id: _wanted_on(i, day) for i in items if i.holds_on(day)}
    done: dict[UUID, int] = {}
    for each in sessions:
        done[each.item_id] = done.get(each.item_id, 0) + each.counts
    all_done = all(done.get(key, 0) >= count for key, count in wanted.items())
    tried = [each for each in sessions if each.counts or each.repetitions_done or each.take_id]
    wanted_n, done_n = sum(wanted.values()), sum(done.values())
    answers = [each.pain for each in sessions if each.pain is not None]
    return AdherenceDay(
        day=day,
        state=_state(wanted_n, done_n, all_done, bool(tried), day < today),
        sessions_done=done_n,
        sessions_wanted=wanted_n,
        pain=max(answers, default=None),
        pain_above=any(_hurts(each, limits[each.item_id]) for each in sessions),
    )


def _state(wanted_n: int, done_n: int, all_done: bool, tried: bool, is_over: bool) -> DayState:
    if done_n and all_done:
        return DayState.DONE
    if tried:
        return DayState.PARTLY
    if not is_over:
        return DayState.TO_COME
    return DayState.MISSED if wanted_n else DayState.NOT_PRESCRIBED


def _wanted_on(item: PlanItem, day: date) -> int:
    """Return how many sessions an item asks for on one very day."""
    if not item.weekdays:
        return item.times_per_week // _DAYS
    return (item.times_per_week // len(item.weekdays)) * (Weekday.of(day) in item.weekdays)


def _hurts(session: DoneSession, limit: int) -> bool:
    above = session.pain is not None and session.pain > limit
    return above or session.pain_pressed or session.stopped_for_pain
