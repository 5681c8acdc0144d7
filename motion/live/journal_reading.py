"""Journals of live takes read back: finished ones, and those whose writer died."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from motion.errors import InputError, SourceError
from motion.live.journal import END_NOTE, EVENTS, HEADER, LOCK, POSES, RECORD
from motion.live.journal_header import JOURNAL_VERSION, JournalHeader
from motion.live.plain import from_plain
from motion.locks import try_lock
from motion.model import LiveEnd, PoseRecording

__all__ = [
    "JournalNote",
    "JournalTake",
    "claim",
    "discard",
    "list_unfinished",
    "read_journal",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalNote:
    """Something that happened; ``time_s`` is that of the picture before, NaN before the first."""

    kind: str
    time_s: float
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JournalTake:
    """What a journal holds; ``end`` is None where the writer died, or still writes."""

    header: JournalHeader
    recording: PoseRecording
    notes: tuple[JournalNote, ...]
    end: LiveEnd | None

    def find_notes(self, kind: str) -> tuple[JournalNote, ...]:
        """Return the notes of one kind, the oldest first."""
        return tuple(note for note in self.notes if note.kind == kind)


def read_journal(folder: Path) -> JournalTake:
    """Read a take back; a last record or line that was cut off is left out.

    Raises
    ------
    SourceError
        If the folder holds no journal of this version.
    """
    header = _read_header(folder)
    notes = _read_notes(folder / EVENTS)
    ends = [note for note in notes if note.kind == END_NOTE]
    return JournalTake(
        header=header,
        recording=_read_recording(folder / POSES, header.size_px),
        notes=notes,
        end=LiveEnd(ends[0].values["end"]) if ends else None,
    )


def list_unfinished(root: Path, *, of_patients: bool = False) -> tuple[Path, ...]:
    """Return the journals that nobody writes any more, with or without an end, the oldest first.

    A journal is discarded when its take is stored: what still lies here is not.

    Parameters
    ----------
    of_patients
        Leave out those that are nobody's: their take goes into files, not into the record.
    """
    heads = sorted(root.glob(f"*/{HEADER}"), key=lambda path: path.stat().st_mtime)
    left = (head.parent for head in heads if not _is_held(head.parent))
    return tuple(folder for folder in left if not (of_patients and _is_nobodys(folder)))


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Hold a journal while its take is measured and stored, so that nobody else does that too.

    It is held as by its writer: no other program finds it unfinished. Discard it afterwards.

    Raises
    ------
    InputError
        If there is none, or somebody else holds it.
    """
    _require_journal(folder)
    with (folder / LOCK).open("ab") as lock:
        if not try_lock(lock):
            msg = f"{folder}: this take is still running, or is being finished; wait for that"
            raise InputError(msg)
        yield


def discard(folder: Path) -> None:
    """Remove a journal whose take is stored, or is not wanted.

    Raises
    ------
    InputError
        If it is no journal, or is still being written.
    """
    _require_journal(folder)
    if _is_held(folder):
        msg = f"{folder}: this take is still running; stop it first"
        raise InputError(msg)
    shutil.rmtree(folder)


def _is_nobodys(folder: Path) -> bool:
    try:
        return not _read_header(folder).patient_code
    except SourceError:
        return False  # whoever finishes it is told what is amiss


def _require_journal(folder: Path) -> None:
    if not (folder / HEADER).is_file():
        msg = f"{folder}: no journal of a live take; nothing was done"
        raise InputError(msg)


def _is_held(folder: Path) -> bool:
    with (folder / LOCK).open("ab") as lock:
        return not try_lock(lock)


def _read_header(folder: Path) -> JournalHeader:
    path = folder / HEADER
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        version = plain["version"]
        if version == JOURNAL_VERSION:
            return from_plain(JournalHeader, plain)
    except (OSError, ValueError, TypeError, KeyError) as error:
        msg = f"{path}: not the head of a live take; choose a folder that `motion live` wrote"
        raise SourceError(msg) from error
    msg = f"{path}: journal of version {version}, expected {JOURNAL_VERSION}; update the product"
    raise SourceError(msg)


def _read_notes(path: Path) -> tuple[JournalNote, ...]:
    if not path.is_file():
        return ()
    notes = []
    for line in path.read_bytes().splitlines():
        try:
            plain = json.loads(line)
        except ValueError:
            break  # cut off in the middle: nothing whole comes after it
        notes.append(from_plain(JournalNote, plain))
    return tuple(notes)


def _read_recording(path: Path, size_px: tuple[int, int]) -> PoseRecording:
    whole_n = path.stat().st_size // RECORD.itemsize if path.is_file() else 0
    rows = np.fromfile(path, dtype=RECORD, count=whole_n) if whole_n else np.zeros(0, RECORD)
    time_s = rows["time_s"]
    # After a power failure the file may end in zeros: times that do not rise are no records.
    rising = np.isfinite(time_s) & (np.diff(time_s, prepend=-np.inf) > 0)
    body = rows["body"][: int(np.argmin(rising)) if not rising.all() else len(rows)]
    return PoseRecording(
        time_s=time_s[: len(body)],
        image_px=body[..., 0:2],
        world_m=body[..., 2:5],
        visibility=body[..., 5],
        presence=body[..., 6],
        width_px=size_px[0],
        height_px=size_px[1],
    )
