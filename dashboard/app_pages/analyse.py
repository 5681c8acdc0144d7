"""Analyse: a recording, whose it is and what was done in it; then the measuring itself."""

from dataclasses import replace

import streamlit as st

from dashboard.components.choices import WALKING, choose_conditions, choose_movement
from dashboard.components.gait_choices import choose_gait
from dashboard.components.model_state import require_model
from dashboard.components.person import choose_person
from dashboard.components.source import choose_patient, choose_source
from dashboard.components.working import is_analysing, show_analysis, start_analysis
from motion.model import Mirrored

st.title("Analyse a recording")

if is_analysing():
    show_analysis()
    st.stop()

ready = require_model()
st.header("1 · Recording")
source = choose_source()
st.header("2 · Patient")
patient = choose_patient()
st.header("3 · Movement")
movement = choose_movement(source.movement if source else None)
markers = source is not None and source.is_markers
settings = choose_conditions(movement or "", of_markers=markers)
mirrored = settings.conditions.mirrored is Mirrored.YES
if movement == WALKING:
    st.subheader("About the walk")
gait = choose_gait(source, patient, mirrored=mirrored) if movement == WALKING else None
st.header("4 · Who is measured?")
if markers:
    st.caption("A file of markers holds one person.")
person = "largest" if markers else choose_person(source, mirrored=mirrored)
keep_video = st.checkbox(
    "Keep the annotated video",
    help="The recording with the measurements drawn on it shows the patient. Without it the "
    "result shows a moving skeleton instead.",
    disabled=markers,
)
st.caption("The recording itself is not kept.")
needed = (
    ("a recording", source),
    ("a patient code", patient),
    ("what is to be measured", movement is not None),
    ("a click on the person", person),
    ("the distance on the floor", gait or movement != WALKING),
)
missing = [name for name, got in needed if not got]
if missing:
    *others, last = missing
    st.caption(f"Still needed: {', '.join(others)}{' and ' if others else ''}{last}.")
started = st.button(
    "Start", type="primary", icon=":material/play_arrow:", disabled=bool(missing) or not ready
)
if started and source is not None and person is not None:
    settings = replace(settings, person=person, gait=gait)
    start_analysis(source.to_request(settings, patient, keep_video=keep_video))
    st.rerun()
