"""Reports on the console: tables, paper, a whole patient; and how each fails in one line."""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from cli_runner import assert_one_line
from clinic_makers import make_analysis
from plan_makers import GUIDED, make_plan
from pypdf import PdfReader

from motion.clinic import open_record, store_analysis


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """The record that ``call`` uses, with a patient's plan and one take."""
    folder = tmp_path / "data"
    with open_record(folder=folder) as record:
        make_plan(record, GUIDED)
        store_analysis(record, make_analysis(), "P-1")
    return folder


def test_export_writes_a_table_and_with_the_option_one_with_commas(
    call, clinic, tmp_path: Path
) -> None:
    plain, comma = tmp_path / "p.csv", tmp_path / "c.csv"

    assert call("export", "--patient", "P-1", "--out", plain).code == 0
    assert call("export", "--patient", "P-1", "--decimal-comma", "--out", comma).code == 0

    rows = list(csv.DictReader(plain.read_text("utf-8").splitlines()))
    other = list(csv.DictReader(comma.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert list(rows[0]) == list(other[0])
    assert (rows[0]["mdc95"], other[0]["mdc95"]) == ("9.7", "9,7")


def test_export_whole_writes_all_of_a_patient(call, clinic, tmp_path: Path) -> None:
    out = tmp_path / "new" / "all.zip"

    done = call("export", "--patient", "P-1", "--whole", "--out", out)

    assert (done.code, done.out) == (0, "")
    found = json.loads(zipfile.ZipFile(out).read("record.json"))
    assert found["patient_code"] == "P-1"


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("letter", 792), ("A4", 842)])
def test_report_writes_a_pdf_of_that_paper(call, clinic, tmp_path, paper, height) -> None:
    out = tmp_path / "r.pdf"

    done = call("report", "--patient", "P-1", "--paper", paper, "--out", out)

    assert (done.code, done.err) == (0, "")
    assert round(PdfReader(out).pages[0].mediabox.height) == height


def test_report_is_of_the_period_that_was_asked_for(call, clinic, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"

    done = call(
        "report", "--patient", "P-1", "--from", "2026-03-03", "--to", "2026-04-01", "--out", out
    )

    words = " ".join(PdfReader(out).pages[0].extract_text().split())
    assert done.code == 0
    assert "Period 3 Mar 2026 to 1 Apr 2026 · 0 takes" in words
    assert "Nothing was measured in this period." in words


def test_handout_writes_the_plan_in_the_language_asked_for(call, clinic, tmp_path: Path) -> None:
    out = tmp_path / "h.pdf"

    done = call("plan", "handout", "--patient", "P-1", "--language", "de", "--out", out)

    assert (done.code, done.err) == (0, "")
    assert "Ihre Übungen für zu Hause" in PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--patient", "P-9"), "'P-9'"),
        (("export", "--patient", "P-9"), "P-9"),
        (("export", "--whole", "--patient", "P-9"), "'P-9'"),
        (("plan", "handout", "--patient", "P-9"), "'P-9'"),
        (("report", "--patient", "P-1", "--paper", "a3"), "choose a4 or letter"),
        (("report", "--patient", "P-1", "--from", "2026-05-01", "--to", "2026-04-01"), "swap them"),
        (("report", "--patient", "P-1", "--from", "yesterday"), "yesterday"),
        (("export", "--whole", "--decimal-comma", "--patient", "P-1"), "--decimal-comma"),
        (("plan", "handout", "--patient", "P-1", "--language", "xx"), "'xx'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_said_in_one_line(call, clinic, tmp_path, arguments, said) -> None:
    out = tmp_path / "out.file"

    assert_one_line(call(*arguments, "--out", out), said)
    assert not out.exists()


@pytest.mark.parametrize("command", [("export",), ("report",), ("export", "--whole")])
def test_a_place_that_cannot_be_written_is_named(call, clinic, tmp_path, command) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")

    assert_one_line(call(*command, "--patient", "P-1", "--out", taken / "x"), str(taken))
