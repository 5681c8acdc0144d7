"""Corrections by hand, sign-off and audit trail on the Take page, without a browser."""

from dataclasses import replace

import numpy as np
import pytest
from makers import (
    CAMERA_LEFT,
    STARTED_AT,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
)
from page_actions import button, open_tab, texts

from dashboard.components.correction_frame import frame_data
from dashboard.components.correction_person import settings_for_person
from dashboard.components.correction_repetitions import curve_data
from motion.clinic import (
    NumberKey,
    StoredTake,
    add_analysis,
    find_sign_off,
    list_analyses,
    list_excluded_numbers,
    load_take,
    open_record,
    sign_off,
)
from motion.correcting import Correction, SideSwap, measure_corrected
from motion.gait import GaitSettings
from motion.kinematics.landmark_edits import LandmarkEdit, apply_landmark_edits
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    Mirrored,
    NearSide,
    Origin,
    Position,
    RemovedAs,
    Side,
    landmark_index,
)
from motion.settings import AnalysisSettings

TIME_S = uniform_times(6.0)
KNEE = landmark_index("left_knee")
PLACED = LandmarkEdit(time_s=2.0, landmark="left_knee", x_px=300.0, y_px=250.0)
WHAT = "What is to be corrected?"


@pytest.fixture(scope="module")
def squat() -> Analysis:
    share = repetitions(TIME_S, [1.0, 3.5], 1.0)
    pose = {"knee_flexion": 5.0 + 90.0 * share, "hip_flexion": 2.0 + 80.0 * share}
    recording = make_recording(pose, TIME_S, azimuth_deg=CAMERA_LEFT)
    chosen = AnalysisSettings(movement="squat")
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    return measure_recording(recording, chosen, provenance, STARTED_AT)


@pytest.fixture
def take(store, squat) -> StoredTake:
    return store(squat)


@pytest.fixture
def corrections(open_page, take):
    def at_part(part: str = "Landmarks"):
        at = open_tab(open_page("take", take=str(take.id)), take, "Corrections")
        return choose(at, WHAT, part)

    return at_part


def choose(at, label: str, value: str):
    at = next(g for g in at.button_group if g.label == label).set_value(value).run()
    assert not at.exception
    return at


def field(elements, label: str):
    return next(each for each in elements if each.label == label)


def put_on_list(at, take, *items):
    at.session_state[f"corrections-{take.id}-{take.analysis_id}"] = items
    at.run()
    assert not at.exception
    return at


def store_list(at, reason: str, who: str = "Bea"):
    why = next(t for t in at.text_input if str(t.key).startswith("correct-reason"))
    why.set_value(reason)
    field(at.text_input, "Corrected by").set_value(who)
    at = button(at, "Store the corrections").click().run()
    assert not at.exception
    return at


def now(take) -> StoredTake:
    with open_record() as record:
        return load_take(record, take.id)


def test_a_placed_landmark_is_listed_previewed_and_stored(corrections, take):
    at = put_on_list(corrections(), take, PLACED)
    said = texts(at)
    assert "Left knee placed by hand at 2.00 s" in said
    assert "What the list would change" in said
    assert "by hand" in said
    assert "has no error figure" in said
    at = store_list(at, "knee jumped")
    assert not at.error
    assert now(take).analysis.recording.placed.sum() == 1
    assert "not stored yet" not in texts(at)
    with open_record() as record:
        first, second = list_analyses(record, take.id)
    assert (second.author, second.reason) == ("Bea", "knee jumped")
    assert not first.is_current


def test_the_last_correction_is_taken_back(corrections, take):
    at = put_on_list(corrections(), take, PLACED, SideSwap())
    at = button(at, "Take the last one back").click().run()
    said = texts(at)
    assert "Left and right exchanged" not in said
    assert "Left knee placed by hand" in said
    at = button(at, "Take the last one back").click().run()
    assert "not stored yet" not in texts(at)


