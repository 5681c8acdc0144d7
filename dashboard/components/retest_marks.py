"""Which takes of the record were made as a retest: one patient's at a time, ticked."""

from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.take_list import main_measurement
from motion.clinic import (
    Record,
    Repeats,
    TakeSummary,
    find_repeats,
    mark_retest,
    open_record,
    recent_takes,
    retest_takes,
)
from motion.clinic.flags import FlagsStamp, read_flags_stamp
from motion.library import sample_digests

__all__ = ["ask_marks"]

_SHOWN_TAKES: Final = 200
"""About a week of a large clinic: a page of them is read in half a second."""

_SHOWN_GROUPS: Final = 3
_MARKED: Final = "made as a retest: camera set up anew, nothing done in between"
_UNMARKED: Final = "not made as a retest"


def ask_marks() -> None:
    """Ask of one patient's comparable takes which were made as a retest; the last ones first."""
    with open_record() as record:
        found = _find(record, record.where, read_flags_stamp(record))
    if not found:
        st.markdown(
            "No patient has two comparable takes within 14 days yet. Record the same movement "
            "twice, with the camera set up anew and nothing done to the patient in between."
        )
        return
    st.markdown(
        "Tick the takes that were made as a retest of one another: the camera set up anew each "
        "time, and nothing done to the patient in between."
    )
    last = sorted(found, key=lambda repeats: repeats.takes[-1].started_at, reverse=True)
    codes = list(dict.fromkeys(repeats.patient_code for repeats in last))
    code = st.selectbox("Patient", codes, key="retest-patient")
    theirs = [repeats for repeats in last if repeats.patient_code == code]
    for repeats in theirs[:_SHOWN_GROUPS]:
        _show_repeats(repeats)
    if len(theirs) > _SHOWN_GROUPS:
        with st.expander(f"Earlier takes ({len(theirs) - _SHOWN_GROUPS})"):
            for repeats in theirs[_SHOWN_GROUPS:]:
                _show_repeats(repeats)


# As they are, not as copies: nothing in them is changed.
@st.cache_resource(max_entries=2, ttl=900.0, show_spinner=False)
def _find(_record: Record, where: str, stamp: FlagsStamp) -> tuple[Repeats, ...]:
    """Return the last comparable takes, read again only where a take has changed."""
    takes = (*recent_takes(_record, _SHOWN_TAKES), *retest_takes(_record))
    once = {take.id: take for take in takes}.values()
    return tuple(find_repeats(once, without=sample_digests()))


def _show_repeats(repeats: Repeats) -> None:
    first = repeats.takes[0]
    days = dict.fromkeys(f"{day.day} {day:%b %Y}" for day in (repeats.first_day, repeats.day))
    parts = (
        repeats.patient_code,
        " to ".join(days),
        words.movement_title(first.movement),
        words.side_title(first.side),
    )
    st.markdown(f"**{words.plain(' · '.join(part for part in parts if part))}**")
    with st.container(horizontal=True):
        for take in repeats.takes:
            _show_mark(take, with_day=len(days) > 1)


def _show_mark(take: TakeSummary, *, with_day: bool) -> None:
    marked = take.retest_marked_at is not None
    main = main_measurement(take.movement, take.measurements, take.repetitions)
    reached = words.reached(main, take.movement) if main else words.NOT_MEASURED
    day = f"{take.started_at.day} {take.started_at:%b} " if with_day else ""
    title = words.plain(f"{day}{take.started_at:%H:%M} ({reached})")
    if st.checkbox(title, value=marked, key=f"retest-{take.id}-{marked}") == marked:
        return
    with open_record() as record:
        mark_retest(record, [take.id], _UNMARKED if marked else _MARKED, marked=not marked)
    st.rerun()
