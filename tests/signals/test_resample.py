import numpy as np
import pytest
from makers import repetitions, uniform_times, variable_times

from motion.model import UniformSeries
from motion.signals import differentiate, grid_rate, resample_uniform, sample_at


def curve_at(time_s: np.ndarray) -> np.ndarray:
    return repetitions(time_s, [0.5, 3.0], 90.0)[:, None]


@pytest.mark.parametrize(("measured_hz", "grid_hz"), [(5, 60), (30, 60), (60, 60), (120, 120)])
def test_the_grid_is_never_coarser_than_sixty_hertz(measured_hz: float, grid_hz: float) -> None:
    assert grid_rate(measured_hz) == grid_hz


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0, 120.0])
def test_every_frame_rate_gives_the_same_curve(rate_hz: float) -> None:
    time_s = uniform_times(6.0, rate_hz)

    series = resample_uniform(time_s, curve_at(time_s), 60.0, 1.0 / rate_hz)

    assert len(series) == 361
    np.testing.assert_allclose(series.values, curve_at(series.time_s), atol=0.5)


def test_irregular_timestamps_are_believed() -> None:
    time_s = variable_times(6.0)

    series = resample_uniform(time_s, curve_at(time_s), 60.0, 1.0 / 30.0)

    np.testing.assert_allclose(series.values, curve_at(series.time_s), atol=0.5)
    assert np.max(np.abs(curve_at(uniform_times(6.0)) - curve_at(time_s))) > 1.5


@pytest.mark.parametrize("rate_hz", [5.0, 24.0, 29.97, 60.0, 100.0])
def test_there_and_back_again_changes_nothing_much(rate_hz: float) -> None:
    time_s = uniform_times(6.0, rate_hz)
    series = resample_uniform(time_s, curve_at(time_s), grid_rate(rate_hz), 1.0 / rate_hz)

    np.testing.assert_allclose(sample_at(series, time_s), curve_at(time_s), atol=0.1)


def test_sampling_at_the_grids_own_times_is_the_identity() -> None:
    values = np.sin(np.arange(60.0))[:, None]
    values[20] = np.nan
    values[30:33] = np.nan
    series = UniformSeries(start_s=1.5, rate_hz=60.0, values=values)

    np.testing.assert_allclose(sample_at(series, series.time_s), values, atol=1e-9)


def test_a_long_gap_is_carried_over_and_a_short_one_bridged() -> None:
    time_s = uniform_times(3.0)
    values = np.ones((len(time_s), 1))
    values[20:25] = np.nan
    values[50:60] = np.nan

    series = resample_uniform(time_s, values, 60.0, 1.0 / 30.0)
    missing_s = series.time_s[np.isnan(series.values[:, 0])]

    assert missing_s[0] > time_s[49]
    assert missing_s[-1] < time_s[60]
    assert len(missing_s) == 2 * 11 - 1


def test_nothing_is_extrapolated() -> None:
    time_s = uniform_times(2.0)
    values = np.ones((len(time_s), 1))
    values[:10], values[-10:] = np.nan, np.nan

    series = resample_uniform(time_s, values, 60.0, 1.0 / 30.0)
    beyond = sample_at(series, np.array([-1.0, 0.1, 1.9, 5.0]))

    assert np.all(np.isnan(series.values[series.time_s < time_s[10] - 1e-9]))
    assert np.all(np.isnan(series.values[series.time_s > time_s[-11] + 1e-9]))
    assert np.all(np.isnan(beyond))


@pytest.mark.parametrize("frames", [1, 2, 3, 4])
def test_very_short_recordings_keep_their_values(frames: int) -> None:
    time_s = np.arange(frames) / 30.0
    values = (10.0 + time_s)[:, None]

    series = resample_uniform(time_s, values, 60.0, 1.0 / 30.0)

    assert len(series) == 2 * frames - 1
    np.testing.assert_allclose(series.values[:, 0], 10.0 + series.time_s, atol=1e-9)


def test_columns_may_be_missing_in_different_rows() -> None:
    time_s = uniform_times(2.0)
    values = np.ones((len(time_s), 2))
    values[10:30, 0] = np.nan

    series = resample_uniform(time_s, values, 60.0, 1.0 / 30.0)

    assert np.any(np.isnan(series.values[:, 0]))
    assert not np.any(np.isnan(series.values[:, 1]))


def test_the_derivative_of_a_line_is_its_slope() -> None:
    series = UniformSeries(start_s=0.0, rate_hz=60.0, values=np.arange(30.0)[:, None])

    np.testing.assert_allclose(differentiate(series), 60.0)


def test_the_derivative_of_one_sample_is_missing() -> None:
    series = UniformSeries(start_s=0.0, rate_hz=60.0, values=np.ones((1, 1)))

    assert np.all(np.isnan(differentiate(series)))
