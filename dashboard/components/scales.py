"""Questions that are answered with a number from 0 to 10."""

import streamlit as st

from motion.exercise.prescription import MOST_PAIN

__all__ = ["ask_scale"]


def ask_scale(question: str, meaning: str, key: str) -> int | None:
    """Ask for 0 to 10; None as long as nobody answers.

    Parameters
    ----------
    meaning
        What 0 and 10 stand for.
    """
    answer: int | None = st.segmented_control(question, list(range(MOST_PAIN + 1)), key=key)
    st.caption(meaning)
    return answer
