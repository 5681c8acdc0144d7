"""A made-up camera: what the pose model would say of a made-up body."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from motion.model import LANDMARKS, FloatArray, PoseRecording, Side

__all__ = ["CAMERA_IN_FRONT", "Camera", "film_body", "film_walk", "hide_frames"]

CAMERA_IN_FRONT: Final = 0.0
_WIDTH_PX, _HEIGHT_PX = 640, 480
_PX_PER_M: Final = 220.0
_NOISE_PX: Final = 0.6
_SEEN, _FAR_SEEN, _LOST = 0.95, 0.88, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the camera stands, and what stays where it is in the picture.

    Parameters
    ----------
    azimuth_deg
        0 in front, 90 at the person's left, -90 at the right.
    lying
        Whether the person lies on the back: the picture is turned with the head to one side.
    still
        Landmarks that do not move, with their place as shares of the picture's size.
    """

    azimuth_deg: float
    lying: bool = False
    still: tuple[str, ...] = ("left_hip", "right_hip")
    place: tuple[float, float] = (0.5, 0.52)

    @classmethod
    def beside(cls, side: Side, **changes: Any) -> "Camera":
        """Return a camera at one side of the person."""
        return replace(cls(azimuth_deg=90.0 if side is Side.LEFT else -90.0), **changes)


def film_body(
    time_s: FloatArray, body_m: FloatArray, camera: Camera, rng: np.random.Generator
) -> PoseRecording:
    """Return what a camera without perspective sees of a body ``(n, 33, 3)``."""
    azimuth = np.radians(camera.azimuth_deg)
    right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
    towards = np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
    seen = np.stack([body_m @ right, -body_m[..., 1], -(body_m @ towards)], axis=-1)
    if camera.lying:
        # Face up: what was forward points up in the picture.
        turn = np.sign(camera.azimuth_deg) * np.pi / 2
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        seen[..., :2] = seen[..., :2] @ spin.T
    rows = [LANDMARKS.index(name) for name in camera.still]
    still = seen[:, rows, :2].mean(axis=1, keepdims=True)
    place = np.array(camera.place) * (_WIDTH_PX, _HEIGHT_PX)
    image = place + _PX_PER_M * (seen[..., :2] - still)
    hidden = seen[..., 2] > 0.05 if camera.azimuth_deg else np.zeros(seen.shape[:2], dtype=bool)
    return _record(time_s, image, seen, np.where(hidden, _FAR_SEEN, _SEEN), rng)


def film_walk(time_s: FloatArray, body_m: FloatArray, rng: np.random.Generator) -> PoseRecording:
    """Return what a level camera at the person's right sees of a walk to the right."""
    middle_m = (body_m[..., 2].min() + body_m[..., 2].max()) / 2.0
    seen = np.stack([body_m[..., 2] - middle_m, 0.9 - body_m[..., 1], body_m[..., 0]], -1)
    per_m = 0.9 * _WIDTH_PX / (body_m[..., 2].max() - body_m[..., 2].min())
    image = np.array([_WIDTH_PX, _HEIGHT_PX]) / 2.0 + per_m * seen[..., :2]
    hips = [LANDMARKS.index("left_hip"), LANDMARKS.index("right_hip")]
    seen -= seen[:, hips].mean(axis=1, keepdims=True)
    return _record(time_s, image, seen, np.where(seen[..., 2] > 0.03, _FAR_SEEN, _SEEN), rng)


def hide_frames(recording: PoseRecording, share: float, rng: np.random.Generator) -> PoseRecording:
    """Return the recording with the body hidden now and then, for half a second or longer."""
    if not share:
        return recording
    block = round(0.6 * len(recording) / float(recording.time_s[-1]))
    lost = np.repeat(rng.random(len(recording) // block + 1) < share, block)[: len(recording)]
    visibility = np.array(recording.visibility)
    visibility[lost] = _LOST
    return replace(recording, visibility=visibility, presence=visibility)


def _record(
    time_s: FloatArray,
    image_px: FloatArray,
    world_m: FloatArray,
    visibility: FloatArray,
    rng: np.random.Generator,
) -> PoseRecording:
    shaken = image_px + rng.normal(scale=_NOISE_PX, size=image_px.shape)
    single = np.float32
    return PoseRecording(
        time_s=time_s,
        # Rounded to what the noise leaves of it: the file is a third as large.
        image_px=np.round(shaken, 1).astype(single),
        world_m=np.round(world_m, 3).astype(single),
        visibility=visibility.astype(single),
        presence=visibility.astype(single),
        width_px=_WIDTH_PX,
        height_px=_HEIGHT_PX,
    )
