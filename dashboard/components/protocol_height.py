"""What metres of a recorded walk come from: the patient's height, asked once and kept."""

import math
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.components.protocol_slider import ask_number
from motion.clinic import Patient, open_record, update_patient
from motion.errors import MotionError

__all__ = ["ask_height_m"]

_FIRST_CM: Final = 168
"""Where the slider stands before anybody moved it; nothing is measured with it unless saved."""

_ENDS_CM: Final = (80, 220)
_MISSING: Final = (
    "This patient's height is not in the record. Without it walking speed, step length and stride "
    "length will be missing; times, cadence and shares of the gait cycle are measured all the same."
)


def ask_height_m(patient: Patient) -> float:
    """Return the patient's height; NaN, with what is missing then and a way to set it, without.

    It is kept with the patient's details, so that no later walk asks again.
    """
    if patient.height_cm is not None:
        st.caption(
            f"Walking speed and lengths come from the patient's height, {patient.height_cm:.0f} cm:"
            " they may be wrong by 5 to 10 %."
        )
        return patient.height_cm / 100.0
    st.info(_MISSING, icon=":material/height:")
    with st.expander("Set the height", icon=":material/height:"):
        height_cm = ask_number(
            "Height, centimetres",
            f"protocol-height-{patient.id}",
            first=_FIRST_CM,
            ends=_ENDS_CM,
            unit="centimetres",
            mark=" cm",
        )
        if st.button(f"Save the height: {height_cm} cm", width="stretch"):
            _save(patient, height_cm)
    return math.nan


def _save(patient: Patient, height_cm: int) -> None:
    try:
        with open_record() as record:
            update_patient(record, replace(patient, height_cm=float(height_cm)))
    except MotionError as error:
        show_error(error)
        return
    st.rerun()
