"""Corrections of a walk's events that are not stored yet: a list to add to and take from."""

import re
from collections.abc import Iterable
from typing import Final

from dashboard import gait_words, words
from motion.clinic import Edit, EventEdit
from motion.model import Event

__all__ = ["edit_text", "history_text", "is_event_edit", "left_to_edit"]

_NOTED: Final = re.compile(r"(left|right) (initial contact|foot off) at ")


def edit_text(edit: EventEdit) -> str:
    """Return a correction in words: ``Move: left foot off at 2.10 s to 2.15 s``."""
    before, after = edit.before, edit.after
    if before is None and after is not None:
        return f"Add: {_named(after)} at {after.time_s:.2f} s"
    if before is not None and after is not None:
        return f"Move: {_named(before)} at {before.time_s:.2f} s to {after.time_s:.2f} s"
    return f"Remove: {_named(before)} at {before.time_s:.2f} s" if before is not None else ""


def left_to_edit(events: Iterable[Event], edits: Iterable[EventEdit]) -> tuple[Event, ...]:
    """Return the events of a take that no correction of the list is about."""
    taken = [edit.before for edit in edits]
    return tuple(event for event in events if event not in taken)


def is_event_edit(edit: Edit) -> bool:
    """Return whether a note of the record is of an event that somebody corrected."""
    by_hand = "by hand" in f"{edit.before} {edit.after}"
    return _NOTED.match(edit.field) is not None and (by_hand or edit.after is None)


def history_text(edit: Edit) -> str:
    """Return a noted correction with who, when and why."""
    who = f", {edit.author}" if edit.author else ""
    when = words.date_text(edit.at.astimezone())
    before, after = edit.before or "not there", edit.after or "removed"
    return f"{edit.field}: {before} → {after}. {edit.reason} ({when}{who})"


def _named(event: Event) -> str:
    return f"{words.side_title(event.side).lower()} {gait_words.event_title(event.event).lower()}"
