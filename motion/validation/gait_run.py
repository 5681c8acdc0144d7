"""Holds the measuring of walking against each recording of which something is known."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion.gait import GaitSettings
from motion.library import load_marker_sets
from motion.markers import read_markers, recognise_set, to_recording
from motion.model import GAIT, Analysis, ModelInfo, Position, TakeConditions
from motion.settings import AnalysisSettings
from motion.validation.clips import KnownClip
from motion.validation.gait_comparing import (
    compare_angles,
    compare_events,
    compare_parameters,
    compare_steps,
    list_events,
)
from motion.validation.gait_found import GaitFound
from motion.validation.gait_markers import average_same_strides, walk_of_markers
from motion.validation.gait_truth import KnownWalk, project_truth, walk_of_clip
from motion.validation.gait_variants import compare_variant, vary
from motion.validation.landmarks import SeenVideo
from motion.validation.measured import measure_seen
from motion.validation.real import KnownRecording, list_known

__all__ = ["CAMERA", "MARKERS", "TRUE_POINTS", "GaitRun", "KnownMarkers", "find_marker_files"]

CAMERA: Final = "camera"
TRUE_POINTS: Final = "true points"
MARKERS: Final = "markers"

_FLOOR_M: Final = 2.0
"""Length of the line on the floor that is pointed at in a rendered clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMarkers:
    """A marker file and its entry in ``data/validation/recordings.toml``."""

    path: Path
    known: Mapping[str, Any]


def find_marker_files(folder: Path) -> Iterator[KnownMarkers]:
    """Yield the marker files below a folder of which something is known."""
    for path in sorted(folder.resolve().rglob("*")):
        for known in list_known("markers"):
            if path.as_posix().endswith(f"/{known['file']}"):
                yield KnownMarkers(path=path, known=known)


class GaitRun:
    """Adds one walk after another to what was found."""

    def __init__(self, found: GaitFound) -> None:
        self._rows = found.rows

    def add_clip(self, clip: KnownClip, seen: SeenVideo) -> None:
        """Add a rendered clip, if somebody walks in it: the landmarks, and the true points."""
        known = walk_of_clip(clip)
        if known is None:
            self._add_still(clip, seen)
            return
        perfect = SeenVideo(
            recording=project_truth(clip), model=ModelInfo(name=TRUE_POINTS, sha256="")
        )
        for source, landmarks in ((CAMERA, seen), (TRUE_POINTS, perfect)):
            whole = None
            for scale, gait in _list_scales(clip):
                analysis = _measure(clip.video, landmarks, gait)
                self._add_lengths(known, analysis, source, scale)
                whole = whole or analysis
            if whole is not None:
                self._rows["events"] += compare_events(known, whole, source)
                self._rows["angles"] += compare_angles(clip, known, whole, source)
        self._add_variants(clip, known, seen)

    def _add_still(self, clip: KnownClip, seen: SeenVideo) -> None:
        """Add a clip in which nobody walks: nothing may be found in it, and that must be said."""
        analysis = _measure(clip.video, seen, GaitSettings())
        numbers = [m for m in analysis.measurements if m.joint == GAIT and math.isfinite(m.value)]
        self._rows["still"].append(
            {
                "clip": clip.name,
                "motion": clip.motion,
                "events_n": sum(not each.left_out for each in analysis.events),
                "numbers_n": len(numbers),
                "said": "; ".join(text for text in analysis.warnings if "walk" in text.lower()),
            }
        )

    def _add_lengths(self, known: KnownWalk, analysis: Analysis, source: str, scale: str) -> None:
        self._rows["parameters"] += compare_parameters(known, analysis, source, scale)
        self._rows["steps"] += compare_steps(known, analysis, source, scale)

    def _add_variants(self, clip: KnownClip, known: KnownWalk, seen: SeenVideo) -> None:
        _, gait = next(_list_scales(clip))
        whole = _measure(clip.video, seen, gait)
        for name, recording in vary(seen.recording):
            if not np.any(recording.detected):
                continue
            varied = _measure(clip.video, replace(seen, recording=recording), gait)
            self._rows["variants"] += [
                {"walk": known.name, "group": known.group, **row}
                for row in compare_variant(name, whole, varied)
            ]

    def add_markers(self, file: KnownMarkers) -> None:
        """Add a marker file.

        Raises
        ------
        MotionError
            If it cannot be read, or its markers are of no known set.
        """
        markers = read_markers(file.path)
        known = walk_of_markers(file.path, file.known, markers)
        recording = to_recording(markers, recognise_set(markers.names, load_marker_sets()))
        seen = SeenVideo(recording=recording, model=ModelInfo(name=MARKERS, sha256=""))
        analysis = _measure(file.path, seen, GaitSettings())
        self._rows["events"] += compare_events(known, analysis, MARKERS)
        self._rows["parameters"] += compare_parameters(known, analysis, MARKERS, "all strides")
        same = average_same_strides(file.known, markers.origin_s, analysis)
        if same:
            self._rows["parameters"] += compare_parameters(
                known, analysis, MARKERS, "the same strides", instead=same
            )

    def add_recording(self, recording: KnownRecording, seen: SeenVideo) -> None:
        """Add a real recording of walking of which no event is known."""
        if not recording.known.get("walks"):
            return
        gait = GaitSettings(height_m=float(recording.known["height_m"]))
        analysis = _measure(recording.video, seen, gait)
        self._rows["listed"] += list_events(
            recording.video.stem, analysis, recording.known.get("by_eye", "")
        )


def _measure(path: Path, seen: SeenVideo, gait: GaitSettings) -> Analysis:
    conditions = TakeConditions(position=Position.STANDING)
    return measure_seen(path, seen, AnalysisSettings(conditions=conditions, gait=gait))


def _list_scales(clip: KnownClip) -> Iterator[tuple[str, GaitSettings]]:
    """Yield where metres may come from in a rendered clip, and what a user would say."""
    gait, camera = clip.about["gait"], clip.about["camera"]
    height_m = float(clip.about["subject_height_m"])
    if not gait["overground"]:
        yield "belt", GaitSettings(belt_m_s=float(gait["speed_m_s"]), treadmill=True)
        return
    yield "height", GaitSettings(height_m=height_m)
    ends = np.array([[0.0, 0.0, along] for along in (-_FLOOR_M / 2.0, _FLOOR_M / 2.0)])
    seen = ends @ np.array(camera["R_world_to_cam"]).T + np.array(camera["t"])
    px = seen[:, :2] / seen[:, 2:] * [camera["fx"], camera["fy"]] + [camera["cx"], camera["cy"]]
    (x1, y1), (x2, y2) = px.tolist()
    yield "floor", GaitSettings(floor_m=_FLOOR_M, floor_px=(x1, y1, x2, y2))
