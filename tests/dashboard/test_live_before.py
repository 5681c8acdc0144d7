"""What stands on the live page before an exercise begins, and what keeps it from beginning."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from live_page_makers import make_request
from page_actions import button, texts
from plan_makers import MEASURED, live_take, make_plan

from dashboard.components import live_start
from motion.clinic import (
    ItemDetails,
    PatientDetails,
    add_patient,
    open_record,
    prescribe,
)
from motion.commands.serving import HOME_PATIENT
from motion.errors import ModelError, OutputError
from motion.exercise.prescription import Dose, Prescription
from motion.live.asking import settings_of_prescription
from motion.model import LiveEnd, LiveSource, Setting, Side
from motion.texts import load_texts

EN, DE = load_texts("en"), load_texts("de")
LIMITED = Prescription(
    exercise=MEASURED,
    side=Side.RIGHT,
    dose=Dose(sets=1, repetitions=10, hold_s=1.0),
    target_deg=20.0,
    max_allowed_deg=15.0,
    pain_limit=4,
)


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr("dashboard.components.model_state.find_model", lambda: Path("model"))


@pytest.fixture
def item():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", birth_year=1970))
        details = ItemDetails(
            prescription=LIMITED, started_on=date.today(), note="Sit on the blue chair."
        )
        return prescribe(record, "P-1", details)


@pytest.fixture
def open_item(open_page, item):
    return lambda: open_page("live", patient="P-1", item=str(item.id))


def confirm(at, pain):
    next(box for box in at.checkbox if box.label == "I have read this").check().run()
    return at.button_group(key="live-pain-before").set_value(pain).run()


def test_a_plans_exercise_says_side_hold_target_limit_and_the_clinics_note(open_item):
    said = texts(open_item())
    for words in (
        "Right side",
        "1 set of 10 repetitions",
        "Hold for 1 second",
        "Target: 20 degrees",
        EN.say("safety.limit"),
        "From your clinic: Sit on the blue chair.",
    ):
        assert words in said


@pytest.mark.parametrize(("pain", "may"), [(4, True), (5, False), (10, False)])
def test_pain_above_the_plans_limit_begins_nothing(open_item, pain, may):
    at = confirm(open_item(), pain)
    assert not at.exception
    assert (EN.say("pain.before_too_high") in texts(at)) is not may
    assert (EN.say("setup.place_camera") in texts(at)) is may
    assert not [each for each in at.button if each.label == "Start"]


def test_how_a_lifted_hand_pauses_and_stops_is_said(open_item, open_page):
    assert EN.say("live.hand") in texts(open_item())
    at = open_page("live", patient="P-1")
    at.selectbox(key="live-exercise").set_value("elbow_curl").run()
    assert EN.say("live.hand_of", side="right") in texts(at)  # the left arm is the exercise
    assert EN.say("live.hand") not in texts(at)


def test_what_was_stopped_for_pain_is_not_begun_again_that_day_at_home(open_page, monkeypatch):
    with open_record() as record:
        (item,) = make_plan(record, MEASURED)
        live_take(
            record, item, pain_during=8, end=LiveEnd.PAIN, started_at=datetime.now().astimezone()
        )
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    at = open_page("live", patient="P-1", item=str(item.id))
    assert EN.say("pain.stops_here") in texts(at)
    assert not at.checkbox
    monkeypatch.delenv(HOME_PATIENT)
    at = open_page("live", patient="P-1", item=str(item.id))
    assert at.checkbox  # in the clinic there is the clinic's word


def test_the_limits_of_the_plan_hold_for_what_is_chosen_freely(item, open_page, monkeypatch):
    monkeypatch.setattr(live_start, "is_this_computer", lambda: True)
    asked = []

    class Begun:
        id = "nobody"

    monkeypatch.setattr(live_start, "start_take", lambda request: asked.append(request) or Begun)
    at = open_page("live", patient="P-1")
    at.selectbox(key="live-exercise").set_value(MEASURED).run()
    at.selectbox(key=f"live-side-{MEASURED}").set_value(Side.RIGHT).run()
    at.number_input(key=f"live-target-{MEASURED}").set_value(0).run()
    at.number_input(key=f"live-target-{MEASURED}").set_value(5).run()
    assert EN.say("safety.limit") in texts(at)
    at.radio(key="live-source").set_value(LiveSource.CAMERA).run()
    button(confirm(at, 3), "Start").click().run()
    [request] = asked
    given = request.prescription
    assert (given.max_allowed_deg, given.pain_limit) == (15.0, 4)
    assert given.target_deg == 15.0  # straighter than the limit is not asked for


def test_of_what_is_only_guided_no_target_is_asked_or_promised(item, open_page):
    at = open_page("live", patient="P-1")
    at.selectbox(key="live-exercise").set_value("ankle_pumps").run()
    assert not [n for n in at.number_input if n.label == EN.say("live.target")]
    assert "Target" not in texts(at)


def test_a_camera_that_cannot_be_opened_is_told_in_the_patients_words(item, open_page, monkeypatch):
    monkeypatch.setattr(live_start, "is_this_computer", lambda: True)

    def fail(request):
        raise OutputError("/secret/place: no room left on the disk")

    monkeypatch.setattr(live_start, "start_take", fail)
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    at = open_page("live", patient="P-1", item=str(item.id))
    at.radio(key="live-source").set_value(LiveSource.CAMERA).run()
    button(confirm(at, 2), "Start").click().run()
    assert not at.exception
    assert EN.say("live.not_begun") in texts(at)
    assert "/secret" not in texts(at)


def test_without_the_model_a_patient_is_told_in_the_own_language(open_page, monkeypatch):
    with open_record() as record:
        (item,) = make_plan(record, MEASURED, language="German")

    def missing():
        raise ModelError("the pose model is not installed")

    monkeypatch.setattr("dashboard.components.model_state.find_model", missing)
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    said = texts(open_page("live", patient="P-1", item=str(item.id)))
    assert DE.say("live.no_model") in said
    assert "pose model" not in said


def test_a_take_is_measured_as_it_was_prescribed():
    request = make_request(withheld_joints=("left_ankle",))
    header = request.to_header(datetime(2026, 11, 21, 23, 30, tzinfo=timezone(timedelta(hours=2))))
    asked = settings_of_prescription(
        request.exercise,
        request.prescription,
        setting=Setting.HOME,
        withheld_joints=("left_ankle",),
    )
    assert header.settings.target_deg == 80.0
    assert replace(header.settings, started_at=None) == asked
    assert header.started_at.date() == date(2026, 11, 21)
    assert header.started_at.astimezone(UTC).hour == 21


def test_a_target_that_is_not_set_is_none():
    given = replace(make_request().prescription, target_deg=math.nan)
    header = make_request(prescription=given).to_header(datetime.now(UTC))
    assert header.settings.target_deg is None
