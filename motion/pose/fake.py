"""An estimator that plays back a known body: for tests, and for trying a screen without a model."""

from collections.abc import Sequence

from motion.capture.frames import Image
from motion.model import ModelInfo
from motion.pose.estimator import FramePose

__all__ = ["FakeEstimator"]


class FakeEstimator:
    """Gives the bodies it was made with, one a call, then nobody.

    ``model`` is the model that the bodies came from; without it a name that no real model has.
    """

    def __init__(self, bodies: Sequence[FramePose | None], model: ModelInfo | None = None) -> None:
        self._bodies = iter(bodies)
        self._model = model or ModelInfo(name="fake", sha256="0" * 64)
        self.closed = False

    @property
    def model(self) -> ModelInfo:
        """The model that is said to have found the bodies."""
        return self._model

    def estimate(self, image_rgb: Image, time_s: float, follower: int = 0) -> FramePose | None:
        """Return the next body."""
        return next(self._bodies, None)

    def forget(self, follower: int) -> None:
        """Do nothing: the bodies come as they were given."""

    def find_all(self, image_rgb: Image) -> tuple[FramePose, ...]:
        """Find nobody besides."""
        return ()

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
