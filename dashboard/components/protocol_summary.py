"""The end of a visit: what was measured left and right, what it amounts to, what was left out."""

from datetime import timedelta
from functools import partial
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.tables import show_table
from dashboard.known_takes import takes_of
from dashboard.pages import open_patient
from dashboard.protocol_results import VisitData, visit_rows
from dashboard.protocol_state import ask_again
from dashboard.protocol_words import step_title
from motion.clinic import (
    Patient,
    ProtocolRun,
    end_protocol,
    follow_outcomes,
    list_manual_of_patient,
    list_outcomes,
    open_record,
)
from motion.errors import MotionError
from motion.exercise.protocols import PlannedStep
from motion.library import load_outcome_measures

__all__ = ["show_summary", "visit_duration"]

_SIDED: Final = ("Measure", "Left", "Right", "Difference of the sides")
_ONCE: Final = ("Measure", "Value")


def show_summary(
    patient: Patient, run: ProtocolRun, planned: tuple[PlannedStep, ...], *, may_change: bool
) -> None:
    """Show a visit.

    Parameters
    ----------
    may_change
        Whether steps may still be done again.
    """
    rows = visit_rows(_read(patient, run, planned))
    sided = [row for row in rows if len(row) == len(_SIDED)]
    once = [row for row in rows if len(row) == len(_ONCE)]
    if sided:
        show_table(_SIDED, sided, "Both sides, and under each value the change since before")
        st.caption(_explain(patient))
    if once:
        show_table(_ONCE, once, "Once, and the change since before")
    if not rows:
        st.markdown("Nothing was measured in this visit.")
    _say_left_out(run, planned)
    duration = visit_duration(run)
    if duration is not None:
        minutes, seconds = divmod(round(duration.total_seconds()), 60)
        st.caption(f"From the first press to the last stored result: {minutes} min {seconds} s.")
    if st.button(
        "Finish: to the patient's page" if may_change else "To the patient's page",
        type="primary",
        icon=":material/person:",
        width="stretch",
        key="protocol-finish",
    ):
        _finish(run, may_change=may_change)
    if may_change:
        with st.expander("Do a step again", icon=":material/replay:"):
            for each in planned:
                st.button(
                    words.plain(step_title(each)),
                    key=f"again-{each.key}",
                    on_click=partial(ask_again, run, each.key),
                )
    st.caption(words.INTENDED_USE)


def visit_duration(run: ProtocolRun) -> timedelta | None:
    """Return the time from the begin of a visit to its last step; None where none was done."""
    return run.notes[-1].noted_at - run.started_at if run.notes else None


def _read(patient: Patient, run: ProtocolRun, planned: tuple[PlannedStep, ...]) -> VisitData:
    with open_record() as record:
        takes = takes_of(record, patient.code)
        manual = list_manual_of_patient(record, patient.code)
        scores = list_outcomes(record, patient.code)
    return VisitData(
        run=run,
        planned=planned,
        takes=takes,
        manual=manual,
        pain=follow_outcomes(scores, load_outcome_measures()),
        affected=patient.affected_side,
    )


def _explain(patient: Patient) -> str:
    side = patient.affected_side
    first = f"the {side} (affected) side less the other" if side else "the left side less the right"
    return f"Difference: {first}. A change below the error is not detectable with this camera."


def _say_left_out(run: ProtocolRun, planned: tuple[PlannedStep, ...]) -> None:
    left = []
    for each in planned:
        note = run.find_note(each.key)
        if note is None:
            left.append(f"{step_title(each)}: not done")
        elif note.skipped_reason is not None:
            left.append(f"{step_title(each)}: {note.skipped_reason.lower()}")
    if left:
        st.markdown("**Left out**")
        st.markdown("\n".join(f"- {words.plain(each)}" for each in left))


def _finish(run: ProtocolRun, *, may_change: bool) -> None:
    if may_change:
        try:
            with open_record() as record:
                end_protocol(record, run)
        except MotionError as error:
            show_error(error)
            return
    open_patient(run.patient_code)
