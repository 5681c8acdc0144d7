"""One exercise of a patient's day: picture, dose, how it is done, and the button to begin."""

import streamlit as st

from dashboard import words
from dashboard.components.exercise_picture import show_pictogram
from dashboard.components.today_diary import ask_done
from dashboard.dose_words import dose_lines
from dashboard.pages import open_live
from dashboard.patient_texts import ExerciseWords, describe_exercise
from motion.clinic import TodayItem
from motion.texts import Texts

__all__ = ["show_item", "show_withheld"]

_PICTURE_PX = 240


def show_item(found: TodayItem, texts: Texts, patient_code: str, *, hurt: bool) -> None:
    """Show an exercise that may be done now.

    Parameters
    ----------
    hurt
        Whether it was stopped for pain today: then it cannot be begun again.
    """
    assert found.exercise is not None  # one that is not known is withheld
    said = describe_exercise(found.exercise, texts)
    with st.container(border=True):
        _describe(found, said, texts)
        if hurt:
            st.warning(texts.say("pain.stops_here"), icon=":material/front_hand:")
            return
        if found.due == 0:
            st.markdown(f":material/check_circle: {texts.say('today.done')}")
        label = "button.start" if found.due else "button.again"
        if st.button(
            texts.say(label),
            type="primary" if found.due else "secondary",
            icon=":material/play_arrow:",
            width="stretch",
            key=f"start-{found.item.id}",
        ):
            open_live(patient_code, found.item.id)
        if not found.measured:
            ask_done(found, texts)


def show_withheld(found: TodayItem, texts: Texts) -> None:
    """Show an exercise that may not be done here, and the reason in kind words."""
    assert found.withheld is not None
    with st.container(border=True):
        name = found.item.prescription.exercise
        title = (
            describe_exercise(found.exercise, texts).title if found.exercise else words.label(name)
        )
        st.markdown(f"#### {words.plain(title)}")
        st.markdown(texts.say(f"withheld.{found.withheld}"))


def _describe(found: TodayItem, said: ExerciseWords, texts: Texts) -> None:
    assert found.exercise is not None
    with st.container(horizontal=True, vertical_alignment="top"):
        show_pictogram(
            found.exercise, _PICTURE_PX, title=said.title, side=found.item.prescription.side
        )
        with st.container(width="stretch", gap="small"):
            st.markdown(f"### {words.plain(said.title)}")
            done, wanted = str(found.done_in_week), str(found.wanted_in_week)
            lines = dose_lines(found.prescription, texts, measured=found.measured)
            lines.append(texts.say("today.often", done=done, wanted=wanted))
            st.markdown("  \n".join(words.plain(line) for line in lines))
            st.markdown(words.plain(said.how))
            st.markdown(f"**{texts.say('page.care')}:** {words.plain(said.care)}")
            if found.item.note:
                st.info(words.plain(texts.say("today.from_clinic", note=found.item.note)))
            if not found.measured:
                st.caption(texts.say("page.guide_only"))
