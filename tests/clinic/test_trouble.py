"""What goes wrong with disks, rights and locks is said in one line, and nothing is half-written."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinic_makers import make_analysis, make_provenance
from clinic_processes import run_child
from sqlalchemy import text

from motion.clinic import (
    PatientDetails,
    add_patient,
    ensure_patient,
    find_patient,
    list_patients,
    list_takes,
    open_record,
    store_analysis,
)
from motion.clinic.database import _WRITE_LOCK
from motion.errors import OutputError, RecordBusyError, RecordError

NOBODY = 65534


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a record with a patient, closed."""
    with open_record(None, tmp_path) as record:
        ensure_patient(record, "P1")
    return tmp_path / "motion.db"


def test_locked_database_is_said_after_the_time_out(database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_record(None, database.parent, busy_timeout_s=0.1) as record:
        assert find_patient(record, "P1") is not None
        with pytest.raises(RecordBusyError, match=r"motion\.db is locked by another program") as e:
            ensure_patient(record, "P2")
        other.execute("ROLLBACK")
        ensure_patient(record, "P2")
    other.close()
    assert "\n" not in str(e.value)


@pytest.mark.postgresql
def test_locked_postgresql_is_said_after_the_time_out(
    empty_postgresql: str, tmp_path: Path
) -> None:
    with (
        open_record(empty_postgresql, tmp_path) as other,
        open_record(empty_postgresql, tmp_path, busy_timeout_s=0.1) as record,
    ):
        with other.reading() as session:
            session.execute(text(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})"))
            with pytest.raises(RecordBusyError, match="is locked by another program"):
                ensure_patient(record, "P1")
        ensure_patient(record, "P1")


def test_read_only_database(database: Path) -> None:
    with open_record(f"sqlite:///file:{database}?mode=ro&uri=true", database.parent) as record:
        assert len(list_patients(record)) == 1
        with pytest.raises(RecordError, match=r"cannot be written .* make the file and"):
            ensure_patient(record, "P2")


def test_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(RecordError, match="cannot be used: Not a directory; allow it or set"):
        open_record(None, tmp_path / "file" / "data")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of this computer can reach."""
    folder = Path(tempfile.mkdtemp(prefix="motion-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("made", [True, False])
def test_folder_without_the_right_to_write(open_folder: Path, made: bool) -> None:
    options = {}
    if os.geteuid() == 0:
        options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            subprocess.run([sys.executable, "-c", "import sqlalchemy"], check=True, **options)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("root may write anywhere, and nobody else can run this Python")
    if made:
        open_record(None, open_folder).close()
    for path in (*open_folder.iterdir(), open_folder):
        path.chmod(0o555)

    url = f"sqlite:///{open_folder / 'motion.db'}"
    code, said = run_child("add", url, open_folder, "P1", **options)

    assert code == 2
    assert said.startswith("RecordError: patient record ")
    assert "make the file and its folder writable or set MOTION_DATA_DIR" in said
    assert said.count("\n") == 1


def test_no_database_at_all(tmp_path: Path) -> None:
    (tmp_path / "motion.db").write_bytes(b"not a database, but long enough to be looked at" * 9)

    with pytest.raises(RecordError, match=r"is damaged or no database .* restore it from a"):
        open_record(None, tmp_path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("motion.db", "database address cannot be read: expected sqlite:///PATH or"),
        ("mysql://host/motion", "database must be a file of SQLite or PostgreSQL, got mysql"),
        ("sqlite://", "database must be a file"),
        ("postgresql://m:secret@127.0.0.1:1/m", "check MOTION_DATABASE_URL and that the database"),
    ],
)
def test_address_that_leads_nowhere(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(RecordError, match=said) as caught:
        open_record(url, tmp_path)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_address_and_folder_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "data"))
    open_record().close()
    assert (tmp_path / "data" / "motion.db").is_file()
    monkeypatch.setenv("MOTION_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    with open_record() as record:
        assert record.files.folder == tmp_path / "data" / "files"
    assert (tmp_path / "other.db").is_file()


@pytest.mark.parametrize("size", [1000, 40_000])
def test_file_size_limit(database: Path, size: int) -> None:
    url = f"sqlite:///{database}"

    code, said = run_child("limit", url, database.parent, size)

    assert code == 2
    assert said.startswith("OutputError: ")
    assert said.count("\n") == 1
    with open_record(None, database.parent) as record:
        assert list_takes(record, "P1") == ()
        assert not list(record.files.folder.glob(".tmp-*"))
        store_analysis(record, make_analysis(), "P1")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root may mount a small disk")
    command = [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_read_only_disk(small_disk: Path) -> None:
    with open_record(None, small_disk) as record:
        ensure_patient(record, "P1")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(RecordError, match=r"motion\.db cannot be written .* set MOTION_DATA_DIR"):
        open_record(None, small_disk)


def test_full_disk(small_disk: Path, tmp_path: Path) -> None:
    video = tmp_path / "long.mp4"
    video.write_bytes(bytes(3_000_000))
    with open_record(None, small_disk) as record:
        ensure_patient(record, "P1")
        with pytest.raises(OutputError, match="no space left: free some, then store"):
            store_analysis(record, make_analysis(), "P1", annotated=video)
        assert not list(record.files.folder.glob(".tmp-*"))
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(bytes(2_000_000))
        details = PatientDetails(code="P2", diagnosis_note="long " * 100_000)
        with pytest.raises(OutputError, match=r"disk of patient record .* is full: free some"):
            add_patient(record, details)
        assert list_takes(record, "P1") == ()
        filler.unlink()
        store_analysis(record, make_analysis(provenance=make_provenance()), "P1")
        assert len(list_takes(record, "P1")) == 1


def test_postgresql_without_its_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(RecordError, match=r"needs the package psycopg: pip install"):
        open_record("postgresql://127.0.0.1/motion", tmp_path)
