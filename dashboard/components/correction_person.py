"""Another person of the recording is measured, where its video was kept."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.person import choose_person
from dashboard.components.source import Source
from dashboard.components.working import show_progress
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.jobs import Job
from motion.clinic import Record, StoredTake, correct_take, open_record
from motion.errors import MotionError
from motion.model import Analysis, Mirrored
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings, recall_settings

__all__ = ["ask_other_person", "settings_for_person"]

_JOB: Final = "other-person"


def ask_other_person(take: StoredTake) -> None:
    """Ask who is to be measured instead; say so where that cannot be done."""
    known = dict(take.analysis.provenance.settings).get("person")
    st.markdown(f"Measured was: {words.plain(words.person_title(known))}.")
    if take.source_digest is None:
        st.info(
            "Another person cannot be measured: the video of this take was not kept, and the "
            "landmarks are those of one person only. Record or upload it again, or leave this "
            "take out.",
            icon=":material/info:",
        )
        return
    try:
        with open_record() as record:
            path = record.files.checked_path(take.source_digest)
    except MotionError as error:
        show_error(error)
        return
    key = f"{_JOB}-{take.id}-{take.analysis_id}"
    if key in st.session_state:
        _show_job(take, key)
        return
    mirrored = take.analysis.conditions.mirrored is Mirrored.YES
    person = choose_person(Source(file=path), mirrored=mirrored)
    st.caption(
        "The recording is measured anew: landmarks and repetitions that were corrected by hand "
        "were of the other person and are not taken over."
    )
    st.button(
        "Measure this person",
        icon=":material/person_search:",
        disabled=person is None,
        on_click=_start,
        args=(take, path, person, key),
    )


def settings_for_person(analysis: Analysis, person: str) -> AnalysisSettings:
    """Return a take's settings for somebody else: nothing that a hand said of the first stays."""
    settings = recall_settings(analysis)
    gait = None if settings.gait is None else replace(settings.gait, events=None)
    return replace(
        settings,
        person=person,
        gait=gait,
        repetitions=None,
        left_out=(),
        sides_said=False,
        sides_exchanged=False,
        done_side=None,
        started_at=analysis.started_at,
    )


def _start(take: StoredTake, path: Path, person: str | None, key: str) -> None:
    settings = settings_for_person(take.analysis, str(person))
    st.session_state[key] = Job(
        lambda report: analyse_video(path, settings, on_progress=report),
        "Waiting for another recording",
    )


def _show_job(take: StoredTake, key: str) -> None:
    job: Job[Analysis] = st.session_state[key]
    if job.running:
        show_progress(job, "Measuring the recording")
        return
    if job.error is not None or job.result is None:
        if job.error is not None:
            show_error(job.error)
        st.button("Back", icon=":material/arrow_back:", on_click=_forget, args=(key,))
        return
    _ask_store(take, job.result, key)


def _ask_store(take: StoredTake, measured: Analysis, key: str) -> None:
    found = "Somebody was found there." if measured.person_found else "Nobody was found there."
    st.success(f"The recording was measured. {found}", icon=":material/check:")
    with st.form(f"person-store-{take.id}-{take.analysis_id}", border=False):
        reason = st.text_input("Reason", max_chars=300, key=f"person-reason-{take.id}")
        who = ask_who("Corrected by", key=f"person-who-{take.id}")
        stored = st.form_submit_button("Store this result", type="primary")
    st.button("Throw it away", icon=":material/delete:", on_click=_forget, args=(key,))
    if not stored:
        return
    author = author_of(who)

    def write(record: Record) -> None:
        correct_take(record, take, measured, reason, author=author)
        _forget(key)

    write_record(write)


def _forget(key: str) -> None:
    st.session_state.pop(key, None)
