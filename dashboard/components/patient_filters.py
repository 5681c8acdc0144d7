"""Narrows the Patient page and chooses its measure; both stay in the address and the session."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.line_words import joint_title, measure_title
from dashboard.patient_choice import (
    Filters,
    filter_lines,
    filters_from,
    key_of,
    quantity_of,
)
from motion.clinic import Line, Patient
from motion.clinic.progress import Quantity
from motion.model import Mode, Setting, Side

__all__ = ["ask_filters", "ask_measure", "choose_line", "remember", "remembered"]

_EVERY: Final = "All"
_NAMES: Final = ("joint", "motion", "side", "setting", "mode")


def remembered(patient: Patient, name: str) -> str:
    """Return what the address says of a choice, else what was chosen before in this session."""
    known: dict[str, str] = st.session_state.get(_memory(patient), {})
    text: str = st.query_params.get(name, known.get(name, ""))
    return text


def remember(patient: Patient, name: str, value: str) -> None:
    """Keep a choice in the session, and in the address, so that a copied link shows the same."""
    st.session_state.setdefault(_memory(patient), {})[name] = value
    if value:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def ask_filters(patient: Patient, quantities: Sequence[Quantity]) -> Filters:
    """Ask what the page is to be narrowed to; on a phone only where somebody wants to.

    Parameters
    ----------
    quantities
        All of the patient's: only what was measured can be chosen.
    """
    given = {name: remembered(patient, name) for name in _NAMES}
    with st.container(key="filters-asked"):
        st.checkbox("Filters", key=f"filters-shown-{patient.id}")
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        joints = _known(each[1] for each in quantities)
        joint = _ask(patient, "joint", joints, joint_title, given)
        motions = _known(each[2] for each in quantities if joint in ("", each[1]))
        motion = _ask(patient, "motion", motions, words.label, given)
        sides = [side for side in Side if any(each[3] is side for each in quantities)]
        side = _ask(patient, "side", [str(each) for each in sides], _side_title, given)
        setting = _ask(patient, "setting", [str(each) for each in Setting], words.label, given)
        mode = _ask(patient, "mode", [str(each) for each in Mode], words.label, given)
    chosen = dict(zip(_NAMES, (joint, motion, side, setting, mode), strict=True))
    for name, value in chosen.items():
        remember(patient, name, value)
    return filters_from(chosen)


def ask_measure(patient: Patient, quantities: Sequence[Quantity]) -> Quantity:
    """Ask which number is looked at; the address may name one.

    Parameters
    ----------
    quantities
        At least one, the first is proposed.
    """
    keys = {key_of(each): each for each in quantities}
    key = f"measure-{patient.id}"
    _begin(key, remembered(patient, "measure"), list(keys))
    chosen = st.selectbox(
        "Measure", list(keys), format_func=lambda name: measure_title(keys[name]), key=key
    )
    remember(patient, "measure", chosen)
    return keys[chosen]


def choose_line(
    patient: Patient, lines: Sequence[Line], quantity: Quantity, filters: Filters
) -> tuple[tuple[Line, ...], Line | None]:
    """Return the lines that the filters leave, and the one that is looked at.

    An address names a line by the key of any take on it, so that a later take does not break it.
    """
    kept = filter_lines(lines, filters)
    own = [line for line in kept if quantity_of(line.measurement) == quantity]
    wanted = remembered(patient, "line")
    named = (line for line in own if any(str(p.take.id) == wanted for p in line.points))
    found = next(named, own[0] if own else None)
    proposed = found is None or found is own[0]
    remember(patient, "line", "" if proposed else wanted)
    return kept, found


def _ask(
    patient: Patient,
    name: str,
    options: Sequence[str],
    title: Callable[[str], str],
    given: dict[str, str],
) -> str:
    key = f"filter-{name}-{patient.id}"
    every = ["", *options]
    _begin(key, given[name], every)
    chosen: str = st.selectbox(
        words.label(name),
        every,
        format_func=lambda value: title(value) if value else _EVERY,
        key=key,
        width=150,
    )
    return chosen


def _begin(key: str, wanted: str, options: Sequence[str]) -> None:
    """Set a choice before it is first shown, and where what was chosen is no longer there."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = wanted if wanted in options else options[0]


def _known(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name]


def _side_title(side: str) -> str:
    return words.side_title(Side(side)) or "Neither"


def _memory(patient: Patient) -> str:
    return f"patient-view-{patient.id}"
