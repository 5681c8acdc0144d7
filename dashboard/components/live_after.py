"""A live take after its end: finishing, a question about the side, the summary, the answers."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard import words
from dashboard.components.live_choice import setting_of_pages
from dashboard.components.patient_notices import show_trouble
from dashboard.components.scales import ask_scale
from dashboard.jobs import Job
from dashboard.live_finishing import FinishedTake, store_as_other_side, store_as_planned
from dashboard.live_summary import summary_lines
from dashboard.live_takes import RunningTake
from dashboard.pages import open_live, open_take, open_today
from dashboard.patient_texts import describe_exercise
from dashboard.visitor import is_clinic
from motion.clinic import (
    StoredFacts,
    add_answers,
    find_live_facts,
    list_takes,
    open_record,
    todays_list,
)
from motion.errors import MotionError
from motion.exercise.coach_state import Phase
from motion.exercise.prescription import Prescription
from motion.live.journal_reading import discard
from motion.model import LiveEnd, Side
from motion.texts import Texts

__all__ = ["ask_about_side", "show_after", "show_finished"]

_ENDS = {
    LiveEnd.SOURCE_LOST: "setup.camera_lost",
    LiveEnd.CLOSED: "setup.page_closed",
    LiveEnd.CRASHED: "setup.program_ended",
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
    _say_end(take, texts)
    with st.container():
        _show_result(take, texts, on_done)
    running = take.finishing is not None and take.finishing.running
    hurt = _was_too_much(take)
    if not running:
        _show_way_on(take, texts, on_done, hurt=hurt)
    if is_clinic() or not hurt:  # at home not again that day, without the clinic's word
        st.button(texts.say("live.again"), on_click=on_done, disabled=running, key="live-again")


def _show_result(take: RunningTake, texts: Texts, on_done: Callable[[], None]) -> None:
    if take.finishing is None:
        st.info(texts.say("live.nothing"))
    elif take.finishing.running:
        _wait(take.finishing, texts)
    elif take.finishing.error is not None:
        show_trouble(take.finishing.error, "live.failed", texts)
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

    def store_planned() -> None:
        settle(store_as_planned(finished))

    def throw_away() -> None:
        discard(finished.folder)
        settle(None)

    key = finished.folder.name
    with st.container(horizontal=True):
        label = texts.say("live.save_as", side=said["moved"])
        st.button(label, type="primary", on_click=store, key=f"store-{key}")
        label = texts.say("live.save_as", side=said["planned"])
        st.button(label, on_click=store_planned, key=f"planned-{key}")
        st.button(texts.say("live.discard"), on_click=throw_away, key=f"discard-{key}")
    if finished.item_id is not None:
        st.caption(texts.say("live.not_in_plan", side=said["moved"]))


def _say_end(take: RunningTake, texts: Texts) -> None:
    """Say why it ended; what a session itself says of it is English, and for the clinic."""
    snapshot = take.session.snapshot()
    if snapshot.end in _ENDS:
        said = [texts.say(_ENDS[snapshot.end])]
        if snapshot.end.interrupted and _is_stored(take):
            said.append(texts.say("live.kept"))
        st.warning(" ".join(said), icon=":material/info:")
    if snapshot.message and is_clinic():
        st.caption(words.plain(snapshot.message))


def _is_stored(take: RunningTake) -> bool:
    result = take.finishing.result if take.finishing is not None else None
    return result is not None and result.take_id is not None


def _show_way_on(
    take: RunningTake, texts: Texts, on_done: Callable[[], None], *, hurt: bool
) -> None:
    """Lead a patient to the next exercise of the day, not after pain, and back to the list."""
    if is_clinic() and take.request.item_id is None:
        return
    code = take.request.patient
    with open_record() as record:
        today = todays_list(record, code, date.today(), setting_of_pages())
    due = [each for each in today.items if each.due and each.withheld is None and each.exercise]
    others = [each for each in due if each.item.id != take.request.item_id]
    if _is_stored(take) and not due and not hurt:
        st.markdown(f"**{texts.say('summary.all_done')}**")
    if others and others[0].exercise is not None and not hurt:
        title = describe_exercise(others[0].exercise, texts).title
        label = texts.say("summary.next", title=words.plain(title))
        if st.button(label, type="primary", icon=":material/arrow_forward:", key="live-next"):
            on_done()
            open_live(code, others[0].item.id)
    if st.button(texts.say("today.title"), icon=":material/arrow_back:", key="live-today"):
        on_done()
        open_today(code)


def _was_too_much(take: RunningTake) -> bool:
    """Whether pain ended it, or Pain was pressed last and not answered, or it is too much now."""
    snapshot = take.session.snapshot()
    coach = snapshot.coach
    is_open = coach is not None and coach.phase is Phase.PAIN
    result = take.finishing.result if take.finishing is not None else None
    most = st.session_state.get(f"answered-{result.take_id}", 0) if result is not None else 0
    too_much = most > take.request.prescription.pain_limit
    return snapshot.end is LiveEnd.PAIN or is_open or too_much


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
    _ask_answers(finished, prescription, texts)
    if is_clinic() and finished.take_id is not None:
        label = texts.say("live.open_take")
        if st.button(label, icon=":material/open_in_new:", key=f"open-{finished.take_id}"):
            open_take(finished.take_id)


def _ask_answers(finished: FinishedTake, prescription: Prescription | None, texts: Texts) -> None:
    assert finished.take_id is not None
    key = str(finished.take_id)
    if f"answered-{key}" in st.session_state:
        st.success(texts.say("live.answers_saved"), icon=":material/check:")
        most: int = st.session_state[f"answered-{key}"]
        if prescription is not None and most > prescription.pain_limit:
            st.warning(texts.say("cue.pain_too_high"), icon=":material/front_hand:")
        return
    with open_record() as record:
        facts = find_live_facts(record, finished.take_id)
    st.subheader(texts.say("live.answer"))
    with st.form(f"answers-{key}", border=False, enter_to_submit=False):
        during = _ask_open_pain(facts, texts, key)
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
            add_answers(
                record,
                finished.take_id,
                pain_during=during,
                pain_after=pain,
                exertion=effort,
                note=note.strip() or None,
                expected_version=facts.version if facts else None,
            )
    except MotionError as error:
        show_trouble(error, "live.not_saved", texts)
        return
    st.session_state[f"answered-{key}"] = max(pain or 0, during or 0)
    st.rerun()


def _ask_open_pain(facts: StoredFacts | None, texts: Texts, key: str) -> int | None:
    """Ask how strong the pain was for which somebody pressed Pain, where it was not answered."""
    if facts is None or not facts.pain_pressed or facts.pain_during is not None:
        return None
    return ask_scale(texts.say("pain.when_pressed"), texts.say("pain.scale"), f"during-{key}")
