"""The repetitions of a line of takes, each a step from its replay."""

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.styling import text_colour
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.pages import open_take
from dashboard.patient_choice import Chosen
from dashboard.repetition_chart import TakeRepetitions, repetition_figure, repetitions_of

__all__ = ["show_repetition_strip"]

_TAKES_N: Final = 6


def show_repetition_strip(chosen: Chosen) -> None:
    """Show the repetitions of the chosen line's last takes; each opens its replay."""
    if chosen.line is None:
        st.markdown("Choose a measure above: its repetitions are shown here.")
        return
    counted = repetitions_of(chosen.line)
    if not counted:
        st.markdown("No repetition was counted on this angle in these takes.")
        return
    shown = counted[-_TAKES_N:]
    st.plotly_chart(
        repetition_figure(shown, ink=text_colour()),
        config=CHART_CONFIG,
        alt=f"Peaks of the repetitions of {len(shown)} takes",
    )
    st.caption(
        "Filled: a full repetition; hatched: partial, moved another way or not measured. A button "
        "below opens the replay at that repetition."
        + (f" The last {_TAKES_N} of {len(counted)} takes." if len(counted) > len(shown) else "")
    )
    for each in reversed(shown):
        _show_buttons(each)


def _show_buttons(each: TakeRepetitions) -> None:
    take = each.take
    place = st.pills(
        words.date_text(take.started_at),
        range(len(each.repetitions)),
        format_func=lambda n: _labels(each)[n],
        key=f"strip-{take.id}",
    )
    if place is not None:
        del st.session_state[f"strip-{take.id}"]  # so that coming back leads nowhere
        open_take(take.id, each.repetitions[place].start_s)


def _labels(each: TakeRepetitions) -> Sequence[str]:
    return [
        f"{r.repetition}: {words.degrees(r.peak_deg) if math.isfinite(r.peak_deg) else '–'}"
        f"{'' if each.is_full(r) else ' ' + words.repetition_verdict(r.verdict).lower()}"
        for r in each.repetitions
    ]
