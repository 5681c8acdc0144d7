"""Takes that patients did at home, received from their files and matched by their code."""

from typing import Final

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.uploads import local_copy, private_folder
from dashboard.words import plain
from motion.clinic import open_record
from motion.commands.plans import receive_each
from motion.errors import MotionError
from motion.exchange import Received
from motion.exchange.parcel import PARCEL, SUFFIX

__all__ = ["ask_take_files"]

_RECEIVED: Final = "take-files-received"


def ask_take_files() -> None:
    """Show the form for take files; say of each one what it brought, or why it was not stored.

    The page is drawn anew before it is said: what they brought stands higher up on it.
    """
    for found in st.session_state.pop(_RECEIVED, ()):
        if isinstance(found, MotionError):
            show_error(found)
        else:
            st.success(plain(found.said), icon=":material/check:")
    with st.form("take-files", border=False, clear_on_submit=True):
        files = st.file_uploader(
            "Files from patients",
            type=[PARCEL.removeprefix("."), SUFFIX.removeprefix(".")],
            accept_multiple_files=True,
            help="Each is stored under the patient whose plan it is of, and never twice.",
        )
        asked = st.form_submit_button("Receive", icon=":material/move_to_inbox:")
    if not asked:
        return
    if not files:
        st.warning("Choose the files first.", icon=":material/upload_file:")
        return
    received = []
    for file in files:
        suffix = PARCEL if file.name.lower().endswith(PARCEL) else SUFFIX
        received += _receive(file, suffix)
    st.session_state[_RECEIVED] = received
    st.rerun()


def _receive(
    file: "st.runtime.uploaded_file_manager.UploadedFile", suffix: str
) -> list[Received | MotionError]:
    with (
        local_copy(file, suffix) as path,
        private_folder() as folder,
        open_record() as record,
    ):
        return list(receive_each(record, path, folder))
