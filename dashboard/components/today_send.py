"""What was done at home, as one sealed file for the clinic."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.patient_notices import show_trouble
from dashboard.components.plan_exchange import file_name
from dashboard.uploads import private_folder
from motion.clinic import Patient, find_unsent, note_sent, open_record
from motion.errors import MotionError
from motion.exchange.parcel import PARCEL, write_parcel, write_take_files
from motion.texts import Texts

__all__ = ["offer_take_file"]

_MADE: Final = "take-file"


def offer_take_file(patient: Patient, texts: Texts) -> None:
    """Say what is sent and what is not, and write the file; what was sent can be sent again."""
    st.markdown(texts.say("send.what"))
    with open_record() as record:
        unsent = find_unsent(record, patient.code)
        ever = find_unsent(record, patient.code, again=True)
    made: bytes | None = st.session_state.get(_MADE)
    if made is not None and not unsent.count:
        st.download_button(
            texts.say("send.save"),
            made,
            file_name(patient.code, PARCEL),
            "application/octet-stream",
            type="primary",
            icon=":material/download:",
            width="stretch",
            on_click="ignore",
        )
        st.markdown(texts.say("send.then"))
        return
    if unsent.count:
        st.markdown(f"**{texts.say('send.new', count=str(unsent.count))}**")
        if st.button(
            texts.say("send.make"), type="primary", icon=":material/outbox:", width="stretch"
        ):
            _make(patient, texts, again=False)
    else:
        st.markdown(texts.say("send.nothing"))
        if ever.count and st.button(texts.say("send.again"), icon=":material/replay:"):
            _make(patient, texts, again=True)


def _make(patient: Patient, texts: Texts, *, again: bool) -> None:
    try:
        with private_folder() as folder:
            st.session_state[_MADE] = _write(patient, folder, again=again)
    except MotionError as error:
        show_trouble(error, "live.not_saved", texts)
        return
    st.rerun()


def _write(patient: Patient, folder: Path, *, again: bool) -> bytes:
    with open_record() as record:
        unsent = find_unsent(record, patient.code, again=again)
        files = write_take_files(record, unsent, folder)
        parcel = folder / f"all{PARCEL}"
        write_parcel(files, parcel)
        note_sent(record, unsent)
    return parcel.read_bytes()
