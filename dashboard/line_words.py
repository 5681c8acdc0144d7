"""What a measure that is followed over time is called, and in which circumstances it was taken."""

from typing import Final

from dashboard import gait_words, words
from motion.clinic import Line, TakeSummary
from motion.clinic.progress import Quantity
from motion.clinic.wording import functional_measure_title
from motion.model import FUNCTIONAL, GAIT, Side

__all__ = ["circumstances", "joint_title", "line_title", "measure_title"]

_KINDS: Final = {GAIT: "Walking", FUNCTIONAL: "Tests at a chair or on one leg"}


def measure_title(quantity: Quantity) -> str:
    """Return what is measured: ``Left knee flexion, largest``, ``Step length, left``."""
    measure, joint, motion, side = quantity
    if joint == GAIT:
        named = f", {words.side_title(side).lower()}" if side is not Side.BOTH else ""
        return f"{gait_words.parameter_title(measure)}{named}"
    if joint == FUNCTIONAL:
        return functional_measure_title(measure, side)
    return f"{words.angle_title(joint, motion, side)}, {words.end_of_range(measure).lower()}"


def joint_title(joint: str) -> str:
    """Return a joint's name, or of which kind of number it stands for."""
    return _KINDS.get(joint, words.label(joint))


def circumstances(take: TakeSummary) -> str:
    """Return how a take was made: ``Squat, standing, active, clinic, from the side``."""
    said = take.conditions
    parts = (said.position, said.mode, said.setting)
    named = (str(words.label(part)).lower() for part in parts if part != "unknown")
    view = words.view_title(take.view).lower()
    return ", ".join((words.movement_title(take.movement), *named, view))


def line_title(line: Line) -> str:
    """Return how the takes of a line were made, and how many there are."""
    count = len(line.points)
    takes = "1 take" if count == 1 else f"{count} takes"
    return f"{circumstances(line.points[0].take)}: {takes}"
