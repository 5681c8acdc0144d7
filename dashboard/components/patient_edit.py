"""Changes a patient's details without overwriting what somebody else changed meanwhile."""

from dataclasses import asdict, replace

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.components.patient_form import ask_details
from dashboard.pages import open_patient
from motion.clinic import Patient, open_record, update_patient
from motion.errors import MotionError

__all__ = ["show_edit"]


def show_edit(patient: Patient) -> None:
    """Show the form with a patient's details, and store what was changed."""
    # As it was when the form was first shown: a rerun must not slip in a newer version.
    loaded: Patient = st.session_state.setdefault(f"editing-{patient.id}", patient)
    key = f"edit-{patient.id}-{loaded.version}"
    with st.form(key, border=False):
        details = ask_details(loaded, key)
        submitted = st.form_submit_button("Save", type="primary")
    if submitted:
        _save(replace(loaded, **asdict(details)))
    if loaded.version != patient.version:
        st.warning(
            "Somebody else changed this patient meanwhile. Load their version, then change it.",
            icon=":material/sync_problem:",
        )
        st.button("Load their version", on_click=_forget, args=(patient,))


def _save(changed: Patient) -> None:
    try:
        with open_record() as record:
            stored = update_patient(record, changed)
    except MotionError as error:
        show_error(error)
    else:
        _forget(changed)
        open_patient(stored.code)


def _forget(patient: Patient) -> None:
    st.session_state.pop(f"editing-{patient.id}", None)
