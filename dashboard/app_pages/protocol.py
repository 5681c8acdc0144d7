"""Protocol visit: step after step, from the first press to the stored results."""

from datetime import date
from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import words
from dashboard.components.made_up import MADE_UP
from dashboard.components.protocol_camera import show_camera_take
from dashboard.components.protocol_step import show_step
from dashboard.components.protocol_summary import show_summary
from dashboard.opening import find_asked_patient
from dashboard.pages import PATIENTS
from dashboard.protocol_results import measurements_of_step, result_text
from dashboard.protocol_state import current_step, running_take, show_said
from motion.clinic import ProtocolRun, find_run, list_outcomes, open_record
from motion.errors import RecordNotFoundError
from motion.exercise.protocols import PlannedStep, StepKind, plan_steps
from motion.model import Analysis
from motion.protocol_library import find_protocol


def _find_asked_run(text: str) -> ProtocolRun | None:
    if not text:
        return None
    try:
        run_id = UUID(text)
    except ValueError as error:
        msg = "this address names no visit; choose one on a patient's page"
        raise RecordNotFoundError(msg) from error
    with open_record() as record:
        return find_run(record, run_id)


def _say(step: PlannedStep, analysis: Analysis) -> tuple[str, bool]:
    measured = bool(measurements_of_step(step.step, step.side, analysis.measurements))
    return result_text(step, analysis.measurements, analysis.repetitions), measured


def _last_pain(run: ProtocolRun, planned: tuple[PlannedStep, ...]) -> int | None:
    """Return what was said last of pain in this visit."""
    asked = {each.key for each in planned if each.step.kind is StepKind.PAIN}
    wanted = next((n.outcome_id for n in reversed(run.notes) if n.step in asked), None)
    if wanted is None:
        return None
    with open_record() as record:
        scores = list_outcomes(record, run.patient_code)
    return next((round(each.score) for each in scores if each.id == wanted), None)


run = _find_asked_run(st.query_params.get("run", ""))
patient = find_asked_patient(run.patient_code if run else "")
if run is None or patient is None:
    st.title("Protocol visit")
    st.info("Choose a patient, and then a protocol on the patient's page.")
    st.page_link(PATIENTS, label="Patients", icon=":material/groups:")
    st.stop()

protocol = find_protocol(run.protocol)
planned = plan_steps(protocol, patient.affected_side)
found = running_take(run)
if found is not None:
    take, key = found
    doing = next((each for each in planned if each.key == key), None)
    if doing is not None:
        show_camera_take(run, take, doing, partial(_say, doing))
        st.stop()

with st.container(key="protocol"):
    st.title(words.plain(protocol.title))
    label = f" {MADE_UP}" if patient.made_up else ""
    st.markdown(f"**{words.plain(patient.code)}** {words.plain(patient.name)}{label}")
    is_open = run.is_open_on(date.today())
    show_said(run)
    now = current_step(run, planned) if is_open else None
    if now is not None:
        show_step(patient, run, planned, now, _last_pain(run, planned))
    else:
        show_summary(patient, run, planned, may_change=is_open)
