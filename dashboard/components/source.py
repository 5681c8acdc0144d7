"""Asks which recording is to be measured, and whose it is."""

import ipaddress
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard.analysing import Request
from dashboard.samples import SAMPLES, Sample
from dashboard.uploads import SUFFIXES, is_marker_file, local_copy
from motion.capture import Video
from motion.clinic import list_patients, open_record
from motion.settings import AnalysisSettings

__all__ = ["Source", "choose_patient", "choose_source", "is_this_computer"]

_UPLOAD: Final = "Upload"
_PATH: Final = "On this computer"
_SAMPLE: Final = "Sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A chosen recording; ``movement`` is what is known to be in it."""

    file: Path | BinaryIO
    suffix: str = ""
    movement: str | None = None

    @property
    def key(self) -> str:
        """Tells one recording from another, also under the same name."""
        if not isinstance(self.file, Path):
            return str(getattr(self.file, "file_id", id(self.file)))
        try:
            about = self.file.stat()
        except OSError:
            return str(self.file)
        return f"{self.file} {about.st_size} {about.st_mtime_ns}"

    @property
    def is_markers(self) -> bool:
        """Whether it is a file of markers, in which there is no picture to point at."""
        suffix = self.suffix or (self.file.suffix if isinstance(self.file, Path) else "")
        return is_marker_file(suffix)

    @contextmanager
    def open_video(self) -> Iterator[Video]:
        """Open the recording to look into it; of an upload a private copy, removed afterwards.

        Raises
        ------
        MotionError
            If it cannot be read.
        """
        with ExitStack() as held:
            path = self.file
            if not isinstance(path, Path):
                path = held.enter_context(local_copy(path, self.suffix))
            yield held.enter_context(Video(path))

    def to_request(self, settings: AnalysisSettings, patient: str, *, keep_video: bool) -> Request:
        """Return the request to measure it."""
        return Request(
            source=self.file,
            suffix=self.suffix,
            settings=settings,
            patient=patient,
            keep_video=keep_video,
        )


def choose_source() -> Source | None:
    """Ask for an upload, a path or a sample; None as long as there is none."""
    kinds = [_UPLOAD, *([_PATH] if is_this_computer() else []), _SAMPLE]
    kind = st.segmented_control(
        "Where is the recording?", kinds, default=_UPLOAD, required=True, key="source-kind"
    )
    if kind == _PATH:
        return _ask_path()
    if kind == _SAMPLE:
        return _ask_sample()
    upload = st.file_uploader(
        "Video of one person, from the side or from the front; or a file of markers (C3D, TRC)",
        type=list(SUFFIXES),
    )
    if upload is None:
        return None
    return Source(file=upload, suffix=Path(upload.name).suffix.lower())


def choose_patient() -> str:
    """Ask for a patient's code, new ones included; empty as long as there is none."""
    with open_record() as record:
        known = {p.patient.code: p.patient.name for p in list_patients(record)}
    chosen = st.selectbox(
        "Patient code: choose one, or type a new one",
        list(known),
        index=None,
        placeholder="For example P-017",
        format_func=lambda code: " · ".join(part for part in (code, known.get(code)) if part),
        accept_new_options=True,
        key="patient-code",
        help="A code of your own choice, not the name. A new code adds a patient.",
    )
    return (chosen or "").strip()


def _ask_path() -> Source | None:
    typed = st.text_input(
        "Path of the recording",
        placeholder="/home/me/recordings/squat.mp4",
        help="For very large files: nothing is copied.",
    )
    path = typed.strip().strip("\"'")
    return Source(file=Path(path).expanduser()) if path else None


def _ask_sample() -> Source | None:
    there = [sample for sample in SAMPLES if sample.path.is_file()]
    chosen: Sample | None = st.selectbox("Sample", there, format_func=lambda s: s.title)
    return Source(file=chosen.path, movement=chosen.movement) if chosen else None


def is_this_computer() -> bool:
    """Whether server and visitor are one machine: else a path would open another's files."""
    headers = st.context.headers
    host = urlsplit(f"//{headers.get('Host') or 'localhost'}").hostname
    passed_on = any(name in headers for name in ("X-Forwarded-For", "Forwarded"))
    return not passed_on and _is_loopback(st.get_option("server.address")) and _is_loopback(host)


def _is_loopback(name: object) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
