"""A visit along a protocol on its page: from one press to the summary, without typing."""

import math
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from clinic_makers import make_analysis, make_measurement, make_recording, make_repetition
from live_page_makers import FakeSession, make_facts
from page_actions import button
from page_actions import texts as plain_texts
from walk_takes import make_walk

from dashboard import live_finishing, live_takes
from dashboard.live_takes import find_take
from dashboard.protocol_results import VisitData, visit_rows
from motion.clinic import (
    PatientDetails,
    add_patient,
    end_protocol,
    find_patient,
    find_run,
    list_manual_of_patient,
    list_outcomes,
    list_runs,
    list_takes,
    note_step,
    open_record,
    start_protocol,
    store_analysis,
    update_patient,
)
from motion.errors import NoPersonError
from motion.exercise.protocols import StepSides, plan_steps
from motion.live.finishing import LiveTake
from motion.live.journal_header import JournalHeader
from motion.live.plain import from_plain, to_plain
from motion.model import LiveEnd, Setting, Side, TakeConditions
from motion.protocol_library import find_protocol, list_protocols, own_protocols_dir

WAIT_S = 20.0
KNEE = "knee_replacement_visit"


@pytest.fixture(autouse=True)
def patient():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", affected_side=Side.LEFT))


@pytest.fixture
def begin():
    def visit(name=KNEE, **skipped):
        with open_record() as record:
            run = start_protocol(record, "P-1", name, Setting.CLINIC)
            for step, reason in skipped.items():
                run = note_step(record, run, step.replace("__", "-"), skipped_reason=reason)
        return run

    return visit


@pytest.fixture
def camera(monkeypatch):
    """Stands where camera, pose model and pipeline are; what is measured is the test's."""
    found = {"analysis": None, "conflict": ""}
    monkeypatch.setattr("dashboard.components.model_state.find_model", lambda: "model")
    monkeypatch.setattr("dashboard.components.live_start.is_this_computer", lambda: True)
    monkeypatch.setattr(
        live_takes,
        "_make_session",
        lambda request, queue, journal, told: FakeSession(request, journal),
    )
    monkeypatch.setattr(live_takes, "_LOOK_S", 0.01)
    monkeypatch.setattr(live_takes, "_GONE_S", 600.0)
    monkeypatch.setattr(live_takes, "open_source", lambda camera: camera)
    monkeypatch.setattr(live_takes, "LiveFeed", FakeFeed)

    def finish(folder):
        if found["analysis"] is None:
            raise NoPersonError("the take ended before the exercise began")
        return LiveTake(analysis=found["analysis"], facts=make_facts(exercise=""))

    monkeypatch.setattr(live_finishing, "finish_take", finish)
    monkeypatch.setattr(live_finishing, "find_side_conflict", lambda analysis: found["conflict"])
    return found


class FakeFeed:
    """A camera of this computer that gives no pictures; the session needs none."""

    def __init__(self, source, queue) -> None:
        del source, queue

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


def texts(at):
    """Return all that stands on the page: how far a visit is, and what was just done, too."""
    bars = [each.proto.text for each in at.get("progress")]
    said = [each.value for each in at.success]
    return plain_texts(at) + "\n".join([*bars, *said]).replace("\\", "")


def open_visit(open_page, run):
    return open_page("protocol", patient="P-1", run=str(run.id))


def reload(run):
    with open_record() as record:
        return find_run(record, run.id)


def bend(side, value_deg=112.0, **changes):
    """Return what a heel slide of one side gives."""
    given = {
        "movement": "heel_slide",
        "side": side,
        "recording": make_recording(30, seed=hash(side) % 100 + round(value_deg)),
        "measurements": (make_measurement(value_deg, side=side),),
        "repetitions": (make_repetition(1, value_deg, side=side),),
    }
    return make_analysis(**(given | changes))


def press(at, label):
    next(each for each in at.button if each.label.replace("\\", "") == label).click().run()
    assert not at.exception
    return at


def film(at, run, how=LiveEnd.FINISHED):
    """Start the step's camera, end the take, and look at the page again."""
    next(r for r in at.radio if r.key == "live-source").set_value("camera").run()
    press(at, "Start")
    take_id, _ = at.session_state[f"protocol-take-{run.id}"]
    take = find_take(take_id)
    assert take.session.started.wait(WAIT_S)
    take.session.stop(how)
    take._attendant.join(WAIT_S)
    take.finishing.wait(WAIT_S)
    at.run()
    assert not at.exception
    return take.request


