"""Measurement error: the figures in use, the clinic's own retest, the camera and the goniometer."""

import streamlit as st

from dashboard import words
from dashboard.components.figures_in_use import show_figures_in_use
from dashboard.components.method_pairs import show_method_pairs
from dashboard.components.retest_marks import ask_marks
from dashboard.components.retest_result import show_retest
from dashboard.components.retest_source import ask_retest, is_from_record

st.title("Measurement error")
st.markdown(
    "How far a number of this camera may be off, and how large a change must be before it can be "
    "told from error."
)

st.header("Figures in use")
show_figures_in_use()

st.header("This clinic's own retest")
st.markdown(
    "Measure at least ten people twice, with the camera set up anew, by the same protocol, when "
    "nothing has changed in them. What comes out replaces the provisional figures, if the two "
    "were on different days; of one day, only where it is the larger."
)
values = ask_retest()
if values is not None:
    show_retest(values)
if is_from_record():
    ask_marks()

st.header("Camera and goniometer")
show_method_pairs()

st.caption(words.INTENDED_USE)
