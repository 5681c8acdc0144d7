"""An angle measured by hand, entered in ten seconds; what was entered, compared with itself."""

import streamlit as st

from dashboard.components.hand_form import ask_value
from dashboard.components.hand_list import show_values
from dashboard.components.hand_upload import ask_file
from dashboard.known_takes import takes_of
from motion.clinic import Patient, list_manual_of_patient, open_record

__all__ = ["show_hand_entry"]


def show_hand_entry(patient: Patient) -> None:
    """Show the form of an angle by hand, what was measured before, and the way in for a file.

    The same angle and side as last time takes one click into the field, the digits and Enter;
    another angle and another side one click more each.
    """
    with open_record() as record:
        values = list_manual_of_patient(record, patient.code)
        takes = takes_of(record, patient.code)
    ask_value(patient, values, takes)
    show_values(patient, values, takes)
    with st.expander("Take measurements over from a file", icon=":material/upload_file:"):
        ask_file(patient, values)
