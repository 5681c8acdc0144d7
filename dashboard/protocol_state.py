"""What one browser remembers of a visit between two clicks; what counts lies in the record."""

from uuid import UUID

import streamlit as st

from dashboard import words
from dashboard.live_takes import RunningTake, find_take, forget_take
from motion.clinic import ProtocolRun, find_run, note_step, open_record
from motion.exercise.protocols import PlannedStep

__all__ = [
    "ask_again",
    "current_step",
    "forget_running",
    "note",
    "remember_running",
    "running_take",
    "say",
    "show_said",
]


def remember_running(run: ProtocolRun, planned: PlannedStep, take_id: str) -> None:
    """Keep which take runs for which step."""
    st.session_state[f"protocol-take-{run.id}"] = (take_id, planned.key)


def running_take(run: ProtocolRun) -> tuple[RunningTake, str] | None:
    """Return the take that runs or was not settled yet, and the key of its step."""
    take_id, key = st.session_state.get(f"protocol-take-{run.id}", ("", ""))
    take = find_take(take_id)
    return None if take is None else (take, key)


def forget_running(run: ProtocolRun) -> None:
    """Let go of the take: it is settled, or nothing came of it."""
    take_id, _ = st.session_state.pop(f"protocol-take-{run.id}", ("", ""))
    forget_take(take_id)


def ask_again(run: ProtocolRun, key: str) -> None:
    """Do a step once more, before those that are not done yet."""
    st.session_state[f"protocol-again-{run.id}"] = key


def current_step(run: ProtocolRun, planned: tuple[PlannedStep, ...]) -> PlannedStep | None:
    """Return the step that is to be done now; None where all are done."""
    again = st.session_state.get(f"protocol-again-{run.id}")
    asked = next((each for each in planned if each.key == again), None)
    return asked or next((each for each in planned if run.find_note(each.key) is None), None)


def note(
    run: ProtocolRun,
    key: str,
    *,
    take_id: UUID | None = None,
    manual_id: UUID | None = None,
    outcome_id: UUID | None = None,
    skipped_reason: str | None = None,
) -> None:
    """Write down what became of a step, on the visit as it is in the record now.

    Raises
    ------
    MotionError
        If it cannot be written.
    """
    with open_record() as record:
        # What another window noted meanwhile of other steps does not stand against this one.
        note_step(
            record,
            find_run(record, run.id),
            key,
            take_id=take_id,
            manual_id=manual_id,
            outcome_id=outcome_id,
            skipped_reason=skipped_reason,
        )
    st.session_state.pop(f"protocol-again-{run.id}", None)


def say(run: ProtocolRun, said: str, *, well: bool) -> None:
    """Keep a sentence for the next look at the page, and whether all went as it should."""
    st.session_state[f"protocol-said-{run.id}"] = (said, well)


def show_said(run: ProtocolRun) -> None:
    """Show the sentence that was kept, once."""
    said, well = st.session_state.pop(f"protocol-said-{run.id}", ("", False))
    if said and well:
        st.success(words.plain(said), icon=":material/check_circle:")
    elif said:
        st.info(words.plain(said), icon=":material/info:")
