"""A patient's target as a plain value, and which of several holds for a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from motion.model import Side

__all__ = ["TARGET_MEASURES", "Target", "TargetDetails", "find_target"]

TARGET_MEASURES: Final = ("rom_max", "rom_min")
"""The ends of a range of motion; a target of extension is one of the smallest angle."""

_ONE_SIDE: Final = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDetails:
    """How far an angle of a patient shall go: a number to draw a line at, and no limit.

    ``measure`` is the number that it is held against: ``rom_max``, or ``rom_min`` for a target of
    extension. ``target_deg``, in whole degrees, has the sign of that number: 0 is straight,
    hyperextension negative.
    ``side`` is ``both`` where one target is for either side, ``none`` for trunk and neck.
    """

    joint: str
    motion: str
    side: Side
    target_deg: float
    measure: str = "rom_max"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(TargetDetails):
    """A target of the record; ``version`` counts its changes.

    ``ended_at`` is when it was replaced or withdrawn, ``None`` while it holds. ``set_by`` is who
    set it, ``None`` where nobody was named.
    """

    id: UUID
    version: int
    created_at: datetime
    set_by: str | None
    ended_at: datetime | None


def find_target(
    targets: Iterable[Target], measure: str, joint: str, motion: str, side: Side
) -> Target | None:
    """Return the target that holds for a number; that of its own side goes before that of both."""
    same = {
        target.side: target
        for target in targets
        if target.ended_at is None
        and (target.measure, target.joint, target.motion) == (measure, joint, motion)
    }
    return same.get(side) or (same.get(Side.BOTH) if side in _ONE_SIDE else None)
