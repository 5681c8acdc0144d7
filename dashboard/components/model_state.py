"""Says whether the pose model is installed, and installs it."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.components.working import show_progress
from dashboard.jobs import Job
from dashboard.visitor import is_clinic
from motion.errors import ModelError
from motion.pipeline import ProgressReport
from motion.pose.assets import find_model, install_model
from motion.texts import Texts

__all__ = ["is_ready", "require_model"]

_JOB: Final = "model_job"


def require_model() -> bool:
    """Return whether recordings can be measured; offer the installation where they cannot."""
    job: Job[Path] | None = st.session_state.get(_JOB)
    if job is not None and job.running:
        show_progress(job, "Installing the pose model", "MB", 1_000_000)
        return False
    try:
        find_model()
    except ModelError:
        _offer(job)
        return False
    st.session_state.pop(_JOB, None)
    return True


def is_ready(texts: Texts) -> bool:
    """Return whether a patient's exercise can be measured; a patient installs nothing."""
    if is_clinic():
        return require_model()
    try:
        find_model()
    except ModelError:
        st.warning(f"{texts.say('live.no_model')} {texts.say('live.tell_clinic')}")
        return False
    return True


def _offer(job: Job[Path] | None) -> None:
    with st.container(border=True):
        st.markdown(
            "**The pose model is not installed yet.** It finds the body in the picture. It is "
            "downloaded once (about 34 MB) and then works without a network."
        )
        if job is not None and job.error is not None:
            show_error(job.error)
        st.button("Install the pose model", type="primary", on_click=_start)
        st.caption("Or in a terminal: `motion model install`")


def _start() -> None:
    running: Job[Path] | None = st.session_state.get(_JOB)
    if running is None or not running.running:
        st.session_state[_JOB] = Job(_install, "Waiting for other work to end")


def _install(report: ProgressReport) -> Path:
    return install_model(on_progress=lambda done, total, stage: report(stage, done, total or 0))
