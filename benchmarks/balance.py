"""The real recording of a man on one leg, seen by four calibrated cameras: its reference angles.

The reference is triangulated from the four cameras' own pose estimates (markers_3d.trc), not from
markers: two solutions made of it differ by up to 10 degrees.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from clips import find_landmarks
from scipy.spatial.transform import Rotation

from motion.kinematics.spatial import measure_spatial_angles
from motion.model import LANDMARKS, FloatArray, Frame, PoseRecording, landmark_index

MARKERS = {
    "hip": "Hip", "knee": "Knee", "ankle": "Ankle", "heel": "Heel", "foot_index": "BigToe",
    "shoulder": "Shoulder", "elbow": "Elbow", "wrist": "Wrist",
}  # fmt: skip
NOT_KNOWN = "neck"


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """One camera's landmarks, its azimuth (circular mean over the take) and the reference."""

    name: str
    azimuth_deg: float
    recording: PoseRecording
    reference: dict[str, FloatArray]


def load_balance(folder: Path, landmarks: Path | None) -> Iterator[Camera]:
    """Yield the four cameras."""
    body = read_markers(folder / "markers_3d.trc")
    cameras = tomllib.loads((folder / "calibration.toml").read_text(encoding="utf-8"))
    for number in range(1, 5):
        recording = find_landmarks(folder / f"single_cam{number:02d}.mp4", landmarks)
        yield Camera(
            name=f"{number}",
            azimuth_deg=azimuth_of(cameras[f"cam_{number:02d}"], body),
            recording=recording,
            reference=reference_angles(body, recording),
        )


def read_markers(path: Path) -> FloatArray:
    """Return ``(n, 33, 3)`` positions in metres, y up; NaN for landmarks without a marker."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [name for name in lines[3].split("\t")[2:] if name]
    numbers = [line.split("\t")[2 : 2 + 3 * len(names)] for line in lines[5:] if line.strip()]
    markers = np.array(numbers, dtype=float).reshape(-1, len(names), 3)
    body = np.full((len(markers), len(LANDMARKS), 3), np.nan)
    for side in ("left", "right"):
        for landmark, marker in MARKERS.items():
            column = names.index(f"{side[0].upper()}{marker}")
            body[:, landmark_index(f"{side}_{landmark}")] = markers[:, column]
    return body


def reference_angles(body: FloatArray, recording: PoseRecording) -> dict[str, FloatArray]:
    """Return the angles in the body's own planes, as the product defines them."""
    world = body * [1.0, -1.0, -1.0]  # y down, z away
    full = np.ones(world.shape[:2])
    seen = PoseRecording(
        time_s=recording.time_s,
        image_px=np.zeros((*world.shape[:2], 2)),
        world_m=world,
        visibility=full,
        presence=full,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )
    table = measure_spatial_angles(seen.poses(Frame.WORLD_M), seen)
    return {curve.name: curve.value_deg for curve in table.measured if curve.joint != NOT_KNOWN}


def azimuth_of(camera: dict[str, list[float]], body: FloatArray) -> float:
    """Return where the camera stood about the person: 0 in front, +90 at his left."""
    points = body[..., [2, 0, 1]]  # the calibration's axes: z up
    rotation = Rotation.from_rotvec(camera["rotation"]).as_matrix()
    place = -rotation.T @ np.array(camera["translation"])
    pair = {
        joint: [points[:, landmark_index(f"{side}_{joint}")] for side in ("left", "right")]
        for joint in ("hip", "shoulder")
    }
    left = sum(each[0] - each[1] for each in pair.values())[:, :2]
    forward = np.column_stack([left[:, 1], -left[:, 0]])
    to_camera = place[:2] - np.mean(pair["hip"], axis=0)[:, :2]
    azimuth = np.arctan2(np.sum(to_camera * left, axis=1), np.sum(to_camera * forward, axis=1))
    return float(np.degrees(np.angle(np.mean(np.exp(1j * azimuth)))))
