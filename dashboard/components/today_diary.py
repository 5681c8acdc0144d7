"""What a patient says of an exercise that the camera does not measure."""

from datetime import datetime

import streamlit as st

from dashboard.components.patient_notices import show_trouble
from dashboard.components.scales import ask_scale
from motion.clinic import DiaryDetails, TodayItem, note_done, open_record
from motion.errors import MotionError
from motion.texts import Texts

__all__ = ["ask_done"]


def ask_done(found: TodayItem, texts: Texts) -> None:
    """Show the questions after an exercise that is only guided, and write the answers down."""
    dose = found.prescription.dose
    key = f"did-{found.item.id}"
    with (
        st.expander(texts.say("today.did_it"), icon=":material/check:"),
        st.form(key, border=False, clear_on_submit=True, enter_to_submit=False),
    ):
        sets = _ask_count(texts.say("today.how_many_sets"), dose.sets, f"{key}-sets")
        each = _ask_count(texts.say("today.how_many_each"), dose.repetitions, f"{key}-each")
        pain = ask_scale(texts.say("pain.after"), texts.say("pain.scale"), f"{key}-pain")
        exertion = ask_scale(
            texts.say("exertion.question"), texts.say("exertion.scale"), f"{key}-exertion"
        )
        note = st.text_area(
            texts.say("summary.note"),
            placeholder=texts.say("summary.note_hint"),
            max_chars=500,
            key=f"{key}-note",
        )
        saved = st.form_submit_button(texts.say("button.save"), type="primary", width="stretch")
    if not saved:
        return
    details = DiaryDetails(
        done_at=datetime.now().astimezone(),
        sets=sets,
        repetitions=each,
        done=sets * each > 0,
        pain=pain,
        exertion=exertion,
        note=note.strip(),
    )
    try:
        with open_record() as record:
            note_done(record, found.item.id, details)
    except MotionError as error:
        show_trouble(error, "live.not_saved", texts)
        return
    st.toast(texts.say("today.noted"), icon=":material/check:")
    st.rerun()


def _ask_count(question: str, usual: int, key: str) -> int:
    return int(st.number_input(question, min_value=0, max_value=200, value=usual, step=1, key=key))
