"""A plan day by day: what was asked for, what of it was done, and what hurt."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_takes import START, KnownItem

from motion.clinic import (
    AdherenceDay,
    AdherenceWeek,
    DayState,
    DoneSession,
    PlanItem,
    PlanSettings,
    Weekday,
    list_adherence_weeks,
    measure_adherence,
)

ITEM, OTHER = UUID(int=1), UUID(int=2)
SUNDAY = START + timedelta(days=6)
MON_WED_FRI = (Weekday.MON, Weekday.WED, Weekday.FRI)


def item(key: UUID = ITEM, **changes: Any) -> PlanItem:
    return KnownItem(changes=changes).build(key)


def session(n: int, key: UUID = ITEM, **changes: Any) -> DoneSession:
    day = START + timedelta(days=n)
    given_: dict[str, Any] = {"repetitions_wanted": 3, "repetitions_done": 3}
    return DoneSession(
        item_id=key, at=datetime.combine(day, time(9), UTC), day=day, **(given_ | changes)
    )


def weeks(
    items: Sequence[PlanItem], *sessions: DoneSession, today: date = SUNDAY, n: int = 1
) -> tuple[AdherenceWeek, ...]:
    return list_adherence_weeks(items, sessions, PlanSettings(), today, n)


def days(items: Sequence[PlanItem], *sessions: DoneSession, **changes: Any) -> list[AdherenceDay]:
    return [day for week in weeks(items, *sessions, **changes) for day in week.days]


def states(*args: Any, **changes: Any) -> str:
    letters = {
        DayState.DONE: "d",
        DayState.PARTLY: "p",
        DayState.MISSED: "m",
        DayState.NOT_PRESCRIBED: "-",
        DayState.TO_COME: ".",
    }
    return "".join(letters[day.state] for day in days(*args, **changes))


def test_each_prescribed_day_is_done_or_missed_and_today_is_open() -> None:
    daily = item()

    assert states([daily], session(0), session(2)) == "dmdmmm."
    assert states([daily], today=START) == "......."
    assert states([daily], session(0), today=START) == "d......"


def test_with_weekdays_only_these_are_asked_for() -> None:
    given_ = item(times_per_week=3, weekdays=MON_WED_FRI)

    assert states([given_], session(0), session(3)) == "d-mdm-."
    (week,) = weeks([given_], session(0), session(3))
    assert (week.sessions_done, week.sessions_wanted) == (2, 3)
    assert week.percent == pytest.approx(200 / 3)


def test_so_many_times_a_week_is_missed_on_no_single_day() -> None:
    assert states([item(times_per_week=3)], session(1)) == "-d----."


def test_twice_a_day_is_half_done_by_one() -> None:
    twice = item(times_per_week=14)

    assert states([twice], session(0), session(1), session(1)) == "pdmmmm."
    assert [day.sessions_wanted for day in days([twice])] == [2] * 7


def test_of_two_exercises_both_are_needed() -> None:
    items = [item(), item(OTHER)]
    done = (session(0), session(1), session(1, OTHER), session(2), session(2))

    assert states(items, *done) == "pdpmmm."
    (week,) = weeks(items, *done)
    assert (week.sessions_done, week.sessions_wanted) == (5, 14)


def test_more_of_one_makes_up_for_nothing_of_another() -> None:
    items = [item(times_per_week=2), item(OTHER, times_per_week=2)]
    (week,) = weeks(items, *(session(n) for n in range(5)))

    assert (week.sessions_done, week.sessions_wanted, week.percent) == (2, 4, 50.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"interrupted": True},
        {"stopped_for_pain": True, "repetitions_done": 0, "take_id": uuid4()},
        {"repetitions_done": 0, "take_id": uuid4()},
    ],
)
def test_what_ended_early_is_partly_done(changes: dict[str, Any]) -> None:
    assert states([item()], session(0, **changes))[0] == "p"
    assert weeks([item()], session(0, **changes))[0].sessions_done == 0


def test_an_entry_that_says_not_done_is_missed() -> None:
    assert states([item()], session(0, repetitions_done=0))[0] == "m"


def test_nothing_is_asked_for_before_the_plan_and_after_its_end() -> None:
    begun = item(started_on=START + timedelta(days=2))
    found = weeks([begun], n=3)

    assert [math.isnan(week.percent) for week in found] == [True, True, False]
    assert states([begun]) == "--mmmm."
    assert [week.monday for week in found] == [START - timedelta(days=7 * n) for n in (2, 1, 0)]


@pytest.mark.parametrize(
    ("changes", "pain", "above"),
    [
        ({}, None, False),
        ({"pain": 5}, 5, False),
        ({"pain": 6}, 6, True),
        ({"pain": 2, "pain_pressed": True}, 2, True),
        ({"stopped_for_pain": True}, None, True),
    ],
)
def test_the_pain_of_a_day(changes: dict[str, Any], pain: int | None, above: bool) -> None:
    first = days([item()], session(0, pain=None), session(0, **changes))[0]

    assert (first.pain, first.pain_above) == (pain, above)


def test_the_limit_is_that_of_its_own_item() -> None:
    items = [item(pain_limit=2), item(OTHER)]

    assert days(items, session(0, OTHER, pain=4))[0].pain_above is False
    assert days(items, session(0, pain=4))[0].pain_above is True


def test_what_was_done_of_another_plan_is_left_out() -> None:
    assert states([item()], session(0, uuid4())) == states([item()])


@given(
    st.integers(1, 14),
    st.lists(st.integers(0, 20), max_size=30),
    st.integers(0, 20),
)
def test_weeks_say_what_adherence_says(a_week: int, done: list[int], today: int) -> None:
    given_ = item(times_per_week=a_week)
    sessions = [session(n) for n in done]
    for week in weeks([given_], *sessions, today=START + timedelta(days=today), n=3):
        known = measure_adherence([given_], sessions, week.monday)
        assert week.sessions_wanted == sum(each.sessions_wanted for each in known)
        if known:
            assert week.percent == pytest.approx(known[0].sessions_percent, nan_ok=True)
        done_n = sum(day.sessions_done for day in week.days)
        assert min(done_n, week.sessions_wanted) == week.sessions_done
