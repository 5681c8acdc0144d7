"""A step in front of the camera: started, watched, and its take noted for the visit."""

import math
from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from dashboard.components.live_after import ask_about_side
from dashboard.components.live_choice import limit_by_plan, setting_of_pages
from dashboard.components.live_running import show_running
from dashboard.components.live_start import choose_camera, show_start
from dashboard.components.model_state import is_ready
from dashboard.components.notices import show_error
from dashboard.components.protocol_height import ask_height_m
from dashboard.jobs import Job
from dashboard.live_finishing import FinishedTake
from dashboard.live_request import LiveRequest
from dashboard.live_takes import RunningTake, start_take
from dashboard.patient_texts import language_of
from dashboard.protocol_request import exercise_of, prescription_of, title_of
from dashboard.protocol_state import forget_running, note, remember_running, say
from motion.clinic import Patient, ProtocolRun, open_record, todays_list
from motion.errors import MotionError
from motion.exercise.protocols import PlannedStep
from motion.model import Analysis, LiveEnd, LiveSource, Side
from motion.texts import load_texts

__all__ = ["show_camera_start", "show_camera_take"]

Result = Callable[[Analysis], tuple[str, bool]]

_KEPT: Final = ("live-source", "live-camera", "live-with-check", "live-keep-video")
"""Answers about the camera hold for the whole visit, though their fields come and go."""


def show_camera_start(
    patient: Patient, run: ProtocolRun, planned: PlannedStep, pain: int | None
) -> None:
    """Show Start, and what is asked about the camera.

    Parameters
    ----------
    pain
        What the patient said last of pain in this visit.
    """
    texts = load_texts(language_of(patient))
    if not is_ready(texts):
        return
    exercise = exercise_of(planned.step)
    with open_record() as record:
        today = todays_list(record, patient.code, date.today(), setting_of_pages())
    given = limit_by_plan(prescription_of(planned, exercise), exercise, today)
    if pain is not None and pain > min(given.pain_limit, today.settings.pain_limit):
        # Above the plan's limit nothing is begun (clinical_rules.md 19).
        st.warning(
            f"Pain is {pain} of 10, above the limit of this patient's plan: the camera begins "
            "nothing. Ask about pain again later, or skip the step.",
            icon=":material/front_hand:",
        )
        return
    movement = exercise.movement
    height_m = ask_height_m(patient) if movement and movement.gait else math.nan
    place = st.container()
    with st.expander("Camera", icon=":material/videocam:"):
        source, camera, checked = _ask_camera(bool(exercise.needs))

    def begin() -> None:
        request = LiveRequest(
            patient=patient.code,
            exercise=exercise,
            prescription=given,
            source=source,
            camera=camera,
            language=texts.language,
            setting=run.setting,
            withheld_joints=patient.withheld_joints,
            pain_before=pain,
            with_setup=checked,
            title=title_of(planned),
            mode=planned.step.mode,
            record_s=planned.step.seconds,
            height_m=height_m,
        )
        remember_running(run, planned, start_take(request).id)

    with place:
        show_start(source, texts, begin, focus=f"{planned.key} {len(run.notes)}")
        st.caption(
            "Enter or space: start. Then the patient lifts the right hand, or space begins; "
            "Escape stops. Press Pain at any time."
        )


def _ask_camera(can_check: bool) -> tuple[LiveSource, str, bool]:
    for key in _KEPT:
        if key not in st.session_state and f"protocol-{key}" in st.session_state:
            st.session_state[key] = st.session_state[f"protocol-{key}"]
    texts = load_texts("en")
    source, camera = choose_camera(texts)
    checked = False
    if can_check:
        checked = st.checkbox(texts.say("live.with_check"), value=True, key="live-with-check")
    else:
        st.caption("Place and light are not checked here: it counts down three seconds and begins.")
    for key in _KEPT:
        if key in st.session_state:
            st.session_state[f"protocol-{key}"] = st.session_state[key]
    return source, camera, checked


def show_camera_take(
    run: ProtocolRun, take: RunningTake, planned: PlannedStep, result: Result
) -> None:
    """Show a take from its start until it is noted; the page goes on by itself then.

    Parameters
    ----------
    result
        Says in a few words what was reached, and whether it was measured.
    """
    show_running(take)
    if not take.ended:
        return
    job = take.finishing
    if job is None:
        _give_up(run, "Nothing was recorded: the camera gave no picture.")
    elif job.running:
        _wait(job)
    elif job.error is not None:
        show_error(job.error)
        st.button("Go on", on_click=forget_running, args=(run,), type="primary")
    elif job.result is not None:
        _settle(run, take, planned, job, result)


def _settle(
    run: ProtocolRun,
    take: RunningTake,
    planned: PlannedStep,
    job: Job[FinishedTake],
    result: Result,
) -> None:
    finished = job.result
    assert finished is not None
    if finished.conflict:

        def settle(settled: FinishedTake | None) -> None:
            if settled is None:
                forget_running(run)
            else:
                job.result = settled

        ask_about_side(finished, take.texts, settle)
    elif finished.take_id is None or finished.analysis is None:
        _give_up(run, "It was stopped before it had begun: nothing is kept, the step is still due.")
    elif planned.side in (Side.LEFT, Side.RIGHT) and finished.analysis.side is not planned.side:
        side = finished.analysis.side
        _give_up(run, f"Kept as the {side} side; the {planned.side} side is still to be done.")
    else:
        said, well = result(finished.analysis)
        if take.session.snapshot().end is LiveEnd.PAIN:
            said += " Stopped because of pain: ask how strong it is before you go on."
            well = False
        try:
            note(run, planned.key, take_id=finished.take_id)
        except MotionError as error:
            show_error(error)
            st.button("Try once more", type="primary")
            return
        say(run, said, well=well)
        forget_running(run)
        st.rerun()


def _give_up(run: ProtocolRun, said: str) -> None:
    forget_running(run)
    say(run, said, well=False)
    st.rerun()


@st.fragment(run_every=0.3)
def _wait(job: Job[FinishedTake]) -> None:
    if not job.running:
        st.rerun()
    st.subheader("Measuring what was recorded")
    st.progress(job.fraction)
