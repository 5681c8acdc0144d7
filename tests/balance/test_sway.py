import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from motion.balance import Sway, measure_sway, prediction_ellipse
from motion.model import UniformSeries

RATE_HZ = 50.0


def sway(values: np.ndarray, rate_hz: float = RATE_HZ) -> Sway:
    series = UniformSeries(start_s=0.0, rate_hz=rate_hz, values=values)
    return Sway(series=series, axes=("ap", "ml")[: values.shape[1]], unit="mm")


def circle(radius_mm: float = 10.0, turns: float = 6.0, seconds: float = 60.0) -> np.ndarray:
    angle = 2 * np.pi * turns * np.arange(int(seconds * RATE_HZ) + 1) / (seconds * RATE_HZ)
    return radius_mm * np.column_stack([np.cos(angle), np.sin(angle)])


def wave(hz: float, size_mm: float, seconds: float = 60.0) -> np.ndarray:
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return size_mm * np.sin(2 * np.pi * hz * time_s)[:, None]


def test_a_circle_at_constant_speed_has_its_known_numbers() -> None:
    numbers = measure_sway(sway(circle(10.0, turns=6.0, seconds=60.0)))

    assert numbers.rms == pytest.approx(10.0, rel=1e-3)
    assert numbers.span == pytest.approx(20.0, rel=1e-3)
    assert numbers.mean_speed == pytest.approx(2 * math.pi * 10.0 * 6 / 60, rel=1e-4)
    assert numbers.path == pytest.approx(numbers.mean_speed * 60.0)
    assert numbers.mean_frequency_hz == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize("hz", [0.2, 0.5, 2.0])
def test_a_sine_has_its_own_frequency_and_0_707_of_its_size(hz: float) -> None:
    numbers = measure_sway(sway(wave(hz, 4.0)))

    assert numbers.rms == pytest.approx(4.0 / math.sqrt(2), rel=1e-3)
    assert numbers.mean_frequency_hz == pytest.approx(hz, rel=0.01)
    assert numbers.median_frequency_hz == pytest.approx(hz, rel=0.03)
    assert numbers.mean_speed == pytest.approx(4.0 * 4.0 * hz, rel=0.01)


def test_one_axis_of_two_is_that_axis_alone() -> None:
    both = np.column_stack([wave(0.3, 5.0)[:, 0], wave(1.0, 2.0)[:, 0]])

    assert measure_sway(sway(both), "ml") == measure_sway(sway(both[:, 1:]))


def test_who_does_not_move_has_no_frequency() -> None:
    numbers = measure_sway(sway(np.full((3000, 2), 7.0)))

    assert (numbers.rms, numbers.span, numbers.path, numbers.mean_speed) == (0, 0, 0, 0)
    assert math.isnan(numbers.mean_frequency_hz)


def test_the_prediction_ellipse_holds_95_of_100_next_samples() -> None:
    rng = np.random.default_rng(4)
    spread = np.array([[3.0, 1.0], [1.0, 2.0]])
    inside = []
    for _ in range(4000):
        values = rng.normal(size=(9, 2)) @ spread
        first, following = values[:8], values[8]
        ellipse = prediction_ellipse(first)
        angle = math.radians(ellipse.angle_deg)
        x, y = following - first.mean(axis=0)
        along = (x * math.cos(angle) + y * math.sin(angle)) / ellipse.half_long
        across = (y * math.cos(angle) - x * math.sin(angle)) / ellipse.half_short
        inside.append(along**2 + across**2 <= 1.0)

    assert np.mean(inside) == pytest.approx(0.95, abs=0.015)


def test_with_many_samples_the_factor_is_that_of_the_chi_squared_distribution() -> None:
    values = np.random.default_rng(5).normal(size=(200_000, 2)) * [2.0, 1.0]
    ellipse = prediction_ellipse(values)

    assert ellipse.area == pytest.approx(math.pi * 5.991 * 2.0, rel=0.02)
    assert abs(ellipse.angle_deg) < 2.0
    assert ellipse.half_long == pytest.approx(2.0 * math.sqrt(5.991), rel=0.02)


@given(
    arrays(np.float64, (40, 2), elements=st.floats(-50, 50)), st.floats(-3.1, 3.1),
    st.floats(0.1, 20.0), st.floats(-100, 100),
)  # fmt: skip
def test_numbers_follow_the_size_and_neither_the_place_nor_the_direction(
    values: np.ndarray, turn: float, scale: float, shift: float
) -> None:
    rotation = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    first, moved = sway(values), sway(scale * values @ rotation.T + shift)
    a, b = measure_sway(first), measure_sway(moved)

    assert b.rms == pytest.approx(scale * a.rms, abs=1e-6)
    assert b.path == pytest.approx(scale * a.path, abs=1e-6)
    assert b.span == pytest.approx(scale * a.span, abs=1e-6)
    areas = [prediction_ellipse(each.series.values).area for each in (first, moved)]
    assert areas[1] == pytest.approx(scale**2 * areas[0], rel=1e-5, abs=1e-4 * scale**2)


@pytest.mark.parametrize("values", [np.zeros((5, 3)), np.zeros((5, 1)), np.zeros(5)])
def test_a_sway_has_a_name_for_each_axis(values: np.ndarray) -> None:
    series = UniformSeries(start_s=0.0, rate_hz=RATE_HZ, values=values)
    with pytest.raises(ValueError, match="with a name for each axis"):
        Sway(series=series, axes=("ap", "ml"), unit="mm")


def test_a_sway_has_no_gaps() -> None:
    with pytest.raises(ValueError, match="no gaps"):
        sway(np.full((5, 2), np.nan))


def test_an_ellipse_needs_two_axes_and_three_samples() -> None:
    for values in (np.zeros((2, 2)), np.zeros((9, 1))):
        with pytest.raises(ValueError, match="at least 3"):
            prediction_ellipse(values)