def test_one_press_on_the_page_of_protocols_begins_a_visit(open_page):
    at = open_page("protocols")
    at.selectbox[0].set_value("P-1").run()
    button(at, "Knee replacement visit").click().run()

    assert not at.exception
    with open_record() as record:
        (run,) = list_runs(record, "P-1")
    assert run.protocol == KNEE


def test_pain_is_answered_by_one_press_and_the_visit_goes_on(open_page, begin):
    run = begin()
    at = open_visit(open_page, run)
    assert "Step 1 of 7" in texts(at)
    assert [each.label for each in at.button if each.key.startswith("pain-")] == [
        str(score) for score in range(11)
    ]
    press(at, "3")

    with open_record() as record:
        (score,) = list_outcomes(record, "P-1")
    assert (score.score, score.context) == (3.0, "now")
    assert reload(run).find_note("pain").outcome_id == score.id
    assert "Pain now: 3 of 10" in texts(at)
    assert "Right knee bend, lying on the back" in texts(at)


def test_a_step_is_left_out_with_a_reason_that_is_pressed(open_page, begin):
    run = begin(pain="No time")
    at = open_visit(open_page, run)
    press(at, "Not able to")

    assert reload(run).find_note("bend-right").skipped_reason == "Not able to"
    assert "Right knee straightening" in texts(at)
    press(at, "Again: Right knee bend, lying on the back")
    assert "Slide the heel" in texts(at)


def test_a_recording_is_stored_noted_and_the_next_step_stands_there(open_page, begin, camera):
    run = begin(pain="No time")
    camera["analysis"] = bend(Side.RIGHT)
    at = open_visit(open_page, run)
    request = film(at, run)

    assert request.record_s == 8.0
    assert request.exercise.name == "heel_slide"
    assert request.prescription.side is Side.RIGHT
    with open_record() as record:
        (take,) = list_takes(record, "P-1")
    assert reload(run).find_note("bend-right").take_id == take.id
    assert "Right knee bend: 112°, Good, 1 repetition" in texts(at)
    assert "Step 3 of 7" in texts(at)


def test_the_pain_of_the_visit_goes_with_the_take(open_page, begin, camera):
    run = begin()
    camera["analysis"] = bend(Side.RIGHT)
    at = press(open_visit(open_page, run), "2")

    assert film(at, run).pain_before == 2


def test_above_the_plans_limit_of_pain_the_camera_begins_nothing(open_page, begin, camera):
    run = begin()
    at = press(open_visit(open_page, run), "8")

    assert "above the limit of this patient's plan" in texts(at)
    assert not [each for each in at.button if each.label == "Start"]


def test_what_was_stopped_before_it_began_leaves_the_step_due(open_page, begin, camera):
    run = begin(pain="No time")
    at = open_visit(open_page, run)
    film(at, run, LiveEnd.STOPPED)

    assert reload(run).find_note("bend-right") is None
    assert "nothing is kept, the step is still due" in texts(at)
    assert "Step 2 of 7" in texts(at)


def test_the_other_side_is_kept_and_the_planned_one_is_still_due(open_page, begin, camera):
    run = begin(pain="No time")
    camera["analysis"] = bend(Side.LEFT)
    at = open_visit(open_page, run)
    film(at, run)

    with open_record() as record:
        assert len(list_takes(record, "P-1")) == 1
    assert reload(run).find_note("bend-right") is None
    assert "Kept as the left side; the right side is still to be done" in texts(at)


def test_which_side_it_was_is_asked_before_anything_is_stored(open_page, begin, camera):
    run = begin(pain="No time")
    camera |= {"analysis": bend(Side.RIGHT), "conflict": "the left side moved"}
    at = open_visit(open_page, run)
    film(at, run)
    assert "Which side was it?" in texts(at)
    with open_record() as record:
        assert list_takes(record, "P-1") == ()
    camera["conflict"] = ""
    press(at, "Save it as the right side")
    at.run()

    assert reload(run).find_note("bend-right").take_id is not None


