"""What a value by hand may be, refused in one line that says what was expected."""

import math
from collections.abc import Collection
from typing import Final

from motion.clinic.hand_angles import find_hand_angle
from motion.clinic.values import ByHand
from motion.errors import InputError
from motion.model import Side

__all__ = ["MEASURES", "is_withheld", "require_by_hand", "require_note_where_withheld"]

MEASURES: Final = ("rom_max", "rom_min")
"""The ends of a range that are measured by hand."""


def is_withheld(by_hand: ByHand, withheld: Collection[str]) -> bool:
    """Return whether a value is of a joint that a patient's details say is never measured."""
    joint = by_hand.joint
    return (joint if by_hand.side is Side.NONE else f"{by_hand.side}_{joint}") in withheld


def require_by_hand(by_hand: ByHand) -> None:
    """Refuse an angle that is none of :mod:`motion.clinic.hand_angles`, or that no body can show.

    Raises
    ------
    InputError
        One line: what was expected, what came.
    """
    name = f"{by_hand.joint}_{by_hand.motion}"
    try:
        angle = find_hand_angle(name)
    except KeyError as error:
        msg = f"angle {name!r} is none that is measured by hand here: choose one of the list"
        raise InputError(msg) from error
    sides = (Side.LEFT, Side.RIGHT) if angle.sided else (Side.NONE,)
    if by_hand.side not in sides:
        msg = f"side of {name} must be {' or '.join(sides)}, got {by_hand.side}: choose it"
        raise InputError(msg)
    if by_hand.measure not in MEASURES:
        msg = f"measure must be one of {', '.join(MEASURES)}, got {by_hand.measure!r}: choose one"
        raise InputError(msg)
    low, high = angle.range_deg
    value = by_hand.value_deg
    if not (math.isfinite(value) and low <= value <= high):
        msg = (
            f"{angle.title} by hand must lie between {low:g} and {high:g} degrees,"
            f" got {value:g}: type the angle as read, 0 is {angle.zero}"
        )
        raise InputError(msg)


def require_note_where_withheld(by_hand: ByHand, withheld: Collection[str]) -> None:
    """Refuse a value of a withheld joint without a note that says how it could be measured.

    Raises
    ------
    InputError
        One line.
    """
    if is_withheld(by_hand, withheld) and not by_hand.note.strip():
        msg = (
            f"{by_hand.side} {by_hand.joint} is marked as never measured in this patient (absent,"
            " in a cast or covered): say in the note how it was measured, or correct the patient"
        )
        raise InputError(msg)
