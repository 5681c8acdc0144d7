"""Copy for notes: what was measured as plain text, with a button that copies it."""

from uuid import UUID

import streamlit as st

from dashboard.components.notices import show_error
from motion.clinic import open_record
from motion.errors import MotionError
from motion.reporting.noting import note_of_patient, note_of_take

__all__ = ["offer_note_of_take", "show_note_of_patient", "show_note_of_take"]


def show_note_of_patient(patient_code: str) -> None:
    """Show what the patient reached on the last day of measuring."""
    _show(patient_code, None)


def show_note_of_take(patient_code: str, take_id: UUID) -> None:
    """Show what one take measured."""
    _show(patient_code, take_id)


def offer_note_of_take(patient_code: str, take_id: UUID) -> None:
    """Offer what one take measured, folded; it is made only where it is opened."""
    folded = st.expander(
        "Copy for notes",
        icon=":material/content_copy:",
        key=f"note-of-take-{take_id}",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            show_note_of_take(patient_code, take_id)


def _show(patient_code: str, take_id: UUID | None) -> None:
    try:
        with open_record() as record:
            note = (
                note_of_patient(record, patient_code)
                if take_id is None
                else note_of_take(record, patient_code, take_id)
            )
    except MotionError as error:
        show_error(error)
        return
    st.caption("The button at the upper right of the text copies it. It holds the code, no name.")
    st.code(note, language=None, wrap_lines=True)