def test_a_value_by_hand_starts_at_the_last_one_and_is_saved_without_typing(open_page, begin):
    skipped = dict.fromkeys(
        ("pain", "forward__right", "sideways__right", "forward__left", "sideways__left"), "No time"
    )
    run = begin("shoulder_screen", **skipped)
    at = open_visit(open_page, run)
    assert at.slider[0].value == 0
    for _ in range(3):
        press(at, "+5°")
    press(at, "\N{MINUS SIGN}1°")
    press(at, "Save and go on")

    with open_record() as record:
        (value,) = list_manual_of_patient(record, "P-1")
    assert (value.value_deg, value.side, value.take_id) == (14.0, Side.RIGHT, None)
    assert reload(run).find_note("outwards-right").manual_id == value.id
    again = begin("shoulder_screen", **skipped)
    assert open_visit(open_page, again).slider[0].value == 14


TO_THE_WALK = dict.fromkeys(
    ("pain", "bend__right", "straighten__right", "bend__left", "straighten__left"), "No time"
)


def test_a_walk_without_a_height_says_what_is_missing_and_sets_it_without_typing(
    open_page, begin, camera
):
    at = open_visit(open_page, begin(**TO_THE_WALK))
    assert "walking speed, step length and stride length will be missing" in texts(at)
    press(at, "+5 cm")
    press(at, "\N{MINUS SIGN}1 cm")
    press(at, "Save the height: 172 cm")

    with open_record() as record:
        assert find_patient(record, "P-1").height_cm == 172.0
    assert "come from the patient's height, 172 cm" in texts(at)
    assert not at.slider


@pytest.mark.parametrize("height_cm", [None, 181.0])
def test_a_walk_takes_the_height_of_the_patient(open_page, begin, camera, height_cm):
    with open_record() as record:
        update_patient(record, replace(find_patient(record, "P-1"), height_cm=height_cm))
    run = begin(**TO_THE_WALK)
    camera["analysis"] = make_walk()
    request = film(open_visit(open_page, run), run)
    header = request.to_header(datetime.now(UTC))
    kept = from_plain(JournalHeader, to_plain(header)).settings.gait

    assert kept.height_m == pytest.approx((height_cm or math.nan) / 100.0, nan_ok=True)
    assert (kept.treadmill, kept.floor_px, kept.events) == (None, None, None)


def test_only_a_walk_asks_for_the_height(open_page, begin, camera):
    run = begin(pain="No time")
    camera["analysis"] = bend(Side.RIGHT)
    at = open_visit(open_page, run)

    assert "patient's height" not in texts(at)
    assert film(at, run).to_header(datetime.now(UTC)).settings.gait is None


def test_a_joint_that_is_never_measured_can_only_be_left_out(open_page):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-2", withheld_joints=("right_knee",)))
        run = start_protocol(record, "P-2", KNEE, Setting.CLINIC)
        run = note_step(record, run, "pain", skipped_reason="No time")
    at = open_page("protocol", patient="P-2", run=str(run.id))

    assert "The right knee is never measured in this patient." in texts(at)
    assert not [each for each in at.button if each.label == "Start"]
    press(at, "Skip: never measured in this patient")
    assert reload(run).find_note("bend-right").skipped_reason == "Never measured in this patient"


def test_the_summary_holds_both_sides_their_difference_and_the_change(open_page, begin):
    days = timedelta(days=14)
    with open_record() as record:
        for side, before_deg in ((Side.RIGHT, 130.0), (Side.LEFT, 92.0)):
            store_analysis(record, at_times(bend(side, before_deg), days), "P-1")
    run = begin(pain="No time")
    with open_record() as record:
        for side, value_deg in ((Side.RIGHT, 131.0), (Side.LEFT, 112.0)):
            take = store_analysis(record, at_times(bend(side, value_deg), -days / 1000), "P-1")
            run = note_step(record, run, f"bend-{side}", take_id=take.id)
        for step in ("straighten-right", "straighten-left", "walk", "stand_up"):
            run = note_step(record, run, step, skipped_reason="No time")
    at = open_visit(open_page, run)
    shown = texts(at)

    for words in (
        "112°", "131°", "\N{MINUS SIGN}19° left", "+20° since", "Improved beyond",
        "not detectable with this camera", "Walking: no time"
    ):  # fmt: skip
        assert words in shown
    press(at, "Finish: to the patient's page")
    assert reload(run).ended_at is not None


