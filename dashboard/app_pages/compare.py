"""Compare: two takes of a patient side by side, played in step."""

import streamlit as st

from dashboard import words
from dashboard.components.compare_players import show_players
from dashboard.components.compare_verdict import judge_takes, show_verdict
from dashboard.components.made_up import name_patient
from dashboard.known_takes import takes_of
from dashboard.opening import load_asked_take
from dashboard.pages import PATIENTS, open_patient, open_take
from motion.clinic import open_record
from motion.errors import InputError

asked = [load_asked_take(st.query_params.get(name, "")) for name in ("a", "b")]
found = sorted((take for take in asked if take is not None), key=lambda t: t.analysis.started_at)
if len(found) < 2:
    st.title("Compare")
    st.info("Choose two takes: open one from a patient's list, then the other beside it.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()
first, second = found
if first.patient_code != second.patient_code:
    msg = (
        f"the takes are of {first.patient_code} and {second.patient_code}; two takes of one "
        "patient were expected: open one of them and choose the other there"
    )
    raise InputError(msg)

st.title("Two takes side by side")
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(name_patient(first.patient_code))
    if st.button("All takes of this patient", icon=":material/arrow_back:", type="tertiary"):
        open_patient(first.patient_code)
    if st.button("Open the first take", icon=":material/open_in_new:", type="tertiary"):
        open_take(first.id)
    if st.button("Open the second take", icon=":material/open_in_new:", type="tertiary"):
        open_take(second.id)

with open_record() as record:
    known = {take.id: take for take in takes_of(record, first.patient_code)}
show_verdict(judge_takes(known[first.id], known[second.id]))
show_players(first, second)
st.caption(f"{words.DIFFERENCES} {words.INTENDED_USE} {words.NOT_BY_ONE_CAMERA}")
