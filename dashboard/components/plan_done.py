"""What was done of a plan: week by week, what ended early, and what the patient wrote."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import streamlit as st

from dashboard import words
from dashboard.components.tables import Cell, show_table
from dashboard.pages import open_take
from dashboard.plan_messages import Message
from dashboard.plan_words import item_title
from motion.clinic import Adherence, DoneSession, PlanItem

__all__ = ["WEEKS_N", "show_done", "show_messages", "weeks_before"]

WEEKS_N: Final = 4
_MESSAGES_N: Final = 10
_DAYS: Final = 7


def weeks_before(day: date) -> list[date]:
    """Return a day of each of the last weeks, this one last."""
    return [day - timedelta(days=_DAYS * n) for n in reversed(range(WEEKS_N))]


def show_done(
    items: Sequence[PlanItem], weeks: Sequence[Adherence], sessions: Sequence[DoneSession]
) -> None:
    """Show of each exercise how much of it was done in the last weeks, and the largest pain."""
    mondays = sorted({week.monday for week in weeks})
    rows = [
        _row(item, mondays, weeks, sessions)
        for item in items
        if any(week.item_id == item.id for week in weeks)
    ]
    if not rows:
        st.markdown("Nothing was prescribed in the last weeks.")
        return
    show_table(
        ("Exercise", *(f"Week of {monday.day} {monday:%b}" for monday in mondays)),
        rows,
        "Sessions done of those prescribed; repetitions, and the largest pain (0 to 10)",
    )
    st.caption(
        "A session that ended early or was stopped for pain is not counted as done; its "
        "repetitions are. What the camera does not measure is counted as the patient says."
    )


def show_messages(messages: Sequence[Message]) -> None:
    """Show what ended early and what the patient wrote, the newest first."""
    for place, message in enumerate(messages[:_MESSAGES_N]):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.markdown(words.plain(message.said))
                st.caption(words.plain(f"{message.title}, {words.date_text(message.at)}"))
            if message.take_id and st.button("Open the take", key=f"message-{place}"):
                open_take(message.take_id)


def _row(
    item: PlanItem,
    mondays: Sequence[date],
    weeks: Sequence[Adherence],
    sessions: Sequence[DoneSession],
) -> list[Cell]:
    mine = {week.monday: week for week in weeks if week.item_id == item.id}
    ended = f"ended {item.ended_on.day} {item.ended_on:%b}" if item.ended_on else ""
    cells: list[Cell] = [(item_title(item), ended) if ended else item_title(item)]
    for monday in mondays:
        week = mine.get(monday)
        cells.append(_week(week, item.id, sessions) if week else "–")
    return cells


def _week(week: Adherence, item_id: UUID, sessions: Sequence[DoneSession]) -> Cell:
    last = week.monday + timedelta(days=_DAYS)
    pains = [
        s.pain
        for s in sessions
        if s.item_id == item_id and week.monday <= s.day < last and s.pain is not None
    ]
    pain = f", pain {max(pains)}" if pains else ""
    return (
        f"{week.sessions_done} of {week.sessions_wanted}",
        f"{week.repetitions_done} of {week.repetitions_wanted} repetitions{pain}",
    )
