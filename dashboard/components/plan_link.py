"""The personal link of a patient: shown once, ended at any time."""

from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.components.writing import write_record
from dashboard.visitor import KEY
from motion.clinic import Patient, end_links, has_link, make_link, open_record
from motion.errors import MotionError

__all__ = ["show_link"]

_SECRET: Final = "personal-link"


def show_link(patient: Patient) -> None:
    """Show whether a patient has a link to the patients' server, make one, end it."""
    st.markdown(
        "Where this clinic runs a server for patients (`motion dashboard --patients`), each "
        "patient opens it by a link of their own. Whoever has the link sees this patient's list "
        "and can send takes; nobody else's can be reached by it."
    )
    with open_record() as record:
        there = has_link(record, patient.code)
    key = f"{_SECRET}-{patient.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Make a new link" if there else "Make a link", icon=":material/link:"):
            _make(patient, key)
        if there and st.button("End the link", icon=":material/link_off:"):
            st.session_state.pop(key, None)
            write_record(lambda record: end_links(record, patient.code))
    secret: str | None = st.session_state.get(key)
    if secret is not None:
        st.code(f"/?{KEY}={secret}", language=None)
        st.caption("Behind the address of that server. It is shown now only; write it down.")
    elif there:
        st.caption("There is a link. A new one ends it.")


def _make(patient: Patient, key: str) -> None:
    try:
        with open_record() as record:
            st.session_state[key] = make_link(record, patient.code)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()
