"""Reads a file of a protocol, and refuses in one line what cannot be meant."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motion.exercise.exercises import Exercise, Region, Sides
from motion.exercise.file_entries import Entries
from motion.exercise.movements import Movement
from motion.exercise.protocols import FirstSide, Protocol, ProtocolStep, StepKind, StepSides
from motion.kinematics.joints import find_joint
from motion.model import Mode, Position

__all__ = ["PROTOCOL_KEYS", "STEP_KEYS", "KnownMeasures", "parse_protocol"]

PROTOCOL_KEYS: Final = frozenset({"title", "about", "region", "first_side", "step"})
_EVERY_STEP: Final = frozenset({"key", "title", "do", "how", "optional"})
STEP_KEYS: Final[Mapping[StepKind, frozenset[str]]] = {
    StepKind.EXERCISE: _EVERY_STEP | {"exercise", "sides", "repetitions"},
    StepKind.RECORDING: _EVERY_STEP | {"movement", "sides", "seconds", "position", "mode"},
    StepKind.BY_HAND: _EVERY_STEP | {"angle", "end", "sides", "position", "mode"},
    StepKind.PAIN: _EVERY_STEP | {"context"},
}
"""What an entry of ``[[step]]`` may hold, by what is done in it."""

_ANY_STEP: Final = frozenset().union(*STEP_KEYS.values())
_ENDS: Final = ("rom_max", "rom_min")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_POSITIONS: Final = tuple(each for each in Position if each is not Position.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMeasures:
    """What a step may refer to.

    Parameters
    ----------
    exercises, movements
        By their names.
    hand_angles
        Names of the angles that may be measured by hand, and whether each has a side.
    pain_contexts
        What an answer about pain may be about.
    """

    exercises: Mapping[str, Exercise]
    movements: Mapping[str, Movement]
    hand_angles: Mapping[str, bool]
    pain_contexts: tuple[str, ...]


def parse_protocol(name: str, table: Mapping[str, Any], known: KnownMeasures) -> Protocol:
    """Return the protocol that a file describes.

    Parameters
    ----------
    name
        The file's name without its ending.
    table
        The file's content.
    known
        What it may refer to.

    Raises
    ------
    InputError
        If the file says something that cannot be meant: names the protocol, the step and the
        entry.
    """
    entries = Entries(f"protocol {name}", table, PROTOCOL_KEYS)
    tables = table.get("step", [])
    if not isinstance(tables, list) or not tables:
        raise entries.refuse("no [[step]] is given; write at least one")
    steps = tuple(
        _read_step(f"protocol {name}, step {number}", each, known)
        for number, each in enumerate(tables, 1)
    )
    keys = [step.key for step in steps]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise entries.refuse(f"two steps have the key {twice!r}; give each its own")
    return Protocol(
        name=name,
        title=entries.text("title", required=True),
        about=entries.text("about", required=True),
        region=Region(entries.word("region", Region)),
        first_side=FirstSide(entries.word("first_side", FirstSide, FirstSide.UNAFFECTED)),
        steps=steps,
    )


def _read_step(place: str, table: object, known: KnownMeasures) -> ProtocolStep:
    entries = Entries(place, table, _ANY_STEP)
    kind = StepKind(entries.word("do", StepKind))
    # Once more, for an entry that another kind of step has.
    entries = Entries(f"{place} ({kind})", entries.table, STEP_KEYS[kind])
    key = entries.text("key", required=True)
    if not _KEY.fullmatch(key):
        reason = "key must be small letters, digits and _, beginning with a letter, 40 at most"
        raise entries.refuse(f"{reason}; got {key!r}")
    return ProtocolStep(
        key=key,
        kind=kind,
        title=entries.text("title", required=True),
        how=entries.text("how", required=True),
        optional=entries.flag("optional"),
        **_READERS[kind](entries, known),
    )


def _read_exercise(entries: Entries, known: KnownMeasures) -> dict[str, Any]:
    measured = {name: each for name, each in known.exercises.items() if each.measured}
    exercise = measured[entries.word("exercise", measured)]
    sided = exercise.sides is Sides.ONE
    return {
        "measure": exercise.name,
        "sides": _read_sides(entries, exercise.name, sided=sided),
        "position": exercise.position,
        "repetitions": entries.count("repetitions", 1, 30, 0) if "repetitions" in entries else 0,
    }


def _read_recording(entries: Entries, known: KnownMeasures) -> dict[str, Any]:
    movement = known.movements[entries.word("movement", known.movements)]
    counted = find_joint(movement.counted_angle)
    sided = counted.sided and not movement.bilateral and not movement.gait
    if "seconds" not in entries:
        raise entries.refuse("seconds is missing; say how long is recorded, from 2 to 120")
    position = entries.word("position", _POSITIONS, movement.position or None)
    if movement.position and position != movement.position:
        reason = f"position must be {movement.position}, as {movement.name} is measured so"
        raise entries.refuse(f"{reason}; got {position!r}")
    return {
        "measure": movement.name,
        "sides": _read_sides(entries, movement.name, sided=sided),
        "position": Position(position),
        "mode": Mode(entries.word("mode", Mode, Mode.ACTIVE)),
        "seconds": entries.number("seconds", 2.0, 120.0, math.nan),
    }


def _read_by_hand(entries: Entries, known: KnownMeasures) -> dict[str, Any]:
    angle = entries.word("angle", known.hand_angles)
    return {
        "measure": angle,
        "sides": _read_sides(entries, angle, sided=known.hand_angles[angle]),
        "position": Position(entries.word("position", _POSITIONS)),
        "mode": Mode(entries.word("mode", Mode, Mode.ACTIVE)),
        "end": entries.word("end", _ENDS, "rom_max"),
    }


def _read_pain(entries: Entries, known: KnownMeasures) -> dict[str, Any]:
    return {"context": entries.word("context", known.pain_contexts)}


_READERS: Final = {
    StepKind.EXERCISE: _read_exercise,
    StepKind.RECORDING: _read_recording,
    StepKind.BY_HAND: _read_by_hand,
    StepKind.PAIN: _read_pain,
}


def _read_sides(entries: Entries, name: str, *, sided: bool) -> StepSides:
    sides = StepSides(entries.word("sides", StepSides, StepSides.BOTH if sided else StepSides.NONE))
    if sided == (sides is StepSides.NONE):
        must = "both or affected" if sided else "none"
        raise entries.refuse(f"sides must be {must} with {name}, got {sides}")
    return sides
