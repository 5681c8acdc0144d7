"""What stands under a patient's curve: one section at a time, and only that one is made."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.components.patient_filters import remember, remembered
from dashboard.components.patient_takes import show_takes_of
from dashboard.components.targets import show_targets
from dashboard.patient_choice import Chosen
from motion.clinic import TakeSummary, Target

__all__ = ["show_sections"]

_TITLES: Final = {"takes": "Takes", "targets": "Targets"}


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
        "targets": lambda: show_targets(patient, everything, targets),
    }
    key = f"patient-section-{patient.id}"
    wanted = remembered(patient, "section")
    if st.session_state.get(key) not in sections:
        st.session_state[key] = wanted if wanted in sections else "takes"
    name = str(
        st.segmented_control(
            "Section", list(sections), format_func=_TITLES.__getitem__, required=True, key=key
        )
    )
    remember(patient, "section", "" if name == "takes" else name)
    st.header(_TITLES[name])
    sections[name]()
