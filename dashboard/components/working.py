"""Shows work in progress, and what came of an analysis."""

from typing import Any, Final

import streamlit as st

from dashboard import words
from dashboard.analysing import Answer, Request, answer_request, store_other_side
from dashboard.components.notices import show_error
from dashboard.jobs import Job
from dashboard.pages import open_take

__all__ = ["is_analysing", "show_analysis", "show_progress", "start_analysis"]

_JOB: Final = "analysis_job"
_REQUEST: Final = "analysis_request"


def is_analysing() -> bool:
    """Whether this visitor's recording is at work or waits for a decision."""
    return _JOB in st.session_state


def start_analysis(request: Request) -> None:
    """Begin to measure a recording, unless one is at work already (a double click)."""
    if is_analysing():
        return
    st.session_state[_REQUEST] = request
    st.session_state[_JOB] = Job(
        lambda report: answer_request(request, report), "Waiting for another recording"
    )


def show_analysis() -> None:
    """Show how far the analysis is; at its end go to the take, or ask what to do."""
    job: Job[Answer] = st.session_state[_JOB]
    if job.running:
        show_progress(job, "Measuring the recording")
        return
    if job.error is not None:
        show_error(job.error)
        st.button("Back", icon=":material/arrow_back:", on_click=_forget)
        return
    answer = job.result
    if answer is None or answer.conflict:
        _ask_about_side(answer)
    elif answer.stored_already:
        _tell_stored(answer)
    elif answer.take_id is not None:
        _forget()
        open_take(answer.take_id)


@st.fragment(run_every=0.5)
def show_progress(job: Job[Any], title: str, unit: str = "frames", size: int = 1) -> None:
    """Show a job's stage until it ends; leaving the page does not end it.

    Parameters
    ----------
    unit, size
        What the job counts, and how many of what it reports make one.
    """
    if not job.running:
        st.rerun()
    with st.container(border=True):
        st.subheader(title)
        counted = f": {job.done // size} of {job.total // size} {unit}" if job.total > 0 else ""
        st.progress(job.fraction, text=f"{job.stage}{counted}")
        st.caption("You may look at other pages meanwhile.")
        st.button("Stop", icon=":material/stop_circle:", on_click=job.stop)


def _forget() -> None:
    st.session_state.pop(_JOB, None)
    st.session_state.pop(_REQUEST, None)


def _analyse_again() -> None:
    request: Request = st.session_state[_REQUEST]
    _forget()
    start_analysis(
        Request(
            source=request.source,
            suffix=request.suffix,
            settings=request.settings,
            patient=request.patient,
            keep_video=request.keep_video,
            again=True,
        )
    )


def _tell_stored(answer: Answer) -> None:
    st.info(
        f"This recording is stored under {words.plain(answer.patient)} already, for the same "
        "movement. Measured again, for another side or in other circumstances too, it stays one "
        "take: the new result is shown instead, and the old one stays in the record.",
        icon=":material/inventory_2:",
    )
    with st.container(horizontal=True):
        if st.button("Open the stored take", type="primary") and answer.take_id is not None:
            _forget()
            open_take(answer.take_id)
        st.button("Measure it again", on_click=_analyse_again)
        st.button("Back", on_click=_forget)


def _ask_about_side(answer: Answer | None) -> None:
    if answer is None or answer.other_side is None:
        _forget()
        st.rerun()
    side = answer.other_side.side
    st.warning(
        f"Not stored yet: {answer.conflict}. If the recording is a mirror image, discard this "
        'and answer "Yes" to the question about the mirror.',
        icon=":material/swap_horiz:",
    )
    with st.container(horizontal=True):
        if st.button(f"Store it as the {side} side", type="primary"):
            take_id = store_other_side(answer)
            _forget()
            open_take(take_id)
        st.button("Discard", on_click=_forget)
    st.caption("An annotated video is not kept in this case.")
