"""A timed test of walking: its time, its phases, and what was published about it."""

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.functional_test import is_from_go
from dashboard.components.styling import text_colour
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.gait_test_bar import phases_figure
from motion.clinic.change import is_provisional
from motion.clinic.units import number_text
from motion.gait.timed import TUG_PHASES, is_comparable
from motion.library import load_published_times
from motion.model import Measurement, TimedPhase
from motion.norms import Subject, say_if_slower

__all__ = ["show_timed_test"]

_SHORTEST_WAIT_S: Final = 0.1


def show_timed_test(
    test: str,
    measurements: Sequence[Measurement],
    phases: Sequence[TimedPhase],
    subject: Subject | None,
) -> None:
    """Show the test's time and its phases.

    Parameters
    ----------
    measurements
        The numbers of the test.
    subject
        Who did it; what was published is said only where it fits.
    """
    st.subheader(gait_words.test_title(test))
    time = next((m for m in measurements if m.measure == f"{test}_time"), None)
    if time is None or not math.isfinite(time.value):
        reason = time.note if time is not None and time.note else "the test was not seen whole"
        st.markdown(f"Not timed: {words.plain(reason)}.")
    else:
        _show_time(time, subject)
    speed = next((m for m in measurements if m.measure == f"{test}_speed"), None)
    if speed is not None and math.isfinite(speed.value):
        st.caption(f"Walking speed in the test: {number_text(speed.value, speed.unit)}.")
    if phases:
        if wait := _say_wait(time, phases):
            st.caption(wait)
        st.plotly_chart(
            phases_figure(phases, ink=text_colour()),
            config=CHART_CONFIG,
            alt=", ".join(
                f"{gait_words.phase_title(p)} {words.seconds(p.end_s - p.start_s)}" for p in phases
            ),
        )


def _say_wait(time: Measurement | None, phases: Sequence[TimedPhase]) -> str:
    """Return how long after GO somebody moved; nothing where the phases are not all seen."""
    whole = (phases[0].phase, phases[-1].phase) == (TUG_PHASES[0], TUG_PHASES[-1])
    if time is None or not whole:
        return ""
    wait_s = time.value - (phases[-1].end_s - phases[0].start_s)
    if not wait_s >= _SHORTEST_WAIT_S:
        return ""
    return f"{words.seconds(wait_s)} of it passed between GO and the first movement."


def _show_time(time: Measurement, subject: Subject | None) -> None:
    st.metric("Time", words.seconds(time.value))
    said = ["Timed from GO."] if is_from_go(time) else []
    said += [f"{time.note[:1].upper()}{time.note[1:]}."] if time.note else []
    if math.isfinite(time.mdc95):
        source = "provisional" if is_provisional(time.mdc_source) else time.mdc_source
        said.append(
            f"Smallest change between two takes that can be told from error: "
            f"{words.seconds(time.mdc95)} ({source})."
        )
    if subject is not None:
        said.append(
            say_if_slower(
                load_published_times(),
                time.measure,
                time.value,
                subject.ages_y,
                comparable=is_comparable(time),
            )
        )
    st.caption(words.plain(" ".join(part for part in said if part)))
