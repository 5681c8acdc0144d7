"""The landmarks of a recording, kept between runs: the pose model is what takes the time."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from motion import __version__
from motion.capture import hash_file
from motion.errors import InputError, SourceError
from motion.model import InputFile, ModelInfo, PoseRecording, Provenance
from motion.pipeline import ProgressReport, Stopwatch, watch_video
from motion.report import replace_file
from motion.settings import AnalysisSettings

__all__ = ["SeenVideo", "find_landmarks", "rate_of"]

_ARRAYS: Final = ("time_s", "image_px", "world_m", "visibility", "presence")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVideo:
    """A recording's landmarks, and the model that found them."""

    recording: PoseRecording
    model: ModelInfo

    def provenance(self, video: Path, settings: AnalysisSettings) -> Provenance:
        """Return where numbers made from these landmarks come from."""
        recording = self.recording
        file = InputFile(
            name=video.name,
            extension=video.suffix.lower().removeprefix("."),
            sha256="",
            frames=len(recording),
            duration_s=float(recording.time_s[-1]),
            rate_hz=rate_of(recording),
            dropped=0,
            duplicated=0,
            width_px=recording.width_px,
            height_px=recording.height_px,
        )
        return Provenance(
            input=file,
            model=self.model,
            software=f"physio-motion {__version__}",
            settings=settings.as_pairs(),
        )


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def rate_of(recording: PoseRecording) -> float:
    """Return the mean frame rate; NaN of a single frame."""
    if len(recording) < 2:
        return float("nan")
    return (len(recording) - 1) / float(recording.time_s[-1] - recording.time_s[0])


def find_landmarks(
    video: Path,
    model: ModelInfo,
    kept_in: Path | None = None,
    on_progress: ProgressReport = _silent,
) -> SeenVideo:
    """Return the landmarks of a video as the product's pipeline finds them.

    They are those of the chosen person, before anything is put right, filled or left out.

    Parameters
    ----------
    video
        The recording.
    kept_in
        A folder of ``NAME.npz``: what lies there is read, what does not is estimated and kept.
        Landmarks of another video of that name or of another model are estimated anew.
    model
        The installed model. Landmarks that were kept without their model's name are taken for
        its own, without its digest.
    on_progress
        Told of each frame.

    Raises
    ------
    SourceError
        If the video or the kept file cannot be read.
    ModelError
        If the pose model is not installed.
    """
    kept = kept_in / f"{video.stem}.npz" if kept_in else None
    sha256 = hash_file(video) if kept else ""
    if kept and kept.is_file():
        seen = _read(kept, sha256, model)
        if seen is not None:
            return seen
    watched = watch_video(video, AnalysisSettings(), Stopwatch(), on_progress=on_progress)
    seen = SeenVideo(recording=watched.recording, model=watched.model)
    if kept:
        _keep(seen, kept, sha256)
    return seen


def _read(path: Path, sha256: str, model: ModelInfo) -> SeenVideo | None:
    """Return what is kept; None where it is of another video or another model."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            width_px, height_px = (int(edge) for edge in stored["size"])
            arrays = {name: stored[name] for name in _ARRAYS}
            made_of = str(stored["video_sha256"]) if "video_sha256" in stored else ""
            named = "model" in stored
            name, digest = map(str, stored["model"]) if named else (model.name, "")
        found = ModelInfo(name=name, sha256=digest)
        if made_of not in ("", sha256) or (named and found != model):
            return None
        recording = PoseRecording(width_px=width_px, height_px=height_px, **arrays)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        msg = f"{path}: not a file of kept landmarks ({error}); delete it"
        raise SourceError(msg) from error
    return SeenVideo(recording=recording, model=found)


def _keep(seen: SeenVideo, path: Path, sha256: str) -> None:
    recording, model = seen.recording, seen.model
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{path.parent}: cannot be made ({error.strerror}); choose another folder"
        raise InputError(msg) from error
    with replace_file(path) as partial, partial.open("wb") as file:
        np.savez_compressed(
            file,
            size=(recording.width_px, recording.height_px),
            video_sha256=sha256,
            model=(model.name, model.sha256),
            **{name: getattr(recording, name) for name in _ARRAYS},
        )
