"""One step of a visit: how far it is, what to do, and Start, Skip and Again."""

from functools import partial
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.exercise_picture import show_pictogram
from dashboard.components.notices import show_error
from dashboard.components.protocol_camera import show_camera_start
from dashboard.components.protocol_entry import ask_by_hand, ask_pain
from dashboard.protocol_request import exercise_of, withheld_joint
from dashboard.protocol_state import ask_again, note, say
from dashboard.protocol_words import SKIP_REASONS, done_text, step_title
from motion.clinic import Patient, ProtocolRun, end_protocol, open_record
from motion.errors import MotionError
from motion.exercise.protocols import PlannedStep, StepKind

__all__ = ["show_step"]

_PICTURE_PX: Final = 200
_WITHHELD: Final = "Never measured in this patient"


def show_step(
    patient: Patient,
    run: ProtocolRun,
    planned: tuple[PlannedStep, ...],
    now: PlannedStep,
    pain: int | None,
) -> None:
    """Show a step.

    Parameters
    ----------
    planned
        All steps of the visit.
    now
        The one that is to be done.
    pain
        What the patient said last of pain in this visit.
    """
    number = planned.index(now) + 1
    said = f"Step {number} of {len(planned)}: {step_title(now)}"
    st.progress((number - 1) / len(planned), text=words.plain(said))
    with st.container(horizontal=True, vertical_alignment="top"):
        if now.step.kind in (StepKind.EXERCISE, StepKind.RECORDING):
            exercise = exercise_of(now.step)
            show_pictogram(exercise, _PICTURE_PX, title=step_title(now), side=now.side)
        with st.container(width="stretch", gap="small"):
            st.subheader(words.plain(step_title(now)), anchor=False)
            st.markdown(words.plain(now.step.how))
            if now.step.kind is not StepKind.PAIN:
                st.caption(words.plain(done_text(now.step)))
    withheld = withheld_joint(now, patient)
    if withheld:
        st.warning(
            f"The {withheld.replace('_', ' ')} is never measured in this patient.",
            icon=":material/block:",
        )
    elif now.step.kind is StepKind.PAIN:
        ask_pain(patient, run, now)
    elif now.step.kind is StepKind.BY_HAND:
        ask_by_hand(patient, run, now)
    else:
        show_camera_start(patient, run, now, pain)
    with st.container(horizontal=True):
        if withheld:
            _offer_skip(run, now, (_WITHHELD,))
        else:
            with st.popover("Skip", icon=":material/skip_next:"):
                st.markdown("Why is this step left out?")
                _offer_skip(run, now, SKIP_REASONS)
        last = _last_done(run, planned, now)
        if last is not None:
            st.button(
                words.plain(f"Again: {step_title(last)}"),
                key="protocol-again",
                icon=":material/replay:",
                on_click=partial(ask_again, run, last.key),
            )
        if run.notes and st.button("End the visit here", icon=":material/stop_circle:"):
            _end(run)


def _end(run: ProtocolRun) -> None:
    try:
        with open_record() as record:
            end_protocol(record, run)
    except MotionError as error:
        show_error(error)
        return
    st.rerun()


def _last_done(
    run: ProtocolRun, planned: tuple[PlannedStep, ...], now: PlannedStep
) -> PlannedStep | None:
    by_key = {each.key: each for each in planned if each != now}
    return next((by_key[n.step] for n in reversed(run.notes) if n.step in by_key), None)


def _offer_skip(run: ProtocolRun, now: PlannedStep, reasons: tuple[str, ...]) -> None:
    for reason in reasons:
        label = f"Skip: {reason[0].lower()}{reason[1:]}" if len(reasons) == 1 else reason
        if st.button(label, key=f"skip-{now.key}-{reason}"):
            try:
                note(run, now.key, skipped_reason=reason)
            except MotionError as error:
                show_error(error)
                return
            say(run, f"{step_title(now)}: left out.", well=False)
            st.rerun()
