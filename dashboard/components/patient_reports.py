"""What leaves the record of a patient: report, table, handout, notes, everything."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.copy_notes import show_note_of_patient
from dashboard.components.notices import show_error
from dashboard.components.plan_exchange import file_name
from dashboard.downloads import made_bytes
from motion.clinic import Patient, Record, open_record
from motion.clinic.whole_record import video_bytes
from motion.commands.report import (
    write_handout,
    write_progress_csv,
    write_report,
)
from motion.errors import MotionError
from motion.report.pdf_pages import Paper
from motion.reporting.whole_export import export_whole
from motion.texts import list_languages

__all__ = ["show_handout", "show_reports"]

_PAPERS: Final = {Paper.A4: "A4", Paper.LETTER: "Letter"}
_LARGEST_MB: Final = 300
_MB: Final = 1e6

_Write = Callable[[Record, Path], None]


def show_reports(patient: Patient) -> None:
    """Show all that can be taken along of a patient; each is made only when asked for."""
    code = patient.code
    st.subheader("Report on paper")
    first, last = _ask_period(patient)
    paper = _ask_paper(f"report-paper-{patient.id}")
    # What was made for other choices is not offered under these.
    _offer(
        f"report-{patient.id}-{paper}-{first}-{last}",
        "the report (PDF)",
        file_name(code, "-report.pdf"),
        "application/pdf",
        lambda record, path: write_report(
            record, code, path, paper, first_day=first, last_day=last
        ),
    )
    st.caption("One or two pages for the patient's file: what has changed, and how sure that is.")
    st.subheader("Table for a spreadsheet")
    _offer_csv(patient)
    st.subheader("Exercises to take home")
    show_handout(patient)
    st.subheader("Copy for notes")
    if st.toggle("Show the note of the last day of measuring", key=f"note-{patient.id}"):
        show_note_of_patient(code)
    st.subheader("Everything of this patient")
    _offer_whole(patient)


def show_handout(patient: Patient) -> None:
    """Ask for language and paper, and offer the exercises of the plan on paper."""
    languages = {"": "The patient's own", **list_languages()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = st.selectbox(
            "Language of the handout",
            list(languages),
            format_func=languages.__getitem__,
            key=f"handout-language-{patient.id}",
        )
        paper = _ask_paper(f"handout-paper-{patient.id}")
    _offer(
        f"handout-{patient.id}-{paper}-{language}",
        "the handout (PDF)",
        file_name(patient.code, "-exercises.pdf"),
        "application/pdf",
        lambda record, path: write_handout(record, patient.code, path, paper, language),
    )
    st.caption("What the plan holds today: picture, dose, how it is done, when to stop.")


def _ask_period(patient: Patient) -> tuple[date | None, date | None]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.date_input(
            "From", value=None, format="YYYY-MM-DD", key=f"report-from-{patient.id}"
        )
        last = st.date_input("To", value=None, format="YYYY-MM-DD", key=f"report-to-{patient.id}")
    st.caption("Without dates: all that the record holds.")
    return first, last


def _ask_paper(key: str) -> Paper:
    return Paper(
        st.segmented_control(
            "Paper", list(Paper), format_func=_PAPERS.__getitem__, default=Paper.A4,
            required=True, key=key,
        )
    )  # fmt: skip


def _offer_csv(patient: Patient) -> None:
    decimal_comma = st.toggle(
        "Decimal comma, semicolons between the cells", key=f"csv-comma-{patient.id}"
    )
    _offer(
        f"csv-{patient.id}-{decimal_comma}",
        "the progress table (CSV)",
        file_name(patient.code, "-progress.csv"),
        "text/csv",
        partial(_write_csv, patient.code, decimal_comma),
    )
    st.caption("One row per number and date; its columns are only ever added to.")


def _write_csv(code: str, decimal_comma: bool, record: Record, path: Path) -> None:
    write_progress_csv(record, code, path, decimal_comma=decimal_comma)


def _offer_whole(patient: Patient) -> None:
    st.markdown(
        "A ZIP file with all that the record holds of this patient and nothing of anybody else: "
        "records, landmarks, curves and the videos that were kept. It can be read by programs. "
        "It identifies the patient: keep it safe."
    )
    with open_record() as record:
        size_mb = video_bytes(record, patient.code) / _MB
    if size_mb > _LARGEST_MB:
        st.info(
            f"The kept videos are {size_mb:.0f} MB, too much for a browser. On the console: "
            f"motion export --whole --patient {patient.code} --out FILE.zip"
        )
        return
    _offer(
        f"whole-{patient.id}",
        "the ZIP file",
        file_name(patient.code, "-everything.zip"),
        "application/zip",
        lambda record, path: export_whole(record, patient.code, path),
    )


def _offer(key: str, thing: str, name: str, kind: str, write: _Write) -> None:
    """Offer to make a file and, once it is made, to save it; what is not asked for is not made."""
    key = f"made-{key}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(f"Make {thing}", icon=":material/output:", key=f"{key}-make"):
            st.session_state.pop(key, None)
            try:
                with st.spinner(f"Making {thing} ..."), open_record() as record:
                    st.session_state[key] = made_bytes(name, partial(write, record))
            except MotionError as error:
                show_error(error)
        made: bytes | None = st.session_state.get(key)
        if made is not None:
            st.download_button(
                f"Save {thing}",
                made,
                name,
                kind,
                type="primary",
                icon=":material/download:",
                key=f"{key}-save",
                on_click=st.session_state.pop,
                args=(key, None),
            )
