"""Progression: the rule's own words, never beyond a limit, and only the physiotherapist decides."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from clinic_makers import assert_same
from hypothesis import given
from hypothesis import strategies as st
from plan_takes import (
    GUIDED,
    make_diary,
    make_facts,
    make_item,
    make_live_analysis,
    make_prescription,
    store_session,
)

from motion.clinic import (
    Decision,
    Dimension,
    DoneSession,
    PlanItem,
    ProgressionRule,
    Record,
    Suggestion,
    accept_suggestion,
    add_analysis,
    add_answers,
    change_item,
    change_plan_settings,
    decline_suggestion,
    end_item,
    ensure_patient,
    exclude_take,
    find_item,
    find_patient,
    list_adherence,
    list_done,
    list_edits,
    list_suggestions,
    list_takes,
    load_take,
    note_done,
    pending_suggestions,
    plan_settings,
    prescribe,
    store_live,
    suggest_progression,
)
from motion.clinic.plan_checks import find_direction
from motion.clinic.plan_values import Weekday
from motion.errors import RecordConflictError
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise
from motion.model import CoachedRepetition, LiveEnd, Side

ITEM = UUID(int=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MORE = ProgressionRule(after_sessions=3, raise_by=2.0, raise_up_to=6.0)
BOTH = replace(
    MORE, lower_what=Dimension.REPETITIONS, lower_by=1.0, lower_down_to=2.0, lower_after_sessions=2
)
TARGET = replace(MORE, raise_what=Dimension.TARGET_DEG, raise_by=5.0, raise_up_to=0.0)
HOLD = replace(MORE, raise_what=Dimension.HOLD_S, raise_by=2.5, raise_up_to=10.0)


def sessions(count: int = 3, **changes: Any) -> list[DoneSession]:
    given_: dict[str, Any] = {
        "item_id": ITEM,
        "repetitions_wanted": 3,
        "repetitions_done": 3,
        "pain": 1,
        "peak_deg": 18.0,
        "comparable": "sitting",
    }
    return [
        DoneSession(
            at=START + timedelta(days=n),
            day=(START + timedelta(days=n)).date(),
            take_id=uuid4(),
            **(given_ | changes),
        )
        for n in range(count)
    ]


def suggest(
    found: list[DoneSession],
    rule: ProgressionRule = MORE,
    prescription: Prescription | None = None,
    direction: int = -1,
    **often: Any,
) -> Suggestion | None:
    often = {"times_per_week": 7} | often
    return suggest_progression(rule, prescription or make_prescription(), found, direction, **often)


def amount(suggestion: Suggestion | None) -> tuple[Dimension, bool, float, float]:
    assert suggestion is not None
    return suggestion.what, suggestion.more, suggestion.before, suggestion.after


def test_enough_sessions_in_a_row_suggest_more_and_say_why() -> None:
    found = suggest(sessions())
    assert amount(found) == (Dimension.REPETITIONS, True, 3.0, 5.0)
    assert found is not None
    assert found.reason == (
        "The last 3 sessions that were done, 2 Mar, 3 Mar and 4 Mar 2026, complete with 3 of 3,"
        " 3 of 3, 3 of 3 repetitions and pain of at most 1: repetitions from 3 to 5, as the plan's"
        " rule says"
    )


def on(*days: date) -> list[DoneSession]:
    at = [datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in days]
    return [
        replace(each, at=when, day=when.date())
        for each, when in zip(sessions(len(days)), at, strict=True)
    ]


@pytest.mark.parametrize(
    ("often", "missed"),
    [
        # 2, 9 and 13 March 2026 are two Mondays and a Friday.
        ({"times_per_week": 7}, 9),
        ({"times_per_week": 3}, 2),  # 11 days of 3/7 a day are 4 sessions, 2 were done
        ({"times_per_week": 1}, 0),
        ({"times_per_week": 14}, 9),  # several a day are one
        ({"times_per_week": 3, "weekdays": (Weekday.MON, Weekday.WED, Weekday.FRI)}, 3),
        ({"times_per_week": 1, "weekdays": (Weekday.MON,)}, 0),
    ],
)
def test_the_reason_names_the_days_and_what_was_missed(often: dict[str, Any], missed: int) -> None:
    found = suggest(on(date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 13)), **often)

    assert found is not None
    between = f" ({missed} prescribed between them missed)" if missed else ""
    assert found.reason.startswith(
        f"The last 3 sessions that were done, 2 Mar, 9 Mar and 13 Mar 2026{between}, complete with"
    )


def test_a_session_that_was_broken_off_is_none_that_was_missed() -> None:
    rule = replace(BOTH, lower_after_sessions=2)
    tried = on(date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))
    tried = [replace(each, repetitions_done=1) for each in tried]
    tried[1] = replace(tried[1], interrupted=True)

    found = suggest(tried, rule)

    assert found is not None
    assert found.reason.startswith(
        "The last 2 sessions that were done, 2 Mar and 4 Mar 2026, with 1 of 3, 1 of 3 repetitions"
    )


def test_days_of_two_years_bear_both() -> None:
    found = suggest(on(date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)))

    assert found is not None
    assert "done, 30 Dec, 31 Dec 2025 and 1 Jan 2026, complete" in found.reason


def test_one_session_is_the_last_one() -> None:
    found = suggest(sessions(1), replace(MORE, after_sessions=1))

    assert found is not None
    assert found.reason.startswith("The last session that was done, 2 Mar 2026, complete with 3 of")


def test_their_order_in_the_list_does_not_matter() -> None:
    assert suggest(sessions()[::-1]) == suggest(sessions())


def test_only_the_last_ones_count() -> None:
    assert suggest([*sessions(1, repetitions_done=0), *sessions(4)[1:]]) is not None
    late = sessions(4)
    late[3] = replace(late[3], repetitions_done=2)
    assert suggest(late) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        {"repetitions_done": 2},
        {"interrupted": True},
        {"pain": 4},
        {"pain": None},
        {"pain_pressed": True},
        {"take_id": None},
        {"comparable": "standing"},
        {"repetitions_wanted": 0},
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_is_not_complete_or_not_comparable(place: int, spoilt: dict[str, Any]) -> None:
    found = sessions()
    found[place] = replace(found[place], **spoilt)
    assert suggest(found) is None


def test_too_few_sessions() -> None:
    assert suggest(sessions(2)) is None
    assert suggest([]) is None


def test_never_more_above_the_plans_limit_of_pain() -> None:
    rule = replace(MORE, most_pain=5)
    assert suggest(sessions(pain=3), rule, make_prescription(pain_limit=3)) is not None
    assert suggest(sessions(pain=4), rule, make_prescription(pain_limit=3)) is None


@pytest.mark.parametrize(("now", "after"), [(3, 5.0), (5, 6.0), (6, None), (9, None)])
def test_repetitions_never_beyond_the_rules_bound(now: int, after: float | None) -> None:
    dose = replace(make_prescription().dose, repetitions=now)
    found = suggest(sessions(), MORE, make_prescription(dose=dose))
    assert (found.after if found else None) == after


def test_a_longer_hold() -> None:
    dose = Dose(sets=1, repetitions=3, hold_s=5.0)
    found = suggest(sessions(), HOLD, make_prescription(dose=dose))
    assert amount(found) == (Dimension.HOLD_S, True, 5.0, 7.5)
    assert found is not None
    assert "hold from 5 s to 7.5 s" in found.reason


@pytest.mark.parametrize(
    ("target", "limit", "after"),
    [(20.0, math.nan, 15.0), (20.0, 5.0, 15.0), (20.0, 17.0, 17.0), (20.0, 20.0, None)],
)
def test_a_farther_target_below_rest(target: float, limit: float, after: float | None) -> None:
    given_ = make_prescription(target_deg=target, max_allowed_deg=limit)
    found = suggest(sessions(), TARGET, given_)
    assert (found.after if found else None) == after


def test_a_farther_target_above_rest() -> None:
    rule = replace(TARGET, raise_up_to=120.0)
    given_ = make_prescription("heel_curl", target_deg=90.0, max_allowed_deg=93.0)
    found = suggest(sessions(peak_deg=91.0), rule, given_, direction=1)
    assert amount(found) == (Dimension.TARGET_DEG, True, 90.0, 93.0)


@pytest.mark.parametrize(("peak_deg", "there"), [(20.0, True), (25.0, True), (26.0, False)])
def test_a_farther_target_needs_the_one_of_now_reached(peak_deg: float, there: bool) -> None:
    assert (suggest(sessions(peak_deg=peak_deg), TARGET) is not None) is there
    assert suggest(sessions(peak_deg=math.nan), TARGET) is None
    assert suggest(sessions(), TARGET, direction=0) is None


def test_less_after_sessions_that_were_too_much() -> None:
    found = suggest(sessions(2, repetitions_done=1), BOTH)
    assert amount(found) == (Dimension.REPETITIONS, False, 3.0, 2.0)
    assert found is not None
    assert "1 of 3, 1 of 3 repetitions" in found.reason


def test_less_after_pain_even_where_all_was_done() -> None:
    found = suggest(sessions(3, pain=6), BOTH)
    assert amount(found) == (Dimension.REPETITIONS, False, 3.0, 2.0)
    assert found is not None
    assert "pain of at most 6" in found.reason


def test_less_never_below_its_bound() -> None:
    dose = replace(make_prescription().dose, repetitions=2)
    assert suggest(sessions(3, pain=9), BOTH, make_prescription(dose=dose)) is None
    nearer = replace(BOTH, lower_what=Dimension.TARGET_DEG, lower_by=30.0, lower_down_to=40.0)
    found = suggest(sessions(2, pain=9), nearer)
    assert amount(found) == (Dimension.TARGET_DEG, False, 20.0, 40.0)


def test_a_camera_that_was_pulled_out_says_nothing_of_the_patient() -> None:
    cut = sessions(2, interrupted=True, repetitions_done=0)
    assert suggest(cut, BOTH) is None
    assert suggest(sessions(2, interrupted=True, pain=8), BOTH) is not None


def test_what_was_said_without_a_camera_may_lower_and_never_raise() -> None:
    diary = [replace(each, take_id=None, comparable=None) for each in sessions()]
    assert suggest(diary, BOTH) is None
    assert suggest([replace(each, pain=8) for each in diary], BOTH) is not None


done = st.builds(
    lambda n, done, pain, cut, peak: replace(
        sessions(n + 1)[n], repetitions_done=done, pain=pain, interrupted=cut, peak_deg=peak
    ),
    st.integers(0, 9),
    st.integers(0, 6),
    st.none() | st.integers(0, 10),
    st.booleans(),
    st.just(math.nan) | st.floats(-40, 170),
)


@given(
    found=st.lists(done, max_size=8),
    what=st.sampled_from(Dimension),
    step=st.integers(1, 60),
    bound=st.integers(-40, 170),
    given_=st.builds(
        make_prescription,
        target_deg=st.integers(-40, 170).map(float),
        max_allowed_deg=st.just(math.nan) | st.integers(-40, 170).map(float),
        pain_limit=st.integers(0, 10),
    ),
    direction=st.sampled_from([-1, 1]),
)
def test_no_rule_and_no_history_gets_beyond_a_limit(
    found: list[DoneSession],
    what: Dimension,
    step: int,
    bound: int,
    given_: Prescription,
    direction: int,
) -> None:
    rule = replace(
        BOTH, raise_what=what, raise_by=float(step), raise_up_to=float(bound), after_sessions=1
    )
    suggestion = suggest(found, rule, given_, direction)

    if suggestion is None or not suggestion.more:
        return
    way = direction if what is Dimension.TARGET_DEG else 1
    assert (suggestion.after - suggestion.before) * way > 0
    assert (bound - suggestion.after) * way >= 0
    if what is Dimension.TARGET_DEG and not math.isnan(given_.max_allowed_deg):
        assert (given_.max_allowed_deg - suggestion.after) * way >= 0
    last = max(found, key=lambda each: each.at)
    assert last.pain is not None
    assert last.pain <= min(given_.pain_limit, rule.most_pain)
    assert not last.interrupted


# ---------------------------------------------------------------- in the record


@pytest.fixture
def item(record: Record) -> PlanItem:
    ensure_patient(record, "P1")
    return prescribe(record, "P1", make_item(rule=replace(BOTH, after_sessions=2)))


def do_two(record: Record, item: PlanItem, **facts: Any) -> None:
    for seed in (1, 2):
        store_session(record, item, seed, **({"pain_after": 1} | facts))


def test_takes_make_a_suggestion_and_change_nothing(record: Record, item: PlanItem) -> None:
    do_two(record, item)

    (found,) = pending_suggestions(record, "P1")
    assert amount(found) == (Dimension.REPETITIONS, True, 3.0, 5.0)
    assert (found.item_id, found.decision, found.decided_at) == (item.id, Decision.OPEN, None)
    assert_same(find_item(record, item.id), item)


def test_only_accepting_changes_the_plan(record: Record, item: PlanItem) -> None:
    do_two(record, item)
    (found,) = pending_suggestions(record, "P1")

    accepted = accept_suggestion(record, found, reason="looks easy", author="AB")

    changed = find_item(record, item.id)
    assert changed.prescription.dose.repetitions == 5
    assert changed.dosed_at > item.dosed_at
    assert (accepted.decision, accepted.decided_by) == (Decision.ACCEPTED, "AB")
    assert accepted.decision_reason == "looks easy"
    assert pending_suggestions(record, "P1") == ()
    assert list_suggestions(record, "P1") == (accepted,)
    patient = find_patient(record, "P1")
    assert patient is not None
    edits = {
        (e.table, e.field, e.before, e.after, e.author) for e in list_edits(record, patient.id)
    }
    assert edits == {
        ("plan_item", "repetitions", "3", "5", "AB"),
        ("suggestion", "decision", "open", "accepted", "AB"),
    }
    store_session(record, changed, 3, pain_after=1)
    assert pending_suggestions(record, "P1") == ()  # the new dose has one session only


def test_declining_changes_nothing_and_counts_anew(record: Record, item: PlanItem) -> None:
    do_two(record, item)
    (found,) = pending_suggestions(record, "P1")

    declined = decline_suggestion(record, found, reason="swollen", author="AB")

    assert (declined.decision, declined.decision_reason) == (Decision.DECLINED, "swollen")
    assert find_item(record, item.id).version == item.version
    store_session(record, item, 3, pain_after=1)
    assert pending_suggestions(record, "P1") == ()
    store_session(record, item, 4, pain_after=1)
    assert len(pending_suggestions(record, "P1")) == 1


def test_a_decision_is_made_once(record: Record, item: PlanItem) -> None:
    do_two(record, item)
    (found,) = pending_suggestions(record, "P1")
    decline_suggestion(record, found)
    for late in (accept_suggestion, decline_suggestion):
        with pytest.raises(RecordConflictError, match="decided or withdrawn meanwhile: load the"):
            late(record, found)
    assert find_item(record, item.id).prescription.dose.repetitions == 3


@pytest.mark.parametrize("how", ["pain", "excluded", "corrected", "limit", "dose", "ended", "rule"])
def test_a_suggestion_is_withdrawn_when_it_no_longer_holds(
    record: Record, item: PlanItem, how: str
) -> None:
    do_two(record, item)
    (found,) = pending_suggestions(record, "P1")
    if how == "pain":
        store_session(record, item, 3, pain_after=4)
    elif how == "excluded":
        exclude_take(record, list_takes(record, "P1")[0].id, "somebody else")
    elif how == "corrected":
        take = load_take(record, list_takes(record, "P1")[0].id)
        fewer = replace(take.analysis, repetitions=take.analysis.repetitions[:1])
        add_analysis(record, take.id, fewer, "the others were his wife's")
    elif how == "limit":
        settings = plan_settings(record, "P1")
        change_plan_settings(record, "P1", replace(settings, pain_limit=0))
    elif how == "dose":
        dose = replace(item.prescription.dose, rest_s=20.0)
        change_item(record, replace(item, prescription=replace(item.prescription, dose=dose)))
    elif how == "ended":
        end_item(record, item)
    else:
        change_item(record, replace(item, rule=None))

    assert pending_suggestions(record, "P1") == ()
    assert [each.decision for each in list_suggestions(record, "P1")] == [Decision.WITHDRAWN]
    with pytest.raises(RecordConflictError, match="decided or withdrawn meanwhile"):
        accept_suggestion(record, found)


def test_pain_that_is_told_later_takes_it_back(record: Record, item: PlanItem) -> None:
    store_session(record, item, 1, pain_after=1)
    take = store_session(record, item, 2)
    assert len(pending_suggestions(record, "P1")) == 1

    add_answers(record, take.id, pain_after=8)

    assert pending_suggestions(record, "P1") == ()


def test_pain_that_was_pressed_and_not_answered_suggests_nothing(
    record: Record, item: PlanItem
) -> None:
    do_two(record, item, pain_pressed=True, pain_before=0)
    assert pending_suggestions(record, "P1") == ()


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({"end": LiveEnd.PAIN, "pain_pressed": True, "pain_during": 8}, False),
        ({"end": LiveEnd.STOPPED, "pain_pressed": True}, False),
        ({"end": LiveEnd.STOPPED, "pain_pressed": True, "pain_during": 2}, True),
        ({"end": LiveEnd.FINISHED, "pain_pressed": True}, True),
        ({"end": LiveEnd.STOPPED}, True),
    ],
)
def test_what_was_stopped_for_pain_is_not_done(
    record: Record, item: PlanItem, facts: dict[str, Any], counts: bool
) -> None:
    store_session(record, item, 1, **facts)

    (done,) = list_done(record, "P1")

    assert (done.stopped_for_pain, done.counts) == (not counts, counts)
    assert done.repetitions_done == 3
    (week,) = list_adherence(record, "P1", [datetime.now(UTC).date()])
    assert (week.sessions_done, week.repetitions_done) == (int(counts), 3)


@pytest.mark.parametrize(("end", "percent"), [(LiveEnd.FINISHED, 100.0), (LiveEnd.STOPPED, 7.5)])
def test_a_test_against_the_clock_is_complete_when_its_time_is_up(
    record: Record, end: LiveEnd, percent: float
) -> None:
    ensure_patient(record, "P1")
    name = "thirty_second_sit_to_stand"
    test = prescribe(record, "P1", make_item(name, Side.BOTH))
    facts = make_facts(name, Side.BOTH, end=end, repetitions_wanted=40)
    store_live(record, make_live_analysis(seed=1), facts, "P1", item_id=test.id)

    (done,) = list_done(record, "P1")

    assert (done.repetitions_done, done.percent) == (3, percent)


def test_a_movement_to_both_sides_goes_as_far_to_either(record: Record) -> None:
    ensure_patient(record, "P1")
    side_bend = find_exercise("side_bend")
    left = make_prescription("side_bend", Side.NONE, target_deg=-20.0)
    assert find_direction(side_bend, left) == 1
    item = prescribe(record, "P1", make_item("side_bend", Side.NONE, target_deg=20.0))
    made = make_live_analysis(seed=1)
    bends = tuple(
        replace(each, peak_deg=peak_deg)
        for each, peak_deg in zip(made.repetitions, (-22.0, 20.0, -24.0), strict=True)
    )
    facts = make_facts("side_bend", Side.NONE)
    store_live(record, replace(made, repetitions=bends), facts, "P1", item_id=item.id)

    (done,) = list_done(record, "P1")

    assert done.peak_deg == 22.0


def store_held(record: Record, item: PlanItem, seed: int, hold_s: float) -> None:
    """Store a take whose coach timed so long a hold in each of the take's three repetitions."""
    analysis = make_live_analysis(seed=seed)
    counted = tuple(
        CoachedRepetition(
            start_s=each.start_s,
            peak_s=each.peak_s,
            end_s=each.end_s,
            peak_deg=each.peak_deg,
            side=each.side,
            direction=each.direction,
            full=True,
            hold_s=hold_s,
            set_number=1,
        )
        for each in analysis.repetitions
    )
    facts = make_facts(pain_after=1, hold_wanted_s=5.0, repetitions=counted)
    store_live(record, analysis, facts, "P1", item_id=item.id)


