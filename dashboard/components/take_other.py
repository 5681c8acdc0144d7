"""Another take of the patient to be seen beside this one."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.known_takes import takes_of
from dashboard.pages import open_compare
from motion.clinic import StoredTake, TakeSummary, differences, open_record
from motion.model import Side

__all__ = ["order_others", "show_other_takes"]

_NAMED_N: Final = 3


def show_other_takes(take: StoredTake) -> None:
    """Ask for another take and open the two side by side; nothing where there is no other."""
    with open_record() as record:
        takes = takes_of(record, take.patient_code)
    own = next((each for each in takes if each.id == take.id), None)
    others = order_others(takes, own) if own is not None else []
    if own is None or not others:
        return
    titles = {each.id: _title(each, own) for each in others}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Compare with another take", list(titles), format_func=titles.__getitem__
        )
        if st.button("Side by side", icon=":material/compare:"):
            open_compare(take.id, chosen)


def order_others(takes: Iterable[TakeSummary], own: TakeSummary) -> list[TakeSummary]:
    """Return a patient's other takes with somebody in them, comparable ones first.

    Then come those of the same movement; within each group the newest comes first. What was left
    out is not offered.
    """
    others = [
        each
        for each in takes
        if each.id != own.id and each.person_found and each.excluded_reason is None
    ]
    others.sort(key=lambda each: each.started_at, reverse=True)
    return sorted(
        others, key=lambda each: (bool(differences(own, each)), each.movement != own.movement)
    )


def _title(other: TakeSummary, own: TakeSummary) -> str:
    side = f"{words.side_title(other.side)} " if other.side in (Side.LEFT, Side.RIGHT) else ""
    title = words.movement_title(other.movement)
    title = f"{side}{title[:1].lower()}{title[1:]}" if side else title
    named = f"{title}, {words.date_text(other.started_at)}"
    found = differences(own, other)
    if not found:
        return named
    listed = ", ".join(found[:_NAMED_N]) + (" ..." if len(found) > _NAMED_N else "")
    return f"{named} (not comparable: {listed})"
