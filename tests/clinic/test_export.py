"""The progress table has the agreed columns, and says where a number is missing."""

from datetime import timedelta

import pytest
from clinic_makers import (
    STARTED_AT,
    make_analysis,
    make_measurement,
    make_nobody,
    make_provenance,
    make_repetition,
)

from motion.clinic import (
    Record,
    ensure_patient,
    exclude_take,
    list_takes,
    progress_table,
    store_analysis,
)
from motion.errors import RecordNotFoundError
from motion.model import RepetitionVerdict

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


def test_empty_and_unknown_patient(record: Record) -> None:
    ensure_patient(record, "P1")

    assert progress_table(record, "P1").empty
    with pytest.raises(RecordNotFoundError, match="no patient has the code P2"):
        progress_table(record, "P2")
