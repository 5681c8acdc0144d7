"""The live page in each of its states, with a session that does as the test says."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from clinic_makers import make_analysis, make_recording
from live_page_makers import FakeSession, make_coach, make_facts, make_request, make_snapshot
from page_actions import button, texts

from dashboard import live_finishing, live_takes
from dashboard.components import live_running, live_start
from dashboard.components.take_live import live_facts_text
from dashboard.live_takes import find_take, start_take
from motion.clinic import (
    ItemDetails,
    PatientDetails,
    add_patient,
    find_live_facts,
    list_takes,
    open_record,
    prescribe,
)
from motion.commands.serving import HOME_PATIENT
from motion.errors import NoPersonError, OutputError
from motion.exercise.coach_state import Phase
from motion.exercise.prescription import Dose, Prescription
from motion.live.finishing import LiveTake
from motion.live.snapshot import LiveStage
from motion.model import LiveEnd, LiveSource, Side

WAIT_S = 20.0


@pytest.fixture(autouse=True)
def without_video(monkeypatch):
    """Leave the browser's camera out: there is no browser here, the browser's tests have one."""
    monkeypatch.setattr("dashboard.components.live_running.webrtc_streamer", lambda **_: None)


@pytest.fixture(autouse=True)
def patient():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", birth_year=1970))


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr("dashboard.components.model_state.find_model", lambda: Path("model"))


@pytest.fixture
def measured(monkeypatch):
    """Stands where the offline pipeline is."""
    found = {"analysis": make_analysis(recording=make_recording(30)), "conflict": "", "facts": {}}

    def finish(folder):
        if found["analysis"] is None:
            raise NoPersonError("the take ended before the exercise began")
        return LiveTake(
            analysis=found["analysis"], facts=make_facts(side=Side.LEFT, **found["facts"])
        )

    monkeypatch.setattr(live_finishing, "finish_take", finish)
    monkeypatch.setattr(live_finishing, "find_side_conflict", lambda analysis: found["conflict"])
    return found


@pytest.fixture
def running(monkeypatch, open_page, measured):
    """A page with a running take, and the take."""
    monkeypatch.setattr(
        live_takes,
        "_make_session",
        lambda request, queue, journal, told: FakeSession(request, journal),
    )
    monkeypatch.setattr(live_takes, "_LOOK_S", 0.01)
    monkeypatch.setattr(live_takes, "_GONE_S", 600.0)
    taken = []

    def show(**changes):
        take = start_take(make_request(**changes))
        take._pictures.set()
        taken.append(take)
        at = open_page("live", patient="P-1")
        at.session_state["live-take"] = take.id
        return at.run(), take

    yield show
    for take in taken:
        take.stop()
        take._attendant.join(WAIT_S)


def end(at, take, how=LiveEnd.FINISHED):
    """End a take, wait until it is finished, and look at the page again."""
    assert take.session.started.wait(WAIT_S)
    take.session.stop(how)
    take._attendant.join(WAIT_S)
    take.finishing.wait(WAIT_S)
    at.run()
    assert not at.exception
    return at


def confirm(at):
    next(box for box in at.checkbox if box.label == "I have read this").check().run()
    at.button_group(key="live-pain-before").set_value(3).run()
    return at


def test_start_waits_for_the_safety_words_and_for_the_pain(open_page):
    at = open_page("live", patient="P-1")
    assert button(at, "Start").disabled
    for words in ("Nobody is watching live", "emergency number", "Press Pain at any time"):
        assert words in texts(at)
    confirm(at)
    assert not at.exception
    assert not [each for each in at.button if each.label == "Start"]  # the camera's own now


def test_it_says_where_the_video_goes_and_what_is_kept(open_page, monkeypatch):
    at = open_page("live", patient="P-1")
    assert "Video goes to your clinic's computer and is not kept." in texts(at)
    monkeypatch.setattr(live_start, "is_this_computer", lambda: True)
    at.run()
    assert "The video stays on this computer and is not kept." in texts(at)
    assert "Only numbers and the points of your joints are kept." in texts(at)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("refused", "The browser may not use the camera."),
        ("none", "I cannot find a camera."),
        ("busy", "Another program is using the camera."),
        ("insecure", "it is not opened safely"),
    ],
)
def test_a_camera_that_is_not_given_is_one_line_and_start_stays(open_page, why, said):
    at = confirm(open_page("live", patient="P-1"))
    at.session_state["live-refused"] = why
    at.run()
    assert [said in error.value for error in at.error] == [True]


def test_without_the_model_nothing_starts_and_the_page_says_why(open_page, monkeypatch):
    from motion.errors import ModelError

    def missing():
        raise ModelError("the pose model is not installed")

    monkeypatch.setattr("dashboard.components.model_state.find_model", missing)
    at = open_page("live", patient="P-1")
    assert "pose model is not installed" in texts(at)
    assert not [each for each in at.button if each.label == "Start"]


def test_a_plans_exercise_is_taken_with_its_dose_and_its_item(open_page, monkeypatch):
    with open_record() as record:
        item = prescribe(
            record,
            "P-1",
            ItemDetails(
                prescription=Prescription(
                    exercise="seated_knee_extension",
                    side=Side.RIGHT,
                    dose=Dose(sets=2, repetitions=7),
                ),
                started_on=date.today(),
            ),
        )
    monkeypatch.setattr(live_start, "is_this_computer", lambda: True)
    asked = []

    class Begun:
        id = "nobody"

    monkeypatch.setattr(live_start, "start_take", lambda request: asked.append(request) or Begun)
    at = open_page("live", patient="P-1", item=str(item.id))
    assert "2 sets of 7" in texts(at)
    at.radio(key="live-source").set_value(LiveSource.CAMERA).run()
    confirm(at)
    button(at, "Start").click().run()
    assert not at.exception
    [request] = asked
    assert (request.item_id, request.prescription.side) == (item.id, Side.RIGHT)
    assert (request.pain_before, request.camera) == (3, "0")


def test_what_is_no_longer_in_the_plan_cannot_be_started(open_page):
    at = open_page("live", patient="P-1", item="0" * 32)
    assert "not in your plan any more" in texts(at)
    assert not at.checkbox


def test_an_exercise_that_is_only_guided_asks_for_no_camera(open_page):
    at = open_page("live", patient="P-1")
    at.selectbox(key="live-exercise").set_value("quad_set").run()
    assert not at.exception
    assert "guided only" in texts(at)
    assert "Camera" not in [each.value for each in at.subheader]


def test_a_rerun_neither_stops_nor_repeats_a_running_take(running, monkeypatch):
    shown = []  # AppTest has no browser to connect with
    monkeypatch.setattr(live_running, "webrtc_streamer", lambda **options: shown.append(options))
    at, take = running()
    take.session.shown = make_snapshot()
    for _ in range(3):
        at.run()
        assert not at.exception
    assert find_take(take.id) is take
    assert not take.ended
    assert take.session.told == []
    assert {each["key"] for each in shown} == {f"camera-{take.id}"}
    assert all(each["rtc_configuration"] == {"iceServers": []} for each in shown)


@pytest.mark.parametrize(
    "shown",
    [
        make_snapshot(coach=make_coach(phase=Phase.PAIN)),
        make_snapshot(coach=make_coach(phase=Phase.PAUSED)),
        make_snapshot(coach=make_coach(frozen=True, angle_deg=float("nan"))),
        make_snapshot(stage=LiveStage.STARTING, coach=None, image_bgr=None, pose=None),
    ],
)
def test_every_moment_of_this_computers_own_camera_can_be_shown(running, shown, monkeypatch):
    monkeypatch.setattr(live_takes.RunningTake, "_open_camera", lambda self: None)
    at, take = running(source=LiveSource.CAMERA)
    take.session.shown = shown
    at.run()
    assert not at.exception


def test_afterwards_the_summary_and_the_answers_are_kept(running):
    at, take = running()
    end(at, take)
    assert "How it went" in texts(at)
    assert "Saved for your clinic." in texts(at)
    at.button_group[0].set_value(4)
    at.button_group[1].set_value(6)
    at.text_area[0].set_value("The last ones were hard.")
    button(at, "Save the answers").click().run()
    assert not at.exception
    assert "Your answers are saved" in "".join(each.value for each in at.success)
    with open_record() as record:
        [stored] = list_takes(record, "P-1")
        facts = find_live_facts(record, stored.id)
    assert (facts.pain_after, facts.exertion) == (4, 6)
    assert facts.note == "The last ones were hard."


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (LiveEnd.SOURCE_LOST, "The camera went away. What you did until then is kept."),
        (LiveEnd.CLOSED, "You left the page. What you did until then is kept."),
        (LiveEnd.PAIN, "The exercise stops here for today."),
    ],
)
def test_an_early_end_is_one_line_and_the_take_is_stored(running, how, said):
    at, take = running()
    end(at, take, how)
    assert any(said in warning.value for warning in at.warning)
    with open_record() as record:
        assert len(list_takes(record, "P-1")) == 1


@pytest.mark.parametrize("kept", [True, False])
def test_a_program_that_failed_is_told_in_the_patients_words_only(
    running, measured, monkeypatch, kept
):
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    if not kept:
        measured["analysis"] = None
    at, take = running(language="de")
    take.session.shown = replace(take.session.shown, message="the product failed")
    end(at, take, LiveEnd.CRASHED)
    said = "".join(each.value for each in at.warning)
    assert "Das Programm hatte ein Problem" in said
    assert ("ist gespeichert" in said) is kept
    assert "the product failed" not in texts(at)


def test_what_cannot_be_finished_is_told_in_the_patients_words(running, monkeypatch):
    monkeypatch.setenv(HOME_PATIENT, "P-1")

    def fail(folder):
        raise OutputError("/secret: no room left")

    monkeypatch.setattr(live_finishing, "finish_take", fail)
    at, take = running(language="de")
    end(at, take)
    assert "Etwas ging schief" in "".join(each.value for each in at.warning)
    assert "/secret" not in texts(at)


def test_pain_that_was_pressed_and_not_answered_is_asked_for_afterwards(running, measured):
    measured["facts"] = {"pain_pressed": True}
    at, take = running()
    end(at, take)
    assert "You pressed Pain. How strong was it?" in [each.label for each in at.button_group]
    at.button_group[0].set_value(7)
    button(at, "Save the answers").click().run()
    with open_record() as record:
        [stored] = list_takes(record, "P-1")
        assert find_live_facts(record, stored.id).pain_during == 7
    assert "That is enough for today" in texts(at)


def plan_two(record):
    given = [
        Prescription(exercise=name, side=Side.LEFT)
        for name in ("seated_knee_extension", "seated_march")
    ]
    return [
        prescribe(record, "P-1", ItemDetails(prescription=each, started_on=date.today()))
        for each in given
    ]


def test_from_the_summary_it_goes_on_to_the_next_exercise_and_back_to_the_day(
    running, measured, monkeypatch
):
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    with open_record() as record:
        first, _ = plan_two(record)
    measured["facts"] = {"exercise": "seated_knee_extension"}
    at, take = running(item_id=first.id)
    end(at, take)
    labels = [each.label for each in at.button]
    assert "Next exercise: Lift your knee, sitting" in labels
    assert "Do it once more" in labels
    button(at, "Your exercises today").click().run()
    assert not at.exception
    assert at.title[0].value == "Your exercises today"
    assert find_take(take.id) is None


def test_after_a_stop_for_pain_there_is_only_the_way_back(running, monkeypatch):
    monkeypatch.setenv(HOME_PATIENT, "P-1")
    with open_record() as record:
        first, _ = plan_two(record)
    at, take = running(item_id=first.id)
    end(at, take, LiveEnd.PAIN)
    labels = [each.label for each in at.button]
    assert "Your exercises today" in labels
    assert "Do it once more" not in labels
    assert not [label for label in labels if label.startswith("Next exercise")]


def test_a_take_can_be_kept_as_planned_where_the_guess_is_not_right(running, measured):
    measured["conflict"] = "the right knee moved, the left was planned"
    at, take = running()
    end(at, take)
    button(at, "Save it as the left side").click().run()
    assert not at.exception
    assert "Saved for your clinic." in texts(at)
    with open_record() as record:
        assert len(list_takes(record, "P-1")) == 1


def test_where_another_side_moved_it_asks_before_it_stores(running, measured, monkeypatch):
    measured["conflict"] = "the right knee moved, the left was planned"
    at, take = running()
    end(at, take)
    assert "Nothing is saved yet." in texts(at)
    with open_record() as record:
        assert list_takes(record, "P-1") == ()
    monkeypatch.setattr(
        live_finishing,
        "measure_again",
        lambda analysis, settings: replace(analysis, side=settings.side),
    )
    button(at, "Save it as the right side").click().run()
    assert not at.exception
    assert "Saved for your clinic." in texts(at)


def test_an_exercise_that_never_began_leaves_nothing(running, measured):
    measured["analysis"] = None
    at, take = running()
    end(at, take, LiveEnd.STOPPED)
    assert "there is nothing to keep" in texts(at)
    button(at, "Do it once more").click().run()
    assert not at.exception
    assert find_take(take.id) is None


def test_the_take_page_shows_what_only_a_live_take_knows(running, open_page):
    at, take = running()
    end(at, take)
    with open_record() as record:
        [stored] = list_takes(record, "P-1")
    page = open_page("take", take=str(stored.id), tab="About this take")
    for words in ("Live take", "21.4 per second", "84 ms", "2 of 10", "All done"):
        assert words in texts(page)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Not answered"),
        ({"pain_pressed": True}, "Pain pressed, not answered"),
        ({"pain_pressed": True, "pain_during": 7}, "7 of 10 (Pain pressed)"),
    ],
)
def test_that_pain_was_pressed_is_shown_with_or_without_an_answer(told, said):
    assert live_facts_text(make_facts(**told))["Pain during"] == said
