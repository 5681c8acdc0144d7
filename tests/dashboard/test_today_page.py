"""The patient's day: what to do, what is done, what is withheld and why, in the patient's words."""

from datetime import date
from pathlib import Path

import pytest
from page_actions import button, texts
from plan_makers import GUIDED, MEASURED, STANDING, at_home, did, make_plan, only_item, put_item

from dashboard.patient_texts import describe_exercise, language_of
from motion.clinic import (
    PatientDetails,
    PlanSettings,
    Weekday,
    add_patient,
    change_plan_settings,
    find_unsent,
    list_diary,
    open_record,
)
from motion.library import find_exercise
from motion.texts import list_languages, load_texts

EN, DE = load_texts("en"), load_texts("de")


@pytest.fixture
def open_today(open_page):
    return lambda code="P-1": open_page("today", patient=code)


def title_of(name, said=EN):
    return describe_exercise(find_exercise(name), said).title


def test_the_day_says_what_to_do_and_how(open_today):
    with open_record() as record:
        make_plan(record, MEASURED)
        put_item(record, GUIDED, note="with a towel under the knee", times_per_week=7)
    at = open_today()
    said = texts(at)

    assert at.title[0].value == EN.say("today.title")
    assert EN.say("today.to_do") in said
    for name in (MEASURED, GUIDED):
        words = describe_exercise(find_exercise(name), EN)
        assert words.title in said
        assert words.how in said
        assert words.care in said
        assert f'alt="{words.title}"' in said
    assert "2 sets of 10 repetitions" in said
    assert "0 of 7 times this week" in said
    assert "with a towel under the knee" in said
    assert [b.label for b in at.button].count("Start") == 2


def test_the_words_of_safety_stand_before_the_exercises(open_today):
    with open_record() as record:
        make_plan(record, MEASURED)
    said = texts(open_today())
    for key in ("nobody_watching", "emergency", "clinic_today", "own_choice"):
        assert EN.say(f"safety.{key}") in said
    assert said.index(EN.say("safety.emergency")) < said.index(title_of(MEASURED))
    assert EN.say("safety.child") not in said


@pytest.mark.parametrize("birth_year", [date.today().year - 10, None])
def test_who_may_be_a_child_is_told_what_holds_for_children(open_today, birth_year):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", birth_year=birth_year))
        change_plan_settings(record, "P-1", PlanSettings(guardian_consent_on=date(2026, 1, 2)))
        make_plan(record, MEASURED)
    said = texts(open_today())
    assert EN.say("safety.child") in said
    assert EN.say("safety.child_numbers") in said


def test_without_a_guardians_consent_nothing_can_be_started(open_today):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", birth_year=date.today().year - 10))
        make_plan(record, MEASURED)
    at = open_today()
    assert EN.say("withheld.no_consent") in texts(at)
    assert not [b for b in at.button if b.label == "Start"]


def test_standing_is_withheld_at_home_until_it_is_allowed(open_today):
    with open_record() as record:
        make_plan(record, STANDING)
    at = open_today()
    said = texts(at)
    assert EN.say("today.not_here") in said
    assert title_of(STANDING) in said
    assert EN.say("withheld.standing_at_home") in said
    assert not [b for b in at.button if b.label == "Start"]

    with open_record() as record:
        change_plan_settings(record, "P-1", PlanSettings(standing_at_home=True, version=1))
    at = open_today()
    assert EN.say("withheld.standing_at_home") not in texts(at)
    assert [b for b in at.button if b.label == "Start"]


def test_the_patients_language_is_spoken_and_can_be_changed(open_today):
    with open_record() as record:
        make_plan(record, MEASURED, STANDING, language="Deutsch")
    at = open_today()
    said = texts(at)
    assert at.title[0].value == DE.say("today.title")
    assert DE.say("safety.emergency") in said
    assert title_of(MEASURED, DE) in said
    assert DE.say("withheld.standing_at_home") in said
    assert EN.say("safety.emergency") not in said

    at.button_group(key="patient-language-chosen").set_value("en").run()
    assert at.title[0].value == EN.say("today.title")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("Deutsch", "de"),
        ("German", "de"),
        ("English", "en"),
        ("tlh", "en"),
    ],
)
def test_a_language_is_known_by_its_code_and_its_name(said, code):
    with open_record() as record:
        patient = add_patient(record, PatientDetails(code="P-1", language=said))
    assert language_of(patient) == code
    assert code in list_languages()


