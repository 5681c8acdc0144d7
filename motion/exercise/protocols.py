"""A protocol: what is measured at a visit, step by step, on both sides and in which positions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from motion.exercise.exercises import Region
from motion.model import Mode, Position, Side

__all__ = [
    "FirstSide",
    "PlannedStep",
    "Protocol",
    "ProtocolStep",
    "StepKind",
    "StepSides",
    "plan_steps",
]

_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class StepKind(StrEnum):
    """How a step is measured."""

    EXERCISE = "exercise"
    """An exercise that the camera coaches and counts; a timed test is one of them."""
    RECORDING = "recording"
    """So many seconds in front of the camera, measured as a movement; nobody coaches."""
    BY_HAND = "by_hand"
    """An angle that is measured by hand, as the camera cannot see it."""
    PAIN = "pain"
    """Pain from 0 to 10."""


class StepSides(StrEnum):
    """For which sides a step is done."""

    BOTH = "both"
    """Each side in turn."""
    AFFECTED = "affected"
    """The affected side; each in turn where the record names none."""
    NONE = "none"
    """Once: it has no side, or both limbs move together."""


class FirstSide(StrEnum):
    """Which side comes first where a step is done on both."""

    UNAFFECTED = "unaffected"
    AFFECTED = "affected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One step as the file says it.

    Parameters
    ----------
    key
        Its name in the file and in the record.
    title, how
        What it is called, and what to do: which side to the camera, what the patient does.
    kind, sides
        See there.
    measure
        Name of the exercise, of the movement that a recording is measured as, or of the angle
        that is measured by hand; empty for pain.
    position, mode
        How the patient is placed, and who moves the limb; unknown for pain.
    repetitions
        Of an exercise; 0 where its own usual dose counts.
    seconds
        Of a recording; NaN elsewhere.
    end
        Which end of the range a value by hand is: ``rom_max`` or ``rom_min``.
    context
        What an answer about pain is about, such as ``rest``.
    optional
        Whether the visit is whole without it.
    """

    key: str
    title: str
    kind: StepKind
    how: str = ""
    sides: StepSides = StepSides.NONE
    measure: str = ""
    position: Position = Position.UNKNOWN
    mode: Mode = Mode.ACTIVE
    repetitions: int = 0
    seconds: float = math.nan
    end: str = "rom_max"
    context: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One file of ``data/protocols``.

    ``own`` says that it is the clinic's own file, and none of the product's.
    """

    name: str
    title: str
    about: str
    region: Region
    steps: tuple[ProtocolStep, ...]
    first_side: FirstSide = FirstSide.UNAFFECTED
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step for one patient: with its side, where it has one."""

    step: ProtocolStep
    side: Side = Side.NONE

    @property
    def key(self) -> str:
        """Its name in the record of a visit: ``bend-left``."""
        return self.step.key if self.side is Side.NONE else f"{self.step.key}-{self.side}"


def plan_steps(protocol: Protocol, affected: Side | None) -> tuple[PlannedStep, ...]:
    """Return the steps of a visit in the order in which they are done.

    Steps that follow each other, are done on both sides and in one position are one block: the
    first side goes through all of it, then the patient turns once for the other side. The
    unaffected side comes first unless the file says otherwise: the patient learns the movement on
    the side that does not hurt, and what it reaches is there to hold the affected side
    against. Where the record names no affected side, or both, the right side comes first.

    Parameters
    ----------
    protocol
        What is to be done.
    affected
        The patient's affected side; None where the record names none.
    """
    sides = _order(protocol.first_side, affected)
    planned: list[PlannedStep] = []
    for (how, _position), block in groupby(
        protocol.steps, key=lambda each: (each.sides, each.position)
    ):
        steps = list(block)
        for side in _sides_of(how, affected, sides):
            planned += [PlannedStep(step=step, side=side) for step in steps]
    return tuple(planned)


def _order(first: FirstSide, affected: Side | None) -> tuple[Side, Side]:
    if affected not in (Side.LEFT, Side.RIGHT):
        return Side.RIGHT, Side.LEFT
    other = _OTHER[affected]
    return (affected, other) if first is FirstSide.AFFECTED else (other, affected)


def _sides_of(how: StepSides, affected: Side | None, both: tuple[Side, Side]) -> Sequence[Side]:
    if how is StepSides.NONE:
        return (Side.NONE,)
    if how is StepSides.AFFECTED and affected in (Side.LEFT, Side.RIGHT):
        return (affected,)
    return both
