"""Collects the bodies of a recording's frames into arrays, leaving out what was not seen."""

import numpy as np
from numpy.typing import NDArray

from motion.model import LANDMARKS, BoolArray, PoseRecording
from motion.pose.estimator import FramePose

__all__ = ["PoseRecorder"]


_BLOCK_N = 1024
_WIDTH = 7

SingleArray = NDArray[np.float32]


class PoseRecorder:
    """Takes one frame's body after another and gives a :class:`PoseRecording`.

    A landmark outside the picture was not seen, whatever the model draws there: its
    position is missing. Its visibility is kept, as the model's own word.
    """

    def __init__(self) -> None:
        self._times_s: list[float] = []
        # Blocks, because thousands of small arrays are never given back to the system.
        self._blocks: list[SingleArray] = []

    def __len__(self) -> int:
        return len(self._times_s)

    def add(self, time_s: float, body: FramePose | None) -> None:
        """Add the body of the frame at ``time_s``, or None where nobody was found."""
        row = len(self._times_s) % _BLOCK_N
        if row == 0:
            shape = (_BLOCK_N, len(LANDMARKS), _WIDTH)
            self._blocks.append(np.full(shape, np.nan, dtype=np.float32))
        if body is not None:
            self._blocks[-1][row] = _pack(body)
        self._times_s.append(time_s)

    def finish(self, width_px: int, height_px: int) -> PoseRecording:
        """Return the recording of all frames added so far."""
        image, world = self._columns(slice(0, 2)), self._columns(slice(2, 5))
        outside = _outside_picture(image, width_px, height_px)
        image[outside] = np.nan
        world[outside] = np.nan
        for array in (image, world):
            array.flags.writeable = False  # handed over, so that it need not be copied
        return PoseRecording(
            time_s=np.array(self._times_s),
            image_px=image,
            world_m=world,
            visibility=self._columns(5),
            presence=self._columns(6),
            width_px=width_px,
            height_px=height_px,
        )

    def _columns(self, which: slice | int) -> SingleArray:
        rows = [block[..., which] for block in self._blocks]
        shape = (0, len(LANDMARKS), _WIDTH)
        empty = np.empty(shape, dtype=np.float32)[..., which]
        return np.concatenate([empty, *rows])[: len(self)]


def _pack(body: FramePose) -> SingleArray:
    evidence = np.stack([body.visibility, body.presence], axis=1)
    return np.concatenate([body.image_px, body.world_m, evidence], axis=1, dtype=np.float32)


def _outside_picture(image_px: SingleArray, width_px: int, height_px: int) -> BoolArray:
    x, y = image_px[..., 0], image_px[..., 1]
    outside: BoolArray = (x < 0) | (y < 0) | (x > width_px) | (y > height_px)
    return outside
