"""Collects the bodies of a recording's frames into arrays, leaving out what was not seen."""

import numpy as np
from numpy.typing import NDArray

from motion.model import LANDMARKS, BoolArray, FloatArray, PoseRecording
from motion.pose.estimator import FramePose

__all__ = ["PoseRecorder"]


class PoseRecorder:
    """Takes one frame's body after another and gives a :class:`PoseRecording`.

    A landmark outside the picture was not seen, whatever the model draws there: its
    position is missing. Its visibility is kept, as the model's own word.
    """

    def __init__(self) -> None:
        self._times_s: list[float] = []
        # The model computes in single precision; an hour of frames fits in 100 MB.
        self._bodies: list[NDArray[np.float32] | None] = []

    def __len__(self) -> int:
        return len(self._times_s)

    def add(self, time_s: float, body: FramePose | None) -> None:
        """Add the body of the frame at ``time_s``, or None where nobody was found."""
        self._times_s.append(time_s)
        self._bodies.append(None if body is None else _pack(body))

    def finish(self, width_px: int, height_px: int) -> PoseRecording:
        """Return the recording of all frames added so far, and forget them."""
        n, k = len(self._times_s), len(LANDMARKS)
        image, world = np.full((n, k, 2), np.nan), np.full((n, k, 3), np.nan)
        visibility, presence = np.full((n, k), np.nan), np.full((n, k), np.nan)
        for row, body in enumerate(self._bodies):
            if body is not None:
                image[row], world[row] = body[:, :2], body[:, 2:5]
                visibility[row], presence[row] = body[:, 5], body[:, 6]
        self._bodies = []
        outside = _outside_picture(image, width_px, height_px)
        image[outside] = np.nan
        world[outside] = np.nan
        for array in (image, world, visibility, presence):
            array.flags.writeable = False  # handed over, so that it need not be copied
        return PoseRecording(
            time_s=np.array(self._times_s),
            image_px=image,
            world_m=world,
            visibility=visibility,
            presence=presence,
            width_px=width_px,
            height_px=height_px,
        )


def _pack(body: FramePose) -> NDArray[np.float32]:
    evidence = np.stack([body.visibility, body.presence], axis=1)
    return np.concatenate([body.image_px, body.world_m, evidence], axis=1, dtype=np.float32)


def _outside_picture(image_px: FloatArray, width_px: int, height_px: int) -> BoolArray:
    x, y = image_px[..., 0], image_px[..., 1]
    outside: BoolArray = (x < 0) | (y < 0) | (x > width_px) | (y > height_px)
    return outside
