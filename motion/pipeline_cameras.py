"""Joins the rooms for two or more cameras: recordings of one take in, one analysis out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from motion.cameras.calibration import MOST_CAMERAS
from motion.cameras.files import match_videos, read_calibration
from motion.cameras.join import join_views
from motion.capture import KeptFrames, hash_file
from motion.errors import InputError, NoPersonError
from motion.library import load_error_figures
from motion.measuring import measure_recording
from motion.model import Analysis, CameraUse, FloatArray, Mirrored, PoseRecording
from motion.pipeline import (
    ProgressReport,
    Stopwatch,
    Watched,
    describe_origin,
    watch_video,
)
from motion.pose import PoseEstimator
from motion.pose.sides import repair_sides
from motion.settings import AnalysisSettings

__all__ = ["CameraChoices", "analyse_cameras"]

_AXES: Final = {"x": 0, "y": 1, "z": 2}
_FAR_APART_PX: Final = 0.015
"""Reprojection error, as a share of the picture's longer edge, from which the user is told."""

_MUCH_LOST: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraChoices:
    """What a user may choose about several cameras.

    Parameters
    ----------
    others
        Recordings of the other cameras; the first camera's is named apart.
    calibration
        File in Pose2Sim's form.
    offsets_s
        How much later each of the others began; empty finds it from the movement.
    up
        The calibration's axis that points up: ``z``, ``-y``, ...
    """

    others: tuple[Path, ...]
    calibration: Path
    offsets_s: tuple[float, ...] = ()
    up: str = "z"

    def __post_init__(self) -> None:
        if not 1 <= len(self.others) < MOST_CAMERAS:
            msg = f"--camera: expected 1 to {MOST_CAMERAS - 1} more videos, got {len(self.others)}"
            raise InputError(msg)
        if self.offsets_s and len(self.offsets_s) != len(self.others):
            msg = (
                f"--offset-s: expected one for each --camera ({len(self.others)}), or none, got "
                f"{len(self.offsets_s)}"
            )
            raise InputError(msg)
        if not np.all(np.isfinite(self.offsets_s)):
            msg = f"--offset-s: expected seconds, got {self.offsets_s}"
            raise InputError(msg)
        if self.up.lstrip("-") not in _AXES:
            msg = f"--up: expected x, y, z, -x, -y or -z, got {self.up!r}"
            raise InputError(msg)

    @property
    def up_axis(self) -> FloatArray:
        """``(3,)`` of length 1."""
        axis = np.zeros(3)
        axis[_AXES[self.up.lstrip("-")]] = -1.0 if self.up.startswith("-") else 1.0
        return axis


