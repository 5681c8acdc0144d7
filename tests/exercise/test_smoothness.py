import numpy as np
import pytest

from motion.exercise import measure_sparc

RATE_HZ = 100.0


def bell(duration_s: float = 1.0) -> np.ndarray:
    """Return the speed of a movement of least jerk."""
    share = np.arange(round(duration_s * RATE_HZ) + 1) / round(duration_s * RATE_HZ)
    return np.asarray(30.0 * share**2 * (1.0 - share) ** 2)


def test_a_smooth_bell_is_about_minus_1_41() -> None:
    """As published with the method's own code: -1.414 with a cut-off of 10 Hz."""
    assert measure_sparc(bell(), RATE_HZ, cutoff_hz=10.0) == pytest.approx(-1.414, abs=0.02)


def test_a_spectrum_that_falls_straight_has_the_length_of_a_diagonal() -> None:
    """A spectrum that falls from 1 to 0.05 in a straight line is sqrt(1 + 0.95^2) long."""
    rate_hz, length = 100.0, 4096
    frequency_hz = np.fft.rfftfreq(length, 1.0 / rate_hz)
    triangle = np.clip(1.0 - frequency_hz / 5.0, 0.0, None)
    speed = np.fft.irfft(triangle * np.exp(-2j * np.pi * frequency_hz * 10.0), length)

    assert measure_sparc(speed, rate_hz) == pytest.approx(-np.hypot(1.0, 0.95), abs=0.01)


def test_two_humps_are_less_smooth_than_one() -> None:
    two = np.concatenate([bell(0.5), bell(0.5)])

    assert measure_sparc(two, RATE_HZ) < measure_sparc(bell(), RATE_HZ) - 0.3


@pytest.mark.parametrize("strength", [0.2, 0.5, 1.0])
def test_more_tremor_is_farther_from_zero(strength: float) -> None:
    time_s = np.arange(101) / RATE_HZ
    shaking = np.abs(bell() * (1.0 + strength * np.sin(2 * np.pi * 4.0 * time_s)))
    calmer = np.abs(bell() * (1.0 + 0.5 * strength * np.sin(2 * np.pi * 4.0 * time_s)))

    assert measure_sparc(shaking, RATE_HZ) < measure_sparc(calmer, RATE_HZ)


def test_height_of_the_speed_does_not_matter() -> None:
    assert measure_sparc(50.0 * bell(), RATE_HZ) == pytest.approx(measure_sparc(bell(), RATE_HZ))


@pytest.mark.parametrize("rate_hz", [30.0, 60.0, 120.0])
def test_frame_rate_hardly_matters(rate_hz: float) -> None:
    share = np.arange(round(rate_hz) + 1) / round(rate_hz)
    speed = 30.0 * share**2 * (1.0 - share) ** 2

    assert measure_sparc(speed, rate_hz) == pytest.approx(measure_sparc(bell(), 100.0), abs=0.05)


@pytest.mark.parametrize(
    "speed", [np.ones(3), np.zeros(20), np.array([1.0, np.nan, 1.0, 1.0, 1.0]), np.array([])]
)
def test_nothing_to_judge_is_nan(speed: np.ndarray) -> None:
    assert np.isnan(measure_sparc(speed, RATE_HZ))
