"""Runs every recording with known answers of some folders, and keeps what came out."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

import motion
from motion import __version__
from motion.errors import InputError
from motion.model import ModelInfo
from motion.paths import reference_dir
from motion.pipeline import ProgressReport
from motion.pose import find_model
from motion.pose.assets import read_model_info
from motion.settings import SettingValue
from motion.validation.clips import find_clips, load_clip
from motion.validation.comparing import ROW_COLUMNS, Compared, compare_clip
from motion.validation.gait_found import GaitFound
from motion.validation.gait_run import GaitRun, KnownMarkers, find_marker_files
from motion.validation.landmarks import SeenVideo, find_landmarks
from motion.validation.made_with import MadeWith
from motion.validation.pooling import add_off_class
from motion.validation.real import (
    KnownRecording,
    check_recording,
    find_recordings,
    load_solutions,
)
from motion.validation.several import KnownRig, check_rig, find_rigs, join_seen
from motion.validation.ways import PRODUCT, WAYS

__all__ = ["Validation", "find_folder", "validate"]

_NOT_DATA = frozenset({".md", ".txt", "", ".toml"})


@dataclass(slots=True)
class Validation:
    """What one run found.

    Parameters
    ----------
    compared
        Each angle of each clip in each way.
    checks
        What is known of real recordings besides angles: expected and found.
    gait
        What was found of walking.
    left_out
        A line for each recording or folder that could not be used, with the reason.
    """

    compared: list[Compared] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    gait: GaitFound = field(default_factory=GaitFound)
    left_out: list[str] = field(default_factory=list)
    models: set[tuple[str, str]] = field(default_factory=set)

    @property
    def rows(self) -> pd.DataFrame:
        """One row per clip, angle, side and way, with ``off_class``."""
        rows = pd.DataFrame([each.row for each in self.compared], columns=list(ROW_COLUMNS))
        return add_off_class(rows.astype({"moving": bool, "held_out": bool}))

    @property
    def made_with(self) -> MadeWith:
        """What the figures were made with."""
        return MadeWith(
            software=f"physio-motion {__version__}",
            models=tuple(sorted(self.models)),
            settings=self._common_settings(),
        )

    def _common_settings(self) -> tuple[tuple[str, SettingValue], ...]:
        """Return the settings of the product's way that no clip changed."""
        product = [each for each in self.compared if each.row["way"] == PRODUCT]
        rendered = [each for each in product if each.row["truth"] == "rendered"]
        # Several cameras together are measured with settings of their own.
        used = [each.settings for each in rendered or product]
        return (
            tuple(pair for pair in used[0] if all(pair in other for other in used)) if used else ()
        )


def find_folder(chosen: Path | None) -> Path:
    """Return the folder of recordings with known answers.

    It is the chosen one, or that of ``MOTION_VALIDATION_DIR``, or ``../shared/validation`` beside
    the checkout, or else the samples that come with the product.

    Raises
    ------
    InputError
        If the one that was named is not a folder.
    """
    named = os.environ.get("MOTION_VALIDATION_DIR")
    wanted = chosen or (Path(named).expanduser() if named else None)
    if wanted is not None:
        if not wanted.is_dir():
            msg = f"{wanted}: not a folder; name one that holds NAME.mp4 with NAME.csv"
            raise InputError(msg)
        return wanted
    shared = Path(motion.__file__).resolve().parents[2] / "shared" / "validation"
    return shared if shared.is_dir() else reference_dir() / "samples"


