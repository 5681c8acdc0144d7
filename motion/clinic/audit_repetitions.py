"""Pairs the repetitions before and after a correction by their time, not by their number."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from motion.clinic.values import Edit

__all__ = ["REPETITION_FIELD", "REPETITION_STATE", "pair_repetitions"]

REPETITION_FIELD: Final = re.compile(r"repetition (\d+) ([a-z]+)_(\S+) (left|right|both|none)")
"""Number, joint, motion and side: ``repetition 2 knee_flexion left``."""
REPETITION_STATE: Final = re.compile(r"(\S+) to (\S+) s, peak (\S+) deg, (\w+)")

_State = tuple[Edit, str]


def pair_repetitions(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of one change with each repetition beside what became of itself.

    Repetitions are numbered anew when one is removed or added, and the rows of the record go by
    number: each later repetition would read as moved to the time of its neighbour. Those that
    share time are the same one; one without such a partner was removed or added. A repetition
    that only has another number is left out.
    """
    others = [each for each in edits if not _is_repetition(each)]
    of_repetitions = [each for each in edits if _is_repetition(each)]
    was = [(each, each.before) for each in of_repetitions if each.before is not None]
    left = [(each, each.after) for each in of_repetitions if each.after is not None]
    paired = []
    for edit, before in was:
        same = next((state for state in left if _is_same((edit, before), state)), None)
        if same is not None:
            left.remove(same)
        after = None if same is None else same[1]
        if after != before:
            paired.append(replace(edit, before=before, after=after))
    added = [replace(edit, before=None, after=after) for edit, after in left]
    return (*others, *paired, *added)


def _is_repetition(edit: Edit) -> bool:
    return REPETITION_FIELD.fullmatch(edit.field) is not None


def _is_same(one: _State, other: _State) -> bool:
    """Return whether two states are of one angle and share time."""
    if _angle_of(one[0]) != _angle_of(other[0]):
        return False
    first, second = REPETITION_STATE.fullmatch(one[1]), REPETITION_STATE.fullmatch(other[1])
    if first is None or second is None:
        return one[0].field == other[0].field
    (start_s, end_s), (from_s, to_s) = (
        (float(found[1]), float(found[2])) for found in (first, second)
    )
    return start_s < to_s and from_s < end_s


def _angle_of(edit: Edit) -> str:
    return edit.field.split(" ", 2)[2]
