"""A live take written down while it runs, so that a crash costs no more than the last picture.

A folder of its own holds ``header.json``, ``poses.bin`` (one record of fixed size a picture) and
``events.jsonl``. Each record goes to the operating system at once, which keeps it when the program
dies; a thread asks the disk to keep it too every few seconds, for when the power fails. A lock
says that the writer lives.
"""

import json
import os
import threading
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

import numpy as np

from motion.errors import OutputError
from motion.live.journal_header import JournalHeader
from motion.live.plain import to_plain
from motion.locks import try_lock
from motion.model import LANDMARKS, LiveEnd, LivePose
from motion.report.files import replace_file

__all__ = ["END_NOTE", "EVENTS", "HEADER", "LOCK", "POSES", "RECORD", "Journal"]

HEADER: Final = "header.json"
POSES: Final = "poses.bin"
EVENTS: Final = "events.jsonl"
LOCK: Final = "lock"
RECORD: Final = np.dtype([("time_s", "<f8"), ("body", "<f4", (len(LANDMARKS), 7))])
"""``body`` holds x and y in the picture, x, y and z in metres, visibility and presence."""

END_NOTE: Final = "end"
_SYNC_S: Final = 3.0


class Journal:
    """The running take's own diary; add, note and close are called by one thread.

    Memory does not grow with the take.
    """

    def __init__(self, folder: Path, header: JournalHeader) -> None:
        self.folder = folder
        self.header = header
        self._lock = (folder / LOCK).open("ab")
        try_lock(self._lock)
        _write_header(folder, header)
        # Unbuffered: what was written is the system's, whatever becomes of this program.
        self._poses = (folder / POSES).open("ab", buffering=0)
        self._events = (folder / EVENTS).open("ab", buffering=0)
        self._row = np.zeros((), dtype=RECORD)
        self._time_s = float("nan")
        self._failed = False
        self._sync_error: OSError | None = None
        self._closed = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="journal", daemon=True)
        self._keeper.start()

    @classmethod
    def create(cls, root: Path, header: JournalHeader) -> Self:
        """Begin a journal in a new folder under ``root``.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        folder = root / uuid4().hex
        try:
            folder.mkdir(parents=True, mode=0o700)
            return cls(folder, header)
        except OSError as error:
            raise _unwritable(folder, error) from error

    def amend(self, **changes: Any) -> None:
        """Put down what only became known on the way: ``size_px``, ``model``, ``mirrored`` ...

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        self.header = replace(self.header, **changes)
        _write_header(self.folder, self.header)

    def add(self, pose: LivePose) -> None:
        """Put down a picture's body, or that nobody was seen in it.

        Raises
        ------
        OutputError
            If the disk is full; what was put down before stays.
        """
        row, body = self._row, self._row["body"]
        row["time_s"] = self._time_s = pose.time_s
        body[:, 0:2], body[:, 2:5] = pose.image_px, pose.world_m
        body[:, 5], body[:, 6] = pose.visibility, pose.presence
        self._append(self._poses, row.tobytes())

    def note(self, kind: str, values: dict[str, Any] | None = None) -> None:
        """Put down what happened, at the time of the last picture.

        ``values`` may hold dataclasses, enumerations and NaN.

        Raises
        ------
        OutputError
            If the disk is full.
        """
        line = to_plain({"kind": kind, "time_s": self._time_s, "values": values or {}})
        text = json.dumps(line, ensure_ascii=False, allow_nan=False)
        self._append(self._events, f"{text}\n".encode())

    def close(self, end: LiveEnd) -> None:
        """Put down how the take ended and give the lock back; closing twice changes nothing.

        A journal that has told of a full disk before does not tell again: without its end it
        counts as abandoned, and can be finished.

        Raises
        ------
        OutputError
            If the end cannot be written.
        """
        if self._closed.is_set():
            return
        try:
            if not self._failed:
                self.note(END_NOTE, {"end": end})
        finally:
            self._closed.set()
            self._keeper.join()
            for file in (self._poses, self._events, self._lock):
                file.close()

    def _append(self, file: FileIO, content: bytes) -> None:
        """Add bytes to a file, all of them or none."""
        rest, before = memoryview(content), os.fstat(file.fileno()).st_size
        try:
            if self._sync_error is not None:
                raise self._sync_error
            while rest:
                rest = rest[file.write(rest) :]
        except OSError as error:
            self._failed = True
            os.truncate(file.fileno(), before)
            raise _unwritable(self.folder, error) from error

    def _keep(self) -> None:
        """Have the disk keep what the system holds, away from the thread that measures."""
        running = True
        while running:
            running = not self._closed.wait(_SYNC_S)
            try:
                for file in (self._poses, self._events):
                    os.fsync(file.fileno())
            except OSError as error:
                self._sync_error = error
                return


def _write_header(folder: Path, header: JournalHeader) -> None:
    text = json.dumps(to_plain(header), indent=2, ensure_ascii=False, allow_nan=False)
    with replace_file(folder / HEADER) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def _unwritable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{folder}: the running take cannot be written ({error.strerror or error}); free some "
        "space and start again; what was measured until now is kept"
    )
