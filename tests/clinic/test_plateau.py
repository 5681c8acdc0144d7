"""A measure has levelled off only where its last takes leave no room for a change that counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from motion.clinic.plateau import find_plateau

MDC_DEG = 9.7


def test_the_same_value_for_weeks_is_a_plateau() -> None:
    found = find_plateau(np.arange(5.0), np.full(5, 110.0), MDC_DEG)

    assert found is not None
    assert (found.trend.takes, found.weeks, found.trend.slope_per_week) == (5, 4.0, 0.0)
    assert found.sentence("deg") == (
        "Levelled off as far as can be measured: over the last 5 comparable takes (4 weeks) no"
        " trend, and four weeks of the steepest slope they allow stay below the smallest detectable"
        " change (10°)"
    )


def test_a_recovery_that_came_to_its_end_is_a_plateau_of_its_last_takes() -> None:
    rising, resting = np.linspace(60.0, 110.0, 6), np.array([111.0, 109.0, 111.0, 109.0, 110.0])
    weeks = np.arange(11.0)

    found = find_plateau(weeks, np.concatenate([rising, resting]), MDC_DEG)

    # By hand: of the last six takes (110 111 109 111 109 110) the slopes run from -2 to 2.
    assert found is not None
    assert (found.trend.takes, found.weeks) == (6, 5.0)


@pytest.mark.parametrize("slope", [1.0, -1.0])
def test_a_steady_change_is_no_plateau_however_slow(slope: float) -> None:
    weeks = np.arange(8.0)

    assert find_plateau(weeks, 90.0 + slope * weeks, MDC_DEG) is None


def test_takes_between_which_it_changed_are_no_plateau() -> None:
    # A walking speed over 17 weeks: of four takes the slope's interval includes zero, and four
    # weeks of 0.045 m/s a week stay below 0.2 m/s, but the last is 0.4 m/s above the first.
    weeks, speed = np.array([0.0, 6.0, 12.0, 17.0]), np.array([0.69, 0.90, 0.85, 1.09])

    assert find_plateau(weeks, speed, 0.41) is not None
    assert find_plateau(weeks, speed, 0.39) is None


def test_a_change_of_exactly_the_error_is_no_plateau_and_later_takes_may_be_one() -> None:
    weeks = 4.0 * np.arange(6.0)
    values = np.array([100.0, 110.0, 109.0, 111.0, 109.0, 110.0])

    found = find_plateau(weeks, values, 10.0)

    # The last takes differ from the first by the error itself, from the second by nothing.
    assert found is not None
    assert (found.trend.takes, found.weeks) == (5, 16.0)
    whole = find_plateau(weeks, values, 10.01)
    assert whole is not None
    assert whole.trend.takes == 6


def test_takes_that_scatter_too_much_tell_nothing() -> None:
    scattered = np.array([90.0, 108.0, 91.0, 107.0, 92.0, 106.0])

    assert find_plateau(np.arange(6.0), scattered, MDC_DEG) is None
    assert find_plateau(np.arange(6.0), scattered, 200.0) is not None


@pytest.mark.parametrize(
    ("weeks", "value"),
    [
        ([0.0, 2.0, 4.0], [90.0, 90.0, 90.0]),  # too few
        ([0.0, 0.5, 1.0, 3.9], [90.0] * 4),  # too short a time
        ([0.0, 2.0, 4.0, 6.0], [90.0, np.nan, 90.0, 90.0]),  # too few that were measured
        ([], []),
    ],
)
def test_too_little_is_no_plateau(weeks: list[float], value: list[float]) -> None:
    assert find_plateau(np.array(weeks), np.array(value), MDC_DEG) is None


def test_without_an_error_figure_nothing_is_said() -> None:
    assert find_plateau(np.arange(6.0), np.full(6, 90.0), np.nan) is None


@given(
    value=st.lists(st.integers(60, 140), min_size=4, max_size=12),
    mdc95=st.floats(1.0, 40.0),
    up=st.floats(-50.0, 50.0),
)
def test_level_and_direction_do_not_matter(value: list[int], mdc95: float, up: float) -> None:
    weeks, values = np.arange(float(len(value))) * 1.5, np.array(value, float)

    found = find_plateau(weeks, values, mdc95)
    turned = find_plateau(weeks, up - values, mdc95)

    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert_allclose(turned.trend.slope_per_week, -found.trend.slope_per_week, atol=1e-9)
        assert max(-found.trend.low_per_week, found.trend.high_per_week) * 4.0 < mdc95
        assert found.weeks >= 4.0
        assert abs(values[-1] - values[-found.trend.takes]) < mdc95
