"""What is measured when somebody does a movement: angles, view, where rest is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motion.errors import InputError
from motion.model import Position, ViewName

__all__ = ["Movement", "movement_of_angle", "parse_movement"]

_REST = ("low", "high", "auto")
_POSITIONS = tuple(position.value for position in Position)
_VIEWS = (ViewName.SAGITTAL.value, ViewName.FRONTAL.value)
_KEYS = frozenset(
    {
        "title",
        "angles",
        "rest",
        "two_directions",
        "bilateral",
        "gait",
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
    gait
        Whether it is walking: events, steps and strides are measured instead of repetitions.
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
    gait: bool = False
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
    angles = _read_angles(name, table, known_angles)
    target = table.get("target_deg", math.nan)
    is_number = isinstance(target, int | float) and not isinstance(target, bool)
    if not is_number or math.isinf(target):
        msg = f"exercise {name}: target_deg must be a number, got {target!r}"
        raise InputError(msg)
    return Movement(
        name=name,
        title=_read_text(name, table, "title", name.replace("_", " ").capitalize()),
        angles=angles,
        rest=_read_word(name, table, "rest", _REST, "auto"),
        two_directions=_read_flag(name, table, "two_directions"),
        bilateral=_read_flag(name, table, "bilateral"),
        gait=_read_flag(name, table, "gait"),
        position=_read_word(name, table, "position", _POSITIONS, ""),
        view=_read_word(name, table, "view", _VIEWS, ""),
        target_deg=float(target),
        note=_read_text(name, table, "note", ""),
    )


def _read_angles(
    name: str, table: Mapping[str, Any], known_angles: tuple[str, ...]
) -> tuple[str, ...]:
    angles = table.get("angles", [])
    wrong = [a for a in angles if a not in known_angles] if isinstance(angles, list) else [angles]
    if not angles or wrong:
        got = ", ".join(map(str, wrong)) or "none"
        msg = f"exercise {name}: angles must be some of {', '.join(known_angles)}; got {got}"
        raise InputError(msg)
    return tuple(angles)


def _read_word(
    name: str, table: Mapping[str, Any], key: str, known: tuple[str, ...], usual: str
) -> str:
    word = table.get(key, usual)
    if word != usual and word not in known:
        msg = f"exercise {name}: {key} must be one of {', '.join(known)}, got {word!r}"
        raise InputError(msg)
    return str(word)


def _read_flag(name: str, table: Mapping[str, Any], key: str) -> bool:
    flag = table.get(key, False)
    if not isinstance(flag, bool):
        msg = f"exercise {name}: {key} must be true or false, got {flag!r}"
        raise InputError(msg)
    return flag


def _read_text(name: str, table: Mapping[str, Any], key: str, usual: str) -> str:
    text = table.get(key, usual)
    if not isinstance(text, str):
        msg = f"exercise {name}: {key} must be text, got {text!r}"
        raise InputError(msg)
    return text
