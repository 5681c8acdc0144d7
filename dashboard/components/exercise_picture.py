"""The product's own picture of an exercise on a page."""

import base64
from html import escape

import streamlit as st

from motion.exercise.exercises import Exercise
from motion.model import Side
from motion.report.pictogram import draw_pictogram

__all__ = ["show_pictogram"]


def show_pictogram(
    exercise: Exercise, size_px: int, *, title: str = "", side: Side = Side.RIGHT
) -> None:
    """Show an exercise's picture; ``title`` is read where it is not seen, else the exercise's own.

    As an image: Streamlit takes a bare drawing out of a page's HTML.
    """
    drawing = base64.b64encode(draw_pictogram(exercise, size_px, side=side).encode()).decode()
    st.html(
        f'<img src="data:image/svg+xml;base64,{drawing}" width="{size_px}" height="{size_px}" '
        f'alt="{escape(title or exercise.title)}">',
        width="content",
    )
