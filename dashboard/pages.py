"""The pages by name, so that one page can lead to another, and who is shown which."""

from typing import Final, NoReturn
from uuid import UUID

import streamlit as st

from dashboard.visitor import KEY

__all__ = [
    "ANALYSE",
    "COMPARE",
    "ERROR",
    "EXERCISES",
    "FLAGS",
    "HOME",
    "LINK",
    "LIVE",
    "PATIENT",
    "PATIENTS",
    "PLAN",
    "PROTOCOL",
    "PROTOCOLS",
    "TAKE",
    "TODAY",
    "clinic_pages",
    "linkless_pages",
    "open_compare",
    "open_live",
    "open_patient",
    "open_plan",
    "open_protocol",
    "open_take",
    "open_today",
    "patient_pages",
]

HOME: Final = "app_pages/home.py"
FLAGS: Final = "app_pages/flags.py"
ANALYSE: Final = "app_pages/analyse.py"
COMPARE: Final = "app_pages/compare.py"
PATIENTS: Final = "app_pages/patients.py"
PATIENT: Final = "app_pages/patient.py"
TAKE: Final = "app_pages/take.py"
ERROR: Final = "app_pages/error.py"
EXERCISES: Final = "app_pages/exercises.py"
LINK: Final = "app_pages/link.py"
LIVE: Final = "app_pages/live.py"
PLAN: Final = "app_pages/plan.py"
PROTOCOL: Final = "app_pages/protocol.py"
PROTOCOLS: Final = "app_pages/protocols.py"
TODAY: Final = "app_pages/today.py"


def clinic_pages() -> list[st.Page]:
    """Return every page; the hidden ones are reached from a patient or a take only."""
    return [
        st.Page(HOME, title="Home", icon=":material/home:", default=True),
        st.Page(FLAGS, title="Today", icon=":material/today:"),
        st.Page(ANALYSE, title="Analyse", icon=":material/motion_photos_on:"),
        st.Page(LIVE, title="Live", icon=":material/videocam:"),
        st.Page(PATIENTS, title="Patients", icon=":material/groups:"),
        st.Page(EXERCISES, title="Exercises", icon=":material/exercise:"),
        st.Page(PROTOCOLS, title="Protocols", icon=":material/checklist:"),
        st.Page(ERROR, title="Measurement error", icon=":material/straighten:"),
        st.Page(PATIENT, title="Patient", visibility="hidden"),
        st.Page(TAKE, title="Take", visibility="hidden"),
        st.Page(COMPARE, title="Compare", visibility="hidden"),
        st.Page(PLAN, title="Plan", visibility="hidden"),
        st.Page(PROTOCOL, title="Protocol visit", visibility="hidden"),
        st.Page(TODAY, title="Today", visibility="hidden"),
    ]


def patient_pages() -> list[st.Page]:
    """Return a patient's own pages: no other can be reached, not by typing an address either."""
    return [
        st.Page(TODAY, title="Motion", default=True),
        st.Page(LIVE, title="Live", visibility="hidden"),
    ]


def linkless_pages() -> list[st.Page]:
    """Return the only page of whoever reaches the patients' server without a personal link."""
    return [st.Page(LINK, title="Motion", default=True)]


def open_take(take_id: UUID, at_s: float | None = None) -> NoReturn:
    """Go to a take, at one of its moments where one is given."""
    moment = {} if at_s is None else {"t": f"{at_s:.3f}"}
    st.switch_page(TAKE, query_params={"take": str(take_id), **moment})


def open_compare(first: UUID, second: UUID) -> NoReturn:
    """Go to two takes side by side."""
    st.switch_page(COMPARE, query_params={"a": str(first), "b": str(second)})


def open_patient(code: str) -> NoReturn:
    """Go to a patient."""
    st.switch_page(PATIENT, query_params={"patient": code})


def open_live(code: str, item_id: UUID) -> NoReturn:
    """Go to the camera with one exercise of a patient's plan."""
    st.switch_page(LIVE, query_params={"patient": code, "item": str(item_id), **_own_key()})


def open_plan(code: str) -> NoReturn:
    """Go to a patient's plan."""
    st.switch_page(PLAN, query_params={"patient": code})


def open_protocol(code: str, run_id: UUID) -> NoReturn:
    """Go to a visit along a protocol."""
    st.switch_page(PROTOCOL, query_params={"patient": code, "run": str(run_id)})


def open_today(code: str) -> NoReturn:
    """Go to what a patient is to do today, as the patient sees it."""
    st.switch_page(TODAY, query_params={"patient": code, **_own_key()})


def _own_key() -> dict[str, str]:
    """Return the key of a personal link: with it the next page can be loaded anew, too."""
    secret = st.query_params.get(KEY)
    return {KEY: secret} if secret else {}