def test_nothing_is_stored_without_a_reason(corrections, take):
    at = store_list(put_on_list(corrections(), take, PLACED), "  ")
    assert len(at.error) == 1
    assert "needs a reason" in texts(at)
    assert now(take).analysis_id == take.analysis_id
    assert "Left knee placed by hand" in texts(at)


def test_somebody_elses_correction_meanwhile_is_said(corrections, take, monkeypatch):
    at = put_on_list(corrections(), take, PLACED)
    other = measure_corrected(take.analysis, Correction(swaps=(SideSwap(),)))
    with open_record() as record:
        add_analysis(record, take.id, other, "quicker")
    monkeypatch.setattr("dashboard.opening.load_take", lambda *_: take)
    at = store_list(at, "mine")
    assert "corrected by somebody else meanwhile" in texts(at)


def test_a_landmark_outside_the_picture_is_said_in_one_line(corrections, take):
    at = put_on_list(corrections("Left and right"), take, replace(PLACED, x_px=-5.0))
    assert len(at.error) == 1
    assert "must lie within the picture" in texts(at)


def test_without_a_video_it_is_said_that_the_ground_is_empty(corrections):
    assert "No video of this take was kept" in texts(corrections())


# ---------------------------------------------------------------- repetitions


def test_a_repetition_is_moved_by_numbers(corrections, take):
    at = corrections("Repetitions")
    assert button(at, "Put it on the list").disabled
    first = take.analysis.repetitions[0]
    start = field(at.number_input, "Start, in seconds (s)")
    assert start.value == round(first.start_s, 2)
    at = start.set_value(1.05).run()
    at = button(at, "Put it on the list").click().run()
    assert "Move a repetition: left knee flexion" in texts(at)
    assert "1.05 to" in texts(at)
    store_list(at, "began earlier")
    moved = now(take).analysis.repetitions[0]
    assert moved.origin is Origin.BY_HAND
    assert (moved.start_s, moved.end_s, moved.peak_s) == (1.05, first.end_s, first.peak_s)


def test_a_repetition_is_removed_and_another_added(corrections, take):
    at = choose(corrections("Repetitions"), "What is wrong?", "Remove")
    # Whether its angles still count must be said: nothing is presumed.
    assert button(at, "Put it on the list").disabled
    at = field(at.radio, "What was it?").set_value(RemovedAs.MISTRACKED).run()
    assert "No largest, smallest or range of any angle is read from its time" in texts(at)
    assert "a test" not in texts(at)
    at = button(at, "Put it on the list").click().run()
    at = choose(at, "What is wrong?", "Add")
    field(at.number_input, "Start, in seconds (s)").set_value(1.3)
    at = field(at.number_input, "End, in seconds (s)").set_value(2.7).run()
    assert field(at.number_input, "Peak, in seconds (s)").disabled
    at = button(at, "Put it on the list").click().run()
    said = texts(at)
    assert "Remove a repetition" in said
    assert "(tracked wrongly)" in said
    assert "Add a repetition: left knee flexion, 1.30 to 2.70 s" in said
    store_list(at, "counted otherwise")
    found = now(take).analysis.repetitions
    assert [r.origin for r in found] == [Origin.BY_HAND, Origin.FOUND]
    assert found[0].peak_s == pytest.approx(2.0, abs=0.04)


def test_a_repetition_over_another_is_refused_at_once(corrections):
    at = choose(corrections("Repetitions"), "What is wrong?", "Add")
    field(at.number_input, "Start, in seconds (s)").set_value(1.0)
    at = field(at.number_input, "End, in seconds (s)").set_value(3.0).run()
    at = button(at, "Put it on the list").click().run()
    assert "shares time with" in texts(at)
    assert "not stored yet" not in texts(at)


# ---------------------------------------------------------------- sides, circumstances, person


def test_left_and_right_are_exchanged(corrections, take):
    at = button(corrections("Left and right"), "Exchange left and right").click().run()
    assert "Left and right exchanged: the whole take" in texts(at)
    store_list(at, "labels were exchanged")
    other = landmark_index("right_knee")
    assert np.array_equal(
        now(take).analysis.recording.image_px[:, other], take.analysis.recording.image_px[:, KNEE]
    )


