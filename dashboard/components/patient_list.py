"""The list of patients: searched, narrowed, in an order, a page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.button_names import named
from dashboard.components.made_up import MADE_UP
from dashboard.known_flags import flags_of
from dashboard.pages import open_patient
from motion.clinic import (
    PatientOrder,
    PatientSummary,
    Record,
    count_listed,
    list_patients,
)
from motion.model import Side

__all__ = ["Wanted", "ask_wanted", "show_patients"]

PAGE_N: Final = 25
_ORDERS: Final = {PatientOrder.CODE: "Code", PatientOrder.LAST_TAKE: "Last take first"}
_SIDES: Final = {None: "Any side", Side.LEFT: "Left side", Side.RIGHT: "Right side"}
_PAGE: Final = "patients-page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which patients are to be listed, and in which order."""

    search: str = ""
    side: Side | None = None
    flagged: bool = False
    order: PatientOrder = PatientOrder.CODE


def ask_wanted() -> Wanted:
    """Ask for a part of a code or a name, the affected side, flags and the order."""
    search = st.text_input("Search for a code or a name", icon=":material/search:").strip()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = st.selectbox("Affected", list(_SIDES), format_func=_SIDES.__getitem__)
        order = st.selectbox("Order", list(_ORDERS), format_func=_ORDERS.__getitem__)
        flagged = st.toggle("Only with a flag that nobody has seen")
    return Wanted(search=search, side=side, flagged=flagged, order=order)


def show_patients(record: Record, wanted: Wanted) -> None:
    """Show a page of the patients who fit, with buttons to the pages around it."""
    # The rules look at everybody's takes: only where somebody asks for flags.
    found = flags_of(record, date.today()) if wanted.flagged else ()
    flags = Counter(flag.patient_code for flag in found if not flag.seen)
    codes = frozenset(flags) if wanted.flagged else None
    found_n = count_listed(record, search=wanted.search, affected_side=wanted.side, codes=codes)
    first = _first_shown(wanted, found_n)
    shown = list_patients(
        record,
        search=wanted.search,
        affected_side=wanted.side,
        codes=codes,
        order=wanted.order,
        limit=PAGE_N,
        offset=first,
    )
    if not found_n:
        nobody = wanted == Wanted(order=wanted.order)
        st.markdown("There are no patients yet." if nobody else "No patient was found.")
        return
    for summary in shown:
        _show(summary, flags)
    _show_pager(first, len(shown), found_n)


def _first_shown(wanted: Wanted, found_n: int) -> int:
    """Return where the page begins; another search begins at the beginning."""
    before, first = st.session_state.get(_PAGE, (wanted, 0))
    if before != wanted or first >= found_n:
        first = 0
    st.session_state[_PAGE] = (wanted, first)
    return int(first)


def _show_pager(first: int, shown_n: int, found_n: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{first + 1} to {first + shown_n} of {found_n}")
        if found_n <= PAGE_N:
            return
        back = st.button("Previous", icon=":material/chevron_left:", disabled=first == 0)
        on = st.button("Next", icon=":material/chevron_right:", disabled=first + shown_n >= found_n)
    if back or on:
        wanted, _ = st.session_state[_PAGE]
        st.session_state[_PAGE] = (wanted, max(first + (PAGE_N if on else -PAGE_N), 0))
        st.rerun()


def _show(summary: PatientSummary, flags: Mapping[str, int]) -> None:
    patient = summary.patient
    code = words.plain(patient.code)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            name = f" · {words.plain(patient.name)}" if patient.name else ""
            made_up = f" {MADE_UP}" if patient.made_up else ""
            count = flags.get(patient.code, 0)
            flag = f" :orange-badge[:material/flag: {count} to look at]" if count else ""
            st.markdown(f"**{code}**{name}{made_up}{flag}")
            st.caption(words.plain(_about(summary)))
        if st.button(named("Open", f"patient {patient.code}"), key=f"open-{patient.id}"):
            open_patient(patient.code)


def _about(summary: PatientSummary) -> str:
    count = f"{summary.takes} {'take' if summary.takes == 1 else 'takes'}"
    side = summary.patient.affected_side
    affected = "" if side is None else f"{side.value} side affected, "
    return f"{affected}{count}, {_last(summary.last_take_at)}"


def _last(moment: datetime | None) -> str:
    return f"last on {words.date_text(moment.astimezone())}" if moment else "none yet"