@pytest.mark.parametrize(
    ("said", "shown"),
    [("", "Not stated"), ("German", "Deutsch"), ("tlh", "tlh (no texts yet: English ones are")],
)
def test_a_language_is_chosen_from_those_there_are_texts_in(open_page, said, shown):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", language=said))
    at = open_page("patient", patient="P-1")
    (box,) = [each for each in at.selectbox if each.label == "Language of the patient's pages"]
    assert {"Deutsch", "English", "Not stated"} <= set(box.options)
    assert box.options[box.index].startswith(shown)


def test_what_was_done_is_ticked_and_never_graded(open_today):
    with open_record() as record:
        (item,) = make_plan(record, GUIDED)
        did(record, item.id)
    at = open_today()
    said = texts(at)

    assert EN.say("today.nothing") in said
    assert EN.say("today.done") in said
    assert "1 of 7 times this week" in said
    assert said.count('class="pm-done"') == 1
    assert said.count('class="pm-open"') == 6
    day = EN.say(f"weekday.{Weekday.of(date.today())}")
    assert EN.say("today.ticked", day=day) in said
    assert [b.label for b in at.button if b.label == "Once more"]
    assert not at.error


def test_a_guided_exercise_is_noted_with_its_answers(open_today):
    with open_record() as record:
        (item,) = make_plan(record, GUIDED)
    at = open_today()
    key = f"did-{item.id}"
    at.number_input(key=f"{key}-each").set_value(8)
    at.button_group(key=f"{key}-pain").set_value(2)
    at.text_area(key=f"{key}-note").set_value("easier than last week")
    at = button(at, "Save").click().run()

    assert not at.exception
    with open_record() as record:
        (entry,) = list_diary(record, "P-1")
    assert (entry.sets, entry.repetitions, entry.pain, entry.exertion) == (2, 8, 2, None)
    assert entry.note == "easier than last week"
    assert entry.day == date.today()
    assert EN.say("cue.pain_too_high") not in texts(at)


def test_pain_above_the_limit_asks_to_tell_the_clinic(open_today):
    with open_record() as record:
        (item,) = make_plan(record, GUIDED)
    at = open_today()
    at.button_group(key=f"did-{item.id}-pain").set_value(7)
    at = button(at, "Save").click().run()
    assert EN.say("pain.stops_here") in texts(at)
    assert not [each for each in at.button if each.label in ("Start", "Once more")]


def test_an_empty_plan_and_a_note_of_the_clinic(open_today):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))
        change_plan_settings(record, "P-1", PlanSettings(note="Well done so far"))
    said = texts(open_today())
    assert EN.say("today.no_plan") in said
    assert "Well done so far" in said


def test_no_patients_screen_shows_a_cut_off_or_a_forecast(open_today):
    with open_record() as record:
        make_plan(record, MEASURED, GUIDED, STANDING)
    said = texts(open_today()).lower()
    for word in ("mdc", "cut-off", "norm", "expected", "forecast", "risk", "diagnos", "adherence"):
        assert word not in said.split("<style")[0], word


def test_what_somebody_typed_is_shown_letter_by_letter(open_today):
    with open_record() as record:
        make_plan(record)
        put_item(record, MEASURED, note="![x](http://example.org/x.png)")
    at = open_today()
    assert any(r"\!\[x\]" in info.value for info in at.info)


@pytest.fixture
def home(tmp_path: Path, data_dir: Path):
    """A patient's own computer: the record of the tests is its record."""
    clinic = tmp_path / "clinic"
    with open_record(folder=clinic) as record:
        make_plan(record, GUIDED, MEASURED)
    with at_home(data_dir, clinic, tmp_path / "p.motionplan"):
        pass
    return data_dir


def test_a_clinics_own_plan_has_nothing_to_send(open_today):
    with open_record() as record:
        make_plan(record, GUIDED)
    assert EN.say("send.title") not in texts(open_today())


def test_what_was_done_at_home_becomes_one_file(home, open_today):
    at = open_today()
    said = texts(at)
    assert EN.say("send.what") in said
    assert EN.say("send.nothing") in said
    assert not [b for b in at.button if b.label == EN.say("send.make")]

    with open_record() as record:
        did(record, only_item(record, GUIDED).id)
    at = open_today()
    assert EN.say("send.new", count="1") in texts(at)
    at = button(at, EN.say("send.make")).click().run()
    assert not at.exception
    assert at.session_state["take-file"][:2] == b"PK"
    assert EN.say("send.then") in texts(at)
    with open_record() as record:
        assert find_unsent(record, "P-1").count == 0

    at = open_today()  # of another day: a file may have been lost
    assert EN.say("send.nothing") in texts(at)
    at = button(at, EN.say("send.again")).click().run()
    assert at.session_state["take-file"][:2] == b"PK"


def test_the_side_is_said_in_words(open_today):
    with open_record() as record:
        make_plan(record, MEASURED)
    assert EN.say("side_title.left") in texts(open_today())