def test_circumstances_are_corrected_with_a_reason(corrections, take):
    at = corrections("Circumstances")
    assert button(at, "Put it on the list").disabled
    at = field(at.selectbox, "Position").set_value("Standing").run()
    at = field(at.selectbox, "Planned side").set_value("Left").run()
    at = button(at, "Put it on the list").click().run()
    said = texts(at)
    assert "Position: unknown → standing" in said
    assert "Planned side: left" in said
    store_list(at, "form was wrong")
    assert now(take).analysis.conditions.position is Position.STANDING
    assert now(take).analysis.side is Side.LEFT


def test_a_turned_take_says_which_side_was_done_beside_the_planned_one(open_page, store, squat):
    planned = measure_corrected(squat, Correction(side=Side.LEFT))
    said = replace(planned.conditions, mirrored=Mirrored.YES)
    take = store(measure_corrected(planned, Correction(conditions=said)))
    shown = texts(open_tab(open_page("take", take=str(take.id)), take, "About this take"))
    assert "Left; it was the right side that did it" in shown


def test_another_person_needs_the_video(corrections):
    assert "Another person cannot be measured: the video" in texts(corrections("Person"))


def test_nothing_a_hand_said_of_one_person_is_said_of_another(squat):
    swapped = measure_corrected(squat, Correction(swaps=(SideSwap(),)))
    chosen = settings_for_person(swapped, "120,200@1.00")
    assert chosen.person == "120,200@1.00"
    assert chosen.repetitions is None
    assert not chosen.sides_said
    assert (chosen.left_out, chosen.sides_exchanged, chosen.done_side) == ((), False, None)
    assert chosen.started_at == squat.started_at
    assert isinstance(chosen.gait, GaitSettings | None)
    assert chosen.conditions.near_side in tuple(NearSide)


def test_another_person_is_measured_and_stored(
    corrections, take, squat, recording_file, monkeypatch
):
    """The pipeline has tests of its own; here another result stands for it."""
    other = measure_corrected(squat, Correction(landmarks=(PLACED,)))
    monkeypatch.setattr(
        "dashboard.components.correction_person.analyse_video", lambda *_, **__: other
    )
    monkeypatch.setattr("motion.clinic.files.FileStore.checked_path", lambda *_: recording_file)
    kept = replace(take, source_digest="a" * 64)
    monkeypatch.setattr("dashboard.opening.load_take", lambda *_: kept)
    monkeypatch.setattr("dashboard.components.correction_frame.picture_at", lambda *_: None)
    at = choose(corrections("Person"), "If several people are in view", "Left")
    at = button(at, "Measure this person").click().run()
    at.session_state[f"other-person-{take.id}-{take.analysis_id}"].wait(10)
    at = at.run()
    assert "Somebody was found there" in "\n".join(s.value for s in at.success)
    at.text_input(key=f"person-reason-{take.id}").set_value("it was the helper")
    field(at.text_input, "Corrected by").set_value("Bea")
    at = button(at, "Store this result").click().run()
    assert not at.error
    assert now(take).analysis_id != take.analysis_id


# ---------------------------------------------------------------- left out, earlier results


def test_a_single_number_is_left_out_with_a_reason(corrections, take):
    at = corrections("Leave out")
    field(at.selectbox, "Number").set_value(NumberKey("rom_max", "knee", "flexion", Side.LEFT))
    at.run()
    at.text_input(key=f"number-reason-{take.id}").set_value("the chair hid it")
    at = button(at, "Leave this number out").click().run()
    with open_record() as record:
        assert set(list_excluded_numbers(record, take.id).values()) == {"the chair hid it"}
    assert "Left out: Left knee flexion, largest" in texts(at)


def test_an_earlier_result_is_gone_back_to(corrections, take):
    store_list(put_on_list(corrections(), take, PLACED), "knee jumped")
    at = corrections("Earlier results")
    assert "knee jumped" in texts(at)
    field(at.text_input, "Reason").set_value("it was right")
    at = button(at, "Go back to it").click().run()
    assert not at.error
    assert now(take).analysis.recording.placed.sum() == 0


