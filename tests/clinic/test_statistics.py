"""What SQLite is told of how full its tables are, and when."""

from pathlib import Path

import pytest
from clinic_makers import make_analysis
from sqlalchemy import text

from motion.clinic import PatientDetails, Record, add_patient, refresh_statistics, store_analysis
from motion.clinic.orphans import sweep_daily

SQLITE_STATISTICS = "SELECT tbl, stat FROM sqlite_stat1"


def on_sqlite(record: Record) -> bool:
    return record.where.startswith("sqlite") or "motion.db" in record.where


def read_statistics(record: Record) -> dict[str, str]:
    with record.reading() as session:
        known = session.scalar(
            text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        )
        rows = session.execute(text(SQLITE_STATISTICS)) if known else ()
        return {row.tbl: row.stat for row in rows}


def test_sqlite_learns_how_full_its_tables_are(record: Record) -> None:
    for number in range(3):
        add_patient(record, PatientDetails(code=f"P-{number}"))
    refresh_statistics(record)

    if on_sqlite(record):
        assert read_statistics(record)["patient"].split()[0] == "3"
    with record.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM patient")) == 3


def test_it_is_done_with_the_daily_sweep(record: Record, tmp_path: Path) -> None:
    if not on_sqlite(record):
        pytest.skip("PostgreSQL keeps its statistics by itself")
    add_patient(record, PatientDetails(code="P-1"))
    store_analysis(record, make_analysis(), "P-1")

    sweep_daily(record)

    assert read_statistics(record)["take"].split()[0] == "1"
