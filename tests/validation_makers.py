"""Recordings with known answers, made of synthetic bodies: what is wrong with them is known."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from makers import CAMERA_LEFT, make_recording, repetitions, uniform_times
from numpy.typing import ArrayLike

from motion.model import ModelInfo, PoseRecording
from motion.validation.clips import KnownClip
from motion.validation.landmarks import SeenVideo

MODEL = ModelInfo(name="synthetic", sha256="1" * 64)
TIME_S = uniform_times(10.0)
KNEE_DEG = repetitions(TIME_S, (1.0, 4.0, 7.0), 80.0, rest_deg=5.0)
HIP_DEG = repetitions(TIME_S, (1.0, 4.0, 7.0), 60.0, rest_deg=5.0)
ABOUT = {
    "motion": "knee_flex_l",
    "subject": "m_avg",
    "skin": "light",
    "light": "normal",
    "azimuth_deg": 90.0,
    "nominal_azimuth_deg": 90.0,
}


def make_truth(**angles: ArrayLike) -> pd.DataFrame:
    """Return a truth with the given angles; the rest of the table is as a rendered clip's."""
    return pd.DataFrame({"frame": np.arange(len(TIME_S)), "time_s": TIME_S, **angles})


def make_clip(truth: pd.DataFrame, about: Mapping[str, Any] = ABOUT) -> KnownClip:
    return KnownClip(name="clip", video=Path("clip.mp4"), truth=truth, about=about)


def see(pose: Mapping[str, ArrayLike], azimuth_deg: float = CAMERA_LEFT) -> SeenVideo:
    """Return what the pose model would say of a posed body."""
    recording = make_recording(pose, TIME_S, azimuth_deg=azimuth_deg)
    return SeenVideo(recording=recording, model=MODEL)


def write_clip(
    folder: Path, name: str, truth: pd.DataFrame | None, about: Mapping[str, Any] | None = ABOUT
) -> Path:
    """Write ``name.mp4`` (no real video), its truth and what is said of it."""
    folder.mkdir(parents=True, exist_ok=True)
    video = folder / f"{name}.mp4"
    video.write_bytes(name.encode())
    if truth is not None:
        truth.to_csv(video.with_suffix(".csv"), index=False)
    if about is not None:
        video.with_suffix(".json").write_text(json.dumps(dict(about)), encoding="utf-8")
    return video


def keep_landmarks(recording: PoseRecording, folder: Path, name: str, **also: Any) -> Path:
    """Write landmarks as earlier versions kept them: without the model's name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.npz"
    arrays = {
        each: getattr(recording, each)
        for each in ("time_s", "image_px", "world_m", "visibility", "presence")
    }
    np.savez_compressed(path, size=(recording.width_px, recording.height_px), **arrays, **also)
    return path
