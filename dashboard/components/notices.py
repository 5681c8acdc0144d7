"""Errors as a person reads them: one sentence, letter by letter, never a traceback."""

import logging
from typing import Final

import streamlit as st

from dashboard import words
from motion.errors import MotionError

__all__ = ["show_error", "show_failed_page"]

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


def show_failed_page(first: st.Page) -> None:
    """Say in one sentence that a page failed in a way that nobody foresaw, with the way back.

    Called while the error is handled: the server's log gets the whole of it.

    Parameters
    ----------
    first
        The page to go back to.
    """
    _LOG.exception("a page failed")
    st.error(
        "This page could not be shown to its end; what was stored is kept, and the details are in "
        "the server's log.",
        icon=":material/error:",
    )
    st.page_link(first, label="Back to the first page", icon=":material/arrow_back:")
