from dataclasses import replace
from uuid import uuid4

import pytest
from clinic_makers import make_nobody
from page_actions import button, fill_in, finish, open_tab, texts
from streamlit.testing.v1 import AppTest

from motion.clinic import (
    PatientDetails,
    add_patient,
    find_patient,
    list_edits,
    list_takes,
    load_take,
    open_record,
    update_patient,
)
from motion.errors import ModelError, SourceError
from motion.report import GOOD


def take_of(at: AppTest) -> str:
    value = at.query_params["take"]
    return value if isinstance(value, str) else value[0]


# Home


def test_home_says_what_it_is_and_what_it_cannot_do(analyser, open_page):
    said = texts(open_page())
    assert "Supports a qualified clinician's judgement; no automatic change to treatment" in said
    assert "cannot measure rotation of the shoulder or hip" in said
    assert "Nothing is recorded yet" in said


def test_home_measures_the_sample_and_opens_it(analyser, open_page):
    at = button(open_page(), "Try it with the sample").click().run()
    at = finish(at)
    assert not at.exception
    assert at.title[0].value == "Squat"
    with open_record() as record:
        assert len(list_takes(record, "SAMPLE")) == 1


def test_a_double_click_measures_once(analyser, open_page):
    at = open_page()
    button(at, "Try it with the sample").click().run()
    at.run()
    finish(at)
    assert analyser.asked == 1


def test_home_lists_the_last_takes_of_everybody(analyser, open_page, store):
    store(code="P-1")
    store(code="P-2")
    said = texts(open_page())
    assert "P-1 · Knee flexion" in said
    assert "P-2 · Knee flexion" in said
    assert "largest: 80° · Good · 3 repetitions" in said


def test_home_offers_to_install_a_missing_model(monkeypatch, open_page):
    def missing():
        raise ModelError("not installed")

    monkeypatch.setattr("dashboard.components.model_state.find_model", missing)
    monkeypatch.setattr(
        "dashboard.components.model_state.install_model", lambda on_progress: "installed"
    )
    at = open_page()
    assert "The pose model is not installed yet" in texts(at)
    assert button(at, "Try it with the sample").disabled
    button(at, "Install the pose model").click().run()
    at.session_state["model_job"].wait(5)
    monkeypatch.setattr("dashboard.components.model_state.find_model", lambda: "model")
    at.run()
    assert not button(at, "Try it with the sample").disabled


def test_a_failed_installation_is_said(monkeypatch, open_page):
    def fail(*_, **__):
        raise ModelError("no network: try again")

    monkeypatch.setattr("dashboard.components.model_state.find_model", fail)
    monkeypatch.setattr("dashboard.components.model_state.install_model", fail)
    at = open_page()
    button(at, "Install the pose model").click().run()
    at.session_state["model_job"].wait(5)
    assert "no network" in texts(at.run())


def test_an_unforeseen_error_is_one_sentence_with_a_way_back(monkeypatch, open_page, caplog):
    def fail(*_, **__):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("dashboard.components.patient_list.list_patients", fail)
    at = open_page("patients")

    (said,) = at.error
    assert "This page could not be shown to its end" in said.value
    assert "ZeroDivisionError" not in texts(at)
    assert at.get("page_link")[0].proto.label == "Back to the first page"
    (logged,) = [each for each in caplog.records if each.message == "a page failed"]
    assert "inside" in str(logged.exc_info)
    caplog.clear()  # it was meant to fail


def test_an_unreadable_record_is_one_sentence(monkeypatch, tmp_path, open_page):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "file"))
    at = open_page()
    assert len(at.error) == 1
    assert "Traceback" not in at.error[0].value


# Analyse


def test_start_needs_a_recording_and_a_patient(analyse):
    assert button(analyse, "Start").disabled
    assert "Still needed: a recording, a patient code and what is to be measured." in texts(analyse)


def test_a_path_is_only_offered_on_this_computer(analyser, open_page, monkeypatch):
    import streamlit as st

    monkeypatch.setattr(st, "get_option", lambda _: "0.0.0.0")
    options = open_page("analyse").button_group(key="source-kind").options
    assert list(options) == ["Upload", "Sample"]


def test_analyses_a_path(analyse, recording_file, analyser):
    at = finish(button(fill_in(analyse, recording_file), "Start").click().run())
    assert not at.exception
    with open_record() as record:
        (take,) = list_takes(record, "P-7")
    assert take_of(at) == str(take.id)
    assert take.movement == "squat"


