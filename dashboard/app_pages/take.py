"""Take: all that one recording gave, and how far it may be trusted."""

import streamlit as st

from dashboard import words
from dashboard.components.by_hand import show_by_hand
from dashboard.components.exclusion import show_exclusion
from dashboard.components.remeasure import show_remeasure
from dashboard.components.take_curves import choose_curve, show_curve
from dashboard.components.take_facts import show_downloads, show_facts_of, show_provenance
from dashboard.components.take_gaps import show_gaps, show_warnings
from dashboard.components.take_picture import show_picture
from dashboard.components.take_references import gather_for_take, show_references
from dashboard.components.take_summary import show_summary
from dashboard.components.take_tables import show_ranges, show_repetitions
from dashboard.opening import load_asked_take
from dashboard.pages import PATIENTS, open_patient
from dashboard.reference_lines import lines_of

take = load_asked_take(st.query_params.get("take", ""))
if take is None:
    st.title("Take")
    st.info("Choose a take from a patient's list.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()
analysis = take.analysis

st.title(words.movement_title(analysis.movement))
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{words.plain(take.patient_code)}** · {words.date_text(analysis.started_at)}")
    if st.button("All takes of this patient", icon=":material/arrow_back:", type="tertiary"):
        open_patient(take.patient_code)
if take.excluded_reason is not None:
    st.warning(f"Left out: {words.plain(take.excluded_reason)}", icon=":material/block:")
show_warnings(analysis)
show_summary(analysis)
show_facts_of(analysis)

if analysis.person_found:
    beside = gather_for_take(take)
    curve = choose_curve(analysis)
    show_picture(take, curve)
    if curve is not None:
        st.header("Angle over time")
        named = beside.get((curve.joint, curve.motion, curve.side))
        show_curve(analysis, curve, lines_of(named[1]) if named else ())
    st.header("Range of motion")
    show_ranges(analysis)
    st.header("Measured by hand")
    show_by_hand(take)
    if beside:
        st.header("For comparison")
        show_references(beside, analysis.movement)
    if analysis.repetitions:
        st.header("Repetitions")
        show_repetitions(analysis)
    show_gaps(analysis)

st.header("Files")
show_downloads(take)
with st.expander("Where these numbers come from"):
    show_provenance(take)
    show_remeasure(take)
with st.expander("Leave this take out" if take.excluded_reason is None else "Take it in again"):
    show_exclusion(take)
st.caption(f"{words.INTENDED_USE} {words.NOT_BY_ONE_CAMERA}")
