"""How much of each thing a report of at most two pages has room for."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

__all__ = ["Room", "find_room"]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each is shown at most."""

    angles: int
    walking: int
    charts: int
    scores: int
    events: int


_ROOMS: Final = (
    Room(12, 9, 6, 8, 12),
    Room(10, 8, 6, 8, 8),
    Room(8, 7, 6, 7, 8),
    Room(7, 6, 4, 6, 6),
    Room(6, 5, 4, 5, 6),
    Room(5, 4, 4, 4, 5),
    Room(4, 4, 2, 4, 4),
    Room(3, 3, 2, 3, 3),
    Room(2, 2, 2, 2, 2),
    Room(1, 1, 1, 1, 1),
)
"""From the most to what fits on two pages whatever the words are."""

_STEPS: Final = (("charts", 2), ("angles", 1), ("walking", 1), ("scores", 1), ("events", 1))
"""What grows into the paper that is left, the most telling first; two charts stand in a row."""


def find_room(known: Room, fits: Callable[[Room], bool]) -> Room:
    """Return how much of each to show, so that the paper is full and no fuller.

    Parameters
    ----------
    known
        How much of each there is.
    fits
        Whether a report of that room stands on its pages; more of anything never takes less.
    """
    room = _ROOMS[min(bisect_left(_ROOMS, True, key=fits), len(_ROOMS) - 1)]
    for name, step in _STEPS:
        most = min(getattr(known, name), getattr(_ROOMS[0], name))
        while getattr(room, name) < most:
            larger = replace(room, **{name: getattr(room, name) + step})
            if not fits(larger):
                break
            room = larger
    return room
