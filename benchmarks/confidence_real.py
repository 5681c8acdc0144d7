"""The four real views of one balancing man, with angles from the markers of all of them.

The reference is itself uncertain by some 10 degrees: two solutions of the same four cameras
differ by that much. It ranks confidences; it cannot calibrate them.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from confidence_frames import Clip, load_landmarks, save_landmarks
from spoiled import find_landmarks

CAMERAS: Final = ("single_cam01", "single_cam02", "single_cam03", "single_cam04")


def load_balance(folder: Path, landmarks: Path) -> list[Clip]:
    """Return the four views; row k of the markers is frame k of each video."""
    truth = find_angles(read_markers(folder / "markers_3d.trc"))
    clips = []
    for camera in CAMERAS:
        cached = landmarks / f"{camera}.npz"
        if not cached.is_file():
            video = folder / f"{camera}.mp4"
            save_landmarks(find_landmarks(video, lambda image, _: image, 1.0), cached)
        recording = load_landmarks(cached)
        clips.append(Clip(camera, "real", np.nan, recording, truth.iloc[: len(recording)]))
    return clips


def read_markers(path: Path) -> dict[str, np.ndarray]:
    """Return ``(n, 3)`` metres of each marker of a TRC file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [name for name in lines[3].split("\t")[2:] if name]
    rows = [line.split("\t")[: 2 + 3 * len(names)] for line in lines[5:] if line.strip()]
    values = np.array([[float(cell or "nan") for cell in row] for row in rows])
    return {name: values[:, 2 + 3 * n : 5 + 3 * n] for n, name in enumerate(names)}


def find_angles(markers: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the joint angles in space that need no plane, and those in the body's planes."""
    up = unit(sum_of(markers, "Shoulder") - sum_of(markers, "Hip"))
    across = markers["LHip"] - markers["RHip"]
    left = unit(across - np.sum(across * up, axis=1, keepdims=True) * up)
    forward = np.cross(left, up)
    angles = {}
    for side, letter, outward in (("left", "L", left), ("right", "R", -left)):
        thigh = markers[f"{letter}Knee"] - markers[f"{letter}Hip"]
        shank = markers[f"{letter}Ankle"] - markers[f"{letter}Knee"]
        arm = markers[f"{letter}Elbow"] - markers[f"{letter}Shoulder"]
        forearm = markers[f"{letter}Wrist"] - markers[f"{letter}Elbow"]
        angles[f"{side}_knee_flexion"] = between(thigh, shank)
        angles[f"{side}_elbow_flexion"] = between(arm, forearm)
        angles[f"{side}_hip_flexion"] = in_plane(thigh, forward, up)
        angles[f"{side}_shoulder_flexion"] = in_plane(arm, forward, up)
        angles[f"{side}_shoulder_abduction"] = in_plane(arm, outward, up)
    return pd.DataFrame(angles)


def sum_of(markers: dict[str, np.ndarray], joint: str) -> np.ndarray:
    """Return the sum over both sides."""
    return markers[f"L{joint}"] + markers[f"R{joint}"]


def unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def between(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the unsigned angle in space, degrees."""
    cross = np.linalg.norm(np.cross(first, second), axis=1)
    return np.asarray(np.degrees(np.arctan2(cross, np.sum(first * second, axis=1))))


def in_plane(limb: np.ndarray, out: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Return the signed angle from straight down towards ``out``, degrees."""
    outward, down = np.sum(limb * out, axis=1), -np.sum(limb * up, axis=1)
    return np.asarray(np.degrees(np.arctan2(outward, down)))
