"""What a patient reads when something did not work; what it was is for the clinic and the log."""

import logging
from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.visitor import is_clinic
from motion.texts import Texts

__all__ = ["show_trouble"]

_LOG: Final = logging.getLogger(__name__)


def show_trouble(error: BaseException, key: str, texts: Texts) -> None:
    """Say in the patient's language that something did not work, and to the clinic also what.

    Parameters
    ----------
    error
        What happened; its own words are English and name what only the clinic knows.
    key
        Of the text for the patient.
    """
    st.warning(texts.say(key), icon=":material/info:")
    if is_clinic():
        show_error(error)
    else:
        _LOG.error("on a patient's page", exc_info=error)
