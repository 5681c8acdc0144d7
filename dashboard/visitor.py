"""Who looks at the pages: the clinic, or one patient who may see nothing of anybody else."""

import os
from typing import Final

import streamlit as st

from motion.clinic import find_patient_of_link, open_record
from motion.commands.serving import HOME_PATIENT, PATIENTS_ONLY
from motion.errors import RecordNotFoundError

__all__ = ["KEY", "is_clinic", "require_allowed", "visiting_patient", "welcome"]

KEY: Final = "key"
"""The secret of a personal link, in an address of a server that patients reach."""

_SECRET: Final = "link-secret"
_ADMITTED: Final = "admitted-patient"


def is_clinic() -> bool:
    """Return whether these are the clinic's pages, which show every patient."""
    return not (os.environ.get(HOME_PATIENT) or os.environ.get(PATIENTS_ONLY))


def visiting_patient() -> str | None:
    """Return the code of the patient who looks; None in the clinic, and of a link that is none."""
    own = os.environ.get(HOME_PATIENT)
    if own:
        return own
    admitted: str | None = st.session_state.get(_ADMITTED)
    return None if is_clinic() else admitted


def welcome() -> None:
    """Find out whose personal link was opened, anew at every look: a link that ended opens nothing.

    Whoever opens another link in the same window sees nothing of the one before.
    """
    if is_clinic() or os.environ.get(HOME_PATIENT):
        return
    secret = st.query_params.get(KEY) or st.session_state.get(_SECRET, "")
    with open_record() as record:
        code = find_patient_of_link(record, secret) if secret else None
    if code != st.session_state.get(_ADMITTED):
        st.session_state.clear()
    if code is not None:
        st.session_state[_SECRET] = secret
        st.session_state[_ADMITTED] = code


def require_allowed(code: str) -> None:
    """Let the clinic see everybody, and a patient nobody else.

    Raises
    ------
    RecordNotFoundError
        If a patient asks for another's: in words that do not say whether there is such a one.
    """
    if not is_clinic() and code != visiting_patient():
        msg = "there is nothing of yours at this address; open the first page"
        raise RecordNotFoundError(msg)
