"""Patients: find one, or add one."""

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.components.patient_form import ask_details
from dashboard.components.patient_list import ask_wanted, show_patients
from dashboard.components.take_files import ask_take_files
from dashboard.pages import open_patient
from motion.clinic import PatientDetails, add_patient, open_record
from motion.errors import MotionError


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
wanted = ask_wanted()
with open_record() as record:
    show_patients(record, wanted)
with st.expander("Add a patient", icon=":material/person_add:"):
    _add()
with st.expander("Receive what was done at home", icon=":material/move_to_inbox:"):
    ask_take_files()
