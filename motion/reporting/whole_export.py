"""All of one patient as one ZIP file: what the record holds, the landmarks, curves and videos.

Layout, schema version 1 (docs/reports.md): ``record.json``, ``progress.csv``,
``takes/TAKE/source.*``, ``takes/TAKE/annotated.mp4``, ``takes/TAKE/ANALYSIS/`` with the files of
``motion analyse``, and ``manifest.json`` with the size and SHA-256 of each.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, cast

from motion import __version__
from motion.clinic import Record, find_live_facts, find_patient, progress_report
from motion.clinic.fields import columns_of
from motion.clinic.values import Patient
from motion.clinic.whole_record import WholeTake, list_whole_takes, load_analysis, read_tables
from motion.errors import RecordNotFoundError
from motion.library import load_gait_norms, load_meaningful, load_norms
from motion.model import LiveFacts
from motion.norms import Subject
from motion.pipeline import write_results
from motion.report import prepare_folder, replace_file, write_csv

__all__ = ["SCHEMA", "SCHEMA_VERSION", "export_whole"]

SCHEMA: Final = "physio-motion.patient"
SCHEMA_VERSION: Final = 1
_CHUNK: Final = 1 << 20
_STORED: Final = (".npz", ".mp4", ".mov", ".webm", ".mkv", ".avi")
"""Packed already: to pack them again takes long and gains nothing."""

Progress = Callable[[str, int, int], None]


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


def export_whole(
    record: Record, patient_code: str, path: Path, on_progress: Progress = _silent
) -> None:
    """Write all that the record holds of a patient, whole or not at all.

    Excluded takes and every earlier analysis are with it. Nothing is held in memory but one
    analysis at a time.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    RecordError
        If a file of the record is missing or damaged: then nothing is written.
    OutputError
        If the file cannot be written.
    """
    patient = find_patient(record, patient_code)
    if patient is None:
        msg = f"no patient {patient_code!r} in the record: choose one of `motion patients`"
        raise RecordNotFoundError(msg)
    prepare_folder(path.resolve().parent)
    takes = list_whole_takes(record, patient_code)
    with (
        replace_file(path) as partial,
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.TemporaryDirectory(dir=partial.parent, prefix=".whole-") as scratch,
    ):
        packed = _Packed(archive)
        _write_record(record, patient_code, packed)
        _write_progress(record, patient_code, Path(scratch), packed)
        for number, take in enumerate(takes, 1):
            _write_take(record, patient, take, Path(scratch), packed)
            on_progress("Writing takes", number, len(takes))
        packed.finish()


class _Packed:
    """A ZIP file that knows the size and the digest of all that is put into it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files: list[dict[str, Any]] = []

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        info = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
        stored = name.endswith(_STORED)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with self._archive.open(info, "w", force_zip64=True) as opened:
            counted = _Counted(opened)
            yield cast(IO[bytes], counted)
        found = {"path": name, "bytes": counted.size, "sha256": counted.digest.hexdigest()}
        self._files.append(found)

    def put(self, source: Path, name: str) -> None:
        with source.open("rb") as file, self.writing(name) as opened:
            while chunk := file.read(_CHUNK):
                opened.write(chunk)

    def finish(self) -> None:
        listed = json.dumps({"files": self._files}, indent=1)
        with self.writing("manifest.json") as file:
            file.write(listed.encode())


class _Counted(io.RawIOBase):
    """Passes bytes on, and keeps their number and digest."""

    def __init__(self, target: IO[bytes]) -> None:
        super().__init__()
        self._target = target
        self.size = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.digest.update(content)
        self.size += len(content)
        return self._target.write(content)


def _write_record(record: Record, patient_code: str, packed: _Packed) -> None:
    """Write ``record.json`` row by row."""
    head = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "software": __version__,
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "patient_code": patient_code,
    }
    with packed.writing("record.json") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "tables": {')
        for place, (name, rows) in enumerate(read_tables(record, patient_code)):
            file.write(f"{',' if place else ''}\n{json.dumps(name)}: [".encode())
            for number, row in enumerate(rows):
                said = json.dumps(row, ensure_ascii=False, allow_nan=False)
                file.write(f"{',' if number else ''}\n{said}".encode())
            file.write(b"]")
        file.write(b"\n}}\n")


def _write_progress(record: Record, patient_code: str, scratch: Path, packed: _Packed) -> None:
    table = scratch / "progress.csv"
    published = load_norms(), load_gait_norms(), load_meaningful()
    write_csv(progress_report(record, patient_code, *published), table)
    packed.put(table, "progress.csv")


def _write_take(
    record: Record, patient: Patient, take: WholeTake, scratch: Path, packed: _Packed
) -> None:
    where = f"takes/{take.id}"
    if take.source_digest is not None:
        source = record.files.checked_path(take.source_digest)
        packed.put(source, f"{where}/source{take.extension}")
    if take.annotated_digest is not None:
        annotated = record.files.checked_path(take.annotated_digest)
        packed.put(annotated, f"{where}/annotated.mp4")
    stored = find_live_facts(record, take.id)
    # Without the plan item's key, which is in record.json.
    facts = None if stored is None else LiveFacts(**columns_of(stored, LiveFacts))
    for analysis_id in take.analysis_ids:
        analysis = load_analysis(record, analysis_id)
        subject = Subject(
            birth_year=patient.birth_year,
            sex=patient.sex_for_norms.value,
            day=analysis.started_at.date(),
        )
        folder = scratch / str(analysis_id)
        write_results(analysis, folder, subject=subject, live=facts)
        for file in sorted(folder.iterdir()):
            packed.put(file, f"{where}/{analysis_id}/{file.name}")
            file.unlink()
