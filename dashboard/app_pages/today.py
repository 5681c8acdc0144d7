"""Today: what a patient is to do today, in the patient's own language."""

import streamlit as st

from dashboard.opening import find_asked_patient
from dashboard.visitor import visiting_patient

patient = find_asked_patient(visiting_patient() or st.query_params.get("patient", ""))
if patient is None:
    st.title("Today")
    st.info("Open this page from a patient's plan.")
    st.stop()
st.title("Today")
