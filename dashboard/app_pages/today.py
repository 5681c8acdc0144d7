"""Today: what a patient is to do today, in the patient's own language."""

from datetime import date

import streamlit as st

from dashboard import words
from dashboard.components.safety import show_safety
from dashboard.components.today_item import show_item, show_withheld
from dashboard.components.today_send import offer_take_file
from dashboard.components.today_week import show_week
from dashboard.opening import find_asked_patient
from dashboard.pain_today import hurt_today
from dashboard.patient_texts import choose_texts
from dashboard.subjects import may_be_minor
from dashboard.visitor import visiting_patient
from motion.clinic import list_done, open_record, todays_list
from motion.model import Setting

patient = find_asked_patient(visiting_patient() or st.query_params.get("patient", ""))
if patient is None:
    st.title("Today")
    st.info("Choose a patient from the list.")
    st.stop()

day = date.today()
with open_record() as record:
    today = todays_list(record, patient.code, day, Setting.HOME)
    sessions = list_done(record, patient.code)

with st.container(key="patient"):
    texts = choose_texts(patient)
    st.title(texts.say("today.title"))
    if today.settings.note:
        st.info(words.plain(texts.say("today.from_clinic", note=today.settings.note)))
    allowed = [each for each in today.items if each.withheld is None]
    withheld = [each for each in today.items if each.withheld is not None]
    if not today.items:
        st.markdown(texts.say("today.no_plan"))
    if allowed:
        show_safety(texts, minor=may_be_minor(patient, day))
        if not any(each.due for each in allowed):
            st.markdown(f":material/check_circle: {texts.say('today.nothing')}")
    groups = (
        ("today.to_do", [each for each in allowed if each.due]),
        ("today.done", [each for each in allowed if not each.due and each.done_today]),
        ("today.other_day", [each for each in allowed if not each.due and not each.done_today]),
    )
    for heading, group in groups:
        if group:
            st.header(texts.say(heading))
        for found in group:
            hurt = hurt_today(found, sessions, day, Setting.HOME)
            show_item(found, texts, patient.code, hurt=hurt)
    if withheld:
        st.header(texts.say("today.not_here"))
    for found in withheld:
        show_withheld(found, texts)
    if today.items:
        st.header(texts.say("today.week"))
        show_week({each.day for each in sessions if each.counts}, day, texts)
    if today.settings.from_clinic:
        st.header(texts.say("send.title"))
        offer_take_file(patient, texts)
