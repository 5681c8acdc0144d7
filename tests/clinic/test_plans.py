"""A plan: prescribed, changed, ended, with what forbids it; and what two who write at once see."""

import math
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from clinic_makers import assert_same, make_analysis
from plan_takes import GUIDED, KNEE, STANDING, START, make_facts, make_item, make_live_analysis
from sqlalchemy import inspect, text

from motion.clinic import (
    Dimension,
    ItemDetails,
    PatientDetails,
    PlanSettings,
    ProgressionRule,
    Record,
    Weekday,
    add_patient,
    change_item,
    change_plan_settings,
    effective_prescription,
    end_item,
    ensure_patient,
    find_item,
    list_edits,
    list_items,
    list_takes,
    load_take,
    open_record,
    plan_settings,
    prescribe,
    store_analysis,
    store_live,
)
from motion.clinic.migrate import alembic_config
from motion.clinic.plan_checks import require_item
from motion.errors import (
    InputError,
    RecordBusyError,
    RecordConflictError,
    RecordNotFoundError,
)
from motion.exercise.prescription import Dose
from motion.library import find_exercise
from motion.model import Side

RULE = ProgressionRule(
    after_sessions=3,
    raise_what=Dimension.TARGET_DEG,
    raise_by=5.0,
    raise_up_to=10.0,
    lower_what=Dimension.REPETITIONS,
    lower_by=1.0,
    lower_down_to=2.0,
)


@pytest.fixture
def patient(record: Record):
    return add_patient(record, PatientDetails(code="P1", withheld_joints=("right_knee",)))


def full_item() -> ItemDetails:
    return make_item(
        dose=Dose(sets=2, repetitions=8, hold_s=5.5, rest_s=45.0, raise_s=2.0, lower_s=3.5),
        tolerance_deg=4.0,
        pain_limit=4,
        times_per_week=6,
        weekdays=(Weekday.MON, Weekday.WED, Weekday.SAT),
        note="slowly – langsam",
        rule=RULE,
    )


def test_an_item_comes_back_as_it_was_prescribed(record: Record, patient) -> None:
    before = datetime.now(UTC)
    written = prescribe(record, "P1", full_item(), author="AB")

    (found,) = list_items(record, "P1")
    assert_same(found, written)
    assert_same(find_item(record, found.id), written)
    for name in ItemDetails.__slots__:
        assert_same(getattr(found, name), getattr(full_item(), name))
    assert (found.prescribed_by, found.version, found.ended_on) == ("AB", 1, None)
    assert before <= found.created_at <= found.dosed_at + timedelta(seconds=5)


def test_what_is_not_set_comes_back_not_set(record: Record, patient) -> None:
    prescribe(record, "P1", make_item(target_deg=math.nan, max_allowed_deg=math.nan))

    (found,) = list_items(record, "P1")
    given = found.prescription
    assert all(map(math.isnan, (given.target_deg, given.max_allowed_deg, given.dose.raise_s)))
    assert (found.rule, found.weekdays, found.prescribed_by) == (None, (), None)


def test_a_change_is_an_edit_and_a_new_dose_a_new_date(record: Record, patient) -> None:
    first = prescribe(record, "P1", full_item())
    noted = change_item(record, replace(first, note="evenings"), author="CD")
    assert noted.dosed_at == first.dosed_at
    harder = replace(noted.prescription, target_deg=15.0, pain_limit=3)
    changed = change_item(record, replace(noted, prescription=harder), reason="visit", author="CD")

    assert changed.dosed_at > first.dosed_at
    assert_same(find_item(record, first.id), changed)
    edits = [e for e in list_edits(record, patient.id) if e.table == "plan_item"]
    assert [(e.field, e.before, e.after, e.reason, e.author) for e in edits] == [
        ("note", "slowly – langsam", "evenings", "changed", "CD"),
        ("target_deg", "20.0", "15.0", "visit", "CD"),
        ("pain_limit", "4", "3", "visit", "CD"),
    ]


def test_a_rule_is_changed_and_taken_away_and_stays_in_the_record(record: Record, patient) -> None:
    item = prescribe(record, "P1", full_item())
    other = change_item(record, replace(item, rule=replace(RULE, most_pain=2)))
    none = change_item(record, replace(other, rule=None))
    again = change_item(record, replace(none, rule=RULE))

    assert (other.rule, none.rule, again.rule) == (replace(RULE, most_pain=2), None, RULE)
    assert len({item.version, other.version, none.version, again.version}) == 4
    edits = [e for e in list_edits(record, patient.id) if e.table == "progression_rule"]
    assert [(e.field, e.before, e.after) for e in edits] == [
        ("most_pain", "3", "2"),
        ("kept", "True", "False"),
        ("most_pain", "2", "3"),
        ("kept", "False", "True"),
    ]