def test_analyses_an_upload(analyse, analyser):
    analyse.file_uploader[0].upload("x.mp4", b"film", "video/mp4")
    analyse.selectbox(key="patient-code").set_value("P-8")
    analyse.selectbox(key="movement-Exercise-None").set_value("squat")
    finish(button(analyse.run(), "Start").click().run())
    with open_record() as record:
        assert len(list_takes(record, "P-8")) == 1


def test_a_stored_recording_is_opened_or_measured_again(analyse, recording_file, analyser):
    finish(button(fill_in(analyse, recording_file), "Start").click().run())
    analyse.query_params.clear()
    at = analyse.switch_page("app_pages/analyse.py").run()
    at = finish(button(fill_in(at, recording_file), "Start").click().run())
    assert "stored under P-7 already" in texts(at)
    at = finish(button(at, "Measure it again").click().run())
    assert analyser.asked == 2
    with open_record() as record:
        assert len(list_takes(record, "P-7")) == 1
    assert "take" in at.query_params


def test_another_side_asks_and_can_be_discarded(analyse, recording_file, monkeypatch, analyser):
    monkeypatch.setattr(
        "dashboard.analysing._measure_other",
        lambda analysis, _: replace(analysis, side=analyser.analysis.side),
    )
    at = fill_in(analyse, recording_file)
    next(s for s in at.selectbox if s.label == "Side that was planned").select_index(2).run()
    at = finish(button(at, "Start").click().run())
    assert "Not stored yet" in texts(at)
    assert button(at, "Store it as the left side")
    at = button(at, "Discard").click().run()
    assert at.title[0].value == "Analyse a recording"
    with open_record() as record:
        assert list_takes(record, "P-7") == ()


def test_an_unreadable_recording_is_one_sentence(analyse, recording_file, analyser):
    analyser.error = SourceError("recording.mp4: not a video; choose another file")
    at = finish(button(fill_in(analyse, recording_file), "Start").click().run())
    assert len(at.error) == 1
    assert "recording.mp4: not a video; choose another file" in texts(at)
    at = button(at, "Back").click().run()
    assert button(at, "Start")


def test_what_nobody_foresaw_is_no_traceback(analyse, recording_file, analyser):
    analyser.error = ZeroDivisionError("x")
    at = finish(button(fill_in(analyse, recording_file), "Start").click().run())
    assert "ZeroDivisionError" in at.error[0].value
    assert not at.exception


# Take


def test_a_take_shows_its_numbers_in_words(open_page, store):
    take = store()
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))
    assert "Left knee flexion, largest 80°" in said
    assert ">12°" in said
    assert "lacks 12°" not in said
    assert "provisional error figure" in said
    assert "2 full, 1 partial" in said
    assert "12 degrees off" in said
    assert said.count("The right side is the far side") == 1
    assert "Right knee flexion; Right hip-trunk flexion" in said
    assert "80.4" not in said
    assert "SHA-256" in texts(
        open_tab(open_page("take", take=str(take.id)), take, "About this take")
    )


def test_an_extension_test_says_what_is_lacking(open_page, store):
    take = store(movement="knee_extension")
    assert "lacks 12°" in texts(open_page("take", take=str(take.id), tab="Numbers"))


def test_a_take_offers_its_files(open_page, store):
    at = open_page("take", take=str(store().id), tab="About this take")
    labels = [b.label for b in at.get("download_button")]
    assert labels == [
        "Angles (CSV)",
        "Measurements (CSV)",
        "Repetitions (CSV)",
        "Landmarks (NumPy)",
    ]


def test_a_take_shows_its_warnings(open_page, store):
    at = open_page("take", take=str(store(warnings=("Nobody was found in 3%.", "Turned.")).id))
    (box,) = at.warning
    listed = ["What to know about this recording:", "- Nobody was found in 3%.", "- Turned."]
    assert box.value.replace("\\", "").splitlines() == listed
    (box,) = open_page("take", take=str(store(warnings=("Turned.",)).id)).warning
    assert box.value == "Turned."


def test_a_take_has_a_light_with_a_word(open_page, store):
    said = texts(open_page("take", take=str(store().id), tab="Numbers"))
    assert f"--pm-light:{GOOD.css}" in said
    assert f"</span>{GOOD.word}</span>" in said


def test_a_take_says_what_was_not_measured_and_why(open_page, store):
    said = texts(open_page("take", take=str(store().id), tab="Numbers"))
    # Frame 2 holds nobody; frames 100 to 109 were too likely wrong.
    assert "The person was not in view, or not told from others, in 1 of 180 frames" in said
    assert "Left out as too likely wrong (how many of the 180 frames).** Left knee flexion: 10" in (
        said
    )
    assert "Hidden, or not shown by the view" not in said
    assert said.count("The right side is the far side") == 1


