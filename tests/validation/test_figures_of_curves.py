"""Coverage and repetitions against a truth, with exact answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import repetitions, uniform_times

from motion.model import Repetition, RepetitionVerdict, Side
from motion.validation.coverage import Coverage, cover
from motion.validation.true_repetitions import count_true_repetitions, find_peak_errors

TIME_S = uniform_times(10.0)


def make_repetition(start_s: float, end_s: float, peak_deg: float, direction: int) -> Repetition:
    return Repetition(
        repetition=1, joint="knee", motion="flexion", side=Side.LEFT, direction=direction,
        start_s=start_s, peak_s=(start_s + end_s) / 2, end_s=end_s, peak_deg=peak_deg,
        rom_deg=50.0, raise_s=1.0, hold_s=0.0, lower_s=1.0, smoothness_sparc=-1.5,
        confidence=0.9, verdict=RepetitionVerdict.FULL,
    )  # fmt: skip


def test_wilson_of_eight_in_ten() -> None:
    # Wilson 1927 by hand: (8 + 1.92) / 13.84 -+ 1.96 sqrt(1.6 + 0.96) / 13.84.
    low, high = Coverage(8, 10).interval

    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)


def test_nothing_covers_nothing() -> None:
    found = cover(np.array([np.nan]), 5.0)

    assert (found.inside, found.n) == (0, 0)
    assert np.isnan(found.share)
    assert np.isnan(found.interval).all()


def test_errors_are_held_against_what_was_stated_for_each() -> None:
    error_deg = np.array([1.0, -3.0, 3.0, np.nan, 9.0])

    assert cover(error_deg, 3.0) == Coverage(3, 4)
    assert cover(error_deg, np.array([0.5, 3.0, np.nan, 1.0, 10.0])) == Coverage(2, 3)


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_holds_the_share_and_narrows_with_n(inside: int, n: int) -> None:
    inside = min(inside, n)
    low, high = Coverage(inside, n).interval
    tenfold = Coverage(10 * inside, 10 * n).interval

    assert 0.0 <= low <= inside / n <= high <= 1.0
    assert tenfold[1] - tenfold[0] < high - low


@pytest.mark.parametrize(("height_deg", "rest_deg"), [(80.0, 5.0), (-80.0, 88.0), (30.0, -10.0)])
@pytest.mark.parametrize("starts_s", [(), (1.0,), (1.0, 4.0, 7.0)])
def test_true_repetitions_are_counted(
    starts_s: tuple[float, ...], height_deg: float, rest_deg: float
) -> None:
    true_deg = repetitions(TIME_S, starts_s, height_deg, rest_deg=rest_deg)

    assert count_true_repetitions(true_deg) == len(starts_s)


def test_movements_to_both_sides_of_rest_count_each() -> None:
    true_deg = repetitions(TIME_S, (1.0, 4.0, 7.0), [20.0, -20.0, 20.0])

    assert count_true_repetitions(true_deg) == 3


def test_a_repetition_cut_off_at_the_end_is_none() -> None:
    true_deg = repetitions(TIME_S, (1.0, 4.0, 9.5), 60.0)

    assert count_true_repetitions(true_deg) == 2


def test_peaks_are_held_against_the_extreme_within_the_repetition() -> None:
    true_deg = repetitions(TIME_S, (1.0, 4.0, 7.0), [60.0, 80.0, -20.0], rest_deg=10.0)
    found = [
        make_repetition(1.1, 2.9, 67.0, 1),
        make_repetition(4.1, 5.9, 95.0, 1),
        make_repetition(7.1, 8.9, -6.0, -1),
        make_repetition(4.1, 5.9, float("nan"), 1),
    ]

    errors_deg = find_peak_errors(found, TIME_S, true_deg)

    np.testing.assert_allclose(errors_deg, [-3.0, 5.0, 4.0, np.nan])
