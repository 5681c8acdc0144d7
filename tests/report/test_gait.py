"""The tables of a walk: columns, what is left out, published values."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from clinic_makers import make_gait_measurement
from gait.walkers import Walker, film, walk
from makers import STARTED_AT, make_provenance

from motion.gait import GaitSettings
from motion.library import load_gait_norms
from motion.measuring import measure_recording
from motion.model import GAIT, Analysis, Side
from motion.norms import Subject, is_score
from motion.report import (
    gait_cycles_table,
    gait_events_table,
    gait_parameters_table,
    measurements_table,
)
from motion.settings import AnalysisSettings

WOMAN = Subject(birth_year=1953, sex="female", day=date(2026, 6, 1))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    walker = Walker()
    recording = film(walk(walker, np.arange(0.0, 7.0, 1 / 30)))
    chosen = AnalysisSettings(gait=GaitSettings(height_m=walker.height_m))
    return measure_recording(recording, chosen, make_provenance(recording), STARTED_AT)


def test_events_stand_in_order_with_why_they_are_left_out(analysis: Analysis) -> None:
    table = gait_events_table(analysis)

    assert list(table.columns[:4]) == ["time_s", "side", "event", "confidence"]
    assert table.time_s.is_monotonic_increasing
    assert set(table.event) == {"initial_contact", "foot_off"}
    assert set(table.side) == {"left", "right"}
    assert len(table) == len(analysis.events)
    assert list(table.left_out) == [event.left_out for event in analysis.events]


def test_parameters_have_interval_error_and_published_values(analysis: Analysis) -> None:
    table = gait_parameters_table(analysis, load_gait_norms(), WOMAN).set_index(
        ["parameter", "side"]
    )
    cadence = table.loc["cadence", "both"]

    assert cadence.ci95_low <= cadence["mean"] <= cadence.ci95_high
    assert cadence["mdc95"] > cadence["sem"] > 0
    assert (cadence.norm_low, cadence.norm_high) == (93, 133)
    assert "Hollman" in cadence.norm_source
    assert len(table) == sum(m.joint == GAIT for m in analysis.measurements)


def test_a_mean_without_a_range_stands_in_a_column_of_its_own(analysis: Analysis) -> None:
    man = Subject(birth_year=1980, sex="male", day=date(2026, 6, 1))
    table = gait_parameters_table(analysis, load_gait_norms(), man).set_index("parameter")
    speed, cadence = table.loc["walking_speed"], table.loc["cadence"]

    assert table.columns[-1] == "norm_mean"
    assert (speed.norm_mean, pd.isna(speed.norm_low)) == (1.434, True)
    assert "Bohannon" in speed.norm_source
    assert cadence.norm_low < cadence.norm_high
    assert pd.isna(cadence.norm_mean)


@pytest.mark.parametrize(
    ("birth_year", "verdicts", "given"),
    [(1990, {"measured"}, True), (1953, {"uncertain"}, True), (2016, {"not_measurable"}, False)],
)
def test_the_distance_from_the_curves_is_told_of_people_like_theirs(
    analysis: Analysis, birth_year: int, verdicts: set[str], given: bool
) -> None:
    score = make_gait_measurement(4.2, "knee_variable_score", "deg", side=Side.LEFT)
    others = (m for m in analysis.measurements if not is_score(m))
    scored = replace(analysis, measurements=(*others, score))
    subject = Subject(birth_year=birth_year, sex="female", day=date(2026, 6, 1))

    for table, name, number in (
        (gait_parameters_table(scored, (), subject), "parameter", "mean"),
        (measurements_table(scored, subject), "measure", "value"),
    ):
        (row,) = table[table[name] == "knee_variable_score"].to_dict("records")
        assert {row["verdict"]} == verdicts
        assert (row[number] == 4.2) is given
        assert ("child" in row["note"]) is (birth_year == 2016)


def test_a_small_number_keeps_its_digits(analysis: Analysis) -> None:
    ratio = next(m for m in analysis.measurements if m.measure == "walk_ratio")
    for table, name, number in (
        (gait_parameters_table(analysis), "parameter", "mean"),
        (measurements_table(analysis), "measure", "value"),
    ):
        row = table[table[name] == "walk_ratio"].iloc[0]
        assert row[number] == round(ratio.value, 5) > 0
        assert row["sem"] == round(ratio.sem, 5) > 0


def test_nobody_known_means_no_published_value(analysis: Analysis) -> None:
    table = gait_parameters_table(analysis, load_gait_norms())

    assert table.norm_low.isna().all()
    assert (table.norm_source == "").all()


def test_cycles_go_from_0_to_100_percent_of_each_stride(analysis: Analysis) -> None:
    table = gait_cycles_table(analysis)
    assert analysis.gait is not None
    strides = analysis.gait.strides

    assert list(table.columns[:5]) == ["side", "cycle", "percent", "angle", "angle_deg"]
    for (side, _, _), rows in table.groupby(["side", "cycle", "angle"]):
        assert list(rows.percent) == list(range(101)), side
    cycles = table.groupby("side").cycle.max()
    assert dict(cycles) == {
        side: sum(stride.side == side for stride in strides) for side in ("left", "right")
    }
    first = next(stride for stride in strides if stride.side == "right")
    knee = table[(table.side == "right") & (table.cycle == 1) & (table.angle == "knee_flexion")]
    curve = analysis.angles["right_knee_flexion"]
    at_s = first.start_s + knee.percent.to_numpy() / 100 * first.time_s
    seen = np.isfinite(curve.value_deg)
    expected = np.interp(at_s, analysis.angles.time_s[seen], curve.value_deg[seen])
    measured = knee.angle_deg.to_numpy()
    np.testing.assert_allclose(measured[np.isfinite(measured)], expected[np.isfinite(measured)],
                               atol=0.01)  # fmt: skip


def test_without_a_walk_the_tables_are_empty_and_have_their_columns() -> None:
    recording = film(walk(Walker(strides=0, stands_s=3.0), np.arange(0.0, 5.0, 1 / 30)))
    chosen = AnalysisSettings(gait=GaitSettings())
    still = measure_recording(recording, chosen, make_provenance(recording), STARTED_AT)

    assert gait_events_table(still).empty
    assert gait_cycles_table(still).empty
    assert list(gait_cycles_table(still).columns) == [
        "side", "cycle", "percent", "angle", "angle_deg", "left_out",
    ]  # fmt: skip
    assert isinstance(gait_parameters_table(still), pd.DataFrame)
    assert gait_parameters_table(still)["mean"].isna().all()
