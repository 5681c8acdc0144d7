"""Takes that patients did at home, received from their files and matched by their code."""

import streamlit as st

from dashboard.components.notices import show_error
from dashboard.uploads import local_copy, private_folder
from dashboard.words import plain
from motion.clinic import open_record
from motion.commands.plans import receive_each
from motion.errors import MotionError
from motion.exchange.parcel import PARCEL, SUFFIX

__all__ = ["ask_take_files"]


def ask_take_files() -> None:
    """Show the form for take files; say of each one what it brought, or why it was not stored."""
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
    for file in files:
        suffix = PARCEL if file.name.lower().endswith(PARCEL) else SUFFIX
        _receive(file, suffix)


def _receive(file: "st.runtime.uploaded_file_manager.UploadedFile", suffix: str) -> None:
    with (
        local_copy(file, suffix) as path,
        private_folder() as folder,
        open_record() as record,
    ):
        for found in receive_each(record, path, folder):
            if isinstance(found, MotionError):
                show_error(found)
            else:
                st.success(plain(found.said), icon=":material/check:")
