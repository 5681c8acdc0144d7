"""Whether what was done goes to an end of a joint's range: only then a range is held against it."""

from typing import Final

from motion.clinic.pairs import result_measure
from motion.errors import InputError
from motion.exercise.movements import Movement
from motion.library import find_movement

__all__ = ["NOT_TESTED", "is_end_tested"]

NOT_TESTED: Final = "not tested here: the exercise does not go to this end of the joint's range"
"""Beside a number that no published range of motion stands against."""

_SAME_AS: Final = {"best_three_mean": "rom_max", "best_three_mean_down": "rom_min"}


def is_end_tested(movement: str, angle: str, measure: str) -> bool:
    """Return whether a movement goes to the end of range that a number is of.

    An exercise goes there with the angle that its repetitions are counted on, away from rest: a
    seat's height says nothing of how far a knee bends. What both sides do together (standing up,
    squatting, lifting the heels) goes as far as the task asks, walking too. An angle that is
    measured for itself, or without a word of what was done, is taken for tested.

    Parameters
    ----------
    movement
        Of the take: an angle, an exercise, or empty.
    angle, measure
        ``knee_flexion`` and its ``rom_max``, ``rom_min`` or the mean of the best repetitions.
    """
    found = _find(movement)
    if found is None or found.name == angle:
        return True
    if found.gait or found.bilateral or found.counted_angle != angle:
        return False
    return _goes_to(found, _SAME_AS.get(measure, measure))


def _find(movement: str) -> Movement | None:
    try:
        return find_movement(movement) if movement else None
    except InputError:  # an exercise that this version does not know any more
        return None


def _goes_to(movement: Movement, measure: str) -> bool:
    """Return whether an exercise moves its counted angle away from rest toward that end."""
    if movement.two_directions:
        return measure in ("rom_max", "rom_min")
    straightens = movement.rest == "high" or result_measure(movement.name) == "rom_min"
    return measure == ("rom_min" if straightens else "rom_max")
