"""Plan: what a patient is to do, what was done of it, and what the rules suggest."""

from datetime import date

import streamlit as st

from dashboard import words
from dashboard.components.made_up import name_patient
from dashboard.components.patient_reports import show_handout
from dashboard.components.plan_done import show_done, show_messages, weeks_before
from dashboard.components.plan_exchange import offer_plan_file
from dashboard.components.plan_items import ask_prescription, show_items
from dashboard.components.plan_link import show_link
from dashboard.components.plan_settings import ask_settings
from dashboard.components.plan_suggestions import show_suggestions
from dashboard.components.take_files import ask_take_files
from dashboard.opening import find_asked_patient
from dashboard.pages import PATIENTS, open_patient, open_today
from dashboard.plan_messages import messages_of
from motion.clinic import (
    list_adherence,
    list_done,
    list_items,
    open_record,
    pending_suggestions,
    plan_settings,
)

patient = find_asked_patient(st.query_params.get("patient", ""))
if patient is None:
    st.title("Plan")
    st.info("Choose a patient from the list.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()

with open_record() as record:
    everything = list_items(record, patient.code, with_ended=True)
    settings = plan_settings(record, patient.code)
    suggestions = pending_suggestions(record, patient.code)
    sessions = list_done(record, patient.code)
    weeks = list_adherence(record, patient.code, weeks_before(date.today()))
    messages = messages_of(record, patient.code, everything, sessions)
items = [item for item in everything if item.ended_on is None]

st.title("Plan")
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(name_patient(patient.code))
    if st.button("The patient's page", icon=":material/arrow_back:", type="tertiary"):
        open_patient(patient.code)
    if st.button("As the patient sees it", icon=":material/visibility:", type="tertiary"):
        open_today(patient.code)

if settings.from_clinic:
    st.info("This plan came from a clinic by a plan file: only the clinic changes it.")
if suggestions:
    st.header("Suggestions")
    st.caption("Made by the rules of this plan. Nothing changes before you accept it.")
    show_suggestions(suggestions, items)

st.header("Exercises")
show_items(items)
with st.expander("Prescribe an exercise", icon=":material/add:", expanded=not items):
    ask_prescription(patient)
with st.expander("Settings of the plan", icon=":material/tune:"):
    ask_settings(patient, settings)

st.header("Done of prescribed")
show_done(everything, weeks, sessions)
if messages:
    st.subheader("Ended early, and notes from the patient")
    show_messages(messages)

st.header("Home and clinic")
offer_plan_file(patient, items)
with st.expander("The exercises on paper", icon=":material/print:"):
    show_handout(patient)
with st.expander("Receive what was done at home", icon=":material/move_to_inbox:"):
    ask_take_files()
with st.expander("Personal link", icon=":material/link:"):
    show_link(patient)
st.caption(words.INTENDED_USE)
