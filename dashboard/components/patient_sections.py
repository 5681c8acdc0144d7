"""What stands under a patient's curve: one section at a time, and only that one is made."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.components.adherence_calendar import show_adherence
from dashboard.components.annotations import show_annotations
from dashboard.components.arrival import ask_arrival, show_arrival
from dashboard.components.hand_entry import show_hand_entry
from dashboard.components.outcomes import show_outcomes
from dashboard.components.patient_filters import remember, remembered
from dashboard.components.patient_overlay import show_overlay
from dashboard.components.patient_repetitions import show_repetition_strip
from dashboard.components.patient_reports import show_reports
from dashboard.components.patient_sides import show_sides
from dashboard.components.patient_tables import show_gait_and_tests
from dashboard.components.patient_takes import show_takes_of
from dashboard.components.protocol_start import show_protocols
from dashboard.components.targets import show_targets
from dashboard.patient_choice import Chosen, filter_takes
from motion.clinic import Patient, TakeSummary, Target

__all__ = ["offer_sections", "show_sections"]

_TITLES: Final = {
    "takes": "Takes",
    "sides": "Sides",
    "repetitions": "Repetitions",
    "tests": "Walking and tests",
    "dates": "Two dates",
    "scores": "Scores and pain",
    "visits": "Guided visits",
    "done": "Exercises done",
    "hand": "Measured by hand",
    "events": "Events",
    "targets": "Targets",
    "reports": "Reports",
}
_NEAR: Final = {
    "hand": "Measure by hand",
    "scores": "Enter a score or pain",
    "reports": "Reports",
}
"""What is often wanted of the sections, in words for the top of the page."""


def offer_sections(patient: Patient) -> None:
    """Lead to what is often wanted of the sections far below the curve."""
    with st.container(horizontal=True, gap="small", key="near-sections"):
        for name, title in _NEAR.items():
            st.button(
                title,
                key=f"near-{name}-{patient.id}",
                type="tertiary",
                icon=":material/arrow_downward:",
                on_click=_go_to,
                args=(patient, name),
            )


def _go_to(patient: Patient, name: str) -> None:
    st.session_state[_key(patient)] = name
    ask_arrival(_anchor(name))


def _key(patient: Patient) -> str:
    return f"patient-section-{patient.id}"


def _anchor(name: str) -> str:
    return f"section-{name}"


def show_sections(
    chosen: Chosen, everything: tuple[TakeSummary, ...], targets: tuple[Target, ...]
) -> None:
    """Ask for a section and show it.

    Parameters
    ----------
    everything
        All takes of the patient, also those that the filters leave out.
    targets
        All of the patient's, with those that were ended.
    """
    patient = chosen.patient
    sections: Mapping[str, Callable[[], None]] = {
        "takes": lambda: show_takes_of(patient, chosen.takes, everything),
        "sides": lambda: show_sides(_of_both_sides(chosen, everything)),
        "repetitions": lambda: show_repetition_strip(chosen),
        "tests": lambda: show_gait_and_tests(patient, chosen.takes),
        "dates": lambda: show_overlay(chosen.takes, chosen.line),
        "scores": lambda: show_outcomes(patient),
        "visits": lambda: show_protocols(patient),
        "done": lambda: show_adherence(patient),
        "hand": lambda: show_hand_entry(patient),
        "events": lambda: show_annotations(patient),
        "targets": lambda: show_targets(patient, everything, targets),
        "reports": lambda: show_reports(patient),
    }
    key = _key(patient)
    wanted = remembered(patient, "section")
    if st.session_state.get(key) not in sections:
        st.session_state[key] = wanted if wanted in sections else "takes"
    name = str(
        st.segmented_control(
            "Section", list(_TITLES), format_func=_TITLES.__getitem__, required=True, key=key
        )
    )
    remember(patient, "section", "" if name == "takes" else name)
    st.header(_TITLES[name], anchor=_anchor(name))
    sections[name]()
    show_arrival(_anchor(name))


def _of_both_sides(chosen: Chosen, takes: tuple[TakeSummary, ...]) -> tuple[TakeSummary, ...]:
    """Return what the filters leave when none of them is for one side."""
    return filter_takes(takes, replace(chosen.filters, side=None))