# ---------------------------------------------------------------- sign-off, audit trail


def test_a_sign_off_names_who_and_ends_with_a_correction(open_page, take, corrections):
    at = open_page("take", take=str(take.id))
    assert "Not signed off" in texts(at)
    at = button(at, "Sign off").click().run()
    assert "needs a name" in texts(at)
    field(at.text_input, "Your name").set_value("Bea")
    at = button(at, "Sign off").click().run()
    assert "Signed off by **Bea**" in "\n".join(s.value for s in at.success)
    store_list(put_on_list(corrections(), take, PLACED), "knee jumped")
    with open_record() as record:
        assert find_sign_off(record, take.id) is None
    assert "Not signed off" in texts(open_page("take", take=str(take.id)))


def test_the_form_of_a_sign_off_is_folded_and_who_signed_is_not(open_page, take):
    at = open_page("take", take=str(take.id))
    (folded,) = [each for each in at.expander if each.label == "Sign this take off"]
    assert not folded.proto.expanded
    assert field(folded.text_input, "Your name")
    assert [said.value for said in folded.info] == []
    with open_record() as record:
        sign_off(record, take.id, expected=take.analysis_id, author="Bea")
    at = open_page("take", take=str(take.id))
    assert "Signed off by **Bea**" in "\n".join(s.value for s in at.success)
    assert not any("Signed off" in s.value for each in at.expander for s in each.success)


def test_a_takes_note_is_made_where_it_is_opened(open_page, take):
    at = open_page("take", take=str(take.id))
    assert not at.code
    at.session_state[f"note-of-take-{take.id}"] = True
    at.run()
    assert f"Patient {take.patient_code}" in at.code[0].value
    assert "Method: camera" in at.code[0].value


def test_a_sign_off_is_withdrawn_with_a_reason(open_page, take):
    with open_record() as record:
        sign_off(record, take.id, expected=take.analysis_id, author="Bea")
    at = open_page("take", take=str(take.id))
    at = button(at, "Withdraw").click().run()
    assert "needs a reason" in texts(at)
    at.text_input(key=f"unsign-reason-{take.id}").set_value("wrong patient")
    at = button(at, "Withdraw").click().run()
    with open_record() as record:
        assert find_sign_off(record, take.id) is None


def test_the_audit_trail_tells_the_last_first(open_page, corrections, take):
    store_list(put_on_list(corrections(), take, PLACED), "knee jumped")
    at = open_tab(open_page("take", take=str(take.id)), take, "Audit trail")
    said = texts(at)
    assert said.index("Analysis 2 made from analysis 1") < said.index("Stored with its first")
    assert "Reason: knee jumped" in said
    assert "Left knee at 2.00 s" in said
    assert "Bea" in said


# ---------------------------------------------------------------- what the browser is given


def test_a_frame_says_of_each_landmark_what_it_is(squat):
    recording = apply_landmark_edits(squat.recording, [PLACED])
    data = frame_data(recording, 60)
    assert data["points"][KNEE] == [300.0, 250.0, 4]
    assert data["time_s"] == pytest.approx(2.0)
    assert data["names"][KNEE] == "Left knee"
    assert len(data["points"]) == 33
    untouched = frame_data(squat.recording, 60)
    assert untouched["points"][KNEE][2] == 1


def test_the_curve_leaves_gaps_open(squat):
    curve = squat.angles["left_knee_flexion"]
    value = np.array(curve.value_deg)
    value[3] = np.nan
    times = {"start": 1.0, "peak": float("nan"), "end": 2.0}
    data = curve_data(squat.angles, replace(curve, value_deg=value), squat.repetitions, times)
    assert data["deg"][3] is None
    assert data["deg"][4] == pytest.approx(value[4])
    assert data["times"] == {"start": 1.0, "peak": None, "end": 2.0}
    assert len(data["others"]) == len(squat.repetitions)
