"""A walk's angles over time: the picture, the curve, and their numbers."""

import streamlit as st

from dashboard.components.take_curves import choose_curve, show_curve
from dashboard.components.take_numbers import show_angle_numbers
from dashboard.components.take_picture import show_picture
from dashboard.components.take_references import gather_for_take
from dashboard.reference_lines import lines_of
from motion.clinic import StoredTake

__all__ = ["show_angles"]


def show_angles(take: StoredTake) -> None:
    """Show what was measured of each angle."""
    analysis = take.analysis
    curve = choose_curve(analysis)
    show_picture(take, curve)
    if curve is not None:
        named = gather_for_take(take).get((curve.joint, curve.motion, curve.side))
        st.header("Angle over time")
        show_curve(analysis, curve, lines_of(named[1]) if named else ())
    show_angle_numbers(take)
