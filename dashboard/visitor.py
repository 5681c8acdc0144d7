"""Who looks at the pages: the clinic, or one patient who may see nothing of anybody else."""

import os
from typing import Final

import streamlit as st

from motion.commands.serving import HOME_PATIENT, PATIENTS_ONLY
from motion.errors import RecordNotFoundError

__all__ = ["admit", "is_clinic", "require_allowed", "visiting_patient"]

_ADMITTED: Final = "admitted-patient"


def is_clinic() -> bool:
    """Return whether these are the clinic's pages, which show every patient."""
    return not (os.environ.get(HOME_PATIENT) or os.environ.get(PATIENTS_ONLY))


def visiting_patient() -> str | None:
    """Return the code of the patient who looks; None in the clinic, or before the link is known."""
    own = os.environ.get(HOME_PATIENT)
    if own:
        return own
    admitted: str | None = st.session_state.get(_ADMITTED)
    return None if is_clinic() else admitted


def admit(code: str) -> None:
    """Let this browser see the pages of one patient: the link that was opened is theirs."""
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
