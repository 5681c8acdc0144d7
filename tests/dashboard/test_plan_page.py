"""The physiotherapist's page of a plan: prescribed in a few clicks, changed, ended, suggested."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from page_actions import button, texts

from dashboard.plan_words import (
    dose_text,
    item_title,
    limit_text,
    often_text,
    rule_text,
    suggestion_text,
    target_text,
    tempo_text,
)
from motion.clinic import (
    DiaryDetails,
    Dimension,
    ItemDetails,
    PatientDetails,
    PlanSettings,
    ProgressionRule,
    Weekday,
    add_patient,
    change_item,
    change_plan_settings,
    list_items,
    list_suggestions,
    note_done,
    open_record,
    pending_suggestions,
    plan_settings,
    prescribe,
)
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise
from motion.model import Side

GUIDED, MEASURED = "quad_set", "seated_knee_extension"
LONG_AGO = date.today() - timedelta(days=60)
DAYS = "On these days; on any day where none is chosen"


@pytest.fixture
def patient():
    with open_record() as record:
        return add_patient(
            record, PatientDetails(code="P-1", affected_side=Side.RIGHT, birth_year=1960)
        )


def details(name=GUIDED, side=Side.LEFT, **changes):
    given = Prescription(exercise=name, side=side, dose=Dose(sets=2, repetitions=10))
    return ItemDetails(prescription=given, started_on=LONG_AGO, **changes)


def put(given=None, author=None):
    with open_record() as record:
        return prescribe(record, "P-1", given or details(), author=author)


def items(*, with_ended=False):
    with open_record() as record:
        return list_items(record, "P-1", with_ended=with_ended)


def settings():
    with open_record() as record:
        return plan_settings(record, "P-1")


def did(item, repetitions=20, days_ago=1, **changes):
    said = DiaryDetails(
        done_at=datetime.now(UTC) - timedelta(days=days_ago),
        sets=2,
        repetitions=repetitions,
        **changes,
    )
    with open_record() as record:
        note_done(record, item.id, said)


def prescribing(at):
    return next(each for each in at.button if each.label.startswith("Prescribe: "))


def field(at, kind, label):
    return next(each for each in getattr(at, kind) if each.label == label)


def choose(at, name):
    return at.selectbox(key="plan-exercise").set_value(name).run()


def test_three_clicks_prescribe_an_exercise_as_it_usually_is(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    exercise = find_exercise(MEASURED)
    assert f'alt="{exercise.title}"' in texts(at)
    assert "Measured: held against recordings with known answers" in texts(at)
    at = prescribing(at).click().run()

    assert not at.exception
    (found,) = items()
    given = found.prescription
    assert (given.exercise, given.side) == (MEASURED, Side.RIGHT)  # the affected one
    assert given.dose == exercise.dose
    assert given.target_deg == pytest.approx(exercise.target_deg, nan_ok=True)
    assert found.started_on == date.today()
    assert found.rule is None
    assert item_title(found) in texts(at)


def test_every_field_is_kept(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    for label, value in {
        "Sets": 4,
        "Repetitions": 8,
        "Hold (s)": 5,
        "There (s)": 2.0,
        "Back (s)": 3.0,
        "Rest between sets (s)": 90,
        "Target (°)": 10.0,
        "Tolerance (± °)": 6,
        "Farther than this the joint may not go (°)": 5.0,
        "Pain limit (0 to 10)": 4,
        "Times a week": 4,
    }.items():
        field(at, "number_input", label).set_value(value)
    field(at, "selectbox", "Side").set_value(Side.LEFT)
    field(at, "button_group", DAYS).set_value([Weekday.TUE, Weekday.FRI])
    field(at, "text_input", "Note for the patient").set_value("slowly")
    field(at, "text_input", "Prescribed by").set_value("AB")
    at = prescribing(at).click().run()

    (found,) = items()
    assert found.prescription == Prescription(
        exercise=MEASURED,
        side=Side.LEFT,
        dose=Dose(sets=4, repetitions=8, hold_s=5.0, rest_s=90.0, raise_s=2.0, lower_s=3.0),
        target_deg=10.0,
        tolerance_deg=6.0,
        max_allowed_deg=5.0,
        pain_limit=4,
    )
    assert (found.times_per_week, found.weekdays) == (4, (Weekday.TUE, Weekday.FRI))
    assert (found.note, found.prescribed_by) == ("slowly", "AB")
    said = texts(at)
    assert "4 × 8, hold 5 s" in said
    assert "2 s there, 3 s back, 90 s rest" in said
    assert "not beyond 5°" in said
    assert "4 times a week, Tue, Fri" in said


def test_what_is_only_guided_has_no_target_and_says_so(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), GUIDED)
    assert "Guide only, not measured" in texts(at)
    assert not [n for n in at.number_input if n.label == "Target (°)"]


@pytest.mark.parametrize("name", ["ankle_pumps", "single_leg_stance"])
def test_no_target_is_prescribed_of_what_is_not_measured(open_page, patient, name):
    at = choose(open_page("plan", patient="P-1"), name)
    prescribing(at).click().run()
    (found,) = items()
    assert math.isnan(found.prescription.target_deg)


def test_a_half_filled_form_is_not_sent_by_enter(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    forms = [block.proto.form for block in walk(at._tree) if block.proto.HasField("form")]
    assert forms
    assert not any(form.enter_to_submit for form in forms if "prescribe" in form.form_id)


def walk(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            if child.proto is not None and hasattr(child.proto, "form"):
                yield child
            yield from walk(child)


def test_what_is_prescribed_is_named_on_its_button(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    assert prescribing(at).label == f"Prescribe: {find_exercise(MEASURED).title}"


def test_every_field_of_a_rule_has_a_name_of_its_own(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    labels = [n.label for n in at.number_input if n.key and n.key.startswith("prescribe")]
    assert len(labels) == len(set(labels))


def test_a_standing_exercise_says_what_home_needs(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), "squat")
    assert "At home only where the settings of the plan allow standing" in texts(at)


def test_a_target_beyond_the_limit_is_refused_in_one_sentence(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), MEASURED)
    field(at, "number_input", "Target (°)").set_value(5.0)
    field(at, "number_input", "Farther than this the joint may not go (°)").set_value(20.0)
    at = prescribing(at).click().run()

    assert "goes beyond the largest angle allowed" in texts(at)
    assert items() == ()


def test_a_rule_is_written_and_read_back_in_words(open_page, patient):
    at = choose(open_page("plan", patient="P-1"), GUIDED)
    field(at, "checkbox", "Suggest more or less by this rule").set_value(True)
    field(at, "number_input", "up to at most").set_value(16.0)
    at = prescribing(at).click().run()

    (found,) = items()
    assert found.rule == replace(ProgressionRule(), raise_up_to=16.0)
    assert "After 3 sessions in a row with at least 100 %" in texts(at)
    assert "up to 16 repetitions" in texts(at)


def test_an_exercise_is_changed_and_ended(open_page, patient):
    put(author="AB")
    at = open_page("plan", patient="P-1")
    change = f"change-{items()[0].id}-1"
    at.number_input(key=f"{change}-sets").set_value(5)
    at.text_input(key=f"{change}-who").set_value("CD")
    at = button(at, "Save the change").click().run()
    (found,) = items()
    assert (found.prescription.dose.sets, found.prescribed_by, found.version) == (5, "AB", 2)

    at = button(at, "End this exercise").click().run()
    assert not at.exception
    assert items() == ()
    (ended,) = items(with_ended=True)
    assert ended.ended_on == date.today()
    assert "Nothing is prescribed." in texts(at)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(open_page, patient):
    put()
    at = open_page("plan", patient="P-1")
    (loaded,) = items()
    with open_record() as record:
        change_item(record, replace(loaded, note="of another"))
    at.number_input(key=f"change-{loaded.id}-1-sets").set_value(7)
    at = button(at, "Save the change").click().run()

    assert "changed or ended meanwhile" in texts(at)
    assert "Somebody else changed this exercise meanwhile" in texts(at)
    (found,) = items()
    assert (found.note, found.prescription.dose.sets) == ("of another", 2)

    at = button(at, "Load their version").click().run()
    at.number_input(key=f"change-{loaded.id}-{found.version}-sets").set_value(7)
    button(at, "Save the change").click().run()
    assert items()[0].prescription.dose.sets == 7


def test_the_settings_are_off_at_first_and_kept(open_page, patient):
    at = open_page("plan", patient="P-1")
    standing = field(at, "checkbox", "Standing exercises and tests are allowed at home")
    assert standing.value is False
    standing.set_value(True)
    field(at, "number_input", "Pain limit of the plan (0 to 10)").set_value(3)
    field(at, "date_input", "Guardian's consent, given on").set_value(date(2026, 5, 4))
    assert "Landmarks are not validated under 12." in at.date_input[-1].help
    at = button(at, "Save the settings").click().run()

    found = settings()
    assert (found.standing_at_home, found.pain_limit) == (True, 3)
    assert found.guardian_consent_on == date(2026, 5, 4)


def test_settings_of_somebody_else_are_not_overwritten(open_page, patient):
    at = open_page("plan", patient="P-1")
    with open_record() as record:
        change_plan_settings(record, "P-1", PlanSettings(note="of another"))
    at = button(at, "Save the settings").click().run()

    assert "settings of this plan were changed meanwhile" in texts(at)
    assert settings().note == "of another"


RULE = ProgressionRule(
    after_sessions=2,
    raise_up_to=14.0,
    lower_what=Dimension.REPETITIONS,
    lower_by=2.0,
    lower_down_to=6.0,
)


@pytest.fixture
def suggested(patient):
    item = put(details(rule=RULE))
    # After the item's own moment: what was done before says nothing of its dose.
    did(item, days_ago=-0.01, pain=7)
    did(item, days_ago=-0.02, pain=8)
    return item


def pending():
    with open_record() as record:
        return pending_suggestions(record, "P-1")


def test_a_suggestion_changes_nothing_before_it_is_accepted(open_page, suggested):
    at = open_page("plan", patient="P-1")
    (found,) = pending()
    said = texts(at)
    assert "from 10 to 8 repetitions" in said
    assert found.reason in said
    assert items()[0].prescription.dose.repetitions == 10

    field(at, "text_input", "Decided by").set_value("AB")
    at = button(at, "Accept").click().run()
    assert items()[0].prescription.dose.repetitions == 8
    assert pending() == ()
    assert not [b for b in at.button if b.label == "Accept"]


def test_a_declined_suggestion_leaves_the_plan_as_it_is(open_page, suggested):
    at = open_page("plan", patient="P-1")
    field(at, "text_input", "Reason (optional)").set_value("swollen")
    button(at, "Decline").click().run()

    assert items()[0].prescription.dose.repetitions == 10
    with open_record() as record:
        (found,) = list_suggestions(record, "P-1")
    assert (found.decision, found.decision_reason) == ("declined", "swollen")


def test_the_patients_page_says_that_a_suggestion_waits(open_page, suggested):
    said = texts(open_page("patient", patient="P-1"))
    assert "1 suggestion waits for your decision" in said
    assert "2 × 10" in said


def test_the_weeks_say_done_of_prescribed_and_the_pain(open_page, patient):
    item = put(details(times_per_week=3))
    did(item, 9, days_ago=7, pain=4, note="my knee clicks")
    at = open_page("plan", patient="P-1")
    said = texts(at)

    assert "1 of 3" in said
    assert "18 of 60 repetitions, pain 4" in said
    assert "0 of 3" in said
    assert "my knee clicks" in said


def test_a_plan_file_is_offered_and_its_refusal_said(open_page, patient):
    put()
    at = open_page("plan", patient="P-1")
    at = button(at, "Make the plan file").click().run()
    assert not at.exception
    (key,) = [key for key in at.session_state if key.startswith("plan-file-")]
    assert at.session_state[key].startswith(b"{")


def test_an_address_without_a_patient_and_an_unknown_one(open_page):
    assert "Choose a patient" in texts(open_page("plan"))
    assert "no patient has the code" in texts(open_page("plan", patient="X-1"))


def test_the_words_of_a_dose():
    dose = Dose(sets=3, repetitions=12, hold_s=2.5, rest_s=30.0, raise_s=2.0)
    given = Prescription(exercise="squat", side=Side.BOTH, dose=dose)
    assert dose_text(dose) == "3 × 12, hold 2.5 s"
    assert dose_text(Dose()) == "3 × 10"
    assert tempo_text(dose) == "2 s there, 30 s rest"
    assert (target_text(given), limit_text(given)) == ("–", "")
    aimed = replace(given, target_deg=90.0, max_allowed_deg=100.0)
    assert (target_text(aimed), limit_text(aimed)) == ("90° ± 5°", "not beyond 100°")


def test_the_words_of_an_item_and_its_rule():
    gone = details("no_such_exercise", Side.RIGHT, times_per_week=1)
    assert item_title(gone) == "No such exercise, right"
    assert often_text(gone) == "1 time a week"
    assert rule_text(None) == "No rule: nothing is suggested."
    both = replace(
        RULE,
        raise_what=Dimension.TARGET_DEG,
        raise_by=5.0,
        raise_up_to=120.0,
        lower_what=Dimension.HOLD_S,
        lower_by=2.0,
        lower_down_to=4.0,
    )
    assert rule_text(both) == (
        "After 2 sessions in a row with at least 100 % of the repetitions and pain up to 3: "
        "5° more, up to target 120°. After 2 sessions in a row with less than 60 % or pain of 6 "
        "and more: 2 s hold less, down to 4 s hold."
    )


def test_a_suggested_target_is_in_degrees(patient):
    item = put(details(rule=RULE))
    did(item, days_ago=-0.01, pain=7)
    did(item, days_ago=-0.02, pain=8)
    (found,) = pending()
    aimed = replace(found, what=Dimension.TARGET_DEG, before=90.0, after=95.0)
    assert suggestion_text(aimed, item).endswith(": from 90° to target 95°")
    assert not math.isnan(found.after)
