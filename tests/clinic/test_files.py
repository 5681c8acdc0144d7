"""Files are whole or absent, and only orphans are swept."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from clinic_makers import make_analysis

from motion.clinic import Record, ensure_patient, load_take, open_record, store_analysis, sweep
from motion.clinic.files import FileStore
from motion.errors import RecordConflictError, RecordError

DIGEST = hashlib.sha256(b"content").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", "motion.db")


def names(store: FileStore) -> set[str]:
    return {path.name for path in store.folder.iterdir() if not path.name.startswith(".")}


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_put_is_idempotent(store: FileStore, tmp_path: Path) -> None:
    source = tmp_path / "a.mp4"
    source.write_bytes(b"content")

    assert store.put_bytes(b"content") == store.put_bytes(b"content") == DIGEST
    assert store.put_file(source) == DIGEST
    assert names(store) == {DIGEST}
    assert store.read(DIGEST) == b"content"
    assert not list(store.folder.glob(".tmp-*"))


def test_changed_or_missing_file_is_refused(store: FileStore) -> None:
    store.put_bytes(b"content")
    (store.folder / DIGEST).write_bytes(b"c0ntent")

    for read in (store.read, store.checked_path):
        with pytest.raises(RecordError, match=r"is damaged: its SHA-256 is .* from a backup"):
            read(DIGEST)
        with pytest.raises(RecordError, match="cannot be read: No such file"):
            read("0" * 64)


def test_sweep_takes_old_orphans_only(store: FileStore) -> None:
    kept, old, young = (store.put_bytes(content) for content in (b"kept", b"old", b"young"))
    left_over = store.folder / ".tmp-1"
    left_over.write_bytes(b"half")
    for name in (kept, old, left_over.name):
        age(store.folder / name, 7200)

    assert store.sweep({kept}, 3600) == 2
    assert names(store) == {kept, young}
    assert store.swept_within(60)


def test_orphan_that_is_stored_again_is_young(store: FileStore) -> None:
    age(store.folder / store.put_bytes(b"content"), 7200)
    store.put_bytes(b"content")

    assert store.sweep(set(), 3600) == 0


def test_files_of_another_database_are_never_swept(store: FileStore) -> None:
    store.put_bytes(b"content")

    with pytest.raises(RecordError, match="holds files of another database"):
        FileStore(store.folder, "old.db").sweep(set(), 0)
    assert names(store) == {DIGEST}


def test_record_sweeps_what_no_row_names(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")
    orphan = record.files.put_bytes(b"never committed")

    assert sweep(record) == 0
    assert sweep(record, older_than_s=0) == 1
    assert not record.files.has(orphan)
    load_take(record, stored.id)


def test_storing_sweeps_once_a_day(record: Record) -> None:
    ensure_patient(record, "P1")
    for swept in (True, False):
        orphan = record.files.put_bytes(b"never committed")
        age(record.files.folder / orphan, 7200)
        store_analysis(record, make_analysis(), "P1")
        assert record.files.has(orphan) is not swept


def test_file_swept_before_the_commit_is_noticed(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_patient(record, "P1")
    monkeypatch.setattr(FileStore, "has", lambda *_: False)

    with pytest.raises(RecordConflictError, match=r"vanished .* store the take again"):
        store_analysis(record, make_analysis(), "P1")


def test_moved_folder_keeps_its_files(tmp_path: Path) -> None:
    with open_record(None, tmp_path / "here") as record:
        ensure_patient(record, "P1")
        stored = store_analysis(record, make_analysis(), "P1")
    (tmp_path / "here").rename(tmp_path / "there")

    with open_record(None, tmp_path / "there") as record:
        assert load_take(record, stored.id).patient_code == "P1"
        assert sweep(record, older_than_s=0) == 0


def test_folder_is_private(record: Record) -> None:
    record.files.put_bytes(b"content")

    assert record.files.folder.stat().st_mode & 0o077 == 0
