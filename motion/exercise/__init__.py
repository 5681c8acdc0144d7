"""Repetitions and their quality, counted on finished angle curves."""

from motion.exercise.movements import Movement, movement_of_angle, parse_movement
from motion.exercise.repetitions import RepetitionCount, count_repetitions
from motion.exercise.said_repetitions import count_said_repetitions
from motion.exercise.smoothness import measure_sparc

__all__ = [
    "Movement",
    "RepetitionCount",
    "count_repetitions",
    "count_said_repetitions",
    "measure_sparc",
    "movement_of_angle",
    "parse_movement",
]
