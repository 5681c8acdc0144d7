"""Pinhole cameras around a body whose angles are known, built from none of the code under test."""

from collections.abc import Mapping, Sequence

import numpy as np
from makers import Floats, pose_body, uniform_times
from numpy.typing import ArrayLike

from motion.cameras.calibration import Camera
from motion.model import LANDMARKS, PoseRecording

FOCAL_PX, WIDTH_PX, HEIGHT_PX = 1000.0, 1280, 960
HIP_HEIGHT_M = 0.95


def make_camera(
    azimuth_deg: float,
    *,
    name: str = "",
    distance_m: float = 4.0,
    height_m: float = 1.2,
    roll_deg: float = 0.0,
) -> Camera:
    """Return a camera that looks at the body; 0 in front, +90 at the person's left; z is up."""
    azimuth, roll = np.radians([azimuth_deg, roll_deg])
    # The body looks along the room's x, its left is the room's y.
    place = np.array([distance_m * np.cos(azimuth), distance_m * np.sin(azimuth), height_m])
    away = np.array([0.0, 0.0, HIP_HEIGHT_M]) - place
    away /= np.linalg.norm(away)
    right = np.cross(away, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    down = np.cross(away, right)
    turn = np.array(
        [[np.cos(roll), np.sin(roll), 0.0], [-np.sin(roll), np.cos(roll), 0.0], [0.0, 0.0, 1.0]]
    )
    rotation = turn @ np.stack([right, down, away])
    return Camera(
        name=name or f"at{azimuth_deg:.0f}",
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        matrix=np.array(
            [[FOCAL_PX, 0.0, WIDTH_PX / 2], [0.0, FOCAL_PX, HEIGHT_PX / 2], [0.0, 0.0, 1.0]]
        ),
        distortion=np.zeros(5),
        rotation=rotation,
        translation_m=-rotation @ place,
    )


def room_body(pose: Mapping[str, ArrayLike], frames: int = 1) -> Floats:
    """Return ``(frames, 33, 3)``: x forward, y to the person's left, z up."""
    body = pose_body(pose, frames)
    return np.stack([body[..., 2], body[..., 0], body[..., 1] + HIP_HEIGHT_M], axis=-1)


def film(
    camera: Camera, body: Floats, time_s: ArrayLike, *, visibility: float = 0.95
) -> PoseRecording:
    """Return what a camera without lens errors sees; pixel edges at whole numbers."""
    seen = body @ camera.rotation.T + camera.translation_m
    image = seen[..., :2] / seen[..., 2:] * FOCAL_PX + [WIDTH_PX / 2, HEIGHT_PX / 2] + 0.5
    found = np.full(body.shape[:2], visibility)
    return PoseRecording(
        time_s=np.asarray(time_s, dtype=float),
        image_px=image,
        world_m=seen - seen[:, 23:25].mean(axis=1, keepdims=True),
        visibility=found,
        presence=found,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )


def see(cameras: Sequence[Camera], body: Floats) -> tuple[Floats, Floats]:
    """Return ``(v, n, 33, 2)`` directions x/z, y/z and weights of 1."""
    seen = np.stack([body @ c.rotation.T + c.translation_m for c in cameras])
    return seen[..., :2] / seen[..., 2:], np.ones(seen.shape[:-1])


def reaching(duration_s: float = 6.0, rate_hz: float = 60.0) -> tuple[Floats, dict[str, Floats]]:
    """Return times and a pose that never repeats itself: squats and reaches of unlike speed."""
    time_s = uniform_times(duration_s, rate_hz)
    return time_s, reaching_at(time_s)


def reaching_at(time_s: Floats) -> dict[str, Floats]:
    """Return the pose of :func:`reaching` at any times."""
    bend = 40.0 + 30.0 * np.sin(2.1 * time_s + 0.3 * time_s**2)
    reach = 50.0 + 40.0 * np.sin(3.3 * time_s + 0.7) * np.cos(1.3 * time_s)
    return {
        "hip_flexion": bend,
        "knee_flexion": 1.4 * bend,
        "left_shoulder_flexion": reach,
        "right_shoulder_flexion": 30.0 + 25.0 * np.sin(4.0 * time_s + 1.0 + 0.2 * time_s**2),
        "elbow_flexion": 20.0 + 15.0 * np.sin(2.7 * time_s),
    }


ROWS = {name: LANDMARKS.index(name) for name in LANDMARKS}