def test_a_take_says_who_was_measured_and_from_where(open_page, store, made):
    clicked = (*made.provenance.settings, ("person", "412,300@3.20"))
    take = store(provenance=replace(made.provenance, settings=clicked))
    said = texts(open_page("take", take=str(take.id), tab="About this take"))
    assert "Clicked on at 3.2 s" in said
    assert "From the side, about 2° off" in said


def test_a_take_without_a_person_says_so(open_page, store):
    take = store(make_nobody())
    at = open_page("take", take=str(take.id))
    assert "no person found" in texts(at)
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("asked", ["nonsense", str(uuid4())])
def test_a_wrong_address_is_one_sentence(open_page, asked):
    at = open_page("take", take=asked)
    assert len(at.error) == 1


def test_take_and_patient_without_an_address_lead_to_the_list(open_page):
    assert "Choose a take" in texts(open_page("take"))
    assert "Choose a patient" in texts(open_page("patient"))


def _reason(at):
    return next(field for field in at.text_input if field.label == "Reason")


def test_a_take_is_left_out_with_a_reason_and_taken_in_again(open_page, store):
    take = store()
    at = open_page("take", take=str(take.id), tab="Corrections")
    at.button_group(key=f"correct-what-{take.id}").set_value("Leave out").run()
    button(at, "Leave this take out").click().run()
    assert len(at.error) == 1  # a reason is needed
    _reason(at).set_value("wrong patient")
    next(field for field in at.text_input if field.label == "Changed by").set_value("Bea")
    at = button(at, "Leave this take out").click().run()
    with open_record() as record:
        assert load_take(record, take.id).excluded_reason == "wrong patient"
        (left_out,) = list_edits(record, take.id)
    assert left_out.author == "Bea"
    assert "Left out: wrong patient" in texts(at)
    _reason(at).set_value("it was right")
    button(at, "Take it in again").click().run()
    with open_record() as record:
        assert load_take(record, take.id).excluded_reason is None


# Patients


def test_patients_are_found_by_code_and_name(open_page):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", name="Anna *Berg*"))
        add_patient(record, PatientDetails(code="Q-2"))
    at = open_page("patients")
    assert "**P-1** · Anna *Berg*" in texts(at)
    at.text_input[0].set_value("berg").run()
    assert "Q-2" not in texts(at)
    at.text_input[0].set_value("nobody").run()
    assert "No patient was found" in texts(at)


def test_a_patient_is_added_with_all_fields(open_page):
    at = open_page("patients")
    at.text_input(key="new-code").set_value("P-9")
    at.number_input(key="new-birth").set_value(1950)
    at.text_area(key="new-precautions").set_value("no deep flexion")
    at.multiselect(key="new-withheld").set_value(["right_ankle", "left_knee"])
    at = button(at, "Add patient").click().run()
    assert texts(at).startswith("P-9")
    with open_record() as record:
        patient = find_patient(record, "P-9")
    assert (patient.birth_year, patient.precautions) == (1950, "no deep flexion")
    assert patient.withheld_joints == ("left_knee", "right_ankle")
    assert "no deep flexion" in texts(at)
    assert "Left knee, Right ankle" in texts(at)


@pytest.mark.parametrize("code", ["", "P-1"])
def test_a_code_that_cannot_be_is_one_sentence(open_page, code):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))
    at = open_page("patients")
    at.text_input(key="new-code").set_value(code)
    at = button(at, "Add patient").click().run()
    assert len(at.error) == 1


def test_a_patient_is_changed_unless_somebody_else_did_meanwhile(open_page):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))
    at = open_page("patient", patient="P-1")

    def name_field():
        return next(t for t in at.text_input if t.label == "Name (optional)")

    name_field().set_value("Anna")
    button(at, "Save").click().run()
    with open_record() as record:
        patient = find_patient(record, "P-1")
        assert patient.name == "Anna"
    at.run()
    with open_record() as record:
        update_patient(record, replace(patient, name="Else"))
    name_field().set_value("Mine")
    button(at, "Save").click().run()
    assert "changed by somebody else" in at.error[0].value
    button(at, "Load their version").click().run()
    assert name_field().value == "Else"


def test_a_patient_shows_takes_and_offers_the_report(open_page, store):
    take = store()
    at = open_page("patient", patient="P-1")
    assert "largest: 80°" in texts(at)
    assert [b.label for b in at.get("download_button")] == ["Progress report (CSV)"]
    at = button(at, "Open").click().run()
    assert take_of(at) == str(take.id)


def test_an_unknown_patient_is_one_sentence(open_page):
    at = open_page("patient", patient="![x](http://example.org/x.png)")
    assert "no patient has the code" in at.error[0].value
    assert "](" not in at.error[0].value.replace("\\]\\(", "")
