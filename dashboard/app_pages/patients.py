"""Patients: find one, or add one."""

from datetime import datetime

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.patient_form import ask_details
from dashboard.components.take_files import ask_take_files
from dashboard.pages import open_patient
from motion.clinic import PatientDetails, PatientSummary, add_patient, list_patients, open_record
from motion.errors import MotionError

_PAGE = 25


def _last(moment: datetime | None) -> str:
    return f"last on {words.date_text(moment.astimezone())}" if moment else "none yet"


def _show(summary: PatientSummary) -> None:
    patient = summary.patient
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            name = f" · {patient.name}" if patient.name else ""
            st.markdown(f"**{words.plain(patient.code)}**{words.plain(name)}")
            count = f"{summary.takes} {'take' if summary.takes == 1 else 'takes'}"
            st.caption(words.plain(f"{count}, {_last(summary.last_take_at)}"))
        if st.button(
            "Open", key=f"open-{patient.id}", help=f"Open patient {words.plain(patient.code)}"
        ):
            open_patient(patient.code)


def _add() -> None:
    with st.form("new-patient", border=False):
        details = ask_details(PatientDetails(code=""), "new")
        if not st.form_submit_button("Add patient", type="primary"):
            return
    try:
        with open_record() as record:
            patient = add_patient(record, details)
    except MotionError as error:
        show_error(error)
    else:
        open_patient(patient.code)


st.title("Patients")
search = st.text_input("Search for a code or a name", icon=":material/search:").strip()
shown = st.session_state.setdefault("patients-shown", _PAGE)
with open_record() as record:
    found = list_patients(record, search=search, limit=shown + 1)
for summary in found[:shown]:
    _show(summary)
if not found:
    st.markdown("No patient was found." if search else "There are no patients yet.")
if len(found) > shown and st.button("Show more"):
    st.session_state["patients-shown"] = shown + _PAGE
    st.rerun()
with st.expander("Add a patient", icon=":material/person_add:"):
    _add()
with st.expander("Receive what was done at home", icon=":material/move_to_inbox:"):
    ask_take_files()
