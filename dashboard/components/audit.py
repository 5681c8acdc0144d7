"""Shows everything that was done to a take: who, when, why, and what it was before."""

import streamlit as st

from dashboard import words
from motion.clinic import HistoryEntry, StoredTake, list_history, open_record

__all__ = ["show_audit"]

_SHOWN_N = 5
"""Changes of one entry that stand open; more are folded."""


def show_audit(take: StoredTake) -> None:
    """Show what was done to a take, the last first."""
    with open_record() as record:
        history = list_history(record, take.id)
    st.markdown("Nothing is ever deleted: each entry says who changed what, when and why.")
    for number, entry in enumerate(reversed(history)):
        _show_entry(entry, f"{take.id}-{number}")


def _show_entry(entry: HistoryEntry, key: str) -> None:
    with st.container(border=True, key=f"audit-{key}"):
        st.markdown(f"**{words.plain(entry.sentence)}**")
        who = words.plain(entry.who) if entry.who else "Nobody named"
        why = f" · Reason: {words.plain(entry.reason)}" if entry.reason else ""
        st.caption(f"{words.date_text(entry.at.astimezone())} · {who}{why}")
        lines = [f"- {words.plain(each)}" for each in entry.changes]
        if lines[:_SHOWN_N]:
            st.markdown("\n".join(lines[:_SHOWN_N]))
        if lines[_SHOWN_N:]:
            more_n = len(lines) - _SHOWN_N
            with st.expander("1 more change" if more_n == 1 else f"{more_n} more changes"):
                st.markdown("\n".join(lines[_SHOWN_N:]))
