"""A take of a walk: its steps, curves, numbers, another walk beside it, and its correction."""

from collections.abc import Callable

import streamlit as st

from dashboard.components.audit import show_audit
from dashboard.components.correction import show_corrections
from dashboard.components.take_about import show_about
from dashboard.components.take_angles import show_angles
from dashboard.components.walk_compare import show_comparison
from dashboard.components.walk_correct import show_correction
from dashboard.components.walk_curves import show_cycles, show_scores
from dashboard.components.walk_numbers import show_gait_gaps, show_numbers
from dashboard.components.walk_steps import show_steps
from dashboard.components.walk_summary import show_walk_summary
from dashboard.components.walk_test import show_timed_test
from dashboard.gait_cycles import curves_of_sides
from dashboard.gait_reference import find_reference, speed_of
from dashboard.gait_rows import find_rows, find_scores, find_test
from dashboard.subjects import subject_of
from motion.clinic import StoredTake
from motion.library import load_gait_bands, load_gait_norms
from motion.model import Gait
from motion.norms import is_like_norms

__all__ = ["show_walk"]


def show_walk(take: StoredTake, gait: Gait) -> None:
    """Show a walk; only the open tab is made."""
    show_walk_summary(take.analysis, gait)
    tabs: dict[str, Callable[[], None]] = {
        "Steps": lambda: show_steps(take, gait),
        "Curves": lambda: _show_curves(take),
        "Numbers": lambda: _show_numbers(take, gait),
        "Compare": lambda: show_comparison(take, curves_of_sides(take.analysis)),
        "Correct": lambda: show_correction(take),
        "All angles": lambda: show_angles(take),
        "Other corrections": lambda: show_corrections(take),
        "Audit trail": lambda: show_audit(take),
        "About this take": lambda: show_about(take),
    }
    shown = st.tabs(list(tabs), on_change="rerun", key=f"take-{take.id}")
    for tab, show in zip(shown, tabs.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_curves(take: StoredTake) -> None:
    curves = curves_of_sides(take.analysis)
    speed_m_s = speed_of(take.analysis.measurements)
    reference = find_reference(load_gait_bands(), curves, subject_of(take), speed_m_s)
    show_cycles(curves, reference)
    show_scores(find_scores(take.analysis.measurements), reference)


def _show_numbers(take: StoredTake, gait: Gait) -> None:
    analysis, subject = take.analysis, subject_of(take)
    test, numbers = find_test(analysis.measurements)
    if test:
        show_timed_test(test, numbers, gait.phases, subject)
    made_with = dict(analysis.provenance.settings)
    rows = find_rows(analysis.measurements, load_gait_norms(), subject, made_with)
    show_numbers(rows, gait, straight_on=is_like_norms(made_with))
    show_gait_gaps(analysis, gait)
