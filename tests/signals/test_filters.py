import numpy as np
import pytest

from motion.model import UniformSeries
from motion.signals import cutoff_for_rate, filter_lowpass


def make_series(values: np.ndarray, rate_hz: float = 60.0) -> UniformSeries:
    return UniformSeries(start_s=0.0, rate_hz=rate_hz, values=np.reshape(values, (len(values), -1)))


def amplitude_after(frequency_hz: float, cutoff_hz: float, rate_hz: float) -> float:
    """Return how much of a sinusoid is left, from sine and cosine so that phase cannot hide."""
    time_s = np.arange(round(20 * rate_hz)) / rate_hz
    wave = np.sin(2 * np.pi * frequency_hz * time_s)
    passed = filter_lowpass(make_series(wave, rate_hz), cutoff_hz).values[:, 0]
    inner = (time_s > 5) & (time_s < 15)
    return float(np.dot(passed[inner], wave[inner]) / np.dot(wave[inner], wave[inner]))


@pytest.mark.parametrize("rate_hz", [60.0, 100.0, 120.0])
@pytest.mark.parametrize("cutoff_hz", [2.0, 4.0, 6.0, 12.0])
def test_amplitude_is_down_three_decibels_at_the_asked_cutoff(
    rate_hz: float, cutoff_hz: float
) -> None:
    assert amplitude_after(cutoff_hz, cutoff_hz, rate_hz) == pytest.approx(np.sqrt(0.5), abs=0.003)


def test_slow_movement_passes_and_quick_noise_does_not() -> None:
    assert amplitude_after(0.5, 6.0, 60.0) == pytest.approx(1.0, abs=0.001)
    assert amplitude_after(20.0, 6.0, 60.0) < 0.01


def test_a_peak_does_not_move_in_time() -> None:
    time_s = np.arange(601) / 60.0
    bell = np.exp(-(((time_s - 5.0) / 0.3) ** 2))

    passed = filter_lowpass(make_series(bell), 6.0).values[:, 0]

    assert time_s[np.argmax(passed)] == 5.0
    np.testing.assert_allclose(passed, passed[::-1], atol=1e-6)


def test_a_straight_line_is_unchanged() -> None:
    line = 5.0 + 3.0 * np.arange(200)

    np.testing.assert_allclose(filter_lowpass(make_series(line), 6.0).values[:, 0], line, atol=1e-3)


@pytest.mark.parametrize("length", range(1, 30))
def test_short_runs_keep_their_level(length: int) -> None:
    series = make_series(np.full(length, 42.0))

    np.testing.assert_allclose(filter_lowpass(series, 6.0).values, 42.0, atol=1e-9)


def test_runs_shorter_than_three_samples_are_left_as_they_are() -> None:
    values = np.array([1.0, 9.0, np.nan, 4.0, np.nan])

    np.testing.assert_array_equal(filter_lowpass(make_series(values), 6.0).values[:, 0], values)


def test_missing_samples_stay_and_do_not_spread() -> None:
    time_s = np.arange(600) / 60.0
    values = np.sin(time_s)
    values[200:230] = np.nan

    passed = filter_lowpass(make_series(values), 6.0).values[:, 0]
    alone = filter_lowpass(make_series(values[:200]), 6.0).values[:, 0]

    np.testing.assert_array_equal(np.isnan(passed), np.isnan(values))
    np.testing.assert_allclose(passed[:200], alone, atol=1e-12)


def test_columns_with_other_gaps_do_not_touch_each_other() -> None:
    wave = np.sin(np.arange(300) / 10.0)
    holed = wave.copy()
    holed[50:60] = np.nan

    both = filter_lowpass(make_series(np.column_stack([wave, holed])), 6.0).values

    np.testing.assert_allclose(both[:, 0], filter_lowpass(make_series(wave), 6.0).values[:, 0])
    np.testing.assert_allclose(both[:, 1], filter_lowpass(make_series(holed), 6.0).values[:, 0])


@pytest.mark.parametrize("cutoff_hz", [0.0, -1.0, 30.0, 31.0, float("nan")])
def test_an_impossible_cutoff_is_refused_by_name(cutoff_hz: float) -> None:
    with pytest.raises(ValueError, match=r"cutoff_hz must lie between 0 and 30, got"):
        filter_lowpass(make_series(np.ones(10)), cutoff_hz)


@pytest.mark.parametrize(
    ("rate_hz", "cutoff_hz"), [(5.0, 2.0), (10.0, 4.0), (15.0, 6.0), (30.0, 6.0), (240.0, 6.0)]
)
def test_cutoff_never_exceeds_four_tenths_of_the_measured_rate(
    rate_hz: float, cutoff_hz: float
) -> None:
    assert cutoff_for_rate(rate_hz) == pytest.approx(cutoff_hz)
