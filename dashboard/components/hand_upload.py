"""Angles measured elsewhere, from a table: shown as they will be stored, then stored as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.chart_words import hand_title, hand_value, on_day
from dashboard.components.notices import show_error
from dashboard.components.tables import Cell, show_table
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    HandFile,
    HandLine,
    ManualMeasurement,
    Patient,
    Record,
    import_manual,
    read_hand_file,
    sort_known,
)
from motion.clinic.hand_line import OPTIONAL, REQUIRED
from motion.errors import InputError
from motion.model import Setting

__all__ = ["ask_file"]

_SHOWN_N: Final = 20


def ask_file(patient: Patient, values: Sequence[ManualMeasurement]) -> None:
    """Ask for a table, show what it holds, and store it when asked to.

    Parameters
    ----------
    values
        What the record holds already.
    """
    st.caption(
        f"A CSV with a line for each value. Columns {', '.join(REQUIRED)}; where known also "
        f"{', '.join(OPTIONAL)}. Separated by commas or semicolons, with a decimal point or a "
        "decimal comma. The file's name is not kept."
    )
    count = st.session_state.get(f"hand-files-{patient.id}", 0)
    upload = st.file_uploader("Table (CSV)", type=["csv"], key=f"hand-file-{patient.id}-{count}")
    if upload is None:
        return
    try:
        found = read_hand_file(
            upload.getvalue(),
            patient.code,
            withheld=patient.withheld_joints,
            now=datetime.now().astimezone(),
        )
    except InputError as error:
        show_error(error)
        return
    _show_problems(found)
    new, known = sort_known(found.lines, values)
    if known:
        st.info(
            f"{len(known)} of {len(found.lines)} lines stand in the record already and are not "
            "stored again.",
            icon=":material/content_copy:",
        )
    if new:
        _preview(new)
    if new and not found.problems:
        _ask_store(patient, found, len(new), count)


def _show_problems(found: HandFile) -> None:
    if found.passed_over:
        names = ", ".join(found.passed_over)
        st.info(words.plain(f"Columns that are not read: {names}."), icon=":material/info:")
    if found.problems:
        listed = "".join(f"\n- {words.plain(problem)}" for problem in found.problems)
        st.error(
            f"{len(found.problems)} lines cannot be used, so nothing is stored yet. Mend them in "
            f"the file and choose it again:\n{listed}",
            icon=":material/error:",
        )


def _preview(lines: Sequence[HandLine]) -> None:
    show_table(
        ("Angle", "Value", "Day", "How"),
        [_row(line) for line in lines[:_SHOWN_N]],
        f"The first {_SHOWN_N} of {len(lines)} new values"
        if len(lines) > _SHOWN_N
        else "The new values, as they will be stored",
    )


def _row(line: HandLine) -> list[Cell]:
    said = line.by_hand
    how = (
        words.label(said.instrument),
        words.label(said.mode).lower(),
        words.label(line.position).lower(),
        said.measured_by,
        said.note,
    )
    return [
        (hand_title(said), f"line {line.line}"),
        hand_value(said),
        on_day(line.measured_at.date()),
        ", ".join(text for text in how if text),
    ]


def _ask_store(patient: Patient, found: HandFile, new_n: int, count: int) -> None:
    with st.form(f"hand-store-{patient.id}-{found.sha256}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = st.text_input("Where they come from, without a name of a patient", max_chars=60)
            place = st.selectbox("Place", [each.value for each in Setting], format_func=words.label)
            who = ask_who("Taken over by", f"hand-store-{patient.id}-who")
        asked = st.form_submit_button(
            f"Store {new_n} value{'s' * (new_n != 1)}", type="primary", icon=":material/save:"
        )
    if not asked:
        return

    def store(record: Record) -> None:
        import_manual(
            record,
            patient.code,
            found,
            setting=Setting(place),
            label=label,
            author=author_of(who),
        )
        # Another key: the file that was stored is not asked about again.
        st.session_state[f"hand-files-{patient.id}"] = count + 1

    write_record(store)
