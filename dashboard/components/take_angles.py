"""A take's angles over time: the picture, the curve, the ranges, what stands beside them."""

import streamlit as st

from dashboard.components.by_hand import show_by_hand
from dashboard.components.take_curves import choose_curve, show_curve
from dashboard.components.take_gaps import show_gaps
from dashboard.components.take_picture import show_picture
from dashboard.components.take_references import gather_for_take, show_references
from dashboard.components.take_tables import show_ranges, show_repetitions
from dashboard.reference_lines import lines_of
from motion.clinic import StoredTake

__all__ = ["show_angles"]


def show_angles(take: StoredTake) -> None:
    """Show what was measured of each angle."""
    analysis = take.analysis
    beside = gather_for_take(take)
    curve = choose_curve(analysis)
    show_picture(take, curve)
    if curve is not None:
        st.header("Angle over time")
        named = beside.get((curve.joint, curve.motion, curve.side))
        show_curve(analysis, curve, lines_of(named[1]) if named else ())
    st.header("Range of motion")
    show_ranges(analysis)
    st.header("Measured by hand")
    show_by_hand(take)
    if beside:
        st.header("For comparison")
        show_references(beside, analysis.movement)
    if analysis.repetitions:
        st.header("Repetitions")
        show_repetitions(analysis)
    show_gaps(analysis)
