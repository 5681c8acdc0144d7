"""Asks what of a patient is looked at: filters first, then the measure, then the line of it."""

import streamlit as st

from dashboard.components.patient_filters import ask_filters, ask_measure, choose_line
from dashboard.drawn_lines import list_quantities
from dashboard.known_takes import lines_of
from dashboard.patient_choice import Chosen, Filters, filter_quantities, filter_takes, key_of
from motion.clinic import Patient, TakeSummary, open_record

__all__ = ["choose"]


def choose(patient: Patient, everything: tuple[TakeSummary, ...]) -> Chosen:
    """Show filters and measures, where there are any, and return what was chosen.

    Parameters
    ----------
    everything
        All takes of the patient, the newest first.
    """
    known = list_quantities(everything, patient.affected_side)
    filters = ask_filters(patient, known) if known else Filters()
    takes = filter_takes(everything, filters)
    quantities = filter_quantities(list_quantities(takes, patient.affected_side), filters)
    if not quantities:
        if known:
            st.info("The filters leave no number to follow.", icon=":material/filter_alt:")
        return Chosen(
            patient=patient, takes=takes, lines=(), measure_key="", line=None, filters=filters
        )
    quantity = ask_measure(patient, quantities)
    with open_record() as record:
        every = lines_of(record, patient.code, quantity)
    lines, line = choose_line(patient, every, quantity, filters)
    return Chosen(
        patient=patient,
        takes=takes,
        lines=lines,
        measure_key=key_of(quantity),
        line=line,
        filters=filters,
    )
