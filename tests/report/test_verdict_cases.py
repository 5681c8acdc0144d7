"""Each verdict of clinical.md, section 5, on paper, in the table and in the note to copy."""

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from clinic_makers import (
    STARTED_AT,
    make_analysis,
    make_gait_measurement,
    make_measurement,
    make_provenance,
)
from clinic_takes import WALK
from report_makers import read_pages

from motion.clinic import Record, ensure_patient, open_record, progress_report, store_analysis
from motion.library import load_gait_norms, load_meaningful, load_norms
from motion.model import Measurement, MeasureVerdict, Position, Side, TakeConditions
from motion.report.pdf import lay_out_progress
from motion.reporting.gathering import gather_report
from motion.reporting.noting import note_of_patient

PUBLISHED = {"mdc_source": "somebody 2000"}


def knees(*values: float, **changes: object) -> list[Measurement]:
    return [make_measurement(value, **({"side": Side.RIGHT} | changes)) for value in values]


def walks(*speeds: float, **changes: object) -> list[Measurement]:
    return [make_gait_measurement(speed, **changes) for speed in speeds]


CASES = {
    "not detectable": (knees(92, 100, **PUBLISHED), "Change not detectable with this camera"),
    "nothing moved": (knees(92, 92, **PUBLISHED), "Change not detectable with this camera"),
    "improved": (knees(92, 110, **PUBLISHED), "Improved beyond measurement error"),
    "exactly the error": (knees(92, 101.7, **PUBLISHED), "Improved beyond measurement error"),
    "provisional": (
        knees(92, 110),
        "Improved beyond measurement error (provisional error figure)",
    ),
    "declined once": (
        knees(110, 92, **PUBLISHED),
        "Declined beyond measurement error (not yet confirmed by a second take)",
    ),
    "declined twice": (knees(110, 92, 91, **PUBLISHED), "Declined beyond measurement error"),
    "meaningful": (
        walks(0.9, 1.05, mdc95=0.1),
        "Improved beyond measurement error and clinically meaningful",
    ),
    "perhaps meaningful": (
        walks(0.9, 1.02, mdc95=0.2),
        "May be meaningful, but within measurement error - repeat",
    ),
    "no error figure": (
        knees(92, 110, mdc95=math.nan, mdc_source=""),
        "No error figure: change not judged",
    ),
    "too few strides": (
        walks(0.9, verdict=MeasureVerdict.FEW_STRIDES),
        "Too few strides: change not judged",
    ),
}


@pytest.fixture
def record(tmp_path: Path):
    with open_record(folder=tmp_path) as opened:
        ensure_patient(opened, "P1")
        yield opened


def store(record: Record, numbers: list[Measurement]) -> None:
    """Store one number a week; speeds are of a walk."""
    for place, number in enumerate(numbers):
        provenance = make_provenance(f"{place:064x}")
        given = {
            "started_at": STARTED_AT + timedelta(days=7 * place),
            "measurements": (number,),
            "provenance": provenance,
        }
        if number.unit == "m/s":
            given |= {"movement": "walking", "provenance": replace(provenance, settings=WALK)}
        store_analysis(record, make_analysis(**given), "P1")


def last_row(record: Record):
    table = progress_report(record, "P1", load_norms(), load_gait_norms(), load_meaningful())
    return table.iloc[-1]


@pytest.mark.parametrize("case", CASES)
def test_the_same_verdict_everywhere(record: Record, case: str) -> None:
    numbers, verdict = CASES[case]
    store(record, numbers)

    row = last_row(record)
    note = note_of_patient(record, "P1")
    report = gather_report(record, "P1", made_on=date(2026, 6, 1))
    paper = " ".join(read_pages(lay_out_progress(report).content))

    assert row.verdict.startswith(verdict), row.verdict
    said = f"{verdict[0].lower()}{verdict[1:]}"
    assert said in paper
    assert "no change" not in f"{note}{paper}{row.verdict}".lower()
    if len(numbers) > 1:
        assert said in note
    confirmed = case == "declined twice"
    assert ("confirmed by a second take" in paper.replace("not yet confirmed", "")) == confirmed


def test_a_first_take_is_the_baseline_everywhere(record: Record) -> None:
    store(record, knees(92))

    assert last_row(record).verdict == "Baseline"
    report = gather_report(record, "P1", made_on=date(2026, 6, 1))
    paper = " ".join(read_pages(lay_out_progress(report).content))
    assert "92° (one take, nothing to compare yet)" in paper
    assert "Baseline" in paper


def test_another_position_is_another_baseline_and_says_why(record: Record) -> None:
    store(record, knees(92))
    sitting = TakeConditions(position=Position.SITTING)
    for place, value in enumerate((105.0, 107.0), start=1):
        analysis = make_analysis(
            started_at=STARTED_AT + timedelta(days=7 * place),
            measurements=tuple(knees(value)),
            provenance=make_provenance(f"{place:064x}"),
            conditions=sitting,
        )
        store_analysis(record, analysis, "P1")

    table = progress_report(record, "P1", load_norms(), load_gait_norms(), load_meaningful())

    assert list(table.verdict) == [
        "Baseline", "Baseline", "Change not detectable with this camera (provisional error figure)",
    ]  # fmt: skip
    assert "Not comparable: position differs from earlier ones" in table.note.iloc[1]
    assert table.change_baseline.iloc[2] == 2.0
    report = gather_report(record, "P1", made_on=date(2026, 6, 1))
    paper = " ".join(read_pages(lay_out_progress(report).content))
    assert "not comparable with the takes before (position differs)" in paper
