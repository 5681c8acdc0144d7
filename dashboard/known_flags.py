"""The clinic's flags, found again only where something that the rules look at has changed.

A page runs at every click, and the rules look at everybody's takes.
"""

from datetime import date
from typing import Final

import streamlit as st

from motion.clinic import Flag, Record
from motion.clinic.flags import (
    FlagsStamp,
    FoundFlags,
    find_occasions,
    read_flags_stamp,
    with_seen,
)

__all__ = ["flags_of"]

_RECORDS_N: Final = 2
_KEPT_S: Final = 3600.0


def flags_of(record: Record, today: date) -> tuple[Flag, ...]:
    """Return the flags of all patients, as :func:`motion.clinic.find_flags` does."""
    found = _find(record, record.where, today, read_flags_stamp(record))
    return with_seen(record, found)


# As they are, not as copies: nothing in them is changed.
@st.cache_resource(max_entries=_RECORDS_N, ttl=_KEPT_S, show_spinner=False)
def _find(_record: Record, where: str, today: date, stamp: FlagsStamp) -> FoundFlags:
    return find_occasions(_record, today)
