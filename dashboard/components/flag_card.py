"""One flag of the Today page: why, of whom, since when, and that somebody has seen it."""

from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.button_names import named
from dashboard.components.made_up import MADE_UP
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.pages import open_patient
from motion.clinic import Flag, FlagKind, note_flag_seen

__all__ = ["FLAG_TITLES", "show_flag"]

FLAG_TITLES: Final = {
    FlagKind.PAIN: "Pain",
    FlagKind.DECLINE: "Decline beyond measurement error",
    FlagKind.SESSIONS_MISSED: "Sessions missed",
    FlagKind.LOW_QUALITY: "Takes of low quality",
}

_OPEN = "flag-open"
"""Of which flag the form is open: one at a time, so that the page stays short."""


def show_flag(flag: Flag) -> None:
    """Show a flag with its two buttons; what was seen says by whom."""
    key = f"{flag.patient_code}-{flag.kind}-{flag.about}"
    code = words.plain(flag.patient_code)
    with st.container(border=True):
        name = f" · {words.plain(flag.patient_name)}" if flag.patient_name else ""
        label = f" {MADE_UP}" if flag.made_up else ""
        st.markdown(f"**{code}**{name}{label}")
        st.markdown(words.plain(flag.sentence))
        st.caption(words.plain(_since(flag)))
        is_open = not flag.seen and st.session_state.get(_OPEN) == key
        with st.container(horizontal=True):
            if st.button(
                named("Open patient", flag.patient_code),
                key=f"open-{key}",
                icon=":material/person:",
            ):
                open_patient(flag.patient_code)
            if not flag.seen and not is_open:
                st.button(
                    named("Seen", f"{FLAG_TITLES[flag.kind]} of {flag.patient_code}"),
                    key=f"seen-{key}",
                    icon=":material/done:",
                    help="It is shown again when something new happens",
                    on_click=_open_form,  # before the page is drawn: another form closes
                    args=(key,),
                )
        if is_open:
            _ask_note(flag, key)


def _open_form(key: str) -> None:
    st.session_state[_OPEN] = key


def _close_form() -> None:
    del st.session_state[_OPEN]


def _since(flag: Flag) -> str:
    since = "Missed since" if flag.kind is FlagKind.SESSIONS_MISSED else "Since"
    said = f"{since} {flag.since.day} {flag.since:%b %Y}"
    if not flag.seen or flag.seen_at is None:
        return said
    by = f" by {flag.seen_by}" if flag.seen_by else ""
    note = f": {flag.seen_note}" if flag.seen_note else ""
    return f"{said}. Seen{by} on {words.date_text(flag.seen_at.astimezone())}{note}"


def _ask_note(flag: Flag, key: str) -> None:
    with st.form(f"note-{key}", border=False, enter_to_submit=False):
        note = st.text_input("Note (optional)", max_chars=200, key=f"note-text-{key}")
        who = ask_who("Seen by", f"note-who-{key}")
        with st.container(horizontal=True):
            marked = st.form_submit_button(
                "Mark as seen", type="primary", icon=":material/done_all:"
            )
            st.form_submit_button("Cancel", on_click=_close_form)
        if marked:
            write_record(lambda record: note_flag_seen(record, flag, note, author=author_of(who)))
