"""What measuring adds where an exercise is a functional test."""

import math
from typing import Final

import numpy as np

from motion.exercise.functional import NAMES_STANDING_SIDE, measure_functional_test
from motion.exercise.functional_motion import FunctionalResult, describe_functional_motion
from motion.library import find_test, load_functional_errors
from motion.looking import Looked
from motion.model import FloatArray, Side

__all__ = ["find_moving_side", "measure_test"]

_KNEE: Final = "knee_flexion"
_OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def measure_test(movement: str, looked: Looked, go_s: float | None) -> FunctionalResult:
    """Return the numbers of the functional test that an exercise is; nothing where it is none.

    Parameters
    ----------
    movement
        Name of what was done.
    looked
        What the landmarks showed.
    go_s
        When GO was said, in seconds of the recording; None where nobody knows.
    """
    test = find_test(movement)
    if not test:
        return FunctionalResult()
    motion = describe_functional_motion(looked.poses, _find_knee(looked))
    go_s = math.nan if go_s is None else go_s
    return measure_functional_test(test, motion, go_s, load_functional_errors())


def find_moving_side(movement: str, planned: Side) -> Side:
    """Return the side that moves where an exercise is planned for this side.

    Of standing on one leg the side is that of the leg that stays where it is.
    """
    stays = find_test(movement) in NAMES_STANDING_SIDE
    return _OTHER.get(planned, planned) if stays else planned


def _find_knee(looked: Looked) -> FloatArray:
    """Return the flexion of the knee that was measured more."""
    knees = [looked.table[f"{side}_{_KNEE}"].value_deg for side in (Side.LEFT, Side.RIGHT)]
    return max(knees, key=lambda each: int(np.sum(np.isfinite(each))))
