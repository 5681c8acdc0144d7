"""A take's angles as numbers: ranges, what was measured by hand, references, repetitions, gaps."""

import streamlit as st

from dashboard.components.by_hand import show_by_hand
from dashboard.components.take_gaps import show_gaps
from dashboard.components.take_references import gather_for_take, show_references
from dashboard.components.take_tables import show_ranges, show_repetitions
from motion.clinic import StoredTake

__all__ = ["show_angle_numbers"]


def show_angle_numbers(take: StoredTake) -> None:
    """Show how far each angle went, and what it may be held against."""
    analysis = take.analysis
    st.header("Range of motion")
    show_ranges(analysis)
    st.header("Measured by hand")
    show_by_hand(take)
    if beside := gather_for_take(take):
        st.header("For comparison")
        show_references(beside, analysis.movement)
    if analysis.repetitions:
        st.header("Repetitions")
        show_repetitions(analysis)
    show_gaps(analysis)
