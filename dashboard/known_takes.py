"""A patient's takes and the lines of a measure, made again only where a take has changed.

A page runs at every click.
"""

from typing import Final

import streamlit as st

from dashboard.drawn_lines import lines_to_draw
from motion.clinic import Line, Record, TakeSummary, list_takes
from motion.clinic.changes import Stamp, read_stamp
from motion.clinic.progress import Quantity

__all__ = ["lines_of", "takes_of"]

_PATIENTS_N: Final = 8
_MEASURES_N: Final = 64
_KEPT_S: Final = 900.0


def takes_of(record: Record, patient_code: str) -> tuple[TakeSummary, ...]:
    """Return a patient's takes, the newest first, as :func:`motion.clinic.list_takes` does.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    return _read(record, patient_code, record.where, read_stamp(record, patient_code))


def lines_of(record: Record, patient_code: str, quantity: Quantity) -> tuple[Line, ...]:
    """Return the lines of one number of a patient's, of both sides, as ``lines_to_draw`` does.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    stamp = read_stamp(record, patient_code)
    return _follow(record, patient_code, record.where, stamp, quantity)


# As they are, not as copies: nothing in a summary can be changed.
@st.cache_resource(max_entries=_PATIENTS_N, ttl=_KEPT_S, show_spinner=False)
def _read(_record: Record, patient_code: str, where: str, stamp: Stamp) -> tuple[TakeSummary, ...]:
    return list_takes(_record, patient_code)


@st.cache_resource(max_entries=_MEASURES_N, ttl=_KEPT_S, show_spinner=False)
def _follow(
    _record: Record, patient_code: str, where: str, stamp: Stamp, quantity: Quantity
) -> tuple[Line, ...]:
    return lines_to_draw(_read(_record, patient_code, where, stamp), quantity)
