"""What stands under a patient's curve: one section at a time, and only that one is made."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.components.adherence_calendar import show_adherence
from dashboard.components.annotations import show_annotations
from dashboard.components.hand_entry import show_hand_entry
from dashboard.components.patient_filters import remember, remembered
from dashboard.components.patient_reports import show_reports
from dashboard.components.patient_takes import show_takes_of
from dashboard.components.protocol_start import show_protocols
from dashboard.components.targets import show_targets
from dashboard.patient_choice import Chosen
from motion.clinic import TakeSummary, Target

__all__ = ["show_sections"]

_TITLES: Final = {
    "takes": "Takes",
    "visits": "Guided visits",
    "done": "Exercises done",
    "hand": "Measured by hand",
    "events": "Events",
    "targets": "Targets",
    "reports": "Reports",
}


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
        "visits": lambda: show_protocols(patient),
        "done": lambda: show_adherence(patient),
        "hand": lambda: show_hand_entry(patient),
        "events": lambda: show_annotations(patient),
        "targets": lambda: show_targets(patient, everything, targets),
        "reports": lambda: show_reports(patient),
    }
    key = f"patient-section-{patient.id}"
    wanted = remembered(patient, "section")
    if st.session_state.get(key) not in sections:
        st.session_state[key] = wanted if wanted in sections else "takes"
    name = str(
        st.segmented_control(
            "Section", list(_TITLES), format_func=_TITLES.__getitem__, required=True, key=key
        )
    )
    remember(patient, "section", "" if name == "takes" else name)
    st.header(_TITLES[name])
    sections[name]()
