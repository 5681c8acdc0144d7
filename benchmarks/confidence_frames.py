"""Frames of clips with known answers: each angle with its evidence, its truth and its error."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from render_common import HELD_OUT
from spoiled import find_landmarks

from motion.kinematics import (
    CleaningSettings,
    azimuth_of_frames,
    clean_recording,
    find_foot_zeros,
    find_passes,
    measure_passes,
)
from motion.kinematics.confidence_evidence import EVIDENCE, gather_evidence, rate_evidence
from motion.model import AngleCurve, PoseRecording, Position
from motion.validation.clips import find_truth

BAND_DEG: Final = 10.0
PLANAR_WITHIN_DEG: Final = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One recording with its true angles, one row per frame."""

    name: str
    subject: str
    yaw_deg: float
    recording: PoseRecording
    truth: pd.DataFrame

    @property
    def spoiled(self) -> bool:
        """Whether the pictures were spoiled on purpose."""
        return "+" in self.name.replace("__y+", "")


def load_clips(folders: list[Path], landmarks: Path) -> Iterator[Clip]:
    """Yield the rendered clips of some folders, whole and spoiled."""
    for folder in folders:
        for about in sorted(folder.glob("*.json")):
            yield from load_clip(about, landmarks)


def load_clip(about: Path, landmarks: Path) -> Iterator[Clip]:
    """Yield one rendered clip, whole and spoiled.

    Landmarks are read from ``landmarks/NAME.npz``; what is missing there is found by the
    product's own pose model and kept there.
    """
    known = json.loads(about.read_text(encoding="utf-8"))
    truth = pd.read_csv(about.with_suffix(".csv"))
    cached = landmarks / f"{about.stem}.npz"
    if not cached.is_file():
        video = about.with_suffix(".mp4")
        save_landmarks(find_landmarks(video, lambda image, _: image, 1.0), cached)
    for path in (cached, *sorted(landmarks.glob(f"{about.stem}+[a-z]*.npz"))):
        recording = load_landmarks(path)
        rows = [int(np.argmin(np.abs(truth["time_s"] - t))) for t in recording.time_s]
        yield Clip(
            name=path.stem,
            subject=known["subject"],
            yaw_deg=float(known["yaw"] or 0.0),
            recording=recording,
            truth=truth.iloc[rows].reset_index(drop=True),
        )


def save_landmarks(recording: PoseRecording, path: Path) -> None:
    """Write landmarks as they came out of the model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = ("time_s", "image_px", "world_m", "visibility", "presence")
    arrays = {name: getattr(recording, name) for name in names}
    size = np.array([recording.width_px, recording.height_px])
    np.savez_compressed(path, size=size, **arrays)


def load_landmarks(path: Path) -> PoseRecording:
    """Read them again; what lies outside the picture was not seen."""
    with np.load(path) as stored:
        arrays = {name: np.array(stored[name]) for name in stored.files}
    width_px, height_px = (int(edge) for edge in arrays.pop("size"))
    image = arrays["image_px"].astype(np.float32)
    world = arrays["world_m"].astype(np.float32)
    with np.errstate(invalid="ignore"):
        outside = np.any((image < 0) | (image > [width_px, height_px]), axis=2)
    image[outside], world[outside] = np.nan, np.nan
    return PoseRecording(
        time_s=arrays["time_s"],
        image_px=image,
        world_m=world,
        visibility=arrays["visibility"].astype(np.float32),
        presence=arrays["presence"].astype(np.float32),
        width_px=width_px,
        height_px=height_px,
    )


def tabulate(
    clip: Clip, seen_confidence: float = CleaningSettings().seen_confidence
) -> pd.DataFrame:
    """Return one row per frame and angle that the product gives, with its truth and evidence."""
    recording = clip.recording
    rate_hz = 1.0 / float(np.median(np.diff(recording.time_s)))
    passes = find_passes(recording, None)
    settings = CleaningSettings(seen_confidence=seen_confidence)
    filled, poses = clean_recording(recording, rate_hz, settings)
    zeros = find_foot_zeros(poses, passes)
    table = measure_passes(poses, filled, passes, Position.STANDING, zeros)
    azimuth_deg = azimuth_of_frames(passes, len(filled))
    evidence = gather_evidence(filled)
    found = []
    for curve in table.measured:
        true_deg = find_truth(clip.truth, curve.name)
        if true_deg is None:
            continue
        if curve.joint == "ankle":  # the truth contains the foot's own slope
            true_deg = true_deg - true_deg[0]
        true_deg = _where_planar(curve, true_deg, clip.truth)
        against = rate_evidence(curve, evidence, azimuth_deg)
        frames = pd.DataFrame(against, columns=list(EVIDENCE))
        frames = frames.assign(
            clip=clip.name, subject=clip.subject, yaw_deg=clip.yaw_deg, spoiled=clip.spoiled,
            angle=curve.angle, side=curve.side.value, time_s=recording.time_s,
            compared_deg=_compared(curve), error_deg=_compared(curve) - true_deg,
            lowest=curve.confidence,
        )  # fmt: skip
        found.append(frames[np.isfinite(frames["error_deg"])])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _where_planar(curve: AngleCurve, true_deg: np.ndarray, truth: pd.DataFrame) -> np.ndarray:
    """Leave out the true shoulder angles of a plane that the arm is not near.

    The truth resolves the arm into a flexion and an abduction; an arm raised forward has an
    abduction of nothing or of 180 degrees, by lot.
    """
    whole = f"{curve.side}_shoulder_elevation"
    if curve.joint != "shoulder" or whole not in truth:
        return true_deg
    near = np.abs(truth[whole].to_numpy() - np.abs(true_deg)) < PLANAR_WITHIN_DEG
    return np.where(near, true_deg, np.nan)


def _compared(curve: AngleCurve) -> np.ndarray:
    """Return the values; of the ankle from its start: the truth has the foot's own slope."""
    if curve.joint != "ankle":
        return np.asarray(curve.value_deg)
    start = curve.value_deg[:5][np.isfinite(curve.value_deg[:5])]
    return np.asarray(curve.value_deg - (np.median(start) if len(start) else np.nan))


def take_off_bias(frames: pd.DataFrame) -> pd.DataFrame:
    """Add ``off_deg``, the error without the angle's usual bias, and ``right``, 0 or 1.

    The usual bias is the median error of the people that the model is fitted on, in square
    views of unspoiled pictures.
    """
    usual = frames[(frames["yaw_deg"] == 0) & ~frames["spoiled"] & (frames["subject"] != HELD_OUT)]
    bias_deg = usual.groupby("angle")["error_deg"].median()
    usual_deg = frames["angle"].map(bias_deg)
    off_deg = (frames["error_deg"] - usual_deg).abs()
    known = frames.assign(
        bias_deg=usual_deg, off_deg=off_deg, right=(off_deg <= BAND_DEG).astype(float)
    )
    return known[known["off_deg"].notna()].reset_index(drop=True)
