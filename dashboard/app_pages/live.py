"""Live: an exercise in front of a camera, coached while it is done, in the patient's words."""

import streamlit as st

from dashboard.components.live_after import show_after
from dashboard.components.live_choice import choose_exercise, find_planned
from dashboard.components.live_guide import show_guide
from dashboard.components.live_left import show_left
from dashboard.components.live_running import show_running
from dashboard.components.live_start import ask_start, show_exercise
from dashboard.components.model_state import is_ready
from dashboard.components.source import choose_patient
from dashboard.live_takes import find_take, forget_take
from dashboard.opening import find_asked_patient
from dashboard.pages import open_today
from dashboard.patient_texts import choose_texts
from dashboard.visitor import is_clinic, visiting_patient

_TAKE = "live-take"


def _remember(take_id: str) -> None:
    st.session_state[_TAKE] = take_id


def _forget() -> None:
    forget_take(st.session_state.pop(_TAKE, ""))


take = find_take(st.session_state.get(_TAKE, ""))
if take is not None:
    show_running(take)
    if not take.ended:
        st.stop()
    with st.container(key="patient"):
        st.title(take.texts.say("live.title"))
        show_after(take, _forget)
    st.stop()

code = visiting_patient() or st.query_params.get("patient", "")
if not code and is_clinic():
    st.title("Live")
    code = choose_patient()
    if code:
        st.query_params["patient"] = code
patient = find_asked_patient(code)
if patient is None:
    st.info("Choose a patient: the take is kept under the patient's code.")
    st.stop()

with st.container(key="patient"):
    texts = choose_texts(patient)
    st.title(texts.say("live.title"))
    show_left(texts, patient.code)
    asked = st.query_params.get("item", "")
    # At home there is the plan only: nobody there has allowed anything else (clinical_rules.md 20).
    free = is_clinic() and not asked
    choice = choose_exercise(patient, texts) if free else find_planned(patient, asked, texts)
    if not free and st.button(texts.say("today.title"), icon=":material/arrow_back:"):
        open_today(patient.code)
    if choice is None:
        st.stop()
    show_exercise(choice, texts)
    if not choice.exercise.measured:
        show_guide(choice, texts)
    elif is_ready(texts):
        ask_start(patient, choice, texts, _remember)
