"""Walking and timed tests of a patient as tables: first, last, change, and what is published."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components.tables import Cell, TextCell, show_table
from dashboard.components.walk_numbers import norm_cell
from dashboard.drawn_lines import list_quantities
from dashboard.followed_rows import FollowedRow, list_test_rows, list_walk_rows
from dashboard.line_words import measure_title
from dashboard.patient_choice import quantity_of
from motion.clinic import Patient, TakeSummary
from motion.clinic.units import difference_of_shown, difference_text, number_text
from motion.model import Measurement

__all__ = ["show_gait_and_tests"]


def show_gait_and_tests(patient: Patient, takes: Sequence[TakeSummary]) -> None:
    """Show the numbers of walking and of tests over time.

    Parameters
    ----------
    takes
        All of the patient's, the newest first.
    """
    quantities = list_quantities(takes)
    tests = list_test_rows(patient, takes, quantities)
    walks = list_walk_rows(patient, takes, quantities)
    if not tests and not walks:
        st.markdown("No walk and no timed test was measured yet.")
        return
    if tests:
        st.subheader("Timed tests")
        show_table(
            ("Test", "First", "Last", "Change", "What the change amounts to", "Published"),
            [(*_start(row), TextCell(row.published or "–")) for row in tests],
            "Timed tests; a change is held against the smallest detectable change",
        )
        st.caption(
            "Published figures are of groups; interpret a time with the full assessment. A test "
            "timed from the movement instead of GO is held against none."
        )
    if walks:
        st.subheader("Walking")
        show_table(
            ("Number", "First", "Last", "Change", "What the change amounts to", "Typical range"),
            [(*_start(row), norm_cell(row.norm)) for row in walks],
            "Numbers of walking; a change is held against the smallest detectable change",
        )
    st.caption(f"Behind ± stands the standard error. {words.STANDARD_ERROR}")


def _start(row: FollowedRow) -> tuple[Cell, ...]:
    """Return the cells that walking and tests have in common."""
    m = row.measurement
    return (
        measure_title(quantity_of(m)),
        "–" if row.first is None else (_value(row.first.measurement), _day(row.first.take)),
        (_value(m), _day(row.last.take)),
        _change(row),
        TextCell(row.last.verdict),
    )


def _change(row: FollowedRow) -> str:
    if row.first is None or row.last.change is None:
        return "–"
    m, before = row.measurement, row.first.measurement
    return difference_text(difference_of_shown(m.value, before.value, m.unit), m.unit)


def _value(m: Measurement) -> str:
    said = number_text(m.value, m.unit)
    if not math.isfinite(m.sem):
        return said
    number, _, _ = said.partition("\N{NO-BREAK SPACE}")  # the unit stands once, behind the error
    return f"{number} ± {number_text(m.sem, m.unit)}"


def _day(take: TakeSummary) -> str:
    return words.date_text(take.started_at)