def analyse_cameras(
    path: Path,
    cameras: CameraChoices,
    settings: AnalysisSettings,
    *,
    make_estimator: Callable[[], PoseEstimator] | None = None,
    on_progress: ProgressReport = lambda _stage, _done, _total: None,
    kept: KeptFrames | None = None,
) -> Analysis:
    """Measure one take that two or more calibrated cameras saw.

    Each recording is watched as one camera's is, and its sides are put right as far as it alone
    tells; then they are joined (:func:`motion.cameras.join.join_views`) and measured in the room.
    Frames, times and pictures of the result are the first camera's.

    Parameters
    ----------
    path
        The first camera's recording.
    cameras
        The other recordings and the calibration.
    settings
        What to measure, and how. A point that names the person is one of the first camera's
        picture; in the others the largest person is taken.
    make_estimator
        Makes what finds the body in one recording; MediaPipe by default.
    on_progress
        Called after each frame.
    kept
        Keeps small copies of the first camera's frames.

    Raises
    ------
    SourceError
        If a file cannot be read.
    InputError
        If the calibration cannot be used, a picture is not its camera's, the offset cannot be
        told, or no two views show one body.
    NoPersonError
        If nobody is in one of the recordings.
    """
    watch = Stopwatch()
    if settings.conditions.mirrored is Mirrored.YES:
        msg = "--mirrored yes: a mirrored picture is not its camera's; record without mirroring"
        raise InputError(msg)
    load_error_figures()
    paths = (path, *cameras.others)
    calibrated = match_videos(read_calibration(cameras.calibration), paths)
    seen = []
    for number, each in enumerate(paths, start=1):
        watched = watch_video(
            each,
            settings if number == 1 else _for_others(settings),
            watch,
            estimator=make_estimator() if make_estimator else None,
            on_progress=_named(on_progress, f"Camera {number} of {len(paths)}"),
            kept=kept if number == 1 else None,
        )
        if not watched.recording.detected.any():
            msg = f"{each}: no person was found; film the whole body in good light, one person"
            raise NoPersonError(msg)
        seen.append(watched)
    since_s = time.perf_counter()
    repaired = [repair_sides(each.recording).recording for each in seen]
    joined = join_views(
        repaired, calibrated, [each.name for each in paths], cameras.offsets_s or None,
        cameras.up_axis,
    )  # fmt: skip
    provenance, started_at = describe_origin(path, seen[0], settings)
    provenance = replace(
        provenance, settings=(*provenance.settings, *_say_cameras(cameras, seen, joined.views))
    )
    recording = replace(seen[0].recording, triangulated=joined.body)
    analysis = measure_recording(recording, settings, provenance, started_at, seen[0].person)
    watch.add("measure_s", since_s)
    warnings = [w for each in seen for w in each.warnings]
    return replace(
        analysis,
        cameras=tuple(
            replace(view, file_name=each.file.name, sha256=each.file.sha256)
            for view, each in zip(joined.views, seen, strict=True)
        ),
        warnings=(*warnings, *analysis.warnings, *_warn(joined.views, recording)),
        timings=watch.finish(),
    )


def _named(on_progress: ProgressReport, stage: str) -> ProgressReport:
    return lambda _stage, done, total: on_progress(stage, done, total)


def _for_others(settings: AnalysisSettings) -> AnalysisSettings:
    return replace(settings, person="largest") if "," in settings.person else settings


def _say_cameras(
    cameras: CameraChoices, seen: Sequence[Watched], views: Sequence[CameraUse]
) -> tuple[tuple[str, str | int], ...]:
    """Return what tells one set of cameras from another, for the record."""
    used = [n for n, view in enumerate(views) if not view.left_out]
    return (
        ("cameras", len(used)),
        ("calibration_sha256", hash_file(cameras.calibration)),
        ("camera_names", " ".join(views[n].camera for n in used)),
        ("camera_sha256", " ".join(seen[n].file.sha256 for n in used)),
        ("offsets_s", " ".join(f"{views[n].offset_s:.4f}" for n in used)),
        ("offsets_from", "given" if cameras.offsets_s else "movement"),
        ("up", cameras.up),
    )


def _warn(views: Sequence[CameraUse], recording: PoseRecording) -> list[str]:
    found = []
    for view in views:
        if view.left_out:
            found.append(f"Camera {view.camera} was left out: it {view.left_out}.")
        elif view.swapped_frames:
            found.append(
                f"Camera {view.camera}: left and right were put back in {view.swapped_frames} "
                "frames, as the other cameras see them."
            )
        if not view.left_out and view.used_fraction < 1.0 - _MUCH_LOST:
            found.append(
                f"Camera {view.camera}: {1.0 - view.used_fraction:.0%} of what it saw does not fit "
                "the other cameras and was not used."
            )
    room = recording.triangulated
    if room is None:
        return found
    error_px = room.reprojection_px[np.isfinite(room.reprojection_px)]
    edge_px = max(recording.width_px, recording.height_px)
    if len(error_px) and np.median(error_px) > _FAR_APART_PX * edge_px:
        found.append(
            f"The cameras place landmarks {np.median(error_px):.0f} px apart: the calibration or "
            "the offsets may be wrong, or a camera was moved."
        )
    if np.any(room.undecided):
        found.append(
            f"The cameras differ in left and right in {int(np.sum(room.undecided))} frames, and "
            "nothing tells which of them is right; the first camera's sides were taken."
        )
    return found
