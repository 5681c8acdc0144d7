import numpy as np
import pytest

from motion.balance import (
    centre_of_pressure,
    judge_plate_sway,
    list_numbers,
    measure_plate_sway,
    measure_sway,
)
from motion.model import MeasureVerdict

TIME_S = np.arange(6001) / 100.0
COP_MM = np.column_stack([8 * np.sin(2 * np.pi * 0.2 * TIME_S), 4 * np.cos(2 * np.pi * TIME_S)])


@pytest.mark.parametrize("height_m", [0.0, 0.05, -0.04])
def test_the_centre_of_pressure_is_where_the_force_makes_the_moments(height_m: float) -> None:
    """Also of a plate whose z points down: its surface lies at a negative height."""
    force_n = np.array([[0.0, 0.0, 700.0], [10.0, -5.0, 700.0], [-60.0, 80.0, 700.0]])
    acts_at_m = np.array([0.03, -0.02, height_m])
    moment_nm = np.cross(acts_at_m, force_n)

    found = centre_of_pressure(force_n, moment_nm, height_m)

    assert found == pytest.approx(np.tile([30.0, -20.0], (3, 1)))


def test_where_nobody_stands_there_is_no_centre_of_pressure() -> None:
    found = centre_of_pressure(np.array([[0.0, 0.0, 3.0]]), np.ones((1, 3)))

    assert np.all(np.isnan(found))


def test_rows_are_taken_as_they_are_and_nothing_is_detrended() -> None:
    plate = measure_plate_sway(TIME_S, COP_MM + TIME_S[:, None])

    assert plate is not None
    assert plate.sway.series.values == pytest.approx(COP_MM + TIME_S[:, None])
    assert plate.valid_fraction == 1.0


def test_the_longest_stretch_on_the_plate_counts() -> None:
    vertical_n = np.where((TIME_S > 15) & (TIME_S < 55), 700.0, 5.0)
    plate = measure_plate_sway(TIME_S, COP_MM, vertical_n=vertical_n)

    assert plate is not None
    assert plate.sway.duration_s == pytest.approx(40.0, abs=0.03)
    assert plate.valid_fraction == pytest.approx(40 / 60, abs=0.01)


def test_short_gaps_and_uneven_rows_are_put_on_a_grid() -> None:
    keep = np.ones(len(TIME_S), dtype=bool)
    keep[1000:1005] = False
    plate = measure_plate_sway(TIME_S[keep], COP_MM[keep])
    whole = measure_plate_sway(TIME_S, COP_MM)

    assert plate is not None
    assert whole is not None
    a, b = measure_sway(plate.sway), measure_sway(whole.sway)
    assert a.mean_speed == pytest.approx(b.mean_speed, rel=1e-3)
    assert plate.sway.duration_s == pytest.approx(60.0)


def test_a_filter_is_applied_where_it_is_asked_for() -> None:
    noisy = COP_MM + 0.2 * np.random.default_rng(1).normal(size=COP_MM.shape)
    raw = measure_plate_sway(TIME_S, noisy)
    smooth = measure_plate_sway(TIME_S, noisy, cutoff_hz=5.0)
    clean = measure_plate_sway(TIME_S, COP_MM)

    assert raw is not None
    assert smooth is not None
    assert clean is not None
    speeds = [measure_sway(each.sway).mean_speed for each in (raw, smooth, clean)]
    assert speeds[0] > 1.5 * speeds[2]
    assert speeds[1] == pytest.approx(speeds[2], rel=0.05)


def test_speed_that_is_mostly_noise_is_uncertain_and_it_says_by_how_much() -> None:
    noisy = COP_MM + 0.2 * np.random.default_rng(1).normal(size=COP_MM.shape)
    plate = measure_plate_sway(TIME_S, noisy)
    assert plate is not None
    certainty = judge_plate_sway(plate)

    assert certainty.verdict is MeasureVerdict.UNCERTAIN
    assert "with a low-pass of 10 Hz" in certainty.note


def test_somebody_who_steps_about_did_not_stand_quietly() -> None:
    stepping = COP_MM + np.where(TIME_S > 30, 200.0, 0.0)[:, None]
    plate = measure_plate_sway(TIME_S, stepping)
    assert plate is not None

    assert "not quiet standing" in judge_plate_sway(plate).note


def test_quiet_standing_is_measured_without_a_remark() -> None:
    plate = measure_plate_sway(TIME_S, COP_MM)
    assert plate is not None
    certainty = judge_plate_sway(plate)
    numbers = list_numbers(plate.sway, certainty)

    assert (certainty.verdict, certainty.note) == (MeasureVerdict.MEASURED, "")
    assert {(n.measure, n.axis, n.unit) for n in numbers} >= {
        ("rms", "x", "mm"),
        ("mean_speed", "both", "mm/s"),
        ("ellipse_area", "both", "mm^2"),
        ("median_frequency", "y", "Hz"),
    }
    assert all(np.isfinite(n.value) for n in numbers)


def test_an_empty_plate_gives_nothing() -> None:
    assert measure_plate_sway(TIME_S, COP_MM, vertical_n=np.zeros(len(TIME_S))) is None
    assert measure_plate_sway(TIME_S[:3], COP_MM[:3]) is None


@pytest.mark.parametrize("cutoff_hz", [None, 5.0])
@pytest.mark.parametrize(("moving", "still"), [((0.0, 0.0), {"x", "y"}), ((0.0, 1.0), {"x"})])
def test_where_nothing_moves_nothing_is_measured(
    cutoff_hz: float | None, moving: tuple[float, float], still: set[str]
) -> None:
    """Uneven rows are put on a grid and filtered: what rounding leaves is no sway either."""
    keep = np.arange(len(TIME_S)) % 7 != 3
    cop_mm = COP_MM * moving + [12.3, -45.6]
    plate = measure_plate_sway(TIME_S[keep], cop_mm[keep], cutoff_hz=cutoff_hz)
    assert plate is not None
    rows = list_numbers(plate.sway, judge_plate_sway(plate))

    for row in rows:
        refused = row.axis in {*still, "both"}
        assert np.isnan(row.value) == refused, row
        assert (row.verdict is MeasureVerdict.NOT_MEASURABLE) == refused, row
        assert row.note.startswith("nothing moves along x") == refused, row
