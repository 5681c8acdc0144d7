"""The flags of a whole record: read for all patients at once, seen by somebody, and back again."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
import pytest
from clinic_makers import make_analysis, make_measurement, make_nobody, make_provenance
from plan_makers import GUIDED, MEASURED, STANDING, did, live_take, make_plan, put_item
from sqlalchemy import update

from motion.clinic import (
    Dimension,
    Flag,
    FlagKind,
    PatientDetails,
    PlanSettings,
    ProgressionRule,
    Record,
    StoredTake,
    add_analysis,
    add_answers,
    add_patient,
    change_item,
    change_plan_settings,
    ensure_patient,
    exclude_take,
    find_flags,
    find_lately,
    find_patient,
    include_take,
    list_done,
    list_items,
    list_pain,
    list_takes,
    note_flag_seen,
    plan_settings,
    store_analysis,
    update_patient,
)
from motion.clinic.flags import find_occasions, read_flags_stamp
from motion.clinic.flags_decline import ends_declined, keep_declined
from motion.clinic.flags_results import read_results
from motion.clinic.pairs import result_measure
from motion.clinic.progress import follow
from motion.clinic.tables import PatientRow
from motion.errors import RecordConflictError, RecordNotFoundError
from motion.exercise.functional_chair import FIVE
from motion.exercise.functional_stance import STANCE
from motion.gait import NOT_COMPARABLE
from motion.model import (
    FUNCTIONAL,
    LiveEnd,
    MeasureVerdict,
    Setting,
    Side,
    TakeConditions,
    View,
    ViewName,
)

TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
_digests = count(1)
LESS = ProgressionRule(
    lower_what=Dimension.REPETITIONS, lower_by=1.0, lower_down_to=2.0, lower_after_sessions=1
)


@pytest.fixture
def flags(record: Record) -> Callable[..., list[Flag]]:
    def find(kind: FlagKind | None = None, today: date = TODAY) -> list[Flag]:
        return [flag for flag in find_flags(record, today) if kind in (None, flag.kind)]

    return find


def store(record: Record, days_ago: float, code: str = "P-1", **changes: Any) -> StoredTake:
    ensure_patient(record, code)
    analysis = changes.pop("analysis", make_analysis)(
        started_at=NOON - timedelta(days=days_ago),
        provenance=make_provenance(f"{next(_digests):064x}"),
        **changes,
    )
    return store_analysis(record, analysis, code)


def bent(record: Record, days_ago: float, value: float, **changes: Any) -> StoredTake:
    numbers = changes.pop("measurements", (make_measurement(value),))
    return store(record, days_ago, measurements=numbers, **changes)


# Sessions missed


def test_nothing_recorded_for_two_prescribed_sessions(record: Record, flags: Any) -> None:
    now = date.today()
    guided, measured = make_plan(record, GUIDED, MEASURED)
    did(record, guided.id, days_ago=3)
    live_take(record, measured, started_at=datetime.now().astimezone() - timedelta(days=1))
    (found,) = flags(FlagKind.SESSIONS_MISSED, now)

    assert found.patient_code == "P-1"
    assert found.since == now - timedelta(days=2)
    assert "2 prescribed sessions in a row missed" in found.sentence
    assert "sent" not in found.sentence

    did(record, guided.id, days_ago=1)

    assert flags(FlagKind.SESSIONS_MISSED, now) == []


def test_said_as_not_done_is_missed_and_a_take_that_is_left_out_is_not(
    record: Record, flags: Any
) -> None:
    now = date.today()
    guided, measured = make_plan(record, GUIDED, MEASURED)
    did(record, guided.id, done=False, sets=0, repetitions=0)
    take = live_take(record, measured, end=LiveEnd.PAIN)

    (found,) = flags(FlagKind.SESSIONS_MISSED, now)
    assert "None" not in found.sentence, "stopped for pain is not missed"
    assert "4 weeks or more" in found.sentence
    exclude_take(record, take.id, "the camera moved")
    assert flags(FlagKind.SESSIONS_MISSED, now) == [found], "it was done all the same"


def test_what_may_not_be_done_at_home_is_not_expected(record: Record, flags: Any) -> None:
    now = date.today()
    make_plan(record, STANDING)
    assert flags(FlagKind.SESSIONS_MISSED, now) == []

    settings = plan_settings(record, "P-1")
    change_plan_settings(record, "P-1", replace(settings, standing_at_home=True))
    assert len(flags(FlagKind.SESSIONS_MISSED, now)) == 1

    patient = find_patient(record, "P-1")
    assert patient is not None
    update_patient(record, replace(patient, birth_year=now.year - 10))
    assert flags(FlagKind.SESSIONS_MISSED, now) == [], "no guardian has agreed"

    settings = plan_settings(record, "P-1")
    change_plan_settings(record, "P-1", replace(settings, guardian_consent_on=now))
    assert len(flags(FlagKind.SESSIONS_MISSED, now)) == 1


def test_an_item_that_ended_or_has_not_begun_is_not_expected(record: Record, flags: Any) -> None:
    now = date.today()
    (item,) = make_plan(record, GUIDED)
    before = item.started_on - timedelta(days=1)

    assert flags(FlagKind.SESSIONS_MISSED, before) == []
    assert len(flags(FlagKind.SESSIONS_MISSED, now)) == 1


# Pain


def test_pain_above_the_lower_of_the_two_limits(record: Record, flags: Any) -> None:
    now = date.today()
    (item,) = make_plan(record, MEASURED)
    take = live_take(record, item, pain_before=1, pain_after=5)
    assert flags(FlagKind.PAIN, now) == []

    settings = plan_settings(record, "P-1")
    change_plan_settings(record, "P-1", replace(settings, pain_limit=4))
    (found,) = flags(FlagKind.PAIN, now)
    assert "pain 5 of 10, above the limit of 4" in found.sentence

    change_plan_settings(record, "P-1", PlanSettings(version=plan_settings(record, "P-1").version))
    assert flags(FlagKind.PAIN, now) == []
    limited = replace(item, prescription=replace(item.prescription, pain_limit=2))
    change_item(record, limited)
    (found,) = flags(FlagKind.PAIN, now)
    assert "above the limit of 2" in found.sentence

    exclude_take(record, take.id, "the camera moved")
    (found,) = flags(FlagKind.PAIN, now)
    assert "above the limit of 2 (the take is left out: the camera moved)" in found.sentence


def test_pain_pressed_stopped_for_and_in_the_diary(record: Record, flags: Any) -> None:
    now = date.today()
    guided, measured = make_plan(record, GUIDED, MEASURED)
    live_take(record, measured, pain_pressed=True, end=LiveEnd.STOPPED)
    did(record, guided.id, pain=8)
    (found,) = flags(FlagKind.PAIN, now)

    assert "stopped for pain, nobody answered how much" in found.sentence
    assert "pain 8 of 10, above the limit of 5" in found.sentence


def test_a_later_answer_without_pain_ends_the_flag(record: Record, flags: Any) -> None:
    now = date.today()
    (item,) = make_plan(record, GUIDED)
    did(record, item.id, days_ago=2, pain=8)
    assert len(flags(FlagKind.PAIN, now)) == 1
    assert flags(FlagKind.PAIN, now + timedelta(days=40)) == [], "no news any more"

    did(record, item.id, days_ago=1)
    assert len(flags(FlagKind.PAIN, now)) == 1, "nobody answered"
    did(record, item.id, days_ago=1, pain=2)
    assert flags(FlagKind.PAIN, now) == []


# Low quality


def test_the_last_two_takes_are_of_low_quality(record: Record, flags: Any) -> None:
    oblique = View(
        name=ViewName.OBLIQUE, azimuth_deg=45.0, azimuth_sd_deg=1.0, off_plane_deg=40.0,
        roll_deg=0.0, facing="left",
    )  # fmt: skip
    store(record, 9)
    store(record, 3, analysis=make_nobody)
    assert flags(FlagKind.LOW_QUALITY) == []

    last = store(record, 2, view=oblique)
    (found,) = flags(FlagKind.LOW_QUALITY)
    assert "nobody was found in the picture" in found.sentence
    assert "filmed from between side and front" in found.sentence
    assert found.since == TODAY - timedelta(days=3)
    assert flags(FlagKind.LOW_QUALITY, TODAY + timedelta(days=40)) == []

    exclude_take(record, last.id, "camera fell")
    assert flags(FlagKind.LOW_QUALITY) == []


# Decline


def test_a_confirmed_decline_of_the_result(record: Record, flags: Any) -> None:
    bent(record, 60, 92)
    bent(record, 10, 78)
    assert flags(FlagKind.DECLINE) == []

    last = bent(record, 3, 80)
    (found,) = flags(FlagKind.DECLINE)
    assert "92° at baseline, 78° and 80° in the last two takes (MDC 9.7°" in found.sentence
    assert found.since == TODAY - timedelta(days=10)

    exclude_take(record, last.id, "shoes on")
    assert flags(FlagKind.DECLINE) == []
    include_take(record, last.id, "they were on before, too")
    assert len(flags(FlagKind.DECLINE)) == 1
    assert flags(FlagKind.DECLINE, TODAY + timedelta(days=30)) == []


def test_what_is_not_the_result_or_not_comparable_is_no_flag(record: Record, flags: Any) -> None:
    for days_ago, value in ((60, 92), (10, 70), (3, 70)):
        hip = make_measurement(value, joint="hip")
        bent(record, days_ago, value, code="HIP", measurements=(make_measurement(90), hip))
        setting = Setting.HOME if days_ago < 5 else Setting.CLINIC
        conditions = TakeConditions(setting=setting)
        bent(record, days_ago, value, code="HOME", conditions=conditions)

    assert flags(FlagKind.DECLINE) == []


def test_each_side_is_followed_by_itself(record: Record, flags: Any) -> None:
    for days_ago, value in ((60, 92), (10, 78), (3, 80)):
        both = (make_measurement(90), make_measurement(value, side=Side.RIGHT))
        bent(record, days_ago, value, measurements=both)
    (found,) = flags(FlagKind.DECLINE)

    assert found.sentence.startswith("Right knee flexion: 92°")


def test_an_unconfirmed_decline_with_more_pain(record: Record, flags: Any) -> None:
    now = date.today()
    (item,) = make_plan(record, GUIDED)
    for days_ago, value, pain in ((20, 92, 1), (2, 78, 4)):
        moment = datetime.now().astimezone() - timedelta(days=days_ago)
        analysis = make_analysis(
            started_at=moment,
            provenance=make_provenance(f"{next(_digests):064x}"),
            measurements=(make_measurement(value),),
        )
        store_analysis(record, analysis, "P-1")
        did(record, item.id, days_ago=days_ago, pain=pain)
    (found,) = flags(FlagKind.DECLINE, now)

    assert found.sentence.endswith("with more pain (1 of 10 then, 4 now)")
    assert len(list_pain(record, "P-1")) == 2


@pytest.mark.parametrize("seed", range(8))
def test_what_is_read_shortly_leaves_out_no_decline(record: Record, seed: int) -> None:
    rng = np.random.default_rng(seed)
    digests: list[str] = []
    days = (79, *sorted(1 + rng.choice(78, 8, replace=False), reverse=True), 0)
    for place, days_ago in enumerate(days):
        again = bool(digests) and rng.random() < 0.3 and days_ago > 0
        digests.append(str(rng.choice(digests)) if again else f"{next(_digests):064x}")
        value = {0: 97, len(days) - 1: 60}.get(place, int(rng.choice([75, 97])))
        number = make_measurement(float(value), note=str(rng.choice(["", "far away"])))
        aid = "none" if place in (0, len(days) - 1) else str(rng.choice(["none", "stick"]))
        analysis = make_analysis(
            started_at=NOON - timedelta(days=int(days_ago)),
            measurements=(number,),
            conditions=TakeConditions(aid=aid),
            provenance=make_provenance(digests[-1]),
        )
        ensure_patient(record, "P-1")
        store_analysis(record, analysis, "P-1")
    since = TODAY - timedelta(days=28)

    def declined(takes: Any) -> set[Any]:
        lines = [line for line in follow(takes) if ends_declined(line, since)]
        return {tuple(point.take.id for point in line.points) for line in lines}

    with record.reading() as session:
        (read,) = read_results(session, TODAY).values()
    expected = declined(list_takes(record, "P-1"))
    assert declined(keep_declined(read)) == expected
    assert expected


@pytest.mark.parametrize(
    "movement", ["knee_flexion", "knee_extension", "five_sit_to_stand", "single_leg_stance"]
)
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_where_the_ends_say_little(
    record: Record, movement: str, seed: int
) -> None:
    """Ends that are not judged, both sides of zero, a clock that began otherwise, another leg."""
    rng = np.random.default_rng(seed)
    named = {"measure": result_measure(movement)}
    test = {"five_sit_to_stand": FIVE, "single_leg_stance": STANCE}.get(movement)
    if test is not None:
        named = {"measure": test, "joint": FUNCTIONAL, "motion": "none", "unit": "s"}
    codes = [f"P-{n}" for n in range(8)]
    for days_ago in sorted(rng.choice(60, 5, replace=False).tolist(), reverse=True):
        for code in codes:
            value = float(rng.choice([-30.0, -5.0, 5.0, 30.0, math.nan], p=(*[0.15] * 4, 0.4)))
            verdict = rng.choice(
                [MeasureVerdict.MEASURED, MeasureVerdict.FEW_STRIDES], p=(0.8, 0.2)
            )
            note = str(rng.choice(["", NOT_COMPARABLE]))
            number = make_measurement(
                value if test is None else abs(value),
                **named,
                side=Side(rng.choice(["left", "right"])) if test == STANCE else Side.LEFT,
                mdc95=float(rng.choice([8.7, math.nan])),
                note=note,
                verdict=MeasureVerdict(verdict),
            )
            bent(record, days_ago, value, code=code, movement=movement, measurements=(number,))
    since = TODAY - timedelta(days=28)

    def declined(takes: Any) -> set[Any]:
        lines = [line for line in follow(keep_declined(takes)) if ends_declined(line, since)]
        return {tuple(point.take.id for point in line.points) for line in lines}

    with record.reading() as session:
        read = read_results(session, TODAY)
    for code in codes:
        patient = find_patient(record, code)
        assert patient is not None
        every = list_takes(record, code)[::-1]
        assert declined(read.get(patient.id, ())) == declined(every)


def test_the_leg_that_only_the_takes_between_stood_on_is_looked_at(
    record: Record, flags: Any
) -> None:
    stood = [(40, Side.LEFT, 25), (30, Side.RIGHT, 25), (9, Side.RIGHT, 3), (5, Side.RIGHT, 3)]
    for days_ago, side, value in (*stood, (1, Side.LEFT, 25)):
        number = make_measurement(
            float(value),
            measure=STANCE,
            joint=FUNCTIONAL,
            motion="none",
            unit="s",
            side=side,
            mdc95=8.0,
        )
        bent(record, days_ago, value, movement="single_leg_stance", measurements=(number,))

    assert [flag.kind for flag in flags()] == [FlagKind.DECLINE]


def test_only_the_current_analysis_counts(record: Record, flags: Any) -> None:
    bent(record, 60, 92)
    bent(record, 10, 78)
    take = bent(record, 3, 80)
    made = replace(take.analysis, measurements=(make_measurement(91),))
    add_analysis(record, take.id, made, reason="the wrong person")

    assert flags(FlagKind.DECLINE) == []


# All together


def test_by_kind_then_the_newest_first(record: Record, flags: Any) -> None:
    now = date.today()
    for code, days_ago in (("A", 3), ("B", 1)):
        (item,) = make_plan(record, GUIDED, code=code)
        did(record, item.id, days_ago=days_ago, pain=9)

    found = [(flag.kind, flag.patient_code) for flag in flags(None, now)]
    assert found == [
        (FlagKind.PAIN, "B"),
        (FlagKind.PAIN, "A"),
        (FlagKind.SESSIONS_MISSED, "A"),
    ]


def test_a_flag_says_whose_it_is(record: Record, flags: Any) -> None:
    add_patient(record, PatientDetails(code="P-1", name="Kim"))
    put_item(record, GUIDED)
    now = date.today()
    (real,) = flags(None, now)
    assert (real.patient_name, real.made_up) == ("Kim", False)

    with record.writing() as session:
        session.execute(update(PatientRow).values(made_up=True))
    (found,) = flags(None, now)
    assert found.made_up


def test_what_was_seen_says_by_whom_and_comes_back(record: Record, flags: Any) -> None:
    now = date.today()
    (item,) = make_plan(record, GUIDED)
    did(record, item.id, days_ago=1, pain=8)
    (found,) = flags(FlagKind.PAIN, now)
    assert not found.seen

    note_flag_seen(record, found, " called ", author="Lee")
    (seen,) = flags(FlagKind.PAIN, now)
    assert (seen.seen, seen.seen_by, seen.seen_note) == (True, "Lee", "called")
    assert seen.seen_at is not None
    with pytest.raises(RecordConflictError, match="seen by somebody else meanwhile"):
        note_flag_seen(record, found)

    did(record, item.id, pain=9)
    (again,) = flags(FlagKind.PAIN, now)
    assert not again.seen


def test_a_flag_of_nobody_cannot_be_seen(record: Record, flags: Any) -> None:
    (item,) = make_plan(record, GUIDED)
    did(record, item.id, pain=8)
    (found,) = flags(FlagKind.PAIN, date.today())

    with pytest.raises(RecordNotFoundError, match="NOBODY"):
        note_flag_seen(record, replace(found, patient_code="NOBODY"))


def test_two_records_parts_are_put_together_for_many_patients(record: Record, flags: Any) -> None:
    """More patients than one query takes."""
    codes = [f"P-{n:02d}" for n in range(27)]
    for code in codes:
        for days_ago, value in ((60, 92), (10, 78), (3, 80)):
            bent(record, days_ago, value, code=code)

    assert [flag.patient_code for flag in flags(FlagKind.DECLINE)] == codes


def test_every_change_gives_another_stamp(record: Record) -> None:
    (item, measured) = make_plan(record, GUIDED, MEASURED)
    take = live_take(record, measured)
    stamps = [read_flags_stamp(record)]
    patient = find_patient(record, "P-1")
    assert patient is not None
    for change in (
        lambda: did(record, item.id),
        lambda: add_answers(record, take.id, pain_after=3),
        lambda: exclude_take(record, take.id, "blurred"),
        lambda: include_take(record, take.id, "clear enough"),
        lambda: change_item(record, replace(item, times_per_week=3)),
        lambda: change_plan_settings(
            record, "P-1", replace(plan_settings(record, "P-1"), pain_limit=3)
        ),
        lambda: update_patient(record, replace(patient, birth_year=2016)),
        lambda: add_patient(record, PatientDetails(code="P-2")),
        lambda: bent(record, 3, 80),
    ):
        change()
        stamps.append(read_flags_stamp(record))

    assert len(set(stamps)) == len(stamps)


def test_an_empty_record_has_no_flags(record: Record) -> None:
    assert find_flags(record, TODAY) == ()
    assert find_occasions(record, TODAY) == {}


# What else is read


def test_what_was_done_is_read_from_a_day_on(record: Record) -> None:
    now = date.today()
    guided, measured = make_plan(record, GUIDED, MEASURED)
    for n, days_ago in enumerate((9, 4, 1)):
        did(record, guided.id, days_ago=days_ago)
        moment = datetime.now().astimezone() - timedelta(days=days_ago)
        live_take(record, measured, started_at=moment, frames=60 + n)
    days = [now - timedelta(days=n) for n in (4, 4, 1, 1)]

    assert [each.day for each in list_done(record, "P-1", since=days[0])] == days
    assert len(list_done(record, "P-1")) == 6


def test_what_came_lately(record: Record) -> None:
    now = date.today()
    (item,) = make_plan(record, MEASURED)
    live_take(record, item, frames=60)
    live_take(record, item, frames=61)
    bent(record, 900, 92, code="P-2")
    ensure_patient(record, "P-3")
    today = make_analysis(
        started_at=datetime.now(UTC), provenance=make_provenance(f"{next(_digests):064x}")
    )
    store_analysis(record, today, "P-3")
    news = find_lately(record, now)

    assert [(each.patient_code, each.count) for each in news.from_home] == [("P-1", 2)]
    assert [(each.patient_code, each.count) for each in news.recorded] == [("P-3", 1)]
    assert news.suggestions == ()
    put_item(record, GUIDED, "P-2", rule=LESS)
    (guided,) = list_items(record, "P-2")
    did(record, guided.id, pain=8)
    waiting = find_lately(record, now).suggestions
    assert [(each.patient_code, each.count) for each in waiting] == [("P-2", 1)]

    later = find_lately(record, now + timedelta(days=3))
    assert later.from_home == later.recorded == ()
