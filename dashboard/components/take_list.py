"""Takes as a list to open one from."""

import math
from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.button_names import named
from dashboard.components.functional_test import functional_text
from dashboard.components.made_up import MADE_UP, made_up_among
from dashboard.pages import open_take
from motion.clinic import TakeSummary
from motion.library import list_movements
from motion.model import FUNCTIONAL, Measurement, Repetition, Side

__all__ = ["main_measurement", "show_takes"]


def main_measurement(
    movement: str, measurements: Iterable[Measurement], repetitions: Sequence[Repetition]
) -> Measurement | None:
    """Return the number that a take is recognised by: how far its movement went."""
    found = [m for m in measurements if math.isfinite(m.value)]
    measure = "rom_max"
    if repetitions:
        counted = repetitions[0]
        named = (counted.joint, counted.motion, counted.side)
        found = [m for m in found if (m.joint, m.motion, m.side) == named]
        measure = "rom_max" if counted.direction > 0 else "rom_min"
    elif movement in list_movements():
        angle = list_movements()[movement].counted_angle
        found = [m for m in found if f"{m.joint}_{m.motion}" == angle]
    return next((m for m in found if m.measure == measure), None)


def show_takes(takes: Iterable[TakeSummary], *, with_patient: bool = False) -> None:
    """Show takes, each with a button that opens it."""
    shown = tuple(takes)
    made_up = made_up_among(take.patient_code for take in shown) if with_patient else frozenset()
    for take in shown:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                label = f" {MADE_UP}" if take.patient_code in made_up else ""
                st.markdown(f"**{words.plain(_title(take, with_patient))}**{label}")
                st.markdown(words.plain(_result(take)))
                st.caption(words.plain(_circumstances(take)))
                if take.signed_off_by:
                    st.badge(
                        f"Signed off by {words.plain(take.signed_off_by)}",
                        icon=":material/verified:",
                        color="green",
                    )
            if st.button(named("Open", _spoken(take, with_patient)), key=f"open-{take.id}"):
                open_take(take.id)


def _spoken(take: TakeSummary, with_patient: bool) -> str:
    return f"{_title(take, with_patient)}, {words.date_text(take.started_at)}"


def _title(take: TakeSummary, with_patient: bool) -> str:
    title = words.movement_title(take.movement)
    return f"{take.patient_code} · {title}" if with_patient else title


def _result(take: TakeSummary) -> str:
    if take.excluded_reason is not None:
        return f"Left out: {take.excluded_reason}"
    if not take.person_found:
        return "No person was found in the recording"
    if gait_words.is_walk(take.measurements):
        return gait_words.result_text(take.measurements)
    if tests := [m for m in take.measurements if m.joint == FUNCTIONAL]:
        return " · ".join(functional_text(m) for m in tests)
    main = main_measurement(take.movement, take.measurements, take.repetitions)
    if main is None:
        return words.NOT_MEASURED
    title = words.result_title(main, take.movement)
    reached = words.reached(main, take.movement)
    said = f"{title}: {reached} · {words.confidence_of(take.measurements)}"
    count = len(take.repetitions)
    return f"{said} · {count} {'repetition' if count == 1 else 'repetitions'}" if count else said


def _circumstances(take: TakeSummary) -> str:
    said = take.conditions
    parts = (
        words.date_text(take.started_at),
        words.side_title(take.side) if take.side in (Side.LEFT, Side.RIGHT) else "",
        words.view_title(take.view),
        words.label(said.position),
        words.label(said.mode),
    )
    return " · ".join(part for part in parts if part)
