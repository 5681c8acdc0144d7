"""Somebody answers for a take's numbers, or takes that back."""

import streamlit as st

from dashboard import words
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    SignOff,
    StoredTake,
    find_sign_off,
    open_record,
    sign_off,
    withdraw_sign_off,
)

__all__ = ["show_sign_off"]


def show_sign_off(take: StoredTake) -> None:
    """Show who answers for the take as it is now, and the form that changes it."""
    with open_record() as record:
        signed = find_sign_off(record, take.id)
    if signed is None:
        st.info("Not signed off: nobody answers for these numbers yet.", icon=":material/draw:")
        with st.expander("Sign this take off"):
            _ask(take)
    else:
        when = words.date_text(signed.at.astimezone())
        note = f": {words.plain(signed.note)}" if signed.note else ""
        st.success(
            f"Signed off by **{words.plain(signed.author)}**, {when}{note}",
            icon=":material/verified:",
        )
        with st.expander("Withdraw the sign-off"):
            _ask_withdrawal(take, signed)


def _ask(take: StoredTake) -> None:
    # A form of its own for each state of the numbers: what was typed of others signs nothing.
    with st.form(f"sign-off-{take.id}-{take.analysis_id}-{take.version}", border=False):
        who = ask_who("Your name", key=f"sign-who-{take.id}")
        note = st.text_input("Note (may stay empty)", max_chars=300, key=f"sign-note-{take.id}")
        asked = st.form_submit_button("Sign off", type="primary", icon=":material/verified:")
    st.caption(
        "A sign-off says that you looked at this result. It holds for these numbers only: after a "
        "correction, or when a number is left out or taken in again, sign off anew."
    )
    if asked:
        author = author_of(who)
        write_record(
            lambda record: sign_off(
                record,
                take.id,
                expected=take.analysis_id,
                expected_version=take.version,
                note=note,
                author=author,
            )
        )


def _ask_withdrawal(take: StoredTake, signed: SignOff) -> None:
    with st.form(f"unsign-{take.id}-{signed.at.isoformat()}", border=False):
        reason = st.text_input("Reason", max_chars=300, key=f"unsign-reason-{take.id}")
        who = ask_who("Withdrawn by", key=f"unsign-who-{take.id}")
        asked = st.form_submit_button("Withdraw")
    if asked:
        author = author_of(who)
        write_record(
            lambda record: withdraw_sign_off(
                record, take.id, reason, expected=take.analysis_id, author=author
            )
        )
