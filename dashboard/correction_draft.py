"""Corrections of a take that are not stored yet: a list to add to and take from."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from dashboard import words
from motion.clinic import StoredTake
from motion.correcting import Correction, SideSwap
from motion.exercise.repetition_edits import RepetitionEdit, repetition_text
from motion.kinematics.landmark_edits import LandmarkEdit
from motion.model import Side, TakeConditions

__all__ = ["Item", "add_item", "draft_of", "drop_draft", "item_text", "to_correction", "undo_item"]

Item = LandmarkEdit | RepetitionEdit | SideSwap | Side | TakeConditions
"""A landmark, a repetition, sides exchanged, the planned side, or what the take says of itself."""

_KEY: Final = "corrections"


def draft_of(take: StoredTake) -> tuple[Item, ...]:
    """Return what was put on the list for a take's current analysis."""
    kept: tuple[Item, ...] = st.session_state.get(_key(take), ())
    return kept


def add_item(take: StoredTake, item: Item) -> None:
    """Put a correction at the end of the list."""
    st.session_state[_key(take)] = (*draft_of(take), item)


def undo_item(take: StoredTake) -> None:
    """Take the last one back."""
    st.session_state[_key(take)] = draft_of(take)[:-1]


def drop_draft(take: StoredTake) -> None:
    """Forget the list."""
    st.session_state.pop(_key(take), None)


def to_correction(items: Iterable[Item]) -> Correction:
    """Return the list as one correction; of what can only be one way, the last counts."""
    kept = tuple(items)
    sides = [each for each in kept if isinstance(each, Side)]
    said = [each for each in kept if isinstance(each, TakeConditions)]
    return Correction(
        landmarks=tuple(each for each in kept if isinstance(each, LandmarkEdit)),
        swaps=tuple(each for each in kept if isinstance(each, SideSwap)),
        repetitions=tuple(each for each in kept if isinstance(each, RepetitionEdit)),
        side=sides[-1] if sides else None,
        conditions=said[-1] if said else None,
    )


def item_text(item: Item, take: StoredTake) -> str:
    """Return a correction in words."""
    match item:
        case LandmarkEdit():
            return f"{words.label(item.landmark)} placed by hand at {item.time_s:.2f} s"
        case RepetitionEdit():
            return _repetition_text(item)
        case SideSwap():
            return f"Left and right exchanged: {item.text}"
        case Side():
            return f"Planned side: {words.label(item).lower()}"
        case TakeConditions():
            before = take.analysis.conditions
            changed = before.differing_fields(item)
            return "; ".join(
                f"{words.label(name)}: {words.label(str(getattr(before, name))).lower()} → "
                f"{words.label(str(getattr(item, name))).lower()}"
                for name in changed
            )


def _repetition_text(edit: RepetitionEdit) -> str:
    before, after = edit.before, edit.after
    if before is None and after is not None:
        return f"Add a repetition: {repetition_text(after)}"
    if before is not None and after is not None:
        return (
            f"Move a repetition: {repetition_text(before)} → "
            f"{after.start_s:.2f} to {after.end_s:.2f} s"
        )
    if before is None:
        return ""
    return f"Remove a repetition: {repetition_text(before)} ({edit.removed_as.text})"


def _key(take: StoredTake) -> str:
    return f"{_KEY}-{take.id}-{take.analysis_id}"
