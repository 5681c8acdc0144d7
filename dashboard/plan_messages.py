"""What ended early and what a patient wrote, from the last takes and the diary of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from dashboard.plan_words import item_title
from motion.clinic import (
    DoneSession,
    PlanItem,
    Record,
    StoredFacts,
    find_live_facts,
    list_diary,
)
from motion.model import LiveEnd

__all__ = ["Message", "messages_of"]

_TAKES_N: Final = 30
_ENDS: Final = {
    LiveEnd.PAIN: "Stopped for pain",
    LiveEnd.CLOSED: "Ended early: the page was closed",
    LiveEnd.SOURCE_LOST: "Ended early: the camera stopped sending",
    LiveEnd.CRASHED: "Ended early: the program itself ended",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to know of a session: when, of which exercise, what; ``take_id`` if it has one."""

    at: datetime
    title: str
    said: str
    take_id: UUID | None


def messages_of(
    record: Record, code: str, items: Sequence[PlanItem], sessions: Sequence[DoneSession]
) -> list[Message]:
    """Return what ended early and what the patient wrote, the newest first.

    Parameters
    ----------
    items
        All of the plan, with those that were ended.
    sessions
        All of the patient's, the oldest first; the last thirty are looked at.
    """
    titles = {item.id: item_title(item) for item in items}
    found = []
    for session in sessions[-_TAKES_N:]:
        facts = find_live_facts(record, session.take_id) if session.take_id else None
        said = _said_of(facts) if facts else ""
        if said:
            found.append(Message(session.at, titles[session.item_id], said, session.take_id))
    found += [
        Message(entry.done_at, titles[entry.item_id], _said_by(entry.done, entry.note), None)
        for entry in list_diary(record, code)
        if entry.note or not entry.done
    ]
    return sorted(found, key=lambda message: message.at, reverse=True)


def _said_of(facts: StoredFacts) -> str:
    ended = _ENDS.get(facts.end, "")
    return ". ".join(part for part in (ended, _quoted(facts.note)) if part)


def _said_by(done: bool, note: str) -> str:
    return ". ".join(part for part in ("" if done else "Not done", _quoted(note)) if part)


def _quoted(note: str) -> str:
    return f"“{note}”" if note else ""
