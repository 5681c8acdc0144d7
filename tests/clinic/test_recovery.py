"""A recovery curve: the one that made the takes, wide where they say little, none where nothing."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from motion.clinic.better import Better, Direction
from motion.clinic.recovery import Recovery, fit_recovery

HIGHER, LOWER = Direction(Better.HIGHER), Direction(Better.LOWER)
SEM_DEG, MDC_DEG = 3.5, 9.7
Numbers = NDArray[np.float64]


def recover(weeks: Numbers, level: float, start: float, tau_weeks: float) -> Numbers:
    return level - (level - start) * np.exp(-weeks / tau_weeks)


def fitted(weeks: Numbers, value: Numbers, sem: float = SEM_DEG, **said: float) -> Recovery:
    found = fit_recovery(weeks, value, sem, MDC_DEG, HIGHER, **said)
    assert found is not None
    return found


def test_the_curve_that_made_the_takes_comes_back() -> None:
    weeks = np.linspace(0.0, 12.0, 13)

    found = fitted(weeks, recover(weeks, 125.0, 70.0, 6.0), sem=0.2)

    assert_allclose(found.value, recover(found.time_weeks, 125.0, 70.0, 6.0), atol=1.0)
    assert found.level_known
    assert np.all((found.low < found.value) & (found.value < found.high))


def test_with_little_error_it_is_the_least_squares_curve() -> None:
    rng = np.random.default_rng(5)
    weeks = np.linspace(0.0, 16.0, 17)
    value = recover(weeks, 130.0, 80.0, 7.0) + rng.normal(0.0, 0.5, 17)
    by_scipy, _ = curve_fit(recover, weeks, value, p0=(120.0, 80.0, 5.0))

    found = fitted(weeks, value, sem=0.5)

    inside = found.time_weeks <= 16.0
    assert_allclose(found.value[inside], recover(found.time_weeks[inside], *by_scipy), atol=0.5)


def test_it_looks_ahead_half_of_what_was_seen_and_grows_less_certain() -> None:
    weeks = np.linspace(2.0, 10.0, 9)

    found = fitted(weeks, recover(weeks, 130.0, 70.0, 8.0))

    assert (found.observed_until_weeks, found.horizon_weeks) == (10.0, 14.0)
    assert_allclose(found.time_weeks[[0, -1]], [2.0, 14.0])
    width = found.high - found.low
    assert width[-1] > width[len(width) // 2]
    # A further take errs by its own error at least: 80 % of a normal error is 2.56 SEM wide.
    assert np.all(width > 2.56 * SEM_DEG)


def test_what_it_says_at_the_end_of_the_band() -> None:
    weeks = np.linspace(0.0, 8.0, 9)

    found = fitted(weeks, recover(weeks, 130.0, 70.0, 10.0))

    low, high = found.low[-1], found.high[-1]
    assert found.sentence("deg") == (
        f"If it goes on as over these 9 takes, 8 of 10 takes would lie between {low:.0f}° and"
        f" {high:.0f}° in 4 weeks; where it levels off cannot be told yet"
    )


def test_no_curve_goes_beyond_the_other_side() -> None:
    weeks = np.linspace(0.0, 6.0, 7)
    value = recover(weeks, 150.0, 70.0, 8.0)

    free, limited = fitted(weeks, value), fitted(weeks, value, limit=118.0)

    assert limited.value[-1] <= 118.0 < free.value[-1]


def test_a_falling_time_is_a_rising_angle_upside_down() -> None:
    weeks = np.linspace(0.0, 8.0, 9)
    value = recover(weeks, 130.0, 70.0, 5.0) + np.tile([1.0, -1.0, 0.0], 3)

    up = fitted(weeks, value)
    down = fit_recovery(weeks, -value, SEM_DEG, MDC_DEG, LOWER)

    assert down is not None
    assert_allclose(-down.value, up.value, atol=1e-6)
    assert_allclose(-down.low, up.high, atol=1e-4)


def test_toward_zero_and_toward_a_target_go_from_where_they_begin() -> None:
    weeks = np.linspace(0.0, 8.0, 9)
    lacking = recover(weeks, 0.0, 30.0, 4.0)

    toward_zero = fit_recovery(weeks, lacking, 2.0, 5.0, Direction(Better.TOWARD_ZERO))
    toward_one = fit_recovery(
        weeks, lacking / 10.0 + 1.0, 0.05, 0.14, Direction(Better.TOWARD_TARGET, 1.0)
    )

    assert toward_zero is not None
    assert toward_one is not None
    assert toward_zero.value[0] > toward_zero.value[-1]
    assert toward_one.value[0] > toward_one.value[-1]


@pytest.mark.parametrize(
    ("weeks", "value"),
    [
        (np.linspace(0.0, 4.0, 4), np.linspace(70.0, 110.0, 4)),  # four takes
        (np.array([0.0, 0.01, 0.02, 3.0, 6.0]), np.linspace(70.0, 110.0, 5)),  # of three days
        (np.linspace(0.0, 2.9, 8), np.linspace(70.0, 110.0, 8)),  # less than three weeks
        (np.linspace(0.0, 8.0, 9), np.linspace(110.0, 70.0, 9)),  # a decline
        (np.linspace(0.0, 8.0, 9), np.linspace(100.0, 105.0, 9)),  # less than the error
        (np.linspace(0.0, 20.0, 21), recover(np.linspace(0.0, 20.0, 21), 120.0, 60.0, 1.0)),  # over
        (np.array([]), np.array([])),
        (np.full(9, np.nan), np.full(9, np.nan)),
    ],
)
def test_no_curve_where_the_takes_do_not_bear_one(weeks: Numbers, value: Numbers) -> None:
    assert fit_recovery(weeks, value, SEM_DEG, MDC_DEG, HIGHER) is None


def test_after_a_fall_from_the_best_take_nothing_goes_on_as_before() -> None:
    weeks = np.linspace(0.0, 8.0, 9)
    value = recover(weeks, 150.0, 60.0, 6.0)
    fallen = np.append(value[:-1], value[-2] - MDC_DEG)

    assert fit_recovery(weeks, value, SEM_DEG, MDC_DEG, HIGHER) is not None
    assert fit_recovery(weeks, fallen, SEM_DEG, MDC_DEG, HIGHER) is None


def test_of_a_measure_without_better_there_is_no_recovery() -> None:
    weeks = np.linspace(0.0, 8.0, 9)
    value = recover(weeks, 130.0, 70.0, 5.0)

    assert fit_recovery(weeks, value, SEM_DEG, MDC_DEG, Direction(Better.NONE)) is None


def test_without_an_error_figure_nothing_is_drawn() -> None:
    weeks = np.linspace(0.0, 8.0, 9)

    assert fit_recovery(weeks, recover(weeks, 130.0, 70.0, 5.0), math.nan, math.nan, HIGHER) is None


def test_four_of_five_further_takes_lie_within_the_band() -> None:
    rng = np.random.default_rng(11)
    inside: list[float] = []
    for _ in range(60):
        weeks = np.sort(np.concatenate([[0.0, 10.0], rng.uniform(0.5, 9.5, 7)]))
        value = recover(weeks, 125.0, 75.0, 6.0) + rng.normal(0.0, SEM_DEG, 9)
        found = fit_recovery(weeks, value, SEM_DEG, MDC_DEG, HIGHER)
        if found is not None:
            further = recover(found.time_weeks, 125.0, 75.0, 6.0) + rng.normal(0.0, SEM_DEG, 40)
            inside.append(float(np.mean((found.low < further) & (further < found.high))))

    assert len(inside) > 50
    assert 0.75 < np.mean(inside) < 0.93
