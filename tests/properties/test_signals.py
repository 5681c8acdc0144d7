"""What must hold of cleaning for any series whatsoever."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from motion.model import UniformSeries
from motion.signals import fill_gaps, filter_lowpass, find_runs, resample_uniform, sample_at

quick = settings(deadline=None, max_examples=40)
numbers = st.floats(-500.0, 500.0, allow_nan=False, width=32)


@st.composite
def holed_series(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    """Draw times with dropped frames and jitter, values with holes, and the frame period."""
    length = draw(st.integers(2, 60))
    period_s = 1.0 / draw(st.sampled_from([5.0, 15.0, 29.97, 60.0]))
    steps = draw(arrays.arrays(float, length, elements=st.sampled_from([0.8, 1.0, 1.0, 1.2, 4.0])))
    values = draw(arrays.arrays(float, length, elements=numbers))
    holes = draw(arrays.arrays(bool, length))
    return np.cumsum(steps) * period_s, np.where(holes, np.nan, values)[:, None], period_s


def series_of(values: np.ndarray) -> UniformSeries:
    return UniformSeries(start_s=0.0, rate_hz=60.0, values=values[:, None])


@quick
@given(holed_series())
def test_filling_changes_no_measured_value_and_marks_every_other(
    given_series: tuple[np.ndarray, np.ndarray, float],
) -> None:
    time_s, values, period_s = given_series
    seen = np.isfinite(values[:, 0])

    result, filled = fill_gaps(time_s, values, period_s)

    np.testing.assert_array_equal(result[seen], values[seen])
    np.testing.assert_array_equal(np.isfinite(result[:, 0]), seen | filled)
    assert not np.any(filled & seen)


@quick
@given(holed_series())
def test_a_filled_value_lies_between_its_neighbours(
    given_series: tuple[np.ndarray, np.ndarray, float],
) -> None:
    time_s, values, period_s = given_series
    result, filled = fill_gaps(time_s, values, period_s)
    seen = np.flatnonzero(np.isfinite(values[:, 0]))

    for row in np.flatnonzero(filled):
        before, after = seen[seen < row][-1], seen[seen > row][0]
        low, high = sorted((values[before, 0], values[after, 0]))

        assert low - 1e-3 <= result[row, 0] <= high + 1e-3
        assert time_s[after] - time_s[before] - period_s <= 0.2 + 1e-5


@quick
@given(holed_series())
def test_a_long_gap_never_gets_a_value(
    given_series: tuple[np.ndarray, np.ndarray, float],
) -> None:
    time_s, values, period_s = given_series
    seen_s = time_s[np.isfinite(values[:, 0])]
    series = resample_uniform(time_s, values, 60.0, period_s)
    passed = filter_lowpass(series, 2.0)

    np.testing.assert_array_equal(np.isfinite(passed.values), np.isfinite(series.values))
    for grid_s in series.time_s[np.isfinite(series.values[:, 0])]:
        before, after = seen_s[seen_s <= grid_s + 1e-6], seen_s[seen_s >= grid_s - 1e-6]

        assert len(before)
        assert len(after)
        assert after[0] - before[-1] - period_s <= 0.2 + 1e-5


@quick
@given(holed_series())
def test_runs_hold_every_valid_sample_once_and_in_order(
    given_series: tuple[np.ndarray, np.ndarray, float],
) -> None:
    time_s, values, period_s = given_series
    valid = np.isfinite(values[:, 0])

    runs = find_runs(time_s, valid, period_s)

    joined = np.concatenate(runs) if runs else np.array([], dtype=int)
    np.testing.assert_array_equal(joined, np.flatnonzero(valid))


@quick
@given(arrays.arrays(float, (2, 40), elements=numbers), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_filtering_is_linear(both: np.ndarray, first: float, second: float) -> None:
    mixed = filter_lowpass(series_of(first * both[0] + second * both[1]), 6.0).values
    apart = [filter_lowpass(series_of(each), 6.0).values for each in both]

    np.testing.assert_allclose(mixed, first * apart[0] + second * apart[1], atol=1e-6)


@quick
@given(arrays.arrays(float, 40, elements=numbers))
def test_filtering_knows_no_direction_of_time(values: np.ndarray) -> None:
    """Zero lag: a series played backwards gives the result backwards."""
    long = np.pad(values, 120, mode="edge")
    forwards = filter_lowpass(series_of(long), 6.0).values[:, 0]
    backwards = filter_lowpass(series_of(long[::-1]), 6.0).values[::-1, 0]

    np.testing.assert_allclose(forwards, backwards, atol=0.05)


@quick
@given(arrays.arrays(float, 50, elements=numbers), arrays.arrays(bool, 50))
def test_reading_a_grid_at_its_own_times_changes_nothing(
    values: np.ndarray, holes: np.ndarray
) -> None:
    series = series_of(np.where(holes, np.nan, values))

    np.testing.assert_allclose(sample_at(series, series.time_s), series.values, atol=1e-6)
