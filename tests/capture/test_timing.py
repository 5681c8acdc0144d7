"""Rates, dropped frames and duplicates from timestamps alone."""

import math

import numpy as np
import pytest

from motion.capture import ClockCheck, measure_rate
from motion.capture.timing import count_dropped


def test_rate_of_regular_times() -> None:
    assert measure_rate(np.arange(90) / 29.97) == pytest.approx(29.97)
    assert measure_rate(np.round(np.arange(300) / 30, 3)) == pytest.approx(30.0, abs=0.01)
    assert measure_rate(np.array([0.0])) == 0.0
    assert measure_rate(np.array([])) == 0.0


def test_rate_is_not_moved_by_dropped_frames() -> None:
    kept = np.delete(np.arange(100), [10, 11, 12, 50, 70])
    assert measure_rate(kept / 30) == pytest.approx(30.0)
    assert count_dropped(kept / 30) == 5


def test_nothing_dropped() -> None:
    assert count_dropped(np.array([0.0])) == 0
    assert count_dropped(np.round(np.arange(300) / 30, 3)) == 0


def test_duplicates_and_backward_steps() -> None:
    clock = ClockCheck(30.0)
    stamps = [7.0, 7.1, 7.1, 7.05, 7.2]
    accepted = [clock.accept(stamp) for stamp in stamps]
    assert [None if t is None else round(t, 9) for t in accepted] == [0.0, 0.1, None, None, 0.2]
    assert (clock.duplicated, clock.estimated) == (2, 0)


def test_missing_stamps_take_the_stated_rate() -> None:
    clock = ClockCheck(25.0)
    assert [clock.accept(0.0) for _ in range(3)] == pytest.approx([0.0, 0.04, 0.08])
    assert clock.accept(math.nan) == pytest.approx(0.12)
    assert clock.estimated == 3


@pytest.mark.parametrize("nominal_hz", [0.0, -30.0, math.nan, math.inf, 90_000.0])
def test_without_a_rate_no_time_is_invented(nominal_hz: float) -> None:
    clock = ClockCheck(nominal_hz)
    assert not clock.has_nominal_rate
    assert [clock.accept(0.0) for _ in range(3)] == [0.0, None, None]
    assert clock.duplicated == 2
