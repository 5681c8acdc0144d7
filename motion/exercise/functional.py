"""Functional tests that a camera can time: which one is measured how."""

from collections.abc import Callable, Mapping
from typing import Final

from motion.exercise.functional_chair import (
    FIVE,
    THIRTY,
    measure_five_stands,
    measure_thirty_seconds,
)
from motion.exercise.functional_motion import FunctionalMotion, FunctionalResult
from motion.exercise.functional_numbers import ErrorFigures, missing_number
from motion.exercise.functional_stance import STANCE, measure_stance

__all__ = [
    "FUNCTIONAL_TESTS",
    "NAMES_STANDING_SIDE",
    "TIMED_FROM_GO",
    "measure_functional_test",
]

_Test = Callable[[FunctionalMotion, float, ErrorFigures], FunctionalResult]

_TESTS: Final[Mapping[str, tuple[str, _Test]]] = {
    "five_sit_to_stand": (FIVE, measure_five_stands),
    "thirty_second_sit_to_stand": (THIRTY, measure_thirty_seconds),
    # The clock of this one starts when the foot leaves the floor, not with a word.
    "single_leg_stance": (STANCE, lambda motion, _, figures: measure_stance(motion, figures)),
}

FUNCTIONAL_TESTS: Final = tuple(_TESTS)
"""What ``test`` of an exercise may name."""

TIMED_FROM_GO: Final = ("five_sit_to_stand", "thirty_second_sit_to_stand")
"""Those whose clock starts with a word."""

NAMES_STANDING_SIDE: Final = ("single_leg_stance",)
"""Those prescribed for the leg that is stood on: the other one moves."""


def measure_functional_test(
    test: str, motion: FunctionalMotion | None, go_s: float, figures: ErrorFigures
) -> FunctionalResult:
    """Return what a functional test gave; not measurable, with the reason, where there is nothing.

    Parameters
    ----------
    test
        One of :data:`FUNCTIONAL_TESTS`.
    motion
        The whole recording; None where nobody's trunk was seen.
    go_s
        When GO was said, in seconds of the recording; NaN where nobody knows.
    figures
        Error figures of the numbers.

    Raises
    ------
    KeyError
        If there is no such test.
    """
    measure, measure_test = _TESTS[test]
    if motion is None:
        missing = missing_number(measure, "nobody was seen with shoulders and hips in view")
        return FunctionalResult(measurements=(missing,))
    return measure_test(motion, go_s, figures)
