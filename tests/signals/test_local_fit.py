import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import uniform_times, variable_times

from motion.signals import fit_half_width, measure_roughness


def parabola(time_s: np.ndarray) -> np.ndarray:
    return np.stack([3.0 + 2.0 * time_s - 5.0 * time_s**2, 40.0 * time_s], axis=1)[:, None]


@pytest.mark.parametrize("times", [uniform_times, variable_times])
def test_smooth_movement_is_not_rough_however_irregular_the_frames(times) -> None:  # type: ignore[no-untyped-def]
    time_s = times(3.0)
    rough = measure_roughness(time_s, parabola(time_s), 3)

    np.testing.assert_allclose(rough, 0.0, atol=1e-9)


def test_noise_is_measured_in_its_own_unit() -> None:
    time_s = uniform_times(60.0)
    noise = np.random.default_rng(1).normal(0.0, 2.0, (len(time_s), 1, 2))
    rough = measure_roughness(time_s, noise, 3)

    # Seven samples less three coefficients, in two axes.
    assert np.sqrt(np.mean(rough**2)) == pytest.approx(2.0 * np.sqrt(2 * 4 / 7), rel=0.1)


def test_a_jump_shows_at_once_and_is_forgotten_soon() -> None:
    time_s = uniform_times(4.0)
    position = parabola(time_s)
    position[60] += 30.0
    rough = measure_roughness(time_s, position, 3)[:, 0]

    assert rough[60] > 5.0
    np.testing.assert_allclose(rough[:57], 0.0, atol=1e-9)
    np.testing.assert_allclose(rough[70:], 0.0, atol=1e-9)


def test_nothing_later_than_half_a_parabola_is_needed() -> None:
    time_s = uniform_times(4.0)
    position = np.random.default_rng(2).normal(0.0, 1.0, (len(time_s), 2, 2))
    whole = measure_roughness(time_s, position, 3)
    early = measure_roughness(time_s[:64], position[:64], 3)

    np.testing.assert_allclose(early[:61], whole[:61])


def test_a_glimpse_too_short_for_a_parabola_has_no_roughness() -> None:
    time_s = uniform_times(2.0)
    position = np.full((len(time_s), 1, 2), np.nan)
    position[20:24] = 5.0

    assert np.all(np.isnan(measure_roughness(time_s, position, 3)))


@given(st.integers(0, 12))
def test_very_short_series_pass(frames: int) -> None:
    time_s = np.arange(frames) / 30.0

    assert measure_roughness(time_s, np.zeros((frames, 33, 2)), 3).shape == (frames, 33)


@pytest.mark.parametrize(("rate_hz", "half_n"), [(5.0, 2), (15.0, 2), (30.0, 3), (60.0, 6)])
def test_a_parabola_spans_a_fifth_of_a_second(rate_hz: float, half_n: int) -> None:
    assert fit_half_width(uniform_times(2.0, rate_hz)) == half_n
    assert fit_half_width(np.zeros(1)) == 2
