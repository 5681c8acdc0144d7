"""Where the values of a retest come from: a file, typed in, or marked takes of the record."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from motion.clinic import (
    Reading,
    find_repeats,
    open_record,
    parse_retest,
    readings_of_repeats,
    retest_takes,
)
from motion.clinic.retest_file import RETEST_FILE_COLUMNS
from motion.errors import InputError, MotionError
from motion.kinematics import JOINTS, find_joint
from motion.library import sample_digests
from motion.method_of_today import is_of_today
from motion.model import Side

__all__ = ["RetestValues", "ask_retest", "is_from_record", "readings_of_table"]

_FILE: Final = "Upload a file"
_TYPED: Final = "Type them in"
_RECORD: Final = "From the record"
_SESSIONS: Final = ("Session 1", "Session 2", "Session 3")
_TEMPLATE: Final = (
    f"{','.join(RETEST_FILE_COLUMNS)},date\n"
    "V01,1,knee_flexion,left,sagittal,118.5,2026-11-02\n"
    "V01,2,knee_flexion,left,sagittal,121,2026-11-09\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestValues:
    """The readings of a retest, and the day that it is called by."""

    readings: tuple[Reading, ...]
    day: date


def ask_retest() -> RetestValues | None:
    """Ask for a retest's values; None as long as there are none."""
    kind = st.segmented_control(
        "Where the values are", (_RECORD, _FILE, _TYPED), default=_RECORD, key="retest-source"
    )
    try:
        return {_FILE: _ask_file, _TYPED: _ask_typed}.get(str(kind), _marked_takes)()
    except MotionError as error:
        show_error(error)
        return None


def is_from_record() -> bool:
    """Return whether the values are those of takes, which are marked below their result."""
    return st.session_state.get("retest-source") in (_RECORD, None)


def _ask_file() -> RetestValues | None:
    uploaded = st.file_uploader("Retest (CSV)", type="csv", key="retest-file")
    st.download_button(
        "An example to fill in (CSV)",
        _TEMPLATE.encode(),
        "retest.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if uploaded is None:
        return None
    found = parse_retest(uploaded.getvalue(), uploaded.name)
    return RetestValues(readings=found.readings, day=found.day or date.today())


def _ask_typed() -> RetestValues | None:
    with st.container(horizontal=True):
        name = st.selectbox(
            "Angle",
            [joint.name for joint in JOINTS],
            index=[joint.name for joint in JOINTS].index("knee_flexion"),
            format_func=lambda name: find_joint(name).full_title,
            key="retest-angle",
        )
        end = st.selectbox(
            "End of range", ("rom_max", "rom_min"), format_func=words.end_of_range, key="retest-end"
        )
    apart = st.checkbox("The sessions were on different days", key="retest-apart")
    empty = pd.DataFrame({"Person": [""] * 10} | {name: [None] * 10 for name in _SESSIONS})
    low, high = find_joint(str(name)).branch_deg
    number = st.column_config.NumberColumn(format="%g°", min_value=low, max_value=high)
    typed = st.data_editor(
        empty.astype(dict.fromkeys(_SESSIONS, float)),
        num_rows="dynamic",
        hide_index=True,
        column_config=dict.fromkeys(_SESSIONS, number),
        key=f"retest-typed-{name}-{end}",
    )
    readings = readings_of_table(typed.to_dict("records"), str(name), str(end))
    readings = tuple(replace(reading, between_days=apart) for reading in readings)
    return RetestValues(readings=readings, day=date.today()) if readings else None


def readings_of_table(
    rows: Sequence[Mapping[Any, Any]], angle: str, measure: str
) -> tuple[Reading, ...]:
    """Return what was typed as readings; a row without a person's name is none.

    Raises
    ------
    InputError
        If a person stands there twice.
    """
    joint = find_joint(angle)
    people = [name for row in rows if (name := str(row["Person"] or "").strip())]
    twice = next((name for name in people if people.count(name) > 1), None)
    if twice is not None:
        msg = f"{twice} stands there twice: give each person one line, or another name"
        raise InputError(msg)
    return tuple(
        Reading(
            person=str(row["Person"]).strip(),
            session=str(place),
            angle=angle,
            side=Side.NONE,
            view=joint.plane.view,
            value_deg=math.nan if row[name] is None else float(row[name]),
            measure=measure,
        )
        for row in rows
        if str(row["Person"] or "").strip()
        for place, name in enumerate(_SESSIONS)
        if name in row
    )


def _marked_takes() -> RetestValues | None:
    with open_record() as record:
        marked = retest_takes(record)
    chosen = find_repeats(marked, without=sample_digests())
    if not chosen:
        return None
    return RetestValues(
        readings=readings_of_repeats(chosen, is_of_today),
        day=max(repeats.day for repeats in chosen),
    )
