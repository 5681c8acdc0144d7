"""Suggestions of more or less: each with its reason, decided by the physiotherapist only."""

from collections.abc import Sequence

import streamlit as st

from dashboard import words
from dashboard.components.writing import ask_who, author_of, write_record
from dashboard.plan_words import suggestion_text
from motion.clinic import PlanItem, PlanSuggestion, accept_suggestion, decline_suggestion

__all__ = ["show_suggestions"]


def show_suggestions(suggestions: Sequence[PlanSuggestion], items: Sequence[PlanItem]) -> None:
    """Show what the rules suggest; nothing of it holds before it is accepted here."""
    of_item = {item.id: item for item in items}
    for found in suggestions:
        if found.item_id in of_item:
            _show(found, of_item[found.item_id])


def _show(found: PlanSuggestion, item: PlanItem) -> None:
    with st.container(border=True):
        st.markdown(f"**{words.plain(suggestion_text(found, item))}**")
        st.caption(words.plain(found.reason))
        # The version is in the key: a form of before cannot decide on what came after it.
        key = f"suggestion-{found.id}-{found.version}"
        with st.form(key, border=False, enter_to_submit=False):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                reason = st.text_input("Reason (optional)", max_chars=200)
                who = ask_who("Decided by", f"suggestion-who-{found.id}")
            with st.container(horizontal=True):
                accepted = st.form_submit_button("Accept", type="primary", icon=":material/check:")
                declined = st.form_submit_button("Decline", icon=":material/close:")
    if accepted or declined:
        decide = accept_suggestion if accepted else decline_suggestion
        write_record(
            lambda record: decide(record, found, reason=reason.strip(), author=author_of(who))
        )
