"""Left beside right of a patient: bars, and how far apart the sides are in their own unit."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.styling import text_colour
from dashboard.components.tables import Cell, show_table
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.side_chart import side_figure
from dashboard.side_pairs import SidePair, list_side_pairs
from motion.clinic import TakeSummary
from motion.clinic.change import PROVISIONAL
from motion.clinic.units import difference_of_shown, number_text
from motion.model import GAIT, Side

__all__ = ["show_sides", "side_verdict_of"]

_BARS_N = 8


def show_sides(takes: Sequence[TakeSummary]) -> None:
    """Show what both sides have from comparable takes.

    Parameters
    ----------
    takes
        All of the patient's, the newest first.
    """
    pairs = list_side_pairs(takes)
    if not pairs:
        st.markdown(
            "Nothing to compare yet: it needs a take with each side nearest the camera, made in the"
            " same way, or one take from the front."
        )
        return
    angles = [pair for pair in pairs if pair.measurement.unit == "deg"][:_BARS_N]
    if angles:
        titles = [_title(pair) for pair in angles]
        st.plotly_chart(
            side_figure(angles, titles, ink=text_colour()),
            config=CHART_CONFIG,
            alt="Left and right of " + ", ".join(titles),
        )
    show_table(
        ("Measure", "Left", "Right", "Difference", "What it amounts to"),
        [_row(pair) for pair in pairs],
        "The last comparable number of each side",
    )
    st.caption(
        "Sides are compared in degrees, never as a percentage; of the walk's times and lengths the "
        "Walking and tests section gives the ratio. A difference between sides is no change."
    )


def _title(pair: SidePair) -> str:
    m = pair.measurement
    if m.joint == GAIT:
        return gait_words.parameter_title(m.measure)
    angle = words.angle_title(m.joint, m.motion, Side.NONE)
    return f"{angle}, {words.end_of_range(m.measure).lower()}"


def _row(pair: SidePair) -> list[Cell]:
    return [
        _title(pair),
        *(
            (words.reached(m, take.movement), words.date_text(take.started_at))
            for take, m in (pair.left, pair.right)
        ),
        _difference(pair),
        side_verdict_of(pair),
    ]


def _difference(pair: SidePair) -> str:
    unit = pair.measurement.unit
    difference = difference_of_shown(pair.left[1].value, pair.right[1].value, unit)
    said = number_text(abs(difference), unit)
    shown_equal = said == number_text(0.0, unit)
    if shown_equal:
        return said
    return f"{said} {'more on the left' if difference > 0 else 'more on the right'}"


def side_verdict_of(pair: SidePair) -> tuple[str, str]:
    """Return whether the sides differ beyond the error, and the error it was held against."""
    smallest = number_text(pair.mdc95, pair.measurement.unit)
    if math.isnan(pair.mdc95):
        return "No error figure: not judged", ""
    said = "Beyond the measurement error" if pair.beyond_error else "Within the measurement error"
    note = f"smallest detectable {smallest}"
    return said, f"{note}; {PROVISIONAL}" if pair.provisional else note
