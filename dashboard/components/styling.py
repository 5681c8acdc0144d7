"""The few rules of style that Streamlit's theme cannot say."""

from pathlib import Path
from typing import Final

import streamlit as st

__all__ = ["apply_style", "text_colour"]

_STYLE = Path(__file__).with_name("style.css")
_INK: Final = {"light": "#1d2a2a", "dark": "#e6eeec"}
"""Plotly takes no colour by name from the theme: the text colours of config.toml."""


def apply_style() -> None:
    """Add our style sheet to the page."""
    st.html(_STYLE)


def text_colour() -> str:
    """Return the colour of the page's text, for what draws its own."""
    return _INK[st.context.theme.type or "light"]
