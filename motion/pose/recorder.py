"""Collects the bodies of a recording's frames into arrays, leaving out what was not seen."""

import numpy as np

from motion.model import LANDMARKS, FloatArray, PoseRecording
from motion.pose.estimator import FramePose

__all__ = ["PoseRecorder"]


class PoseRecorder:
    """Takes one frame's body after another and gives a :class:`PoseRecording`.

    A landmark outside the picture was not seen, whatever the model draws there: its
    position is missing. Its visibility is kept, as the model's own word.
    """

    def __init__(self) -> None:
        self._times_s: list[float] = []
        self._bodies: list[FramePose | None] = []

    def __len__(self) -> int:
        return len(self._times_s)

    def add(self, time_s: float, body: FramePose | None) -> None:
        """Add the body of the frame at ``time_s``, or None where nobody was found."""
        self._times_s.append(time_s)
        self._bodies.append(body)

    def finish(self, width_px: int, height_px: int) -> PoseRecording:
        """Return the recording of all frames added so far."""
        n, k = len(self._times_s), len(LANDMARKS)
        image = np.full((n, k, 2), np.nan)
        world = np.full((n, k, 3), np.nan)
        visibility = np.full((n, k), np.nan)
        presence = np.full((n, k), np.nan)
        for row, body in enumerate(self._bodies):
            if body is None:
                continue
            image[row], world[row] = body.image_px, body.world_m
            visibility[row], presence[row] = body.visibility, body.presence
        outside = _outside_picture(image, width_px, height_px)
        image[outside] = np.nan
        world[outside] = np.nan
        return PoseRecording(
            time_s=np.array(self._times_s),
            image_px=image,
            world_m=world,
            visibility=visibility,
            presence=presence,
            width_px=width_px,
            height_px=height_px,
        )


def _outside_picture(image_px: FloatArray, width_px: int, height_px: int) -> FloatArray:
    x, y = image_px[..., 0], image_px[..., 1]
    return (x < 0) | (y < 0) | (x > width_px) | (y > height_px)
