"""The takes of a patient as a list, a page at a time, with the progress report as a file."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.components.take_list import show_takes
from dashboard.downloads import csv_bytes
from motion.clinic import Patient, TakeSummary, open_record, progress_report
from motion.library import load_gait_norms, load_meaningful, load_norms

__all__ = ["show_takes_of"]

_PAGE: Final = 20


def show_takes_of(
    patient: Patient, takes: Sequence[TakeSummary], everything: Sequence[TakeSummary]
) -> None:
    """Show the newest takes that the filters leave, more on demand, and offer the report.

    Parameters
    ----------
    takes, everything
        What the filters leave, and all of the patient's; the newest first.
    """
    if not takes:
        st.markdown("No takes yet." if not everything else "The filters leave no take.")
        return
    shown = st.session_state.setdefault(f"takes-shown-{patient.id}", _PAGE)
    st.download_button(
        "Progress report (CSV)",
        partial(_progress_csv, patient.code),
        f"{re.sub(r'[^A-Za-z0-9-]+', '-', patient.code)}-progress.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    show_takes(takes[:shown])
    if len(takes) > shown and st.button("Show more"):
        st.session_state[f"takes-shown-{patient.id}"] = shown + _PAGE
        st.rerun()


def _progress_csv(code: str) -> bytes:
    with open_record() as record:
        published = load_norms(), load_gait_norms(), load_meaningful()
        return csv_bytes(progress_report(record, code, *published))
