"""Clips with known answers for the benchmarks: their landmarks, their camera and their truth."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from render_common import HELD_OUT

from motion.model import PoseRecording, Position
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings
from motion.validation.clips import find_truth
from motion.validation.landmarks import rate_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "validation"

ARRAYS = ("time_s", "image_px", "world_m", "visibility", "presence")


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One rendered clip; ``nominal_deg`` is the azimuth that its movement is meant for."""

    name: str
    motion: str
    subject: str
    azimuth_deg: float
    nominal_deg: float
    recording: PoseRecording
    truth: pd.DataFrame
    position: Position = Position.STANDING

    @property
    def held_out(self) -> bool:
        """Whether the clip shows a body that no figure is fitted on."""
        return self.subject == HELD_OUT

    @property
    def rate_hz(self) -> float:
        """Frames in a second."""
        return rate_of(self.recording)

    def truth_of(self, name: str) -> np.ndarray | None:
        """Return a true angle; None where the clip does not know it."""
        return find_truth(self.truth, name)


def load_clips(folders: list[Path], landmarks: Path | None) -> Iterator[Clip]:
    """Yield every clip ``NAME.mp4`` of some folders that has ``NAME.csv`` and ``NAME.json``.

    Landmarks are read from ``landmarks/NAME.npz``; what is not there is estimated, and kept
    there where a folder is given.
    """
    for folder in folders:
        for about in sorted(folder.glob("*.json")):
            if not about.with_suffix(".csv").is_file():
                continue
            known = json.loads(about.read_text(encoding="utf-8"))
            recording = find_landmarks(about.with_suffix(".mp4"), landmarks)
            truth = pd.read_csv(about.with_suffix(".csv"))
            if len(truth) != len(recording):
                print(f"{about.stem}: left out, {len(recording)} frames for {len(truth)} answers")
                continue
            yield Clip(
                name=about.stem,
                motion=known["motion"],
                subject=known["subject"],
                azimuth_deg=(known["azimuth_deg"] + 180.0) % 360.0 - 180.0,
                nominal_deg=known.get("nominal_azimuth_deg", known["azimuth_deg"]),
                recording=recording,
                truth=truth,
                position=Position(known.get("position") or _usual_position(known["motion"])),
            )


def _usual_position(motion: str) -> str:
    return "sitting" if "seated" in motion or "sit_to" in motion else "standing"


def find_landmarks(video: Path, landmarks: Path | None) -> PoseRecording:
    """Return the landmarks of a video, from a folder that keeps them or from the pose model."""
    kept = landmarks / f"{video.stem}.npz" if landmarks else None
    if kept and kept.is_file():
        with np.load(kept) as stored:
            width_px, height_px = (int(edge) for edge in stored["size"])
            arrays = {name: stored[name] for name in ARRAYS}
        return PoseRecording(width_px=width_px, height_px=height_px, **arrays)
    recording = analyse_video(video, AnalysisSettings()).recording
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        arrays = {name: getattr(recording, name) for name in ARRAYS}
        np.savez_compressed(kept, size=(recording.width_px, recording.height_px), **arrays)
    return recording
