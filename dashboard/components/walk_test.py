"""A timed test of walking: its time, its phases, and what was published about it."""

import math

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.styling import text_colour
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.gait_test_bar import phases_figure
from motion.model import Analysis, Gait

__all__ = ["show_timed_test"]


def show_timed_test(analysis: Analysis, gait: Gait) -> None:
    """Show the test's time and its phases."""
    test = gait.phases[0].test
    st.subheader(gait_words.test_title(test))
    time = next((m for m in analysis.measurements if m.measure == f"{test}_time"), None)
    if time is None or not math.isfinite(time.value):
        reason = time.note if time is not None and time.note else "the test was not seen whole"
        st.markdown(f"Not timed: {words.plain(reason)}.")
    else:
        st.metric("Time", words.seconds(time.value))
        if time.note:
            st.caption(f"{words.plain(time.note[:1].upper() + time.note[1:])}.")
    st.plotly_chart(
        phases_figure(gait.phases, ink=text_colour()),
        config=CHART_CONFIG,
        alt=", ".join(
            f"{gait_words.phase_title(p)} {words.seconds(p.end_s - p.start_s)}" for p in gait.phases
        ),
    )
