"""Patient: the takes of one person, their progress as a file, and what is known of them."""

import re
from functools import partial

import streamlit as st

from dashboard import words
from dashboard.components.patient_edit import show_edit
from dashboard.components.plan_brief import show_plan_in_brief
from dashboard.components.progress import show_progress
from dashboard.components.tables import show_facts
from dashboard.components.take_list import show_takes
from dashboard.components.targets import show_targets
from dashboard.downloads import csv_bytes
from dashboard.known_takes import lines_of, takes_of
from dashboard.opening import find_asked_patient
from dashboard.pages import PATIENTS, open_plan
from motion.clinic import (
    Patient,
    list_items,
    list_targets,
    open_record,
    pending_suggestions,
    progress_report,
)
from motion.library import load_gait_norms, load_meaningful, load_norms

_PAGE = 20


def _progress_csv(code: str) -> bytes:
    with open_record() as record:
        published = load_norms(), load_gait_norms(), load_meaningful()
        return csv_bytes(progress_report(record, code, *published))


def _facts(patient: Patient) -> dict[str, str]:
    side = patient.affected_side
    facts = {
        "Born": str(patient.birth_year or ""),
        "Height": f"{patient.height_cm:.0f} cm" if patient.height_cm else "",
        "Affected side": words.side_title(side) if side else "",
        "Operation": f"{patient.operation_date:%d %b %Y}" if patient.operation_date else "",
        "Aids": patient.aids,
        "Brace": patient.brace,
        "Cast": patient.cast,
        "Prosthesis or absent limb": patient.prosthesis_or_absent_limb,
        "Never measured": ", ".join(words.label(name) for name in patient.withheld_joints),
        "Language": patient.language,
        "Precautions": patient.precautions,
        "Referral note": patient.diagnosis_note,
    }
    return {name: value for name, value in facts.items() if value}


patient = find_asked_patient(st.query_params.get("patient", ""))
if patient is None:
    st.title("Patient")
    st.info("Choose a patient from the list.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()

st.title(words.plain(patient.code))
if patient.name:
    st.markdown(words.plain(patient.name))
show_facts(_facts(patient))
with st.expander("Change these details", icon=":material/edit:"):
    show_edit(patient)

with open_record() as record:
    everything = takes_of(record, patient.code)
    lines = lines_of(record, patient.code)
    targets = list_targets(record, patient.code, with_ended=True)
    items = list_items(record, patient.code)
    suggestions = pending_suggestions(record, patient.code)
st.header("Plan")
show_plan_in_brief(items, suggestions)
if st.button("Open the plan", icon=":material/assignment:"):
    open_plan(patient.code)
show_progress(patient, everything, lines, targets)
st.header("Targets")
show_targets(patient, everything, targets)

st.header("Takes")
shown = st.session_state.setdefault(f"takes-shown-{patient.id}", _PAGE)
takes = everything[: shown + 1]
if takes:
    st.download_button(
        "Progress report (CSV)",
        partial(_progress_csv, patient.code),
        f"{re.sub(r'[^A-Za-z0-9-]+', '-', patient.code)}-progress.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
else:
    st.markdown("No takes yet.")
show_takes(takes[:shown])
if len(takes) > shown and st.button("Show more"):
    st.session_state[f"takes-shown-{patient.id}"] = shown + _PAGE
    st.rerun()
