"""The earlier results of a take, and the way back to one of them."""

import streamlit as st

from dashboard import words
from dashboard.components.tables import show_table
from dashboard.components.writing import ask_who, author_of, write_record
from motion.clinic import (
    AnalysisVersion,
    StoredTake,
    list_analyses,
    open_record,
    restore_analysis,
)

__all__ = ["show_versions"]


def show_versions(take: StoredTake) -> None:
    """Show every result that the take had, and go back to an earlier one."""
    with open_record() as record:
        versions = list_analyses(record, take.id)
    show_table(
        ("Result", "Made", "By", "Landmarks by hand", "Why"),
        [
            (
                f"{each.number}, now valid" if each.is_current else str(each.number),
                words.date_text(each.created_at.astimezone()),
                each.author or "not named",
                str(each.hand_points),
                each.reason or "first result",
            )
            for each in versions
        ],
        "Every result of this take; none is ever deleted",
    )
    earlier = [each for each in versions if not each.is_current]
    if earlier:
        _ask_back(take, earlier)


def _ask_back(take: StoredTake, earlier: list[AnalysisVersion]) -> None:
    with st.form(f"back-{take.id}-{take.analysis_id}", border=False):
        number = st.selectbox("Go back to result", [each.number for each in earlier])
        reason = st.text_input("Reason", max_chars=300, key=f"back-reason-{take.analysis_id}")
        who = ask_who("Changed by", key=f"back-who-{take.id}")
        asked = st.form_submit_button("Go back to it", icon=":material/restore:")
    st.caption(
        "Going back makes a new result that says the same as the chosen one. It needs a new "
        "sign-off."
    )
    if not asked:
        return
    author = author_of(who)
    chosen = next(each for each in earlier if each.number == number)
    write_record(lambda record: restore_analysis(record, take, chosen.id, reason, author=author))
