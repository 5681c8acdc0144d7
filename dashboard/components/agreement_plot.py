"""A Bland-Altman plot with its figures in words."""

import streamlit as st

from dashboard import words
from dashboard.agreement_chart import Differences, agreement_figure
from dashboard.components.styling import text_colour
from motion.agreement import Agreement

__all__ = ["agreement_sentence", "show_agreement"]


def show_agreement(found: Differences, title: str) -> None:
    """Show the plot, and say under it what the lines are."""
    st.plotly_chart(
        agreement_figure(found, ink=text_colour()),
        config={"displayModeBar": False, "scrollZoom": False},
        alt=f"{title}: {agreement_sentence(found.agreement)}",
    )
    st.caption(
        "Each point is a pair: how far apart the two are, over their mean. 95 of 100 pairs are "
        "expected between the dashed limits; the shaded bands are the 95 % intervals of the lines."
    )


def agreement_sentence(agreement: Agreement) -> str:
    """Return the mean difference and the limits in words, in whole degrees."""
    pairs = f"{agreement.n} {'pair' if agreement.n == 1 else 'pairs'}"
    mean = f"mean difference {words.signed_degrees(agreement.bias)}"
    if agreement.n < 2:
        return f"{pairs}, {mean}; limits need at least two"
    ends = agreement.bias_ci
    low, high = (words.signed_degrees(x) for x in (agreement.loa_low, agreement.loa_high))
    return (
        f"{pairs}, {mean} (95 % interval {words.signed_degrees(ends.low)} to "
        f"{words.signed_degrees(ends.high)}), 95 % of differences between {low} and {high}"
    )
