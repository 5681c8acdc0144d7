"""What a person reads of a protocol's steps."""

from typing import Final

from motion.exercise.protocols import PlannedStep, Protocol, ProtocolStep, StepKind, StepSides
from motion.model import Position, Side

__all__ = [
    "SKIP_REASONS",
    "done_text",
    "has_sides",
    "how_text",
    "kind_text",
    "step_title",
    "titled",
]

SKIP_REASONS: Final = (
    "Pain",
    "Not able to",
    "Not safe today",
    "No time",
    "Not needed today",
)
_POSITIONS: Final = {
    Position.STANDING: "standing",
    Position.SITTING: "sitting",
    Position.SUPINE: "lying on the back",
    Position.PRONE: "lying face down",
    Position.SIDE_LYING: "lying on the side",
    Position.UNKNOWN: "",
}
_KINDS: Final = {
    StepKind.EXERCISE: "Coached in front of the camera",
    StepKind.RECORDING: "Recorded by the camera",
    StepKind.BY_HAND: "Measured by hand",
    StepKind.PAIN: "Asked",
}
_SIDES: Final = {
    StepSides.BOTH: "both sides",
    StepSides.AFFECTED: "the affected side",
    StepSides.NONE: "",
}


def has_sides(protocol: Protocol) -> bool:
    """Return whether a step is done on each side in turn, so that one of them comes first."""
    return any(step.sides is StepSides.BOTH for step in protocol.steps)


def titled(title: str, side: Side) -> str:
    """Return a title with its side in front: ``Right knee bend``."""
    if side in (Side.LEFT, Side.RIGHT):
        return f"{side.value.capitalize()} {title[0].lower()}{title[1:]}"
    return title


def step_title(planned: PlannedStep) -> str:
    """Return a step's title, side and position: ``Right knee bend, lying on the back``."""
    step = planned.step
    where = _POSITIONS[step.position] if planned.side is not Side.NONE else ""
    said = titled(step.title, planned.side)
    return f"{said}, {where}" if where else said


def kind_text(step: ProtocolStep) -> str:
    """Return how a step is measured: ``Recorded by the camera for 8 seconds``."""
    said = _KINDS[step.kind]
    if step.kind is StepKind.RECORDING:
        return f"{said} for {step.seconds:g} seconds"
    if step.kind is StepKind.EXERCISE and step.repetitions:
        times = "once" if step.repetitions == 1 else f"{step.repetitions} times"
        return f"{said}, {times}"
    return said


def done_text(step: ProtocolStep) -> str:
    """Return how a step is measured and who moves: ``Measured by hand, active, optional``."""
    mode = "" if step.kind is StepKind.PAIN else step.mode.value
    return _join(kind_text(step), mode, "optional" if step.optional else "")


def how_text(step: ProtocolStep) -> str:
    """Return the same, with the sides and the position, for a list of all steps."""
    return _join(done_text(step), _SIDES[step.sides], _POSITIONS[step.position])


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
