"""Compare: two takes of a patient side by side, played in step."""

import streamlit as st

from dashboard.pages import PATIENTS

st.title("Compare")
st.info("Choose two takes from a patient's list.")
st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
