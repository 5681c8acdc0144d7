"""A take in three words: how far, how often, how sure."""

from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.tables import light_html
from dashboard.components.take_list import main_measurement
from motion.model import Analysis, RepetitionVerdict

__all__ = ["show_summary"]

_MEANING: Final = {
    "Good": "seen well, from a straight view",
    "Fair": "measured with less certainty; the table says why",
    words.NOT_MEASURED: "the camera did not see what is needed",
}


def show_summary(analysis: Analysis) -> None:
    """Show the main number, the repetitions and the confidence."""
    with st.container(border=True):
        largest, counted, confidence = st.columns([2, 1.5, 1.5])
        with largest:
            _show_main(analysis)
        with counted:
            _show_count(analysis)
        with confidence:
            word = words.confidence_of(analysis.measurements)
            st.html(
                '<div class="pm-metric-label">Confidence</div>'
                f'<div class="pm-metric-value">{light_html(word)}</div>'
            )
            st.caption(_MEANING[word].capitalize() + ".")


def _show_main(analysis: Analysis) -> None:
    main = main_measurement(analysis.movement, analysis.measurements, analysis.repetitions)
    if main is None:
        st.metric("Main angle", words.NOT_MEASURED)
        return
    title = words.short_title(main.joint, main.motion, main.side)
    whole = words.angle_title(main.joint, main.motion, main.side)
    # The short title: what an angle includes would not fit beside the others.
    named = words.result_title(main, analysis.movement).replace(whole, title)
    reached = words.reached(main, analysis.movement)
    st.metric(named, reached, help=None if whole == title else whole)
    error, source = words.error_figure(main)
    likely = words.likely_range(main)
    within = (
        f"Of rendered people 95 in 100 such angles truly lay within {likely}. " if likely else ""
    )
    st.caption(
        f"{within}Standard error of measurement {error}, about two takes of three lie within "
        f"it ({source})."
    )


def _show_count(analysis: Analysis) -> None:
    if not analysis.counted_on:
        st.metric("Repetitions", words.NOT_MEASURED)
        return
    verdicts = [r.verdict for r in analysis.repetitions]
    st.metric("Repetitions", len(verdicts))
    others = {
        words.repetition_verdict(v).lower(): verdicts.count(v)
        for v in RepetitionVerdict
        if v is not RepetitionVerdict.FULL and v in verdicts
    }
    full = f"{verdicts.count(RepetitionVerdict.FULL)} full"
    st.caption(", ".join([full, *(f"{count} {name}" for name, count in others.items())]) + ".")
