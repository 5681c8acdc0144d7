"""Errors as a person reads them: one sentence, letter by letter, never a traceback."""

import logging
from typing import Final

import streamlit as st

from dashboard import words
from motion.errors import MotionError

__all__ = ["show_error"]

_LOG: Final = logging.getLogger(__name__)


def show_error(error: BaseException) -> None:
    """Show in one sentence what went wrong; what nobody foresaw goes to the log as well."""
    if isinstance(error, MotionError):
        # Not as Markdown: it may quote what came with a link, and a picture would be fetched.
        st.error(words.plain(str(error)), icon=":material/error:")
        return
    _LOG.error("unforeseen error", exc_info=error)
    st.error(
        f"Something went wrong that this program does not know ({type(error).__name__}). "
        "Nothing was stored. The details are in the server's log.",
        icon=":material/error:",
    )
