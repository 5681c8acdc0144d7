"""What is measured when somebody does a movement: angles, view, where rest is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motion.errors import InputError

__all__ = ["Movement", "movement_of_angle", "parse_movement"]

_REST = ("low", "high", "auto")
_KEYS = frozenset(
    {
        "title",
        "angles",
        "rest",
        "two_directions",
        "bilateral",
        "position",
        "view",
        "target_deg",
        "note",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A movement: one angle by its name, or an exercise of ``data/exercises``.

    Parameters
    ----------
    name
        ``knee_flexion``, ``squat``.
    title
        What a person reads.
    angles
        The measured angles; repetitions are counted on the first.
    rest
        Where the angle is at rest: ``low``, ``high`` or ``auto`` (seen from the take).
    two_directions
        Whether movements to both sides of rest are repetitions, counted apart.
    bilateral
        Whether both sides move together, so that one side's count is the movement's.
    position, view
        How it is recorded; empty where any will do.
    target_deg
        The angle to reach; NaN where none is set.
    note
        What a reader of the number should know.
    """

    name: str
    title: str
    angles: tuple[str, ...]
    rest: str = "auto"
    two_directions: bool = False
    bilateral: bool = False
    position: str = ""
    view: str = ""
    target_deg: float = math.nan
    note: str = ""

    @property
    def counted_angle(self) -> str:
        """The angle on which repetitions are counted."""
        return self.angles[0]


def movement_of_angle(name: str, two_directions: bool, title: str = "") -> Movement:
    """Return the movement that measures exactly one angle."""
    return Movement(
        name=name,
        title=title or name.replace("_", " ").capitalize(),
        angles=(name,),
        two_directions=two_directions,
    )


def parse_movement(name: str, table: Mapping[str, Any], known_angles: tuple[str, ...]) -> Movement:
    """Return the movement that an exercise file describes.

    Parameters
    ----------
    name
        The file's name without its ending.
    table
        The file's content.
    known_angles
        Names that ``angles`` may hold.

    Raises
    ------
    InputError
        If the file says something that cannot be used: names the exercise and the key.
    """
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        msg = f"exercise {name}: unknown entry {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}"
        raise InputError(msg)
    angles = tuple(table.get("angles", ()))
    wrong = [angle for angle in angles if angle not in known_angles]
    if not angles or wrong:
        got = ", ".join(map(str, wrong)) or "none"
        msg = f"exercise {name}: angles must be some of {', '.join(known_angles)}; got {got}"
        raise InputError(msg)
    rest = table.get("rest", "auto")
    if rest not in _REST:
        msg = f"exercise {name}: rest must be one of {', '.join(_REST)}, got {rest!r}"
        raise InputError(msg)
    return Movement(
        name=name,
        title=str(table.get("title", name.replace("_", " ").capitalize())),
        angles=angles,
        rest=rest,
        two_directions=bool(table.get("two_directions", False)),
        bilateral=bool(table.get("bilateral", False)),
        position=str(table.get("position", "")),
        view=str(table.get("view", "")),
        target_deg=float(table.get("target_deg", math.nan)),
        note=str(table.get("note", "")),
    )
