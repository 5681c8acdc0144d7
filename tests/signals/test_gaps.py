import numpy as np
import pytest
from makers import uniform_times

from motion.signals import MAX_GAP_S, fill_gaps, find_runs

RATE_HZ = 30.0
PERIOD_S = 1.0 / RATE_HZ


def line_with_hole(missing: int) -> tuple[np.ndarray, np.ndarray, slice]:
    """Return times, a straight line with so many samples missing from the tenth on, and where."""
    time_s = uniform_times(2.0, RATE_HZ)
    values = (3.0 + 2.0 * time_s)[:, None].copy()
    hole = slice(10, 10 + missing)
    values[hole] = np.nan
    return time_s, values, hole


@pytest.mark.parametrize(("missing", "is_filled"), [(1, True), (5, True), (6, True), (7, False)])
def test_gap_of_up_to_a_fifth_of_a_second_is_filled(missing: int, is_filled: bool) -> None:
    time_s, values, hole = line_with_hole(missing)

    result, filled = fill_gaps(time_s, values, PERIOD_S)

    assert np.all(np.isfinite(result[hole])) == is_filled
    assert np.all(filled[hole]) == is_filled
    assert np.sum(filled) == (missing if is_filled else 0)


def test_gap_is_measured_less_one_frame_period() -> None:
    # 0.0 and 0.3 with frames of 0.1: two are missing, the gap lasts exactly 0.2 s.
    time_s, valid = np.array([0.0, 0.1, 0.2, 0.3]), np.array([True, False, False, True])

    assert len(find_runs(time_s, valid, 0.1, 0.2)) == 1
    assert len(find_runs(time_s, valid, 0.1, 0.1999)) == 2


def test_frames_that_never_came_are_a_gap_too() -> None:
    time_s = np.delete(uniform_times(2.0, RATE_HZ), slice(10, 17))
    values = np.ones((len(time_s), 1))

    runs = find_runs(time_s, np.isfinite(values[:, 0]), PERIOD_S)
    short = find_runs(np.delete(time_s, slice(20, 26)), np.ones(len(time_s) - 6, bool), PERIOD_S)

    assert [len(run) for run in runs] == [10, len(time_s) - 10]
    assert len(short) == 2


def test_missing_rows_and_empty_rows_add_up_to_one_gap() -> None:
    time_s = np.delete(uniform_times(2.0, RATE_HZ), [11, 12, 13, 14])
    values = np.ones((len(time_s), 1))
    values[[10, 11, 12]] = np.nan

    result, filled = fill_gaps(time_s, values, PERIOD_S)

    assert np.all(np.isnan(result[10:13]))
    assert not np.any(filled)


def test_filled_values_lie_on_a_straight_line_between_their_neighbours() -> None:
    time_s, values, hole = line_with_hole(5)

    result, _ = fill_gaps(time_s, values, PERIOD_S)

    np.testing.assert_allclose(result[hole, 0], 3.0 + 2.0 * time_s[hole], atol=1e-9)


def test_filling_does_not_overshoot_a_sharp_corner() -> None:
    time_s = uniform_times(1.0, RATE_HZ)
    values = np.where(time_s < 0.5, 0.0, 90.0)[:, None]
    values[13:17] = np.nan

    result, _ = fill_gaps(time_s, values, PERIOD_S)

    assert np.min(result) >= 0.0
    assert np.max(result) <= 90.0


def test_both_ends_stay_missing() -> None:
    time_s = uniform_times(1.0, RATE_HZ)
    values = np.ones((len(time_s), 2))
    values[:2], values[-1:] = np.nan, np.nan

    result, filled = fill_gaps(time_s, values, PERIOD_S)

    assert np.all(np.isnan(result[[0, 1, -1]]))
    assert not np.any(filled)


def test_a_row_is_missing_where_one_of_its_columns_is() -> None:
    time_s = uniform_times(1.0, RATE_HZ)
    values = np.ones((len(time_s), 2))
    values[8:20, 1] = np.nan

    result, _ = fill_gaps(time_s, values, PERIOD_S)

    assert np.all(np.isnan(result[8:20]))


def test_nothing_valid_gives_nothing() -> None:
    time_s = uniform_times(1.0, RATE_HZ)
    values = np.full((len(time_s), 1), np.nan)

    result, filled = fill_gaps(time_s, values, PERIOD_S)

    assert find_runs(time_s, np.zeros(len(time_s), bool), PERIOD_S) == []
    assert np.all(np.isnan(result))
    assert not np.any(filled)


def test_the_input_is_left_alone() -> None:
    time_s, values, _ = line_with_hole(3)
    before = values.copy()

    fill_gaps(time_s, values, PERIOD_S)

    np.testing.assert_array_equal(values, before)


def test_the_rule_is_a_fifth_of_a_second() -> None:
    assert MAX_GAP_S == 0.2
