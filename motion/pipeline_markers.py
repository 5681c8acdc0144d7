"""Joins the rooms for marker files: markers in, an analysis out."""

import math
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from motion import __version__
from motion.capture import hash_file
from motion.library import load_error_figures, load_marker_sets
from motion.markers import MarkerRecording, MarkerSet, read_markers, recognise_set, to_recording
from motion.markers.landmarks import stands_upright, takes_usual_widths
from motion.markers.writing import format_mot, format_trc, place_in_plane, place_in_room
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    InputFile,
    Mirrored,
    ModelInfo,
    PersonReport,
    PoseRecording,
    Provenance,
    Scale,
)
from motion.pipeline import Stopwatch
from motion.report import prepare_folder, replace_file
from motion.settings import AnalysisSettings

__all__ = ["analyse_markers", "write_opensim"]

_NO_SCALE: Final = (
    "landmarks.trc was not written: of one camera's picture nobody said the scale, and the pose "
    "model's own metres hold no place in the room; give the height or a distance on the floor "
    "(motion gait --height-cm or --scale-m), or use several cameras."
)


_NOT_MIRRORED: Final = (
    "A marker file has no picture that could be mirrored: nothing was turned back."
)


def analyse_markers(path: Path, settings: AnalysisSettings, *, name: str = "") -> Analysis:
    """Measure a marker file from its first to its last frame.

    Parameters
    ----------
    path
        A C3D or TRC file.
    settings
        What to measure, and how; what is said of a person in a picture, of the camera's view and
        of the pose model has no meaning here.
    name
        The file's own name, where ``path`` is only a copy of it.

    Raises
    ------
    SourceError
        If the file cannot be read.
    InputError
        If its markers are of no known set, of several people, or not of a person's size.
    NoPersonError
        If no frame holds both feet and hips.
    """
    watch = Stopwatch()
    said_mirrored = settings.conditions.mirrored is Mirrored.YES
    settings = _leave_out_picture(settings)
    load_error_figures()  # a broken table of the clinic's is said before the long work
    since_s = time.perf_counter()
    markers = read_markers(path)
    sha256 = hash_file(path)
    watch.add("decode_s", since_s)
    since_s = time.perf_counter()
    marker_set = recognise_set(markers.names, load_marker_sets())
    recording = to_recording(markers, marker_set)
    watch.add("pose_s", since_s)
    since_s = time.perf_counter()
    started_at, clock = _find_start(path, settings)
    provenance = Provenance(
        input=_describe_input(name or path.name, sha256, markers, recording),
        model=ModelInfo.of_marker_set(marker_set.name, marker_set.sha256),
        software=f"physio-motion {__version__}",
        settings=(
            *settings.as_pairs(),
            ("started_at_clock", clock),
            ("markers_origin_s", markers.origin_s),
        ),
    )
    person = PersonReport(chosen_by="markers", measured_frames=int(np.sum(recording.detected)))
    analysis = measure_recording(recording, settings, provenance, started_at, person)
    watch.add("measure_s", since_s)
    return replace(
        analysis,
        warnings=(
            *([_NOT_MIRRORED] if said_mirrored else []),
            *_warn(markers, marker_set, recording),
            *analysis.warnings,
        ),
        timings=watch.finish(),
    )


def _leave_out_picture(settings: AnalysisSettings) -> AnalysisSettings:
    """Return the settings without what is said of a picture: markers are in metres, unmirrored.

    So that the result does not say of itself what it was not made with.
    """
    conditions, gait = settings.conditions, settings.gait
    if conditions.mirrored is Mirrored.YES:
        conditions = replace(conditions, mirrored=Mirrored.NO)
    if gait is not None:
        gait = replace(gait, height_m=math.nan, floor_m=math.nan, floor_px=None)
    return replace(settings, conditions=conditions, gait=gait, person="largest", view=None)


def write_opensim(analysis: Analysis, folder: Path) -> tuple[str, ...]:
    """Write an analysis for OpenSim: ``landmarks.trc`` and ``angles.mot`` (docs/markers.md).

    Landmarks are as they were seen, unfiltered; angles are those of ``angles.csv``.

    Parameters
    ----------
    analysis
        Of markers, of several cameras, or of one camera with a scale (``analysis.gait.scale``):
        its landmarks lie in one plane.
    folder
        Where the files go; made if missing.

    Returns
    -------
    tuple of str
        Why a file was not written, in plain words; empty if both were.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    prepare_folder(folder)
    recording, rate_hz = analysis.recording, analysis.provenance.input.rate_hz
    _write(folder / "angles.mot", format_mot(analysis.angles, "angles"))
    scale = analysis.gait.scale if analysis.gait else Scale()
    if recording.triangulated is not None:
        position_m = place_in_room(recording.triangulated)
    elif scale.known:
        position_m = place_in_plane(recording, scale)
    else:
        return (_NO_SCALE,)
    path = folder / "landmarks.trc"
    _write(path, format_trc(recording.time_s, position_m, rate_hz, path.name))
    return ()


def _write(path: Path, text: str) -> None:
    with replace_file(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def _find_start(path: Path, settings: AnalysisSettings) -> tuple[datetime, str]:
    """Return when the file was last written: marker files do not say when the trial was."""
    if settings.started_at is not None:
        return settings.started_at, "given"
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC), "file"


def _describe_input(
    name: str, sha256: str, markers: MarkerRecording, recording: PoseRecording
) -> InputFile:
    return InputFile(
        name=name,
        extension=markers.source_format,
        sha256=sha256,
        frames=len(markers),
        duration_s=float(markers.time_s[-1]),
        rate_hz=markers.rate_hz,
        dropped=0,
        duplicated=0,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )


def _warn(
    markers: MarkerRecording, marker_set: MarkerSet, recording: PoseRecording
) -> tuple[str, ...]:
    found = list(markers.warnings)
    if takes_usual_widths(markers, marker_set):
        widths_mm = {joint: 1000 * width for joint, width in marker_set.usual_widths_m.items()}
        found.append(
            f"The file does not say how wide knees and ankles are: {widths_mm['knee']:.0f} and "
            f"{widths_mm['ankle']:.0f} mm were taken (docs/markers.md)."
        )
    if not stands_upright(recording):
        found.append(
            "The hips are not above the heels, as the file says which way is up: if the person "
            "does not lie, mend its POINT:Y_SCREEN."
        )
    return tuple(found)
