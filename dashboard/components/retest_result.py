"""What a retest gave: figures, the plot, and whether they become the clinic's own."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.agreement_chart import differences_of_retest
from dashboard.components.agreement_plot import show_agreement
from dashboard.components.notices import show_error
from dashboard.components.retest_source import RetestValues
from dashboard.components.tables import Cell, show_table
from dashboard.downloads import csv_bytes
from motion.clinic import (
    Adoption,
    RetestResult,
    RetestVerdict,
    assess_retest,
    figures_to_adopt,
)
from motion.errors import MotionError
from motion.kinematics import find_joint
from motion.kinematics.error_table import ErrorRow
from motion.library import load_error_figures, load_product_figures
from motion.own_figures import write_own_figures
from motion.report.retest import retest_table

__all__ = ["show_retest"]

_ASKED: Final = "retest-adopt-asked"
_WORDS: Final = {
    RetestVerdict.ENOUGH: "Enough",
    RetestVerdict.ONE_PATIENT: "One patient",
    RetestVerdict.TOO_FEW: "Too few",
    RetestVerdict.NO_DIFFERENCE: "Copies?",
    RetestVerdict.MADE_UP: "Made up",
}


def show_retest(values: RetestValues) -> None:
    """Show the figures of a retest, and offer those of enough people as the clinic's own."""
    results = assess_retest(values.readings)
    columns = ("Angle", "People", "Agreement", "Measurement error", "Detectable change", "Verdict")
    show_table(columns, [_row(result) for result in results], "This retest, in whole degrees")
    st.caption(
        "Agreement is ICC(2,1): 1 is perfect, and it falls when all people are alike. The "
        "measurement error (SEM) counts in what the sessions differ by on the whole, such as "
        "practice. Below each stands its 95 % interval. Figures of one patient hold for that "
        "patient; the retests of ten or more together are the clinic's. Sessions of one day do "
        "not hold what visits differ by: such a figure never makes a provisional one smaller."
    )
    drawn = [result for result in results if result.retest.n]
    if drawn:
        _show_plot(drawn)
    st.download_button(
        "These figures (CSV)",
        lambda: csv_bytes(retest_table(results)),
        "retest.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    _offer(figures_to_adopt(results, values.day, load_product_figures()))


def _row(result: RetestResult) -> list[Cell]:
    retest = result.retest
    icc, sem = retest.icc21_ci, retest.sem_ci
    return [
        (_title(result), f"{words.view_title(result.view)}; {words.plain(result.how)}"),
        (str(result.people), f"{retest.k} sessions, {result.left_out} left out"),
        _with_interval(_share(retest.icc21), _share(icc.low), _share(icc.high)),
        _with_interval(
            f"± {words.degrees(retest.sem)}", words.degrees(sem.low), words.degrees(sem.high)
        ),
        words.degrees(retest.mdc95),
        (_WORDS[result.verdict], result.verdict.sentence.partition(": ")[2]),
    ]


def _title(result: RetestResult) -> str:
    joint, _, motion = result.angle.partition("_")
    return f"{words.short_title(joint, motion)}, {words.end_of_range(result.measure).lower()}"


def _share(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "–"


def _with_interval(value: str, low: str, high: str) -> Cell:
    return (value, f"{low} to {high}") if low != "–" else value


def _show_plot(results: Sequence[RetestResult]) -> None:
    place = 0
    if len(results) > 1:
        place = st.selectbox(
            "Angle that is drawn",
            range(len(results)),
            format_func=lambda place: f"{_title(results[place])}, {results[place].how}",
            key="retest-drawn",
        )
    result = results[place]
    show_agreement(differences_of_retest(result), f"Retest of {_title(result)}")


def _offer(adoption: Adoption) -> None:
    rows = adoption.rows
    if adoption.left_out:
        st.markdown(
            "Left out:\n\n" + "\n".join(f"- {words.plain(each)}" for each in adoption.left_out)
        )
    if not rows:
        st.markdown("None of these figures may become the clinic's own; the verdict says why.")
        return
    if st.button("Use these figures", icon=":material/check:", type="primary"):
        st.session_state[_ASKED] = True
    if st.session_state.get(_ASKED):
        _confirm(rows)


def _confirm(rows: Sequence[ErrorRow]) -> None:
    figures = load_error_figures()
    changes = [
        f"{find_joint(row.angle).full_title}, {words.view_title(row.view).lower()}: "
        f"smallest detectable change {words.degrees(figures.find(row.angle, row.view).mdc95_deg)} "
        f"becomes {words.degrees(row.figure.mdc95_deg)} ({row.figure.source})"
        for row in rows
    ]
    st.warning(
        "For every measurement from now on, of all patients:\n\n"
        + "\n".join(f"- {words.plain(change)}" for change in changes),
        icon=":material/rule:",
    )
    with st.container(horizontal=True):
        if st.button("Yes, use them"):
            _adopt(rows)
        if st.button("Cancel"):
            st.session_state.pop(_ASKED)
            st.rerun()


def _adopt(rows: Sequence[ErrorRow]) -> None:
    try:
        write_own_figures(rows)
    except MotionError as error:
        show_error(error)
        return
    st.session_state.pop(_ASKED)
    st.toast(f"In use from {date.today():%d %b %Y}")
    st.rerun()
