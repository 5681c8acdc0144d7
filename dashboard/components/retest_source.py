"""Where the values of a retest come from: a file, typed in, or takes of the record."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.take_list import main_measurement
from motion.clinic import (
    Reading,
    Repeats,
    TakeSummary,
    find_repeats,
    mark_retest,
    open_record,
    parse_retest,
    readings_of_repeats,
    recent_takes,
    retest_takes,
)
from motion.clinic.retest_file import RETEST_FILE_COLUMNS
from motion.errors import InputError, MotionError
from motion.kinematics import JOINTS, find_joint
from motion.library import sample_digests
from motion.model import Side

__all__ = ["RetestValues", "ask_retest", "readings_of_table"]

_FILE: Final = "Upload a file"
_TYPED: Final = "Type them in"
_RECORD: Final = "From the record"
_SHOWN_TAKES: Final = 400
_SESSIONS: Final = ("Session 1", "Session 2", "Session 3")
_MARKED: Final = "made as a retest: camera set up anew, nothing done in between"
_UNMARKED: Final = "not made as a retest"
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
        return {_FILE: _ask_file, _TYPED: _ask_typed}.get(str(kind), _ask_record)()
    except MotionError as error:
        show_error(error)
        return None


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


def _ask_record() -> RetestValues | None:
    with open_record() as record:
        marked = retest_takes(record)
        takes = {take.id: take for take in (*recent_takes(record, _SHOWN_TAKES), *marked)}
    found = find_repeats(takes.values(), without=sample_digests())
    if not found:
        st.markdown(
            "No patient has two comparable takes of one day yet. Record the same movement twice, "
            "with the camera set up anew and nothing done to the patient in between."
        )
        return None
    st.markdown(
        "Tick the takes that were made as a retest of one another: the camera set up anew each "
        "time, and nothing done to the patient in between."
    )
    for repeats in found[::-1]:
        _show_repeats(repeats)
    chosen = find_repeats(marked, without=sample_digests())
    if not chosen:
        return None
    return RetestValues(
        readings=readings_of_repeats(chosen), day=max(repeats.day for repeats in chosen)
    )


def _show_repeats(repeats: Repeats) -> None:
    first = repeats.takes[0]
    parts = (
        repeats.patient_code,
        f"{repeats.day.day} {repeats.day:%b %Y}",
        words.movement_title(first.movement),
        words.side_title(first.side),
    )
    st.markdown(f"**{words.plain(' · '.join(part for part in parts if part))}**")
    with st.container(horizontal=True):
        for take in repeats.takes:
            _show_mark(take)


def _show_mark(take: TakeSummary) -> None:
    marked = take.retest_marked_at is not None
    main = main_measurement(take.movement, take.measurements, take.repetitions)
    reached = words.reached(main, take.movement) if main else words.NOT_MEASURED
    title = words.plain(f"{take.started_at:%H:%M} ({reached})")
    if st.checkbox(title, value=marked, key=f"retest-{take.id}-{marked}") == marked:
        return
    with open_record() as record:
        mark_retest(record, [take.id], _UNMARKED if marked else _MARKED, marked=not marked)
    st.rerun()
