import numpy as np
import pytest

from motion.signals import find_outliers

RNG_SEED = 11


def test_a_single_spike_is_found_and_nothing_else() -> None:
    time_s = np.arange(120) / 30.0
    values = 100.0 * np.sin(time_s)
    values[60] += 80.0

    assert np.flatnonzero(find_outliers(values, floor=3.0)).tolist() == [60]


@pytest.mark.parametrize("row", [0, 1, 118, 119])
def test_a_spike_at_either_end_is_found(row: int) -> None:
    values = 10.0 * np.arange(120) / 30.0
    values[row] += 80.0

    assert np.flatnonzero(find_outliers(values, floor=3.0)).tolist() == [row]


def test_jitter_of_a_still_body_is_not_thrown_away() -> None:
    rng = np.random.default_rng(RNG_SEED)
    values = 200.0 + rng.normal(0.0, 0.8, 600)

    assert not np.any(find_outliers(values, floor=3.6))
    assert np.any(find_outliers(values, floor=0.0)), "the floor is what keeps them"


def test_constant_values_have_no_outliers() -> None:
    assert not np.any(find_outliers(np.full(50, 7.0)))


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("period_s", [0.8, 1.5, 3.0])
def test_the_peak_of_a_movement_is_kept(rate_hz: float, period_s: float) -> None:
    time_s = np.arange(round(6 * rate_hz)) / rate_hz
    values = 150.0 * np.abs(np.sin(np.pi * time_s / period_s))

    assert not np.any(find_outliers(values, floor=4.0))


def test_missing_is_nobodys_neighbour_and_no_outlier() -> None:
    values = np.full(40, 5.0)
    values[10:20] = np.nan
    values[30] = 60.0

    assert np.flatnonzero(find_outliers(values, floor=1.0)).tolist() == [30]


def test_too_few_neighbours_give_no_verdict() -> None:
    values = np.full(20, np.nan)
    values[[9, 10, 11]] = [5.0, 900.0, 5.0]

    assert not np.any(find_outliers(values, floor=1.0))
