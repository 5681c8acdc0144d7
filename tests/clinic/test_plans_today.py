"""Today's list, the diary and adherence: what is due, what is done, what is withheld and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_takes import (
    GUIDED,
    KNEE,
    STANDING,
    START,
    KnownItem,
    make_diary,
    make_facts,
    make_item,
    make_live_analysis,
)

from motion.clinic import (
    DoneSession,
    PatientDetails,
    PlanItem,
    Record,
    TodayItem,
    Weekday,
    Withheld,
    add_patient,
    change_plan_settings,
    end_item,
    exclude_take,
    find_patient,
    list_adherence,
    list_diary,
    list_done,
    measure_adherence,
    monday_of,
    note_done,
    plan_settings,
    prescribe,
    require_allowed,
    store_live,
    todays_list,
    update_patient,
)
from motion.errors import InputError, RecordNotFoundError
from motion.exercise.prescription import Dose
from motion.model import LiveEnd, Setting, Side

SUNDAY = START + timedelta(days=6)


@pytest.fixture
def patient(record: Record):
    return add_patient(record, PatientDetails(code="P1"))


def do(record: Record, item: PlanItem, day: date, hour: int = 9, **facts) -> None:
    seed = (day - START).days * 24 + hour
    started_at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    analysis = make_live_analysis(seed=seed % 10, started_at=started_at)
    analysis = replace(
        analysis,
        recording=replace(analysis.recording, width_px=1000 + seed),
        provenance=replace(
            analysis.provenance,
            input=replace(analysis.provenance.input, sha256=f"{seed:064x}"),
        ),
    )
    store_live(record, analysis, make_facts(**facts), "P1", item_id=item.id)


def only(record: Record, day: date, setting: Setting = Setting.HOME) -> TodayItem:
    (found,) = todays_list(record, "P1", day, setting).items
    return found


def test_an_item_of_any_days_is_due_until_the_week_is_full(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item(times_per_week=2))
    assert [only(record, START + timedelta(days=n)).due for n in (-1 + 7, 0, 6)] == [1, 1, 1]

    do(record, item, START)
    assert only(record, START).due == 0
    assert only(record, START + timedelta(days=1)).due == 1
    do(record, item, START + timedelta(days=1))
    found = only(record, SUNDAY)
    assert (found.due, found.done_today, found.done_in_week, found.wanted_in_week) == (0, 0, 2, 2)
    assert only(record, SUNDAY + timedelta(days=1)).due == 1


def test_weekdays_and_several_times_a_day(record: Record, patient) -> None:
    days = (Weekday.MON, Weekday.THU)
    item = prescribe(record, "P1", make_item(times_per_week=4, weekdays=days))
    week = [only(record, START + timedelta(days=n)).due for n in range(7)]
    assert week == [2, 0, 0, 2, 0, 0, 0]

    do(record, item, START)
    assert only(record, START).due == 1
    do(record, item, START, hour=17)
    assert only(record, START).due == 0


def test_only_items_that_hold_are_on_the_list_and_those_due_come_first(
    record: Record, patient
) -> None:
    done = prescribe(record, "P1", make_item())
    todo = prescribe(record, "P1", make_item("elbow_curl"))
    later = prescribe(record, "P1", make_item(started_on=START + timedelta(days=3)))
    ended = prescribe(record, "P1", make_item(side=Side.RIGHT))
    end_item(record, ended, on=START)
    do(record, done, START)

    assert [each.item.id for each in todays_list(record, "P1", START).items] == [todo.id, done.id]
    third = todays_list(record, "P1", START + timedelta(days=3)).items
    assert [each.item.id for each in third] == [done.id, todo.id, later.id]


@pytest.mark.parametrize("exercise", [STANDING, "five_sit_to_stand"])
def test_what_is_done_standing_is_withheld_at_home_until_allowed(
    record: Record, patient, exercise: str
) -> None:
    side = Side.LEFT if exercise == STANDING else Side.BOTH
    prescribe(record, "P1", make_item(exercise, side))

    found = only(record, START)
    assert found.withheld is Withheld.STANDING_AT_HOME
    with pytest.raises(InputError, match=r"cannot be started here: done standing: not allowed at"):
        require_allowed(found)
    assert only(record, START, Setting.CLINIC).withheld is None

    change_plan_settings(record, "P1", replace(plan_settings(record, "P1"), standing_at_home=True))
    require_allowed(only(record, START))


def test_a_child_without_consent_does_nothing(record: Record) -> None:
    add_patient(record, PatientDetails(code="P1", birth_year=START.year - 18))
    prescribe(record, "P1", make_item())
    assert only(record, START).withheld is Withheld.NO_CONSENT

    settings = plan_settings(record, "P1")
    change_plan_settings(record, "P1", replace(settings, guardian_consent_on=START))
    assert only(record, START).withheld is None


def test_a_joint_that_is_withheld_meanwhile(record: Record, patient) -> None:
    prescribe(record, "P1", make_item())
    found = find_patient(record, "P1")
    assert found is not None
    update_patient(record, replace(found, withheld_joints=("left_knee",)))

    assert only(record, START).withheld is Withheld.NOT_MEASURED


def test_the_coach_is_given_the_lower_limit_of_pain(record: Record, patient) -> None:
    prescribe(record, "P1", make_item(pain_limit=5))
    change_plan_settings(record, "P1", replace(plan_settings(record, "P1"), pain_limit=2))

    found = only(record, START)
    assert (found.prescription.pain_limit, found.item.prescription.pain_limit) == (2, 5)
    assert (found.measured, found.prescription.exercise) == (True, KNEE)


def test_an_interrupted_take_is_not_done(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item())
    do(record, item, START, end=LiveEnd.CLOSED)
    assert only(record, START).due == 1
    do(record, item, START, hour=12, end=LiveEnd.STOPPED)
    assert only(record, START).due == 0


def test_an_excluded_take_is_not_done(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item())
    do(record, item, START)
    (done,) = list_done(record, "P1")
    assert done.take_id is not None
    exclude_take(record, done.take_id, "somebody else")

    assert list_done(record, "P1") == ()
    assert only(record, START).due == 1


# ---------------------------------------------------------------- the diary


def test_the_diary_is_for_what_is_only_guided(record: Record, patient) -> None:
    measured = prescribe(record, "P1", make_item())
    guided = prescribe(record, "P1", make_item(GUIDED))
    late = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-8)))

    entry = note_done(record, guided.id, make_diary(done_at=late, note="fine", exertion=3))
    with pytest.raises(InputError, match="is measured by the camera: do it live, not in the diary"):
        note_done(record, measured.id, make_diary())
    with pytest.raises(RecordNotFoundError):
        note_done(record, uuid4(), make_diary())

    assert list_diary(record, "P1") == (entry,)
    assert (entry.day, entry.done_at, entry.note) == (START, late, "fine")
    due = {each.item.id: each.due for each in todays_list(record, "P1", START).items}
    assert due == {measured.id: 1, guided.id: 0}
    (done,) = list_done(record, "P1")
    assert (done.repetitions_done, done.repetitions_wanted, done.pain) == (16, 3, 1)
    assert done.take_id is None


def test_not_done_is_an_entry_too(record: Record, patient) -> None:
    guided = prescribe(record, "P1", make_item(GUIDED))
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    note_done(record, guided.id, make_diary(done_at=nine, done=False, note="visitors"))

    assert only(record, START).due == 1
    assert list_adherence(record, "P1", [START])[0].sessions_done == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pain": 11}, "pain must be a whole number from 0 to 10"),
        ({"exertion": -1}, "exertion must be a whole number from 0 to 10"),
        ({"sets": -1}, "sets must be a whole number from 0 to 50"),
        ({"repetitions": 2001}, "repetitions must be"),
        ({"done_at": datetime(2026, 3, 2, 9)}, "must have a zone, got none"),
        ({"note": "a" * 2001}, "note must have at most 2000 characters"),
    ],
)
def test_what_no_diary_says(record: Record, patient, wrong: dict[str, object], said: str) -> None:
    guided = prescribe(record, "P1", make_item(GUIDED))
    with pytest.raises(InputError, match=said):
        note_done(record, guided.id, make_diary(**wrong))
    assert list_diary(record, "P1") == ()


# ---------------------------------------------------------------- adherence


def session(item: PlanItem, day: date, done: int = 3, **changes) -> DoneSession:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    given_ = {"repetitions_wanted": 3, "repetitions_done": done, "take_id": uuid4()}
    return DoneSession(item_id=item.id, at=at, day=day, **(given_ | changes))


def test_adherence_of_a_week() -> None:
    item = KnownItem(changes={"times_per_week": 4}).build()
    days = [START, START + timedelta(days=2), SUNDAY, SUNDAY + timedelta(days=1)]
    sessions = [session(item, day) for day in days]
    sessions.append(session(item, START, done=2, interrupted=True))

    (found,) = measure_adherence([item], sessions, START + timedelta(days=3))

    assert (found.monday, found.sessions_done, found.sessions_wanted) == (START, 3, 4)
    assert (found.repetitions_done, found.repetitions_wanted) == (11, 12)
    assert found.sessions_percent == 75.0
    assert found.repetitions_percent == pytest.approx(100 * 11 / 12)


def test_adherence_never_says_more_than_all() -> None:
    item = KnownItem(changes={"times_per_week": 1}).build()
    sessions = [session(item, START, done=30) for _ in range(3)]

    (found,) = measure_adherence([item], sessions, START)

    assert (found.sessions_done, found.sessions_percent, found.repetitions_percent) == (3, 100, 100)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"started_on": START + timedelta(days=5), "times_per_week": 7}, 2),
        ({"started_on": START + timedelta(days=4), "times_per_week": 3}, 1),
        ({"times_per_week": 4, "weekdays": (Weekday.MON, Weekday.SUN)}, 4),
        (
            {
                "started_on": START + timedelta(days=1),
                "times_per_week": 4,
                "weekdays": (Weekday.MON, Weekday.SUN),
            },
            2,
        ),
    ],
)
def test_a_week_that_is_not_whole(changes: dict[str, object], wanted: int) -> None:
    (found,) = measure_adherence([KnownItem(changes=changes).build()], [], START)

    assert (found.sessions_wanted, found.sessions_done) == (wanted, 0)
    assert found.repetitions_wanted == 3 * wanted


def test_an_item_that_did_not_hold_is_left_out() -> None:
    item = replace(KnownItem(changes={}).build(), ended_on=START)
    assert measure_adherence([item], [], START) == ()


def test_a_session_is_held_against_the_dose_that_it_had() -> None:
    changes = {"times_per_week": 2, "dose": Dose(sets=2, repetitions=10)}
    item = KnownItem(changes=changes).build()
    (found,) = measure_adherence([item], [session(item, START, done=3)], START)

    assert found.repetitions_wanted == 3 + 20


@given(
    times=st.integers(1, 70),
    done=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.booleans()), max_size=20),
)
def test_adherence_lies_between_nothing_and_all(
    times: int, done: list[tuple[int, int, bool]]
) -> None:
    item = KnownItem(changes={"times_per_week": times}).build()
    sessions = [
        session(item, START + timedelta(days=day), done=count, interrupted=cut)
        for day, count, cut in done
    ]
    (found,) = measure_adherence([item], sessions, START)

    assert 0 <= found.sessions_percent <= 100
    assert 0 <= found.repetitions_percent <= 100
    assert found.sessions_done <= len(sessions)
    assert measure_adherence([item], sessions[::-1], SUNDAY) == (found,)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_begins_on_monday(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert 0 <= (day - monday_of(day)).days < 7
    assert Weekday.of(monday_of(day)) is Weekday.MON
