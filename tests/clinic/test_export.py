"""The progress table has the agreed columns, and says where a number is missing."""

import math
from datetime import timedelta

import pytest
from clinic_makers import (
    STARTED_AT,
    make_analysis,
    make_gait,
    make_gait_measurement,
    make_measurement,
    make_nobody,
    make_provenance,
    make_repetition,
    make_walk_provenance,
)

from motion.clinic import (
    Record,
    TakeKind,
    ensure_patient,
    exclude_take,
    list_takes,
    progress_table,
    store_analysis,
)
from motion.errors import RecordNotFoundError
from motion.library import load_meaningful
from motion.model import MeasureVerdict, RepetitionVerdict, Side

AGREED = [
    *("patient_pseudo_id", "session_id", "datetime_iso", "setting", "exercise_test", "side"),
    *("joint", "motion", "position", "mode", "view", "value", "unit", "n_reps", "sd", "best"),
    *("norm_mean", "norm_source", "target", "mdc95", "mdc_source", "change_baseline", "verdict"),
    *("pain_before", "pain_after", "rpe", "adherence_pct", "quality_score", "visibility_pct"),
    *("fps", "model", "app_version", "note"),
]


def store(record: Record, day: int, value: float, **changes: object) -> None:
    moment = STARTED_AT + timedelta(days=day)
    given = {
        "started_at": moment,
        "measurements": (make_measurement(value),),
        "provenance": make_provenance(f"{day:064x}"),
    }
    store_analysis(record, make_analysis(**(given | changes)), "P1")


def test_columns_and_values(record: Record) -> None:
    ensure_patient(record, "P1")
    store(record, 7, 104.56)
    store(record, 0, 92.25)

    table = progress_table(record, "P1")

    assert list(table.columns[: len(AGREED)]) == AGREED
    assert {"measure", "weight_bearing", "aid", "footwear_orthosis", "near_side", "mirrored"} < set(
        table.columns
    )
    first, last = table.to_dict("records")
    assert first["datetime_iso"] == "2026-03-02T09:30:15+01:00"
    assert (first["patient_pseudo_id"], first["joint"], first["measure"]) == (
        "P1",
        "knee",
        "rom_max",
    )
    assert (first["value"], last["value"], last["change_baseline"]) == (92.2, 104.6, 12.3)
    assert first["verdict"] == "Baseline"
    assert last["verdict"] == "Improved beyond measurement error (provisional error figure)"
    assert (last["best"], last["n_reps"], last["visibility_pct"]) == (93.5, 3, 98.0)
    no_source = ["pain_before", "pain_after", "rpe", "adherence_pct", "norm_mean", "target"]
    assert table[no_source].isna().all(axis=None)


def test_csv_has_empty_cells_for_what_is_missing(record: Record) -> None:
    ensure_patient(record, "P1")
    store(record, 0, float("nan"))

    _, row = progress_table(record, "P1").to_csv(index=False).splitlines()

    assert "nan" not in row.lower()
    assert ",,deg,3," in row
    assert "Not measured" in row


def test_nobody_and_excluded_have_a_row(record: Record) -> None:
    ensure_patient(record, "P1")
    store(record, 0, 90)
    store_analysis(record, make_nobody(started_at=STARTED_AT + timedelta(days=1)), "P1")
    store(record, 2, 40)
    exclude_take(record, list_takes(record, "P1")[0].id, "another person")

    table = progress_table(record, "P1")

    assert list(table["note"].fillna("")) == ["", "no person found", "excluded: another person"]
    assert list(table["value"].isna()) == [False, True, True]


def test_clear_trend_is_stated_beside_the_last_verdict(record: Record) -> None:
    ensure_patient(record, "P1")
    for week in range(5):
        store(record, 7 * week, 60 + 2 * week)

    notes = progress_table(record, "P1")["note"]

    assert notes.iloc[-1] == "Trend over 5 comparable takes: +2.0 deg a week (+2.0 to +2.0)"
    assert notes.iloc[:-1].isna().all()


