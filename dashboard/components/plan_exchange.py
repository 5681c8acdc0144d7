"""Home and clinic apart: the plan as a file for the patient's own computer."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.uploads import private_folder
from motion.clinic import Patient, PlanItem, open_record
from motion.errors import MotionError
from motion.exchange import write_plan_file

__all__ = ["file_name", "offer_plan_file"]

_MADE: Final = "plan-file"


def file_name(code: str, suffix: str) -> str:
    """Return a name for a file of a patient: the code and the day, nothing else."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", code)
    return f"{plain}-{date.today():%Y-%m-%d}{suffix}"


def offer_plan_file(patient: Patient, items: Sequence[PlanItem]) -> None:
    """Show how the plan gets to the patient's own computer, and write the file."""
    st.markdown(
        "The plan file takes this plan to the patient's own computer, where it works without a "
        "network. After a change give the patient a new one."
    )
    key = f"{_MADE}-{patient.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Make the plan file", icon=":material/output:", disabled=not items):
            _make(patient, key)
        made: bytes | None = st.session_state.get(key)
        if made is not None:
            st.download_button(
                "Save the plan file",
                made,
                file_name(patient.code, ".motionplan"),
                "application/octet-stream",
                type="primary",
                icon=":material/download:",
                on_click=st.session_state.pop,
                args=(key, None),
            )
    st.caption(
        "It holds the code, the plan and a secret, no name and no takes. Who has it can send takes "
        "under this code: give it to the patient only."
    )


def _make(patient: Patient, key: str) -> None:
    st.session_state.pop(key, None)
    try:
        with private_folder() as folder, open_record() as record:
            path = folder / "plan.motionplan"
            write_plan_file(record, patient.code, path)
            st.session_state[key] = path.read_bytes()
    except MotionError as error:
        show_error(error)
