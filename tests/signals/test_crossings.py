"""When a series passes a level."""

import math

import numpy as np
import pytest

from motion.signals.crossings import first_crossing, last_crossing

TIME_S = np.arange(7.0)
UP_AND_DOWN = np.array([0.0, 2.0, 4.0, 4.0, 2.0, 0.0, 0.0])


def test_the_first_and_the_last_pass_between_the_rows() -> None:
    assert first_crossing(TIME_S, UP_AND_DOWN, 3.0) == pytest.approx(1.5)
    assert last_crossing(TIME_S, UP_AND_DOWN, 1.0) == pytest.approx(4.5)


def test_a_level_that_is_never_passed() -> None:
    assert math.isnan(first_crossing(TIME_S, UP_AND_DOWN, 5.0))
    assert math.isnan(last_crossing(TIME_S, UP_AND_DOWN, 5.0))


def test_a_pass_within_a_gap_was_not_seen() -> None:
    gap = UP_AND_DOWN.copy()
    gap[1] = np.nan

    assert first_crossing(TIME_S, gap, 1.0) == pytest.approx(4.5)