@pytest.mark.parametrize(("held_s", "done_n", "suggested_n"), [(3.9, 0, 0), (4.0, 3, 1)])
def test_a_hold_is_raised_only_after_it_was_held(
    record: Record, held_s: float, done_n: int, suggested_n: int
) -> None:
    ensure_patient(record, "P1")
    dose = Dose(sets=1, repetitions=3, hold_s=5.0)
    held = prescribe(record, "P1", make_item(dose=dose, rule=replace(HOLD, after_sessions=2)))
    for seed in (1, 2):
        store_held(record, held, seed, held_s)

    assert [each.repetitions_done for each in list_done(record, "P1")] == [done_n] * 2
    (week,) = list_adherence(record, "P1", [datetime.now(UTC).date()])
    assert (week.sessions_done, week.repetitions_done) == (2 if done_n else 0, 2 * done_n)
    assert len(pending_suggestions(record, "P1")) == suggested_n


def test_an_interrupted_take_suggests_nothing(record: Record, item: PlanItem) -> None:
    do_two(record, item, end=LiveEnd.SOURCE_LOST)
    assert pending_suggestions(record, "P1") == ()


def test_a_diary_of_pain_suggests_less(record: Record) -> None:
    ensure_patient(record, "P1")
    rule = replace(BOTH, lower_after_sessions=2)
    guided = prescribe(record, "P1", make_item(GUIDED, rule=rule))
    for _ in range(2):
        note_done(record, guided.id, make_diary(pain=8))

    (found,) = pending_suggestions(record, "P1")
    assert amount(found) == (Dimension.REPETITIONS, False, 3.0, 2.0)
    accept_suggestion(record, found)
    assert find_item(record, guided.id).prescription.dose.repetitions == 2
