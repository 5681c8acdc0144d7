"""Agreement and retest against published examples and laws."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from motion.agreement import describe_agreement, measure_retest

# Six subjects, four judges (Shrout & Fleiss 1979, table 2).
RATINGS = np.array(
    [
        [9, 2, 5, 8],
        [6, 1, 3, 2],
        [8, 4, 6, 8],
        [7, 1, 2, 6],
        [10, 5, 6, 9],
        [6, 2, 4, 7],
    ],
    dtype=float,
)
# Peak flow of 17 people, large and mini meter, first readings in l/min (Bland & Altman 1986).
LARGE = (494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
MINI = (512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)

tables = arrays(float, st.tuples(st.integers(2, 12), st.integers(2, 4)), elements=st.integers(0, 9))


def test_icc_of_the_published_example() -> None:
    found = measure_retest(RATINGS)

    assert found.icc21 == pytest.approx(0.2898, abs=5e-5)
    # The interval as R's psych prints it for the same data.
    assert found.icc21_ci.low == pytest.approx(0.019, abs=5e-4)
    assert found.icc21_ci.high == pytest.approx(0.761, abs=5e-4)
    # MSE 1.02 and MSW 6.26 stand in the paper's table of variances.
    assert found.sem_consistency**2 == pytest.approx(1.02, abs=0.005)
    assert found.sem**2 == pytest.approx(6.26, abs=0.005)


def test_limits_of_agreement_of_the_published_example() -> None:
    found = describe_agreement(np.array(LARGE), np.array(MINI))

    assert found.n == 17
    assert found.bias == pytest.approx(-2.1, abs=0.05)
    assert found.sd == pytest.approx(38.8, abs=0.05)
    assert (found.bias_ci.low, found.bias_ci.high) == pytest.approx((-22.0, 17.8), abs=0.1)


def test_a_small_table_worked_by_hand() -> None:
    found = measure_retest(np.array([[10.0, 12.0], [20.0, 20.0], [30.0, 34.0]]))

    # MSR 222, MSC 6, MSE 2: ICC = 220 / (222 + 2 + 2 * 4 / 3); within people (4 + 0 + 16) / 6.
    assert found.icc21 == pytest.approx(220 / (224 + 8 / 3))
    assert found.sem == pytest.approx(math.sqrt(20 / 6))
    assert found.sem_consistency == pytest.approx(math.sqrt(2.0))
    assert found.mdc95 == pytest.approx(1.96 * math.sqrt(2.0) * math.sqrt(20 / 6))
    assert found.agreement.bias == pytest.approx(2.0)
    assert found.agreement.loa_high == pytest.approx(2.0 + 1.96 * 2.0)


def test_figures_of_four_pairs_worked_by_hand() -> None:
    found = describe_agreement(np.array([1.0, 2.0, 3.0, 8.0]), np.array([2.0, 2.0, 2.0, 4.0]))

    assert (found.n, found.bias, found.mae) == (4, 1.0, 1.5)
    assert found.rmse == pytest.approx(math.sqrt(18 / 4))
    assert found.sd == pytest.approx(math.sqrt(14 / 3))
    # t(3) = 3.1824; sqrt(1/4 + 1.96^2 / 6) = 0.94358
    half = 3.1824 * math.sqrt(14 / 3) * 0.94358
    assert found.loa_low_ci.high - found.loa_low == pytest.approx(half, rel=1e-4)


def test_pairs_with_a_gap_are_left_out() -> None:
    whole = describe_agreement(np.array([1.0, 5.0]), np.array([0.0, 3.0]))
    gaps = describe_agreement(np.array([1.0, np.nan, 5.0, 9.0]), np.array([0.0, 1.0, 3.0, np.nan]))

    assert gaps == whole


def test_people_with_a_gap_are_left_out() -> None:
    gap = np.vstack([RATINGS, [5.0, np.nan, 5.0, 5.0]])

    assert measure_retest(gap) == measure_retest(RATINGS)


def test_one_patient_gives_an_error_but_no_icc() -> None:
    found = measure_retest(np.array([[100.0, 103.0, 106.0]]))

    assert found.sem == pytest.approx(3.0)  # the standard deviation of the three
    assert math.isnan(found.icc21)
    # A variance with two degrees of freedom: chi2 0.0506 and 7.378.
    assert found.sem_ci.low == pytest.approx(3.0 * math.sqrt(2 / 7.3778), rel=1e-4)
    assert found.sem_ci.high == pytest.approx(3.0 * math.sqrt(2 / 0.050636), rel=1e-4)


def test_nobody_gives_no_figure() -> None:
    nobody = measure_retest(np.full((3, 2), np.nan))
    one = describe_agreement(np.array([3.0]), np.array([1.0]))

    assert nobody.n == 0
    assert math.isnan(nobody.sem)
    assert math.isnan(nobody.icc21)
    assert (one.bias, one.mae) == (2.0, 2.0)
    assert math.isnan(one.loa_low)


def test_the_interval_of_the_error_holds_it_19_times_of_20() -> None:
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(600):
        people = rng.normal(110.0, 12.0, (10, 1))
        found = measure_retest(people + rng.normal(0.0, 3.0, (10, 2)))
        held += found.sem_ci.low <= 3.0 <= found.sem_ci.high

    assert 0.93 <= held / 600 <= 0.98


def test_a_shift_between_sessions_is_error_of_the_one_and_not_of_the_other() -> None:
    rng = np.random.default_rng(5)
    people = rng.normal(110.0, 12.0, (200, 1)) + rng.normal(0.0, 3.0, (200, 2))
    shifted = people + np.array([0.0, 8.0])

    before, after = measure_retest(people), measure_retest(shifted)

    assert after.sem_consistency == pytest.approx(before.sem_consistency)
    assert after.sem == pytest.approx(math.sqrt(9.0 + 32.0), rel=0.05)
    assert after.icc21 < before.icc21


@given(tables, st.integers(-50, 50))
def test_adding_the_same_to_all_moves_no_figure(values: np.ndarray, shift: int) -> None:
    assume(np.ptp(values) > 0)
    before, after = measure_retest(values), measure_retest(values + shift)

    assert after.sem == pytest.approx(before.sem, abs=1e-9)
    assert after.icc21 == pytest.approx(before.icc21, abs=1e-6, nan_ok=True)
    assert after.agreement.bias == pytest.approx(before.agreement.bias, abs=1e-9)


@given(tables)
def test_another_unit_scales_errors_and_leaves_the_icc(values: np.ndarray) -> None:
    assume(np.ptp(values) > 0)
    before, after = measure_retest(values), measure_retest(-4.0 * values)

    assert after.sem == pytest.approx(4.0 * before.sem)
    assert after.mdc95 == pytest.approx(4.0 * before.mdc95)
    assert after.icc21 == pytest.approx(before.icc21, abs=1e-9, nan_ok=True)
    assert after.agreement.loa_low == pytest.approx(-4.0 * before.agreement.loa_high)


@given(tables)
@example(np.array([[4.0, 0.0, 0.0], [0.0, 5.0, 0.0]]))  # ICC -0.95
def test_an_interval_holds_its_figure_or_says_nothing(values: np.ndarray) -> None:
    found = measure_retest(values)

    for figure, interval in ((found.icc21, found.icc21_ci), (found.sem, found.sem_ci)):
        assert math.isnan(interval.low) or interval.low <= figure + 1e-9
        assert math.isnan(interval.high) or figure - 1e-9 <= interval.high


@given(tables)
def test_swapping_method_and_truth_turns_the_signs(values: np.ndarray) -> None:
    there = describe_agreement(values[:, 0], values[:, 1])
    back = describe_agreement(values[:, 1], values[:, 0])

    assert back.bias == pytest.approx(-there.bias)
    assert back.rmse == pytest.approx(there.rmse)
    assert back.loa_low == pytest.approx(-there.loa_high)


@pytest.mark.parametrize("shape", [(4,), (4, 1), (2, 2, 2)])
def test_a_retest_needs_people_by_sessions(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must be \\(n people, k >= 2 sessions\\), got"):
        measure_retest(np.zeros(shape))


def test_methods_must_pair_up() -> None:
    with pytest.raises(ValueError, match="must be \\(n,\\) both, got \\(3,\\) and \\(2,\\)"):
        describe_agreement(np.zeros(3), np.zeros(2))
