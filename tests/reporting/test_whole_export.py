"""All of one patient, nothing of anybody else, whole or not at all."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from clinic_makers import STARTED_AT, make_analysis, make_provenance
from plan_makers import GUIDED, MEASURED, did, live_take, make_plan

from motion.clinic import (
    AnnotationDetails,
    AnnotationKind,
    OutcomeDetails,
    Record,
    TargetDetails,
    add_annotation,
    add_outcome,
    exclude_take,
    list_takes,
    load_take,
    make_link,
    open_record,
    set_target,
    store_analysis,
)
from motion.clinic.base import Base
from motion.clinic.whole_record import OMITTED_COLUMNS, OMITTED_TABLES
from motion.errors import RecordError, RecordNotFoundError
from motion.exchange import write_plan_file
from motion.model import Side
from motion.report import read_landmarks
from motion.reporting.whole_export import SCHEMA, SCHEMA_VERSION, export_whole


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(folder=tmp_path / "data") as opened:
        yield opened


def fill(record: Record, code: str, author: str, tmp_path: Path) -> bytes:
    """Put something of everything into a patient's record; return the kept video."""
    guided, measured = make_plan(record, GUIDED, MEASURED, code=code, name=f"Name of {code}")
    did(record, guided.id, note=f"diary of {code}")
    live_take(record, measured, code, pain_after=3)
    video = f"video of {code}".encode() * 1000
    source = tmp_path / f"{code}.mp4"
    source.write_bytes(video)
    digest = hashlib.sha256(video).hexdigest()
    analysis = make_analysis(started_at=STARTED_AT, provenance=make_provenance(digest))
    store_analysis(record, analysis, code, source=source, author=author)
    left_out = make_analysis(
        started_at=STARTED_AT + timedelta(days=1), provenance=make_provenance(f"{code:0>64}")
    )
    take = store_analysis(record, left_out, code)
    exclude_take(record, take.id, f"why of {code}", author)
    day = STARTED_AT.date()
    add_annotation(
        record, code, AnnotationDetails(day=day, kind=AnnotationKind.SURGERY, text=f"op {code}")
    )
    add_outcome(record, code, OutcomeDetails(instrument="nprs", day=day, score=5.0, context="now"))
    knee = TargetDetails(joint="knee", motion="flexion", side=Side.LEFT, target_deg=120.0)
    set_target(record, code, knee, author=author)
    make_link(record, code)
    write_plan_file(record, code, tmp_path / f"{code}.motionplan")  # makes the plan's secret
    return video


@pytest.fixture
def exported(record: Record, tmp_path: Path) -> zipfile.ZipFile:
    fill(record, "P-1", "A. Meyer", tmp_path)
    fill(record, "Q-2", "B. Schulz", tmp_path)
    out = tmp_path / "out" / "p1.zip"
    export_whole(record, "P-1", out)
    return zipfile.ZipFile(out)


def tables_of(archive: zipfile.ZipFile) -> dict[str, list[dict[str, Any]]]:
    found = json.loads(archive.read("record.json"))
    assert (found["schema"], found["schema_version"]) == (SCHEMA, SCHEMA_VERSION)
    return dict(found["tables"])


def test_every_table_is_there_with_the_patients_rows(exported: zipfile.ZipFile) -> None:
    tables = tables_of(exported)

    assert set(tables) == {table.name for table in Base.metadata.sorted_tables} - OMITTED_TABLES
    for name in (
        "patient", "session", "take", "analysis", "measurement", "repetition", "event", "edit",
        "plan", "plan_item", "exercise_diary", "live_take", "annotation", "outcome", "target",
    ):  # fmt: skip
        assert tables[name], name
    assert [row["name"] for row in tables["author"]] == ["A. Meyer"]
    assert {row["reason"] for row in tables["edit"]} == {"why of P-1"}
    (patient,) = tables["patient"]
    assert (patient["code"], patient["name"]) == ("P-1", "Name of P-1")


def test_nothing_of_anybody_else_is_there(exported: zipfile.ZipFile, record: Record) -> None:
    others = [str(take.id) for take in list_takes(record, "Q-2")]

    for name in exported.namelist():
        content = exported.read(name)
        for foreign in ("Q-2", "Schulz", *others):
            assert foreign.encode() not in content, (name, foreign)
            assert foreign not in name


def test_no_key_that_opens_something_is_there(exported: zipfile.ZipFile) -> None:
    tables = tables_of(exported)

    assert "patient_link" not in tables
    for table, column in OMITTED_COLUMNS:
        assert tables[table]
        assert all(column not in row for row in tables[table])


def test_takes_come_with_their_files(
    exported: zipfile.ZipFile, record: Record, tmp_path: Path
) -> None:
    takes = list_takes(record, "P-1")
    names = set(exported.namelist())

    assert len(takes) == 3
    for take in takes:
        folder = f"takes/{take.id}/{take.analysis_id}"
        for file in ("angles.csv", "landmarks.npz", "measurements.csv", "summary.json"):
            assert f"{folder}/{file}" in names
        exported.extract(f"{folder}/landmarks.npz", tmp_path)
        read = read_landmarks(tmp_path / folder / "landmarks.npz")
        stored = load_take(record, take.id).analysis.recording
        assert len(read) == len(stored)
    (video,) = [name for name in names if "/source." in name]
    assert exported.read(video) == b"video of P-1" * 1000


def test_the_manifest_names_every_file_as_it_is(exported: zipfile.ZipFile) -> None:
    listed = json.loads(exported.read("manifest.json"))["files"]

    assert [each["path"] for each in listed] == exported.namelist()[:-1]
    for each in listed:
        content = exported.read(each["path"])
        assert each["bytes"] == len(content)
        assert each["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_damaged_video_leaves_nothing_behind(record: Record, tmp_path: Path) -> None:
    video = fill(record, "P-1", "A. Meyer", tmp_path)
    kept = record.files.folder / hashlib.sha256(video).hexdigest()
    kept.write_bytes(b"something else")
    out = tmp_path / "out" / "p1.zip"

    with pytest.raises(RecordError):
        export_whole(record, "P-1", out)

    assert list(out.parent.iterdir()) == []


def test_an_unknown_patient_is_named(record: Record, tmp_path: Path) -> None:
    with pytest.raises(RecordNotFoundError, match="'P-9'"):
        export_whole(record, "P-9", tmp_path / "x.zip")
