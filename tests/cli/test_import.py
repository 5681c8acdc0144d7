"""`motion import`: a table of angles goes into the record, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Done, assert_one_line

from motion.clinic import ensure_patient, list_manual_of_patient, open_record

Call = Callable[..., Done]
TEXT = "date;side;joint;motion;mode;value_deg;device\n2026-03-02;left;knee;flexion;active;92,5;x\n"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "data"))
    with open_record() as record:
        ensure_patient(record, "P-1")
    path = tmp_path / "Jane Doe.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def stored():
    with open_record() as record:
        return list_manual_of_patient(record, "P-1")


def test_values_are_stored_once_and_the_files_name_never(call: Call, table: Path) -> None:
    first = call("import", table, "--patient", "P-1", "--label", "old clinic")
    again = call("import", table, "--patient", "P-1")

    assert (first.code, again.code) == (0, 0)
    assert "stored 1 of 1 values" in first.out
    assert "columns not read: device" in first.err
    assert "stored 0 of 1 values" in again.out
    assert "1 of 1 values are in the record already" in again.err
    (value,) = stored()
    assert value.source.startswith("imported: old clinic, file ")


def test_what_was_stored_is_read_back_in_words(call: Call, table: Path) -> None:
    lines = (
        "2026-03-02;right;knee;extension;passive;-10;x\n2026-03-02;r;elbow;extension;active;10;x\n"
    )
    table.write_text(TEXT + lines, encoding="utf-8")

    out = call("import", table, "--patient", "P-1").out

    assert "line 2: Left knee flexion, largest, active: 92°" in out
    assert "line 3: Right knee extension, passive: 10° hyperextension" in out
    assert "line 4: Right elbow extension, active: lacks 10°" in out


def test_a_wrong_line_stores_nothing(call: Call, table: Path) -> None:
    table.write_text(TEXT + "2026-03-02;links;knee;flexion;active;92;x\n", encoding="utf-8")
    done = call("import", table, "--patient", "P-1")

    assert done.code == 2
    assert_one_line(done, "1 of 2 lines cannot be used, nothing was stored: line 3: side must be")
    assert stored() == ()


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [("missing.csv", "P-1", "cannot be read"), ("Jane Doe.csv", "P-9", "no patient has the code")],
)
def test_no_file_or_no_patient_is_one_line(
    call: Call, table: Path, name: str, code: str, said: str
) -> None:
    done = call("import", table.with_name(name), "--patient", code)

    assert done.code == 2
    assert_one_line(done, said)