def test_best_is_a_counted_repetition_of_that_measure(record: Record) -> None:
    ensure_patient(record, "P1")
    turned = [
        make_repetition(1, 90.0),
        make_repetition(2, 97.0, verdict=RepetitionVerdict.OTHER_MOVEMENT),
        make_repetition(3, 3.0, direction=-1, rom_deg=99.0),
        make_repetition(4, -6.0, direction=-1, rom_deg=80.0),
    ]
    measured = [make_measurement(5.0, measure=f"rom_{end}") for end in ("max", "min", "range")]
    measured.append(make_measurement(1.2, measure="walking_speed", unit="m/s"))
    store(record, 0, 0, measurements=tuple(measured), repetitions=tuple(turned))

    best = progress_table(record, "P1").set_index("measure")["best"]

    assert best[["rom_max", "rom_min", "rom_range"]].tolist() == [90.0, 3.0, 99.0]
    assert best.isna()["walking_speed"]


def test_rows_of_walking_have_the_decimals_of_their_unit(record: Record) -> None:
    ensure_patient(record, "P1")
    numbers = (
        make_gait_measurement(1.21456, mdc95=0.2222),
        make_gait_measurement(111.456, "cadence", "steps/min", sd=3.04, mdc95=10.84),
        make_gait_measurement(0.00593, "walk_ratio", "m/(steps/min)", sd=0.00041, mdc95=0.00097),
        make_gait_measurement(61.44, "stance_percent", "%", side=Side.LEFT, mdc95=5.5),
        make_gait_measurement(1.0834, "step_time_symmetry_ratio", "ratio", mdc95=math.nan),
    )
    walk = {"gait": make_gait(), "repetitions": (), "movement": "walking"}
    store(record, 0, 0, measurements=numbers, provenance=make_walk_provenance(), **walk)
    faster = (make_gait_measurement(1.5, mdc95=0.2),)
    store(record, 1, 0, measurements=faster, provenance=make_walk_provenance("b" * 64), **walk)
    store(record, 2, 95.0)

    table = progress_table(record, "P1", load_meaningful())

    first = table[table.joint == "gait"].head(5).set_index("measure")
    shown = first[["value", "sd", "mdc95", "unit", "n_reps"]].to_dict("index")
    assert list(shown["walking_speed"].values()) == [1.215, 0.05, 0.222, "m/s", 6]
    assert list(shown["cadence"].values()) == [111.5, 3.0, 10.8, "steps/min", 6]
    assert list(shown["walk_ratio"].values()) == [0.00593, 0.00041, 0.00097, "m/(steps/min)", 6]
    assert list(shown["stance_percent"].values())[::2] == [61.4, 5.5, 6]
    assert shown["step_time_symmetry_ratio"]["value"] == 1.083
    assert first["best"].isna().all()
    assert set(first["mdc_source"]) == {"somebody 2000"}
    said = table[table.measure == "walking_speed"].iloc[-1]
    assert said["change_baseline"] == 0.285
    assert said["verdict"].startswith("Improved beyond measurement error and clinically meaningful")
    walked = ["gait_scale", "treadmill", "timed_test", "gait_events", "gait_method"]
    assert said[walked].tolist() == ["height", False, "", "found", "1"]
    assert table[table.joint == "knee"][walked].isna().all(axis=None)


def test_a_number_of_too_few_strides_is_in_the_table_and_judged_by_nobody(record: Record) -> None:
    ensure_patient(record, "P1")
    few = make_gait_measurement(0.7, verdict=MeasureVerdict.FEW_STRIDES, n_repetitions=2)
    store(record, 0, 0, measurements=(few,), provenance=make_walk_provenance())

    (row,) = progress_table(record, "P1").to_dict("records")

    assert (row["value"], row["n_reps"], row["measure_verdict"]) == (0.7, 2, "few_strides")
    assert row["verdict"] == "Too few strides: change not judged"


def test_a_take_of_markers_is_not_said_to_be_a_cameras(record: Record) -> None:
    ensure_patient(record, "P1")
    markers = make_analysis(measurements=(make_gait_measurement(),))
    store_analysis(record, markers, "P1", kind=TakeKind.MARKERS)
    store(record, 1, 90.0)

    assert progress_table(record, "P1")["method"].tolist() == ["markers", "camera"]


def test_empty_and_unknown_patient(record: Record) -> None:
    ensure_patient(record, "P1")

    assert progress_table(record, "P1").empty
    with pytest.raises(RecordNotFoundError, match="no patient has the code P2"):
        progress_table(record, "P2")
