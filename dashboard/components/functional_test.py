"""A functional test that was done at a chair or on one leg: its number, and what is published."""

import math

import streamlit as st

from dashboard import words
from dashboard.subjects import subject_of
from motion.clinic import StoredTake
from motion.clinic.change import is_provisional
from motion.clinic.comparing import FROM_GO
from motion.clinic.units import number_text
from motion.clinic.wording import functional_title
from motion.library import load_published_counts, load_published_times
from motion.model import FUNCTIONAL, NO_CUT_OFFS, Measurement, is_comparable
from motion.norms import Subject, say_if_fewer, say_if_slower

__all__ = [
    "functional_text",
    "functional_title",
    "is_from_go",
    "say_published",
    "show_functional_tests",
]


def functional_text(number: Measurement) -> str:
    """Return a test's number in one line: ``Five times sit to stand: 12.30 s · Good``."""
    measured = math.isfinite(number.value)
    text = number_text(number.value, number.unit) if measured else words.NOT_MEASURED
    sure = f" · {words.verdict(number.verdict)}" if measured else ""
    return f"{functional_title(number)}: {text}{sure}"


def show_functional_tests(take: StoredTake) -> None:
    """Show the numbers of the test that a take is; nothing of any other take."""
    numbers = [m for m in take.analysis.measurements if m.joint == FUNCTIONAL]
    if not numbers:
        return
    subject = subject_of(take)
    for number in numbers:
        with st.container(border=True):
            measured = math.isfinite(number.value)
            text = number_text(number.value, number.unit) if measured else words.NOT_MEASURED
            st.metric(functional_title(number), text)
            st.caption(words.plain(" ".join(_say(number, subject))))


def _say(number: Measurement, subject: Subject | None) -> list[str]:
    said = [f"{words.verdict(number.verdict)}."]
    if is_from_go(number):
        said.append("Timed from GO.")
    if number.note:
        said.append(f"{number.note[:1].upper()}{number.note[1:]}.")
    if math.isfinite(number.value) and math.isfinite(number.mdc95):
        source = "provisional" if is_provisional(number.mdc_source) else number.mdc_source
        smallest = (
            f"{number.mdc95:.1f} stands"
            if number.unit == "count"
            else number_text(number.mdc95, number.unit)
        )
        said.append(
            f"Smallest change between two takes that can be told from error: {smallest} ({source})."
        )
    if subject is not None:
        said.append(say_published(number, subject))
    return [part for part in said if part]


def is_from_go(number: Measurement) -> bool:
    """Return whether the clock of a measured test ran from GO; of the movement its note says so."""
    measured = number.measure in FROM_GO and math.isfinite(number.value)
    return measured and NO_CUT_OFFS not in number.note


def say_published(number: Measurement, subject: Subject) -> str:
    """Return what is published of a test's number for a person; empty where nothing fits."""
    comparable = is_comparable(number)
    if number.unit == "count":
        return say_if_fewer(
            load_published_counts(),
            number.measure,
            number.value,
            subject.sex,
            subject.ages_y,
            comparable=comparable,
        )
    return say_if_slower(
        load_published_times(),
        number.measure,
        number.value,
        subject.ages_y,
        comparable=comparable,
    )