def test_an_ended_item_stays_in_the_record(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item())
    ended = end_item(record, item, on=date(2026, 4, 1), author="AB")

    assert list_items(record, "P1") == ()
    assert_same(list_items(record, "P1", with_ended=True), (ended,))
    assert [ended.holds_on(date(2026, 3, day)) for day in (1, 2, 31)] == [False, True, True]
    assert not ended.holds_on(date(2026, 4, 1))
    with pytest.raises(RecordConflictError, match="changed or ended meanwhile: load the patient"):
        end_item(record, ended)


def test_who_comes_second_is_told(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item())
    change_item(record, replace(item, note="first"))
    for late in (
        lambda: change_item(record, replace(item, note="second")),
        lambda: end_item(record, item),
    ):
        with pytest.raises(RecordConflictError, match="this item of the plan was changed or ended"):
            late()
    assert list_items(record, "P1")[0].note == "first"


def test_an_item_is_of_one_exercise_and_side_for_ever(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item("elbow_curl"))
    for other in ({"side": Side.RIGHT}, {"exercise": "heel_curl"}):
        changed = replace(item, prescription=replace(item.prescription, **other))
        with pytest.raises(InputError, match="exercise and side of an item cannot change: end it"):
            change_item(record, changed)


def test_settings_are_the_safe_ones_until_somebody_sets_others(record: Record, patient) -> None:
    found = plan_settings(record, "P1")
    assert found == PlanSettings(standing_at_home=False, pain_limit=5)

    changed = change_plan_settings(
        record,
        "P1",
        replace(found, standing_at_home=True, pain_limit=3, guardian_consent_on=START, note="ä"),
        author="AB",
    )

    assert plan_settings(record, "P1") == changed
    edits = [e for e in list_edits(record, patient.id) if e.table == "plan"]
    assert {(e.field, e.before, e.after, e.author) for e in edits} == {
        ("standing_at_home", "False", "True", "AB"),
        ("pain_limit", "5", "3", "AB"),
        ("guardian_consent_on", None, "2026-03-02", "AB"),
        ("note", "", "ä", "AB"),
    }
    with pytest.raises(RecordConflictError, match="settings of this plan were changed meanwhile"):
        change_plan_settings(record, "P1", replace(found, pain_limit=9))


@pytest.mark.parametrize("limit", [-1, 11, 4.5])
def test_a_limit_of_pain_lies_on_the_scale(record: Record, patient, limit: Any) -> None:
    with pytest.raises(InputError, match="pain limit must be a whole number from 0 to 10, got"):
        change_plan_settings(record, "P1", PlanSettings(pain_limit=limit))


@pytest.mark.parametrize(("plan", "item", "holds"), [(5, 5, 5), (3, 5, 3), (8, 2, 2)])
def test_the_lower_limit_of_pain_holds(plan: int, item: int, holds: int) -> None:
    details = make_item(pain_limit=item)
    assert effective_prescription(details, PlanSettings(pain_limit=plan)).pain_limit == holds


BAD: tuple[tuple[ItemDetails, str], ...] = (
    (make_item(side=Side.BOTH), "side of .* must be left or right, got both: choose it"),
    (make_item("sit_to_stand", Side.LEFT), "side of Sit to stand must be both, got left"),
    (make_item("side_bend", Side.LEFT), "side of Side bend must be none, got left"),
    (make_item(side=Side.RIGHT), "measured on the right knee, which is never measured in this"),
    (make_item("sit_to_stand", Side.BOTH), "measured on the right knee"),
    (make_item(target_deg=0.0), "target of 0° goes beyond the largest angle allowed, 5°"),
    (make_item(target_deg=95.0), "target .* must lie below 88°, where it starts, got 95°"),
    (make_item(max_allowed_deg=95.0), "largest angle allowed .* must lie below 88°"),
    (make_item(target_deg=-90.0), "target of knee flexion must be a number from -40 to 170"),
    (make_item(target_deg=math.inf), "target of knee flexion must be a number from"),
    (make_item(GUIDED, target_deg=30.0), "has no angle, so it has no target: leave it empty"),
    (make_item(pain_limit=11), "pain limit must be a whole number from 0 to 10, got 11"),
    (make_item(tolerance_deg=0.0), "tolerance in degrees must be"),
    (make_item(dose=Dose(sets=0)), "sets must be a whole number from 1 to 20, got 0"),
    (make_item(dose=Dose(repetitions=-1)), "repetitions must be a whole number from 1 to 200"),
    (make_item(dose=Dose(hold_s=-1.0)), "hold in seconds must be a number from 0 to 600, got -1"),
    (make_item(dose=Dose(rest_s=math.nan)), "rest in seconds must be"),
    (make_item(dose=Dose(raise_s=0.0)), "raise in seconds must be a number from 0.2 to 60"),
    (make_item(times_per_week=0), "times per week must be a whole number from 1 to 70, got 0"),
    (
        make_item(times_per_week=3, weekdays=(Weekday.MON, Weekday.TUE)),
        "times per week must be 2 or a multiple of it, as 2 weekdays are named, got 3",
    ),
    (make_item(times_per_week=2, weekdays=(Weekday.MON,) * 2), "a weekday is named twice"),
    (make_item(note="a" * 2001), "note must have at most 2000 characters, got 2001: shorten it"),
    (make_item(rule=replace(RULE, raise_up_to=0.0)), "bound of the rule must not go beyond the"),
    (make_item(rule=replace(RULE, raise_up_to=30.0)), "bound of the rule must lie beyond the"),
    (make_item(rule=replace(RULE, raise_up_to=100.0)), "bound of the rule .* below 88°"),
    (make_item(rule=replace(RULE, raise_by=-5.0)), "raise by must be a number from 0.5 to 90"),
    (make_item(rule=replace(RULE, raise_by=math.nan)), "raise by must be"),
    (make_item(rule=replace(RULE, most_pain=6)), "largest pain of the rule must not be above the"),
    (make_item(rule=replace(RULE, lower_by=0.5)), "lower by must be a whole number from 1"),
    (make_item(rule=replace(RULE, lower_down_to=0.0)), "bound to lower to must be a whole number"),
    (make_item(rule=replace(RULE, lower_pain=3)), "pain to lower at must be a whole number from 4"),
    (make_item(GUIDED, rule=RULE), "the rule would raise the target, but .* has none: set one"),
)


