"""A walk in four words: how fast, how many steps, of how many strides, how sure."""

import math

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.tables import light_html
from motion.clinic.units import number_text
from motion.model import GAIT, Analysis, Gait, Measurement, MeasureVerdict, Side

__all__ = ["show_walk_summary"]


def show_walk_summary(analysis: Analysis, gait: Gait) -> None:
    """Show speed, cadence, the strides that count and the confidence."""
    of_walk = tuple(m for m in analysis.measurements if m.joint == GAIT)
    with st.container(border=True):
        speed, cadence, strides, confidence = st.columns(4)
        with speed:
            _show_number("Walking speed", of_walk, "walking_speed")
        with cadence:
            _show_number("Cadence", of_walk, "cadence")
        with strides:
            counted = [s for s in gait.strides if not s.left_out]
            left, right = (sum(s.side is side for s in counted) for side in (Side.LEFT, Side.RIGHT))
            st.metric("Strides that count", f"{left} · {right}")
            st.caption(f"Left and right, in {_walks(len(gait.walks))}.")
        with confidence:
            main = [m for m in of_walk if math.isfinite(m.value)]
            word = words.confidence_of(tuple(main))
            st.html(
                '<div class="pm-metric-label">Confidence</div>'
                f'<div class="pm-metric-value">{light_html(word)}</div>'
            )
            if less := sum(m.verdict is not MeasureVerdict.MEASURED for m in main):
                st.caption(f"{less} of {len(main)} numbers less certain; the table says why.")


def _walks(number: int) -> str:
    return "one walk" if number == 1 else f"{number} walks"


def _show_number(title: str, measurements: tuple[Measurement, ...], measure: str) -> None:
    found = next((m for m in measurements if m.measure == measure), None)
    if found is None or not math.isfinite(found.value):
        st.metric(title, words.NOT_MEASURED)
        if found is not None and found.note:
            st.caption(f"{words.plain(found.note[:1].upper() + found.note[1:])}.")
        return
    st.metric(title, number_text(found.value, found.unit))
    if found.verdict is MeasureVerdict.FEW_STRIDES:
        few = gait_words.few_text(found)
        st.caption(f"{few[:1].upper()}{few[1:]}.")
    if math.isfinite(found.sem):
        error, source = number_text(found.sem, found.unit), words.error_figure(found)[1]
        st.caption(
            f"Standard error of measurement ± {error}, about two takes of three lie within it "
            f"({words.plain(source)})."
        )
