"""The pages by name, so that one page can lead to another."""

from typing import Final, NoReturn
from uuid import UUID

import streamlit as st

__all__ = [
    "ANALYSE",
    "ERROR",
    "HOME",
    "PATIENT",
    "PATIENTS",
    "TAKE",
    "all_pages",
    "open_patient",
    "open_take",
]

HOME: Final = "app_pages/home.py"
ANALYSE: Final = "app_pages/analyse.py"
PATIENTS: Final = "app_pages/patients.py"
PATIENT: Final = "app_pages/patient.py"
TAKE: Final = "app_pages/take.py"
ERROR: Final = "app_pages/error.py"


def all_pages() -> list[st.Page]:
    """Return every page; the last two are reached from a patient or a take only."""
    return [
        st.Page(HOME, title="Home", icon=":material/home:", default=True),
        st.Page(ANALYSE, title="Analyse", icon=":material/motion_photos_on:"),
        st.Page(PATIENTS, title="Patients", icon=":material/groups:"),
        st.Page(ERROR, title="Measurement error", icon=":material/straighten:"),
        st.Page(PATIENT, title="Patient", visibility="hidden"),
        st.Page(TAKE, title="Take", visibility="hidden"),
    ]


def open_take(take_id: UUID) -> NoReturn:
    """Go to a take."""
    st.switch_page(TAKE, query_params={"take": str(take_id)})


def open_patient(code: str) -> NoReturn:
    """Go to a patient."""
    st.switch_page(PATIENT, query_params={"patient": code})
