"""The steps that need no camera: pain by eleven buttons, an angle by hand with a slider."""

from datetime import datetime

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.protocol_slider import ask_number
from dashboard.protocol_state import note, say
from dashboard.protocol_words import titled
from motion.clinic import (
    ByHand,
    Instrument,
    ManualMeasurement,
    OutcomeDetails,
    Patient,
    ProtocolRun,
    add_manual_alone,
    add_outcome,
    find_hand_angle,
    list_manual_of_patient,
    open_record,
)
from motion.clinic.pain import PAIN_SCALE
from motion.errors import MotionError
from motion.exercise.prescription import MOST_PAIN
from motion.exercise.protocols import PlannedStep

__all__ = ["ask_by_hand", "ask_pain"]


def ask_pain(patient: Patient, run: ProtocolRun, planned: PlannedStep) -> None:
    """Show eleven buttons; one press answers, and the visit goes on."""
    with st.container(horizontal=True, key="protocol-scores"):
        for score in range(MOST_PAIN + 1):
            if st.button(
                str(score),
                key=f"pain-{planned.key}-{score}",
                help=f"Pain {score} of {MOST_PAIN}",
            ):
                _answer(patient, run, planned, score)
    st.caption("0 is no pain, 10 the worst that can be imagined.")


def _answer(patient: Patient, run: ProtocolRun, planned: PlannedStep, score: int) -> None:
    details = OutcomeDetails(
        instrument=PAIN_SCALE,
        day=datetime.now().astimezone().date(),
        score=float(score),
        context=planned.step.context,
    )
    try:
        with open_record() as record:
            stored = add_outcome(record, patient.code, details)
        note(run, planned.key, outcome_id=stored.id)
    except MotionError as error:
        show_error(error)
        return
    say(run, f"{planned.step.title}: {score} of {MOST_PAIN}.", well=True)
    st.rerun()


def ask_by_hand(patient: Patient, run: ProtocolRun, planned: PlannedStep) -> None:
    """Show a slider that stands at the last value, smaller and larger steps, and Save."""
    step = planned.step
    angle = find_hand_angle(step.measure)
    low, high = (round(end) for end in angle.range_deg)
    key = f"by-hand-{run.id}-{planned.key}"
    last = _last_value(patient, planned)
    value_deg = ask_number(
        f"{titled(angle.title, planned.side)}, degrees",
        key,
        first=round(last.value_deg) if last else 0,
        ends=(low, high),
        unit="degrees",
        mark="°",
    )
    st.caption(f"0° is {angle.zero}.")
    instrument = st.segmented_control(
        "Measured with",
        list(Instrument),
        default=Instrument.GONIOMETER,
        format_func=words.label,
        required=True,
        key=f"{key}-instrument",
    )
    if st.button("Save and go on", type="primary", icon=":material/straighten:", width="stretch"):
        _save(patient, run, planned, ByHand(
            measure=step.end,
            joint=angle.joint,
            motion=angle.motion,
            side=planned.side,
            value_deg=float(value_deg),
            instrument=Instrument(instrument),
            mode=step.mode,
        ))  # fmt: skip


def _last_value(patient: Patient, planned: PlannedStep) -> ManualMeasurement | None:
    step = planned.step
    with open_record() as record:
        found = list_manual_of_patient(record, patient.code)
    same = [
        each
        for each in found
        if each.excluded_reason is None
        and (f"{each.joint}_{each.motion}", each.side) == (step.measure, planned.side)
        and (each.measure, each.mode) == (step.end, step.mode)
    ]
    return max(same, key=lambda each: each.measured_at, default=None)


def _save(patient: Patient, run: ProtocolRun, planned: PlannedStep, by_hand: ByHand) -> None:
    said = f"{titled(planned.step.title, planned.side)}: {words.degrees(by_hand.value_deg)}."
    try:
        with open_record() as record:
            stored = add_manual_alone(
                record,
                patient.code,
                by_hand,
                measured_at=datetime.now().astimezone(),
                position=planned.step.position,
                setting=run.setting,
            )
        note(run, planned.key, manual_id=stored.id)
    except MotionError as error:
        show_error(error)
        return
    say(run, said, well=True)
    st.rerun()
