"""A take of a walk: its steps, curves, numbers, another walk beside it, and its correction."""

from collections.abc import Callable

import streamlit as st

from dashboard.components.take_about import show_about
from dashboard.components.take_angles import show_angles
from dashboard.components.walk_compare import show_comparison
from dashboard.components.walk_curves import show_cycles
from dashboard.components.walk_numbers import show_gait_gaps, show_numbers
from dashboard.components.walk_steps import show_steps
from dashboard.components.walk_summary import show_walk_summary
from dashboard.components.walk_test import show_timed_test
from dashboard.gait_cycles import curves_of_sides
from dashboard.gait_reference import find_reference, speed_of
from dashboard.gait_rows import find_rows
from motion.clinic import StoredTake, find_patient, open_record
from motion.library import load_gait_bands, load_gait_norms
from motion.model import Gait
from motion.norms import Subject

__all__ = ["show_walk"]


def show_walk(take: StoredTake, gait: Gait) -> None:
    """Show a walk; only the open tab is made."""
    show_walk_summary(take.analysis, gait)
    tabs: dict[str, Callable[[], None]] = {
        "Steps": lambda: show_steps(take, gait),
        "Curves": lambda: _show_curves(take, gait),
        "Numbers": lambda: _show_numbers(take, gait),
        "Compare": lambda: show_comparison(take, curves_of_sides(take.analysis)),
        "All angles": lambda: show_angles(take),
        "About this take": lambda: show_about(take),
    }
    shown = st.tabs(list(tabs), on_change="rerun", key=f"walk-{take.id}")
    for tab, show in zip(shown, tabs.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_curves(take: StoredTake, gait: Gait) -> None:
    curves = curves_of_sides(take.analysis)
    speed_m_s = speed_of(take.analysis.measurements)
    reference = find_reference(load_gait_bands(), curves, _subject_of(take), speed_m_s)
    show_cycles(curves, reference)


def _show_numbers(take: StoredTake, gait: Gait) -> None:
    analysis = take.analysis
    if gait.phases:
        show_timed_test(analysis, gait)
    show_numbers(find_rows(analysis.measurements, load_gait_norms(), _subject_of(take)), gait)
    show_gait_gaps(analysis, gait)


def _subject_of(take: StoredTake) -> Subject | None:
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
    if patient is None:
        return None
    said = take.analysis.conditions
    return Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.analysis.started_at.date(),
        mode=said.mode,
        position=said.position,
    )
