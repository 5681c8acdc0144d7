"""The rules of the Today page, each with cases by hand."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from clinic_makers import make_gait_measurement, make_measurement
from clinic_takes import WALK, make_take
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import FlagKind, TakeSummary, Weekday, follow
from motion.clinic.flag_rules import Occasion
from motion.clinic.flags_decline import ends_declined, find_decline, keep_declined
from motion.clinic.flags_missed import Expected, find_missed, find_row
from motion.clinic.flags_pain import Felt, find_pain
from motion.clinic.flags_quality import Look, find_complaint, find_low_quality
from motion.clinic.pain import PainPoint
from motion.model import Measurement, MeasureVerdict, Position, Side, TakeConditions, ViewName

MONDAY = date(2026, 3, 2)
MON_WED_FRI = (Weekday.MON, Weekday.WED, Weekday.FRI)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def expected(*tried: int, **changes: Any) -> Expected:
    given_: dict[str, Any] = {
        "title": "Quad set, left",
        "started_on": MONDAY,
        "times_per_week": 7,
        "weekdays": (),
        "tried_on": tuple(map(day, tried)),
    }
    return Expected(**(given_ | changes))


# Sessions missed


@pytest.mark.parametrize(
    ("tried", "today", "since", "sessions"),
    [
        ((), 1, None, 0),  # only Monday is over
        ((), 2, 0, 2),
        ((0,), 2, None, 0),
        ((0,), 3, 1, 2),
        ((0, 2), 4, None, 0),
        ((0, 4), 4, None, 0),  # today counts as done, never as missed
    ],
)
def test_of_a_daily_exercise_two_days_in_a_row_are_missed(
    tried: tuple[int, ...], today: int, since: int | None, sessions: int
) -> None:
    row = find_row(expected(*tried), day(today))

    assert (row and (row.since, row.sessions)) == (
        None if since is None else (day(since), sessions)
    )


@pytest.mark.parametrize(
    ("tried", "today", "since", "sessions"),
    [
        ((), 2, None, 0),  # Wednesday is not over
        ((), 3, 0, 2),
        ((0,), 5, 2, 2),  # Wednesday and Friday
        ((0, 3), 5, None, 0),  # Thursday instead of Wednesday ends the row
        ((0, 1), 8, 2, 3),
    ],
)
def test_with_weekdays_a_session_is_a_day_of_them_that_is_over(
    tried: tuple[int, ...], today: int, since: int | None, sessions: int
) -> None:
    item = expected(*tried, times_per_week=3, weekdays=MON_WED_FRI)
    row = find_row(item, day(today))

    assert (row and (row.since, row.sessions)) == (
        None if since is None else (day(since), sessions)
    )


def test_several_sessions_a_day_are_missed_as_one() -> None:
    twice = expected(times_per_week=14)
    on_mondays = expected(times_per_week=2, weekdays=(Weekday.MON,))

    assert find_row(twice, day(1)) is None
    assert find_row(on_mondays, day(1)) is None
    assert find_row(on_mondays, day(8)) is not None


@pytest.mark.parametrize(("a_week", "after_days"), [(7, 2), (5, 3), (3, 5), (2, 7), (1, 14)])
def test_without_weekdays_the_sessions_are_spread_evenly(a_week: int, after_days: int) -> None:
    item = expected(0, times_per_week=a_week)
    # The days since the session of Monday; of one a week the whole week is done by it.
    first = 7 if a_week == 1 else 1

    assert find_row(item, day(first + after_days - 1)) is None
    row = find_row(item, day(first + after_days))
    assert row is not None
    assert (row.since, row.sessions) == (day(first), 2)


def test_days_of_a_week_that_is_done_are_not_counted() -> None:
    done = expected(0, 1, 2, times_per_week=3)
    not_done = expected(0, 2, times_per_week=3)

    assert find_row(not_done, day(8)) is not None
    assert find_row(done, day(8)) is None
    row = find_row(done, day(12))
    assert row is not None
    assert row.since == day(7)


@given(
    st.integers(1, 14),
    st.sets(st.integers(0, 40), max_size=12),
    st.integers(0, 60),
    st.sampled_from([(), MON_WED_FRI]),
)
def test_one_more_session_never_makes_a_row_longer(
    a_week: int, tried: set[int], today: int, weekdays: tuple[Weekday, ...]
) -> None:
    before = {n for n in tried if n < today}
    a_week = a_week if not weekdays else 3
    given_ = {"times_per_week": a_week, "weekdays": weekdays}
    row = find_row(expected(*before, **given_), day(today))
    longer = find_row(expected(*before, today, **given_), day(today))

    assert longer is None
    assert row is None or row.sessions >= 2


def test_a_patient_has_one_flag_for_all_exercises() -> None:
    missed = expected(title="Quad set, left")
    other = expected(2, title="Squat, both sides")

    one = find_missed([missed, other], day(3))
    every = find_missed([missed, missed], day(3), may_be_unsent=True)

    assert find_missed([other], day(3)) is None
    assert one is not None
    assert every is not None
    assert one.sentence == (
        "Quad set, left: not done since it was prescribed on 2 Mar 2026, 3 prescribed sessions in a"
        " row missed"
    )
    assert every.sentence == (
        "None of the plan's 2 exercises done since they were prescribed on 2 Mar 2026, at least 3"
        " prescribed sessions of each in a row missed; what was done at home may not have been"
        " sent yet"
    )
    assert (one.kind, one.since) == (FlagKind.SESSIONS_MISSED, MONDAY)


def test_what_is_said_of_several_exercises_holds_for_each() -> None:
    found = find_missed([expected(0, 1), expected(0)], day(6))

    assert found is not None
    assert found.since == day(2)
    said = "None of the plan's 2 exercises done since 3 Mar 2026, at least 4 prescribed sessions"
    assert found.sentence.startswith(said), "the day that holds for each"
    assert found.about == f"{day(1)} week 0", "another one that joins is nothing new"


def test_some_of_many_exercises_are_named() -> None:
    missed = [expected(title=f"Exercise {n}") for n in range(5)]
    found = find_missed([*missed, expected(2, title="Squat")], day(3))

    assert found is not None
    named = "5 of 6 exercises (Exercise 0; Exercise 1; Exercise 2; and 2 more) not done since"
    assert found.sentence.startswith(named)


def test_the_last_day_is_the_one_that_the_plan_counts() -> None:
    done = expected(1, title="Quad set, left")
    never = expected(title="Squat")
    one, both = find_missed([done], day(5)), find_missed([done, never], day(5))

    assert one is not None
    assert both is not None
    assert one.sentence.startswith("Quad set, left: not done since 3 Mar 2026, 3 prescribed")
    assert (one.since, both.since) == (day(2), day(2))
    assert both.sentence.startswith("None of the plan's 2 exercises done since 3 Mar 2026, at")


def test_a_seen_row_comes_back_each_week_and_no_more_after_four() -> None:
    about = {}
    for today in range(2, 120):
        found = find_missed([expected()], day(today))
        assert found is not None
        about.setdefault(found.about, today)

    assert list(about.values()) == [2, 7, 14, 21, 28]
    assert "4 weeks or more" in found.sentence


# Pain


def felt(pain: int | None = None, n: int = 0, **changes: Any) -> Felt:
    given_ = {"key": f"key {n} {pain}", "day": day(n), "title": "Squat", "limit": 5}
    return Felt(pain=pain, **(given_ | changes))


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([], None),
        ([felt(5)], None),
        ([felt(6)], "Squat: pain 6 of 10, above the limit of 5"),
        ([felt(4, limit=3)], "Squat: pain 4 of 10, above the limit of 3"),
        ([felt(8, 0), felt(2, 1)], None),
        ([felt(8, 1), felt(2, 0)], "Squat: pain 8 of 10, above the limit of 5"),
        ([felt(8, 0), felt(None, 1)], "Squat: pain 8 of 10, above the limit of 5"),
        ([felt(pressed=True)], "Squat: Pain was pressed, nobody answered how much"),
        ([felt(2, pressed=True)], "Squat: Pain was pressed, pain 2 of 10"),
        ([felt(7, stopped=True)], "Squat: stopped for pain, pain 7 of 10, above the limit of 5"),
        ([felt(1), felt(6, title="Heel slide")], "Heel slide: pain 6 of 10, above the limit of 5"),
    ],
)
def test_pain_of_the_last_day_that_says_anything(sessions: list[Felt], said: str | None) -> None:
    found = find_pain(sessions)

    assert (found and found.sentence.partition(": ")[2]) == said
    if found is not None:
        assert found.sentence.startswith(f"{found.since.day} Mar 2026: ")


def test_pain_in_a_further_session_is_another_occasion() -> None:
    once = find_pain([felt(8)])
    same = find_pain([felt(1, limit=3), felt(8)])
    twice = find_pain([felt(8), felt(9)])
    later = find_pain([felt(8, 0), felt(8, 1)])
    assert once is not None
    assert same is not None
    assert twice is not None
    assert later is not None

    assert once.about == same.about
    assert len({once.about, twice.about, later.about}) == 3


# Low quality


def look(n: int = 0, **changes: Any) -> Look:
    given_: dict[str, Any] = {
        "take_id": uuid4(),
        "day": day(n),
        "title": "Squat",
        "person_found": True,
        "view": ViewName.SAGITTAL,
        "good": 4,
        "fair": 2,
        "lost": 8,
    }
    return Look(**(given_ | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"good": 2, "fair": 2}, ""),
        ({"good": 1, "fair": 2}, "2 of 3 numbers are only fair"),
        ({"good": 0, "fair": 0}, "nothing could be measured"),
        ({"view": ViewName.OBLIQUE}, "filmed from between side and front"),
        ({"view": ViewName.SPATIAL}, ""),
        ({"person_found": False, "good": 0}, "nobody was found in the picture"),
    ],
)
def test_why_a_take_is_of_low_quality(changes: dict[str, Any], said: str) -> None:
    assert find_complaint(look(**changes)) == said


def test_two_takes_in_a_row_of_low_quality_are_a_flag() -> None:
    newest, before, good = look(3, person_found=False), look(1, good=0, fair=0), look(0)

    assert find_low_quality([newest]) is None
    assert find_low_quality([newest, good, before]) is None
    found = find_low_quality([newest, before, good])
    assert found == Occasion(
        kind=FlagKind.LOW_QUALITY,
        sentence=(
            "The last two takes are of low quality (5 Mar 2026, Squat: nobody was found in the"
            " picture; 3 Mar 2026, Squat: nothing could be measured)"
        ),
        about=newest.take_id.hex,
        since=day(1),
    )


# Decline


def flexion(*values: float, **changes: Any) -> list[TakeSummary]:
    return [make_take(7 * n, make_measurement(value), **changes) for n, value in enumerate(values)]


def decline(
    takes: list[TakeSummary], pain: tuple[PainPoint, ...] = (), since: date = MONDAY
) -> Occasion | None:
    (line,) = follow(takes)
    return find_decline(line, pain, since)


def test_a_decline_that_a_second_take_confirms() -> None:
    takes = flexion(92, 91, 78, 80)
    found = decline(takes)

    assert found is not None
    assert found.sentence == (
        "Left knee flexion: 92° at baseline, 78° and 80° in the last two takes (MDC 9.7°,"
        " provisional error figure): declined beyond measurement error, confirmed by a second take"
    )
    assert found.since == takes[2].started_at.date()
    assert takes[3].id.hex in found.about
    assert len(found.about) <= 128


@pytest.mark.parametrize(
    "values",
    [
        (92,),
        (92, 70),  # not confirmed
        (92, 78, 91),  # no longer
        (92, 83, 83),  # below the error figure
        (92, 110, 95),  # lower than the best, not than the first
        (70, 92, 92),
    ],
)
def test_what_is_no_decline_of_today(values: tuple[float, ...]) -> None:
    assert decline(flexion(*values)) is None


def test_a_decline_of_long_ago_is_no_news() -> None:
    takes = flexion(92, 78, 80)
    last = takes[-1].started_at.date()

    assert decline(takes, since=last) is not None
    assert decline(takes, since=last + timedelta(days=1)) is None


def test_a_recording_measured_twice_confirms_nothing() -> None:
    takes = flexion(92, 78)
    again = make_take(8, make_measurement(77), digest=takes[1].digest)

    assert decline([*takes, again]) is None


def test_more_pain_is_as_good_as_a_second_take() -> None:
    takes = flexion(92, 78)
    first, last = (take.started_at.date() for take in takes)

    def said(before: int, now: int, source: str = "Diary") -> Occasion | None:
        points = (
            PainPoint(day=first, score=before, source="Diary"),
            PainPoint(day=last, score=now, source=source),
        )
        return decline(takes, points)

    assert said(2, 3) is None
    assert said(4, 2) is None
    assert said(2, 6, "Live take") is None, "another place asks otherwise"
    found = said(2, 4)
    assert found is not None
    assert found.sentence.endswith(
        "92° at baseline, 78° in the last take (MDC 9.7°, provisional error figure): declined"
        " beyond measurement error, with more pain (2 of 10 then, 4 now)"
    )


def test_takes_that_differ_confirm_nothing() -> None:
    lying = TakeConditions(position=Position.SUPINE)
    takes = [*flexion(92, 78), make_take(21, make_measurement(77), conditions=lying)]

    assert [decline([p.take for p in line.points]) for line in follow(takes)] == [None, None]


def test_a_published_figure_is_not_called_provisional_and_a_test_is_named() -> None:
    speeds = [make_gait_measurement(value) for value in (1.21, 1.0, 1.05)]
    takes = [make_take(n, m, settings=WALK, movement="walking") for n, m in enumerate(speeds)]
    found = decline(takes)

    assert found is not None
    assert found.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "Walking speed: 1.21 m/s at baseline, 1.00 m/s and 1.05 m/s in the last two takes"
        " (MDC 0.08 m/s): declined beyond measurement error, confirmed by a second take"
    )


def test_extension_is_said_as_what_is_lacking() -> None:
    values = [make_measurement(v, measure="rom_min") for v in (0, 15, 16)]
    takes = [make_take(n, m, movement="knee_extension") for n, m in enumerate(values)]
    found = decline(takes)

    assert found is not None
    assert found.sentence.startswith(
        "Left knee extension (Knee extension test): 0 within error at baseline, lacks 15° and lacks"
        " 16° in the last two takes"
    )


@st.composite
def readings(draw: st.DrawFn) -> list[TakeSummary]:
    values = draw(st.lists(st.floats(40, 120), min_size=1, max_size=6))
    takes = []
    for n, value in enumerate(values):
        m: Measurement = make_measurement(
            value,
            side=draw(st.sampled_from([Side.LEFT, Side.RIGHT])),
            verdict=draw(st.sampled_from([MeasureVerdict.MEASURED, MeasureVerdict.FEW_STRIDES])),
        )
        takes.append(make_take(n, m, digest=draw(st.sampled_from(["a", "b", "c", f"{n}"]))))
    return takes


@given(readings())
def test_the_quick_look_leaves_out_no_decline(takes: list[TakeSummary]) -> None:
    def found(some: list[TakeSummary]) -> list[tuple[bool, Occasion | None]]:
        lines = (line for line in follow(some) if ends_declined(line, date.min))
        return [(line.decline_confirmed, find_decline(line, (), date.min)) for line in lines]

    assert found(keep_declined(takes)) == found(takes)
