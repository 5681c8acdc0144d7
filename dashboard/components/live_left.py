"""Takes that were left: the product or the page was closed in the middle of them."""

from collections.abc import Callable

import streamlit as st

from dashboard import words
from dashboard.components.live_after import ask_about_side
from dashboard.live_finishing import FinishedTake
from dashboard.live_recovery import list_recovered
from dashboard.pages import open_take
from dashboard.patient_texts import describe_exercise
from dashboard.visitor import is_clinic
from motion.library import list_exercises
from motion.texts import Texts

__all__ = ["show_left"]


def show_left(texts: Texts, patient_code: str) -> None:
    """Show what was found of a patient's takes that nobody finished."""
    found = list_recovered()
    if is_clinic():
        for said in found.errors:
            st.warning(words.plain(f"A take that was left could not be finished: {said}"))
    for take in [each for each in found.takes if each.patient == patient_code]:

        def settle(settled: FinishedTake | None, take: FinishedTake = take) -> None:
            found.takes.remove(take)
            if settled is not None:
                found.takes.append(settled)

        if take.conflict:
            ask_about_side(take, texts, settle)
        elif take.take_id is not None:
            _tell(take, texts, settle)


def _tell(take: FinishedTake, texts: Texts, settle: Callable[[FinishedTake | None], None]) -> None:
    known = list_exercises().get(take.exercise)
    title = describe_exercise(known, texts).title if known else words.label(take.exercise)
    st.info(f"**{words.plain(title)}**: {texts.say('live.interrupted')}", icon=":material/history:")
    with st.container(horizontal=True):
        opened = is_clinic() and st.button(texts.say("live.open_take"), key=f"left-{take.take_id}")
        if opened and take.take_id is not None:
            open_take(take.take_id)
        st.button(
            texts.say("button.close"), key=f"close-{take.take_id}", on_click=settle, args=(None,)
        )
