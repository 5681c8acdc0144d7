"""Figures of many clips together are those of their frames together."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.agreement import describe_agreement
from motion.validation.coverage import COVERAGES, Coverage
from motion.validation.pooling import add_off_class, pool, summarise
from motion.validation.row_figures import describe_curve


def make_row(error_deg: "list[float] | np.ndarray[Any, Any]", **known: Any) -> dict[str, Any]:
    error = np.asarray(error_deg, dtype=float)
    true_deg = np.linspace(0.0, 50.0, len(error))
    counts = {f"{name}_{part}": 0 for name in COVERAGES for part in ("inside", "n")}
    return {
        "clip": "clip", "truth": "rendered", "way": "product", "angle": "knee_flexion",
        "view": "sagittal", "limb": "near", "moving": True, "motion": "squat", "held_out": False,
        "off_plane_deg": 0.0, "repetition_count_error": 0.0, "peaks_n": 0,
        "peak_bias_deg": np.nan, "peak_mae_deg": np.nan, "band95_width_deg": 10.0,
        **counts, **describe_curve(true_deg + error, true_deg), **known,
    }  # fmt: skip


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return add_off_class(pd.DataFrame(rows))


errors = st.lists(st.floats(-30.0, 30.0), min_size=2, max_size=12)


@given(errors, errors)
def test_limits_are_those_of_all_frames_together(first: list[float], second: list[float]) -> None:
    (pooled,) = pool(table(make_row(first), make_row(second)), ("angle",)).to_dict("records")

    both = np.array([*first, *second])
    expected = describe_agreement(both, np.zeros(len(both)))
    assert pooled["frames_n"] == expected.n
    assert pooled["rmse_deg"] == pytest.approx(expected.rmse, abs=1e-6)
    assert pooled["sd_deg"] == pytest.approx(expected.sd, abs=1e-5)
    assert pooled["loa_low_deg"] == pytest.approx(expected.loa_low, abs=1e-4)
    assert pooled["loa_high_deg"] == pytest.approx(expected.loa_high, abs=1e-4)


def test_a_long_clip_counts_no_more_than_a_short_one() -> None:
    rows = table(make_row([2.0] * 300), make_row([-4.0] * 10, clip="other"))

    (pooled,) = pool(rows, ("angle",)).to_dict("records")

    assert (pooled["clips_n"], pooled["curves_n"]) == (2, 2)
    assert pooled["mae_deg"] == pytest.approx(3.0)
    assert pooled["bias_deg"] == pytest.approx(-1.0)
    assert pooled["worst_mae_deg"] == pytest.approx(4.0)


def test_a_curve_without_a_number_lowers_the_share_given_and_nothing_else() -> None:
    rows = table(make_row([2.0] * 30), make_row([np.nan] * 10, clip="other"))

    (pooled,) = pool(rows, ("angle",)).to_dict("records")

    assert pooled["detection_rate"] == pytest.approx(0.75)
    assert (pooled["curves_n"], pooled["clips_n"]) == (1, 2)
    assert pooled["mae_deg"] == pytest.approx(2.0)


def test_coverage_is_pooled_by_its_counts() -> None:
    rows = table(
        make_row([1.0] * 10, band95_frames_inside=9, band95_frames_n=10),
        make_row([1.0] * 90, band95_frames_inside=45, band95_frames_n=90),
    )

    (pooled,) = pool(rows, ("angle",)).to_dict("records")

    assert pooled["band95_frames_share"] == 54 / 100
    assert (pooled["band95_frames_low"], pooled["band95_frames_high"]) == Coverage(54, 100).interval


@pytest.mark.parametrize(
    ("off_deg", "name"),
    [(0.0, "0-5"), (5.0, "0-5"), (6.0, "6-14"), (15.0, "15-30"), (30.0, "15-30"), (45.0, "31-45"),
     (60.0, "46-60"), (90.0, "61-90"), (np.nan, "")],
)  # fmt: skip
def test_degrees_off_the_plane_have_a_class(off_deg: float, name: str) -> None:
    assert list(table(make_row([1.0] * 3, off_plane_deg=off_deg))["off_class"]) == [name]


def test_the_summary_holds_all_bodies_and_those_held_out() -> None:
    rows = table(make_row([2.0] * 9), make_row([4.0] * 9, clip="other", held_out=True))

    found = summarise(rows).set_index(["motion", "body"])["mae_deg"]

    expected = {
        ("all", "all"): 3.0, ("squat", "all"): 3.0,
        ("all", "held out"): 4.0, ("squat", "held out"): 4.0,
        ("all", "fitted on"): 2.0, ("squat", "fitted on"): 2.0,
    }  # fmt: skip
    assert found.to_dict() == pytest.approx(expected)
