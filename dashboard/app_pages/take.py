"""Take: all that one recording gave, and how far it may be trusted."""

import streamlit as st

from dashboard import words
from dashboard.components.copy_notes import offer_note_of_take
from dashboard.components.functional_test import show_functional_tests
from dashboard.components.made_up import name_patient
from dashboard.components.sign_off import show_sign_off
from dashboard.components.take_gaps import show_warnings
from dashboard.components.take_summary import show_summary
from dashboard.components.take_tabs import read_moment, show_take_parts
from dashboard.components.walk import show_walk
from dashboard.opening import load_asked_take
from dashboard.pages import PATIENTS, open_patient

take = load_asked_take(st.query_params.get("take", ""))
if take is None:
    st.title("Take")
    st.info("Choose a take from a patient's list.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()
analysis = take.analysis

st.title(words.movement_title(analysis.movement))
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"{name_patient(take.patient_code)} · {words.date_text(analysis.started_at)}")
    if st.button("All takes of this patient", icon=":material/arrow_back:", type="tertiary"):
        open_patient(take.patient_code)
if take.excluded_reason is not None:
    st.warning(f"Left out: {words.plain(take.excluded_reason)}", icon=":material/block:")
show_warnings(analysis)
show_sign_off(take)
offer_note_of_take(take.patient_code, take.id)

if analysis.gait is not None and analysis.person_found:
    show_walk(take, analysis.gait)
else:
    show_functional_tests(take)
    show_summary(analysis)
    show_take_parts(take, at_s=read_moment(st.query_params.get("t", "")))
st.caption(f"{words.INTENDED_USE} {words.NOT_BY_ONE_CAMERA}")