@pytest.mark.parametrize(("details", "said"), BAD, ids=[said[:40] for _, said in BAD])
def test_what_cannot_be_meant_or_is_not_safe(details: ItemDetails, said: str) -> None:
    exercise = find_exercise(details.prescription.exercise)
    with pytest.raises(InputError, match=said) as caught:
        require_item(details, exercise, ("right_knee",))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("details", [make_item("dance"), BAD[0][0]])
def test_what_is_refused_is_not_in_the_plan(record: Record, patient, details: ItemDetails) -> None:
    with pytest.raises(InputError):
        prescribe(record, "P1", details)
    assert list_items(record, "P1") == ()


def test_a_change_is_as_safe_as_a_prescription(record: Record, patient) -> None:
    item = prescribe(record, "P1", make_item())
    beyond = replace(item.prescription, target_deg=0.0)
    with pytest.raises(InputError, match="goes beyond the largest angle allowed"):
        change_item(record, replace(item, prescription=beyond))
    assert_same(find_item(record, item.id), item)


@pytest.mark.parametrize(
    ("exercise", "target_deg", "limit_deg"),
    [(KNEE, 20.0, 20.0), (KNEE, 20.0, -5.0), ("heel_curl", 90.0, 90.0), ("heel_curl", 60.0, 95.0)],
)
def test_limits_on_the_targets_side_of_rest_hold(
    record: Record, patient, exercise: str, target_deg: float, limit_deg: float
) -> None:
    details = make_item(exercise, target_deg=target_deg, max_allowed_deg=limit_deg)
    assert prescribe(record, "P1", details).prescription.max_allowed_deg == limit_deg


def test_nobody_to_prescribe_to(record: Record) -> None:
    for attempt in (
        lambda: prescribe(record, "P9", make_item()),
        lambda: list_items(record, "P9"),
        lambda: plan_settings(record, "P9"),
    ):
        with pytest.raises(RecordNotFoundError, match="no patient has the code P9"):
            attempt()


def test_a_locked_record_is_said_and_the_plan_is_whole(tmp_path: Path) -> None:
    with open_record(None, tmp_path) as record:
        ensure_patient(record, "P1")
        item = prescribe(record, "P1", make_item())
    other = sqlite3.connect(tmp_path / "motion.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_record(None, tmp_path, busy_timeout_s=0.1) as record:
        analysis = make_live_analysis()
        for attempt in (
            lambda: prescribe(record, "P1", make_item(STANDING)),
            lambda: change_item(record, replace(item, note="x")),
            lambda: store_live(record, analysis, make_facts(), "P1", item_id=item.id),
        ):
            with pytest.raises(RecordBusyError, match="is locked by another program"):
                attempt()
        assert_same(list_items(record, "P1"), (item,))
        other.execute("ROLLBACK")
        change_item(record, replace(item, note="x"))
        assert list_takes(record, "P1") == ()
    other.close()


def test_a_record_of_before_keeps_its_patients_and_takes_plans(
    record: Record, patient, url: str, tmp_path: Path
) -> None:
    take = store_analysis(record, make_analysis(), "P1")
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "0005")
        assert not inspect(connection).has_table("plan_item")
        assert connection.execute(text("SELECT count(*) FROM take")).scalar() == 1

    with open_record(url, tmp_path) as updated:
        assert_same(load_take(updated, take.id).analysis, make_analysis())
        written = prescribe(updated, "P1", full_item())
        assert_same(list_items(updated, "P1"), (written,))
        assert plan_settings(updated, "P1").pain_limit == 5
