"""A live take after its end: finishing, a question about the side, the summary, the answers."""

from collections.abc import Callable

import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.scales import ask_scale
from dashboard.jobs import Job
from dashboard.live_finishing import FinishedTake, store_as_other_side
from dashboard.live_summary import summary_lines
from dashboard.live_takes import RunningTake
from dashboard.pages import open_take
from dashboard.visitor import is_clinic
from motion.clinic import add_answers, find_live_facts, list_takes, open_record
from motion.errors import MotionError
from motion.exercise.prescription import Prescription
from motion.live.journal_reading import discard
from motion.live.snapshot import LiveSnapshot
from motion.model import LiveEnd, Side
from motion.texts import Texts

__all__ = ["ask_about_side", "show_after", "show_finished"]

_ENDS = {
    LiveEnd.SOURCE_LOST: "setup.camera_lost",
    LiveEnd.CLOSED: "setup.page_closed",
    LiveEnd.PAIN: "pain.stops_here",
}


def show_after(take: RunningTake, on_done: Callable[[], None]) -> None:
    """Show a take that has ended.

    Parameters
    ----------
    on_done
        Called when the user goes on to something else.
    """
    texts = take.texts
    _say_end(take.session.snapshot(), texts)
    with st.container():
        _show_result(take, texts, on_done)
    running = take.finishing is not None and take.finishing.running
    st.button(texts.say("live.again"), on_click=on_done, disabled=running, key="live-again")


def _show_result(take: RunningTake, texts: Texts, on_done: Callable[[], None]) -> None:
    if take.finishing is None:
        st.info(texts.say("live.nothing"))
    elif take.finishing.running:
        _wait(take.finishing, texts)
    elif take.finishing.error is not None:
        show_error(take.finishing.error)
        st.markdown(texts.say("live.failed"))
    elif take.finishing.result is not None:
        finished = take.finishing.result

        def settle(settled: FinishedTake | None) -> None:
            if settled is None:
                on_done()
            elif take.finishing is not None:
                take.finishing.result = settled

        show_finished(finished, take.request.prescription, texts, settle)


def show_finished(
    finished: FinishedTake,
    prescription: Prescription | None,
    texts: Texts,
    settle: Callable[[FinishedTake | None], None],
) -> None:
    """Show what came of a take: the summary and questions, or what must be decided first."""
    if finished.conflict:
        ask_about_side(finished, texts, settle)
    elif finished.take_id is None or finished.analysis is None or finished.facts is None:
        st.info(texts.say("live.nothing"))
    else:
        _show_summary(finished, prescription, texts)


def ask_about_side(
    finished: FinishedTake, texts: Texts, settle: Callable[[FinishedTake | None], None]
) -> None:
    """Ask which side it was, before anything is stored (clinical_rules.md 10).

    Parameters
    ----------
    settle
        Given what was stored; None where it was thrown away.
    """
    planned = finished.analysis.side if finished.analysis else Side.NONE
    moved = Side.RIGHT if planned is Side.LEFT else Side.LEFT
    said = {"planned": texts.say(f"side.{planned}"), "moved": texts.say(f"side.{moved}")}
    st.subheader(texts.say("live.wrong_side_title"))
    st.warning(texts.say("live.wrong_side", **said), icon=":material/swap_horiz:")

    def store() -> None:
        settle(store_as_other_side(finished))

    def throw_away() -> None:
        discard(finished.folder)
        settle(None)

    key = finished.folder.name
    with st.container(horizontal=True):
        label = texts.say("live.save_as", side=said["moved"])
        st.button(label, type="primary", on_click=store, key=f"store-{key}")
        st.button(texts.say("live.discard"), on_click=throw_away, key=f"discard-{key}")
    if finished.item_id is not None:
        st.caption(texts.say("live.not_in_plan"))


def _say_end(snapshot: LiveSnapshot, texts: Texts) -> None:
    key = _ENDS.get(snapshot.end) if snapshot.end else None
    if key:
        st.warning(texts.say(key), icon=":material/info:")
    if snapshot.message:
        st.caption(words.plain(snapshot.message))


@st.fragment(run_every=0.5)
def _wait(job: Job[FinishedTake], texts: Texts) -> None:
    if not job.running:
        st.rerun()
    st.subheader(texts.say("live.finishing"))
    st.progress(job.fraction)
    st.caption(texts.say("live.finishing_wait"))


def _show_summary(finished: FinishedTake, prescription: Prescription | None, texts: Texts) -> None:
    assert finished.analysis is not None  # what was stored has both
    assert finished.facts is not None
    with open_record() as record:
        takes = list_takes(record, finished.patient)
    with st.container(border=True, key="live-summary"):
        st.subheader(texts.say("summary.title"))
        for line in summary_lines(finished.analysis, finished.facts, prescription, takes, texts):
            st.markdown(words.plain(line))
        st.markdown(f":material/check_circle: {texts.say('summary.saved')}")
    _ask_answers(finished, texts)
    if is_clinic() and finished.take_id is not None:
        label = texts.say("live.open_take")
        if st.button(label, icon=":material/open_in_new:", key=f"open-{finished.take_id}"):
            open_take(finished.take_id)


def _ask_answers(finished: FinishedTake, texts: Texts) -> None:
    assert finished.take_id is not None
    key = str(finished.take_id)
    if st.session_state.get(f"answered-{key}"):
        st.success(texts.say("live.answers_saved"), icon=":material/check:")
        return
    st.subheader(texts.say("live.answer"))
    with st.form(f"answers-{key}", border=False):
        pain = ask_scale(texts.say("pain.after"), texts.say("pain.scale"), f"pain-{key}")
        effort = ask_scale(
            texts.say("exertion.question"), texts.say("exertion.scale"), f"exertion-{key}"
        )
        note = st.text_area(
            texts.say("summary.note"),
            placeholder=texts.say("summary.note_hint"),
            max_chars=500,
            key=f"note-{key}",
        )
        saved = st.form_submit_button(texts.say("live.save_answers"), type="primary")
    if not saved:
        return
    try:
        with open_record() as record:
            facts = find_live_facts(record, finished.take_id)
            add_answers(
                record,
                finished.take_id,
                pain_after=pain,
                exertion=effort,
                note=note.strip() or None,
                expected_version=facts.version if facts else None,
            )
    except MotionError as error:
        show_error(error)
        return
    st.session_state[f"answered-{key}"] = True
    st.rerun()