def validate(
    folders: Sequence[Path], landmarks: Path | None, on_progress: ProgressReport
) -> Validation:
    """Hold the product against every recording with known answers in some folders.

    A recording that cannot be used is left out and named in ``left_out``.

    Parameters
    ----------
    folders
        Searched with all that lies below them.
    landmarks
        Keeps landmarks between runs; None estimates each anew.
    on_progress
        Told of each frame.

    Raises
    ------
    ModelError
        If the pose model is not installed.
    InputError
        If nothing at all could be measured: says why of the first.
    """
    run = _Run(landmarks, on_progress, read_model_info(find_model(None)))
    clips = [video for folder in folders for video in find_clips(folder)]
    recordings = [known for folder in folders for known in find_recordings(folder)]
    markers = [known for folder in folders for known in find_marker_files(folder)]
    used = {
        path.resolve()
        for path in (
            *clips,
            *(known.video for known in recordings),
            *(known.path for known in markers),
        )
    }
    run.found.left_out += [line for folder in folders for line in _name_unused(folder, used)]
    rigs = [rig for folder in folders for rig in find_rigs(folder)]
    total_n = len(clips) + len(recordings) + len(markers)
    for number, video in enumerate(clips, start=1):
        run.attempt(partial(run.add_clip, video), f"{video.stem} ({number}/{total_n})")
    for number, known in enumerate(recordings, start=len(clips) + 1):
        name = f"{known.video.stem} ({number}/{total_n})"
        run.attempt(partial(run.add_recording, known), name)
    for rig in rigs:
        run.attempt(partial(run.add_rig, rig), rig.known["name"])
    for file in markers:
        run.attempt(partial(run.add_markers, file), file.path.stem)
    if not run.found.compared and not run.found.checks and run.found.gait.empty:
        why = run.found.left_out[0] if run.found.left_out else "it holds no NAME.mp4 with NAME.csv"
        msg = f"{', '.join(map(str, folders))}: nothing could be measured: {why}"
        raise InputError(msg)
    return run.found


class _Run:
    """Adds one recording after another to what was found."""

    def __init__(
        self, landmarks: Path | None, on_progress: ProgressReport, model: ModelInfo
    ) -> None:
        self.found = Validation()
        self._gait = GaitRun(self.found.gait)
        self._landmarks, self._model = landmarks, model
        self._on_progress, self._name = on_progress, ""

    def attempt(self, add: Callable[[], None], name: str) -> None:
        """Add one; say why where it cannot be used."""
        self._name = name
        try:
            add()
        except InputError as error:
            self.found.left_out.append(str(error))

    def add_clip(self, video: Path) -> None:
        clip = load_clip(video)  # before the pose model, which takes the time
        seen = self._see(video)
        if not clip.leaves_picture:
            self.found.compared += list(compare_clip(clip, seen, WAYS))
        self._gait.add_clip(clip, seen)

    def add_recording(self, known: KnownRecording) -> None:
        solutions = list(load_solutions(known))
        seen = self._see(known.video)
        for clip in solutions:
            self.found.compared += list(compare_clip(clip, seen, WAYS))
        self.found.checks += list(check_recording(known, seen))
        self._gait.add_recording(known, seen)

    def add_rig(self, rig: KnownRig) -> None:
        solutions = list(load_solutions(rig.recording))
        seen = join_seen(rig, [self._see(video) for video in rig.videos])
        compared = [each for clip in solutions for each in compare_clip(clip, seen, WAYS)]
        self.found.compared += compared
        self.found.checks += list(check_rig(rig, compared))

    def add_markers(self, file: KnownMarkers) -> None:
        self._gait.add_markers(file)

    def _see(self, video: Path) -> SeenVideo:
        seen = find_landmarks(video, self._model, self._landmarks, self._report)
        self.found.models.add((seen.model.name, seen.model.sha256))
        return seen

    def _report(self, stage: str, done: int, total: int) -> None:
        self._on_progress(self._name, done, total)


def _name_unused(folder: Path, used: set[Path]) -> list[str]:
    """Return a line for each video without an answer, and each folder without a video."""
    lines = [
        f"{video}: no {video.stem}.csv with its true angles"
        for video in sorted(folder.rglob("*.mp4"))
        if video.resolve() not in used
    ]
    for below in sorted(path for path in folder.rglob("*") if path.is_dir()):
        files = [path for path in below.iterdir() if path.suffix.lower() not in _NOT_DATA]
        files = [path for path in files if path.is_file()]
        known = any(path.resolve() in used for path in files)
        if files and not known and not list(below.rglob("*.mp4")):
            lines.append(f"{below}: holds no video")
    return lines
