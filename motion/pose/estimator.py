"""The seam between a picture and its bodies: everything vendor-specific stays behind it."""

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
    """Follows bodies from one picture to the next, and finds everybody in a single picture."""

    @property
    def model(self) -> ModelInfo:
        """Name and digest of the model, for the provenance."""
        ...

    def estimate(self, image_rgb: Image, time_s: float, follower: int = 0) -> FramePose | None:
        """Return the one body that a follower follows, or None where it finds nobody.

        A follower that has no body takes the most prominent one in the picture; one that has
        a body stays with it. Its times must increase from call to call.
        """
        ...

    def forget(self, follower: int) -> None:
        """Let a follower go, so that its next picture starts afresh, at any time."""
        ...

    def find_all(self, image_rgb: Image) -> tuple[FramePose, ...]:
        """Return every body in one picture, without a memory of other pictures."""
        ...

    def close(self) -> None:
        """Release the model."""
        ...
