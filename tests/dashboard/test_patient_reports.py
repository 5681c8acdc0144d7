"""The reports of the Patient page: made only when asked for, and what cannot be made is said."""

import io
import zipfile

import pytest
from plan_makers import GUIDED, put_item
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.components import patient_reports
from motion.clinic import find_patient, open_record


def page() -> None:
    import streamlit as st

    from dashboard.components.patient_reports import show_reports
    from motion.clinic import find_patient, open_record

    with open_record() as record:
        patient = find_patient(record, "P-1")
    st.title("Patient")
    show_reports(patient)


@pytest.fixture
def reports(store) -> AppTest:
    store()
    at = AppTest.from_function(page, default_timeout=30).run()
    assert not at.exception
    return at


def made(at: AppTest) -> dict[str, bytes]:
    state = at.session_state._state.filtered_state
    return {key: value for key, value in state.items() if isinstance(value, bytes)}


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [each for each in at.button if each.label == label]
    button.click().run()
    assert not at.exception
    return at


def test_nothing_is_made_before_somebody_asks(reports: AppTest) -> None:
    assert made(reports) == {}
    assert not reports.get("download_button")


@pytest.mark.parametrize(
    ("label", "begins"),
    [
        ("Make the report (PDF)", b"%PDF"),
        ("Make the progress table (CSV)", b"patient_pseudo_id,"),
        ("Make the ZIP file", b"PK"),
    ],
)
def test_what_was_asked_for_can_be_saved(reports: AppTest, label: str, begins: bytes) -> None:
    press(reports, label)

    (content,) = made(reports).values()
    assert content.startswith(begins)
    (button,) = reports.get("download_button")
    assert button.label == label.replace("Make", "Save")


def test_the_report_is_of_the_paper_and_the_period_chosen(reports: AppTest) -> None:
    reports.segmented_control[0].set_value("letter").run()
    press(reports, "Make the report (PDF)")

    (content,) = made(reports).values()
    assert round(PdfReader(io.BytesIO(content)).pages[0].mediabox.height) == 792
    reports.segmented_control[0].set_value("a4").run()
    assert not reports.get("download_button"), "what was made for other choices is not offered"


def test_the_table_with_commas(reports: AppTest) -> None:
    (toggle,) = [each for each in reports.toggle if each.label.startswith("Decimal comma")]
    toggle.set_value(True).run()
    press(reports, "Make the progress table (CSV)")

    (content,) = made(reports).values()
    assert content.decode("utf-8-sig").startswith("patient_pseudo_id;")


def test_the_zip_file_holds_the_record(reports: AppTest) -> None:
    press(reports, "Make the ZIP file")

    (content,) = made(reports).values()
    assert "record.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_large_videos_are_for_the_console(store, monkeypatch: pytest.MonkeyPatch) -> None:
    store()
    monkeypatch.setattr(patient_reports, "video_bytes", lambda *_: 900e6)
    at = AppTest.from_function(page, default_timeout=30).run()

    assert "900 MB" in at.info[0].value
    assert "motion export --whole --patient P-1" in at.info[0].value
    assert not [each for each in at.button if "ZIP" in each.label]


def test_a_handout_without_a_plan_says_why_there_is_none(reports: AppTest) -> None:
    press(reports, "Make the handout (PDF)")

    assert "nothing is prescribed to P" in reports.error[0].value
    assert made(reports) == {}


def test_the_handout_is_in_the_language_chosen(reports: AppTest) -> None:
    with open_record() as record:
        put_item(record, GUIDED)
        assert find_patient(record, "P-1") is not None
    reports.selectbox[0].set_value("de").run()
    press(reports, "Make the handout (PDF)")

    (content,) = made(reports).values()
    assert "Ihre Übungen" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_the_note_is_shown_when_asked_for(reports: AppTest) -> None:
    assert not reports.code
    (toggle,) = [each for each in reports.toggle if each.label.startswith("Show the note")]
    toggle.set_value(True).run()

    assert "- Knee flexion L, active: 80°" in reports.code[0].value
    assert "Patient P-1" in reports.code[0].value


def test_the_note_of_a_take(store) -> None:
    take = store()

    def of_take() -> None:
        import streamlit as st

        from dashboard.components.copy_notes import show_note_of_take
        from motion.clinic import list_takes, open_record

        with open_record() as record:
            (found,) = list_takes(record, "P-1")
        show_note_of_take("P-1", found.id)
        st.write("end")

    at = AppTest.from_function(of_take, default_timeout=30).run()

    assert not at.exception
    assert take.id is not None
    assert "Method: camera from the side" in at.code[0].value
