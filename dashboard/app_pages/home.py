"""Home: what this is, what to do first, and what was recorded last."""

from datetime import date

import streamlit as st

from dashboard import words
from dashboard.components.model_state import require_model
from dashboard.components.take_list import show_takes
from dashboard.components.working import is_analysing, show_analysis, start_analysis
from dashboard.known_flags import flags_of
from dashboard.pages import ANALYSE, FLAGS, PATIENTS
from dashboard.samples import sample_request
from motion.clinic import open_record, recent_takes

SHOWN_N = 5

st.title("Motion")
st.markdown(
    "Measures joint angles, range of motion and repetitions from one camera's recording.  \n"
    "Every number comes with its measurement error, and says so where the camera did not see."
)

ready = require_model()
if is_analysing():
    show_analysis()
with st.container(horizontal=True):
    if st.button(
        "Try it with the sample",
        icon=":material/play_circle:",
        type="primary",
        disabled=not ready or is_analysing(),
    ):
        start_analysis(sample_request())
        st.rerun()
    if st.button("Analyse a recording", icon=":material/upload_file:"):
        st.switch_page(ANALYSE)
    if st.button("Patients", icon=":material/groups:"):
        st.switch_page(PATIENTS)

with open_record() as record:
    unseen_n = sum(not flag.seen for flag in flags_of(record, date.today()))
    takes = recent_takes(record, SHOWN_N)
flags = "1 flag" if unseen_n == 1 else f"{unseen_n or 'no'} flags"
st.page_link(FLAGS, label=f"Today: {flags} to look at", icon=":material/today:")

st.header("Recent takes")
if takes:
    show_takes(takes, with_patient=True)
else:
    st.markdown(
        "Nothing is recorded yet. The sample is a rendered person who squats three times; "
        "its result is stored under the patient code SAMPLE."
    )

st.divider()
st.caption(f"**Intended use.** {words.INTENDED_USE}")
st.caption(f"**What one camera cannot measure.** {words.NOT_BY_ONE_CAMERA}")