def at_times(analysis, ago):
    """Return an analysis of so long ago, as every take of a visit is made."""
    started_at = datetime.now(UTC) - ago
    return replace(
        analysis, started_at=started_at, conditions=TakeConditions(setting=Setting.CLINIC)
    )


def test_sides_that_were_recorded_otherwise_are_not_compared():
    with open_record() as record:
        run = start_protocol(record, "P-1", KNEE, Setting.CLINIC)
        for side, setting in ((Side.RIGHT, Setting.CLINIC), (Side.LEFT, Setting.HOME)):
            made = replace(bend(side), conditions=TakeConditions(setting=setting))
            take = store_analysis(record, made, "P-1")
            run = note_step(record, run, f"bend-{side}", take_id=take.id)
        takes = list_takes(record, "P-1")
    planned = plan_steps(find_protocol(KNEE), Side.LEFT)
    (row,) = visit_rows(VisitData(run=run, planned=planned, takes=takes, manual=(), pain=()))

    assert row[3] == "Not comparable"
    assert row[1][1] == "No visit before"


def test_a_visit_of_another_day_is_shown_and_cannot_be_gone_on_with(open_page, begin):
    run = begin(pain="No time")
    with open_record() as record:
        end_protocol(record, run)
    at = open_visit(open_page, run)

    assert "Nothing was measured in this visit." in texts(at)
    assert "Left out" in texts(at)
    assert [each.label for each in at.button] == ["To the patient's page"]


def test_a_broken_off_visit_of_today_is_offered_again(open_page, begin):
    run = begin(pain="No time")
    at = open_page("protocols")
    at.selectbox[0].set_value("P-1").run()
    go_on = next(each for each in at.button if each.label.startswith("Go on"))
    assert "1 of 7 steps done" in go_on.label
    go_on.click().run()

    assert not at.exception
    assert len(list_runs_of("P-1")) == 1
    assert list_runs_of("P-1")[0].id == run.id


def test_a_visit_that_was_only_opened_is_not_begun_a_second_time(open_page, begin):
    run = begin()
    at = open_page("protocols")
    at.selectbox[0].set_value("P-1").run()
    assert not [each for each in at.button if each.label.startswith("Go on")]
    press(at, "Knee replacement visit")

    assert [each.id for each in list_runs_of("P-1")] == [run.id]


def test_a_visit_can_be_ended_before_all_is_done(open_page, begin):
    run = begin(pain="No time")
    at = press(open_visit(open_page, run), "End the visit here")

    assert reload(run).ended_at is not None
    assert "Right knee bend, lying on the back: not done" in texts(at)
    assert [each.label for each in at.button] == ["To the patient's page"]


def list_runs_of(code):
    with open_record() as record:
        return list_runs(record, code)


def test_an_address_that_names_no_visit_is_one_sentence(open_page):
    at = open_page("protocol", run="nonsense")

    assert "this address names no visit" in texts(at)
    assert "Choose a patient" in texts(open_page("protocol"))


def test_the_page_of_protocols_shows_own_files_and_what_cannot_be_used(open_page):
    own_protocols_dir().mkdir(parents=True)
    (own_protocols_dir() / "broken.toml").write_text("title = 3", encoding="utf-8")
    at = open_page("protocols")
    shown = texts(at)

    for words in ("Shoulder screen", "protocol broken", str(own_protocols_dir())):
        assert words.replace("_", "") in shown.replace("\\", "").replace("_", "")


def test_which_side_comes_first_is_said_only_of_what_is_done_on_both_sides(open_page):
    captions = [each.value for each in open_page("protocols").caption]

    known = list_protocols().values()
    both_n = sum(any(s.sides is StepSides.BOTH for s in each.steps) for each in known)
    assert 0 < both_n < len(known)
    assert captions.count("The unaffected side comes first.") == both_n


def test_a_made_up_patients_visits_are_labelled(open_page, usual_clinic, monkeypatch, tmp_path):
    folder = shutil.copytree(usual_clinic, tmp_path / "made-up")
    monkeypatch.setenv("MOTION_DATA_DIR", str(folder))
    for run in list_runs_of("DEMO-001"):
        shown = texts(open_page("protocol", patient="DEMO-001", run=str(run.id)))
        assert "made up" in shown
        if run.ended_at is None:
            assert "Step 4 of 7" in shown
        else:
            assert "From the first press to the last stored result: 2 min" in shown
            assert "Walking speed" in shown
