"""Collects the bodies of a recording's frames into arrays, leaving out what was not seen."""

import numpy as np
from numpy.typing import NDArray

from motion.model import LANDMARKS, BoolArray, FloatArray, PoseRecording
from motion.pose.estimator import FramePose

__all__ = ["PoseRecorder"]


_WIDTH = 7


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
        packed = np.full((len(self._times_s), len(LANDMARKS), _WIDTH), np.nan)
        for row, body in enumerate(self._bodies):
            if body is not None:
                packed[row] = body
        self._bodies = []
        outside = _outside_picture(packed[..., :2], width_px, height_px)
        packed[outside, :5] = np.nan
        return PoseRecording(
            time_s=np.array(self._times_s),
            image_px=packed[..., :2],
            world_m=packed[..., 2:5],
            visibility=packed[..., 5],
            presence=packed[..., 6],
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
