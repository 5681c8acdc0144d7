"""The seam between a picture and a body: everything vendor-specific stays behind it."""

from dataclasses import dataclass
from typing import Protocol

from motion.capture.frames import Image
from motion.model import FloatArray, ModelInfo

__all__ = ["FramePose", "PoseEstimator"]


@dataclass(frozen=True, slots=True, eq=False)
class FramePose:
    """One body in one picture.

    ``image_px (33, 2)``, ``world_m (33, 3)``, ``visibility (33,)``, ``presence (33,)``.
    """

    image_px: FloatArray
    world_m: FloatArray
    visibility: FloatArray
    presence: FloatArray


class PoseEstimator(Protocol):
    """Finds a body in one picture after another of the same recording."""

    @property
    def model(self) -> ModelInfo:
        """Name and digest of the model, for the provenance."""
        ...

    def estimate(self, image_rgb: Image, time_s: float) -> FramePose | None:
        """Return the body in the picture, or None; times must increase from call to call."""
        ...

    def close(self) -> None:
        """Release the model."""
        ...
