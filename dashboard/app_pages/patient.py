"""Patient: who somebody is, how they recover over time, and all that is kept of them."""

import streamlit as st

from dashboard.against import gather
from dashboard.components.patient_cards import show_cards
from dashboard.components.patient_choosing import choose
from dashboard.components.patient_header import show_header
from dashboard.components.patient_sections import show_sections
from dashboard.components.patient_trend import last_of, show_other_lines, show_trend
from dashboard.known_takes import takes_of
from dashboard.line_words import line_title
from dashboard.opening import find_asked_patient
from dashboard.pages import PATIENTS
from dashboard.patient_numbers import list_cards
from dashboard.words import DIFFERENCES, STANDARD_ERROR, plain
from motion.clinic import (
    list_annotations,
    list_items,
    list_pain,
    list_targets,
    open_record,
    pending_suggestions,
)
from motion.clinic.plan_limits import allowed_deg

_LAST = "patient-looked-at"

# A browser's "back" brings the page without whose it is: then it is the patient of before.
code = st.query_params.get("patient") or st.session_state.get(_LAST, "")
patient = find_asked_patient(code)
if patient is None:
    st.title("Patient")
    st.info("Choose a patient from the list.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()
st.session_state[_LAST] = patient.code
if "patient" not in st.query_params:
    st.query_params.from_dict({"patient": patient.code})

with open_record() as record:
    takes = takes_of(record, patient.code)
    targets = list_targets(record, patient.code, with_ended=True)
    items = list_items(record, patient.code)
    suggestions = pending_suggestions(record, patient.code)
    annotations = list_annotations(record, patient.code)
    pain = list_pain(record, patient.code)
current = [target for target in targets if target.ended_at is None]
show_header(patient, items, suggestions, current)
chosen = choose(patient, takes)
if chosen.line is not None:
    last = last_of(chosen.line)
    against = gather(patient, takes, last.take, last.measurement, current)
    st.caption(plain(f"Comparable takes: {line_title(chosen.line)}"))
    limit_deg = allowed_deg(items, chosen.line)
    show_cards(list_cards(chosen.line, against, limit_deg))
    st.caption(f"{DIFFERENCES} {STANDARD_ERROR}")
    show_trend(chosen, chosen.line, against, annotations, pain, limit_deg=limit_deg)
    show_other_lines(chosen)
show_sections(chosen, takes, targets)
