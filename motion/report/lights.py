"""The light that goes with a number: how far it may be trusted, frame by frame."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motion.model import (
    GOOD_CONFIDENCE,
    SEEN_CONFIDENCE,
    Analysis,
    AngleCurve,
    BoolArray,
    PoseRecording,
    ViewName,
)
from motion.report.picture import rows_under

__all__ = [
    "FAIR",
    "GOOD",
    "LIGHTS",
    "LOST",
    "NOT_MEASURED",
    "Light",
    "drawable_landmarks",
    "rate_frames",
    "sure_landmarks",
]


@dataclass(frozen=True, slots=True)
class Light:
    """How far a number may be trusted: a colour that always has its word."""

    word: str
    bgr: tuple[int, int, int]

    @property
    def css(self) -> str:
        """The colour as a page writes it."""
        blue, green, red = self.bgr
        return f"#{red:02x}{green:02x}{blue:02x}"


# Blue, amber and grey stay apart for colour-blind eyes.
GOOD: Final = Light("Good", (200, 120, 20))
FAIR: Final = Light("Fair", (20, 160, 235))
NOT_MEASURED: Final = Light("Not measured", (120, 120, 120))
LOST: Final = Light("Person not in view", (120, 120, 120))

LIGHTS: Final = (LOST, NOT_MEASURED, FAIR, GOOD)
"""In the order of what :func:`rate_frames` gives."""


def drawable_landmarks(recording: PoseRecording) -> BoolArray:
    """Return ``(n, 33)`` which landmarks were seen, or filled over a short gap."""
    placed = np.isfinite(recording.image_px[..., 0])
    seen: BoolArray = placed & (recording.filled | (recording.confidence >= SEEN_CONFIDENCE))
    return seen


def sure_landmarks(recording: PoseRecording) -> BoolArray:
    """Return ``(n, 33)`` which landmarks were seen well and not filled."""
    sure: BoolArray = (recording.confidence >= GOOD_CONFIDENCE) & ~recording.filled
    return sure


def rate_frames(analysis: Analysis, curve: AngleCurve) -> NDArray[np.uint8]:
    """Return ``(n,)`` the light of an angle in every frame, as its place in :data:`LIGHTS`.

    No frame is rated better than the take's view allows.
    """
    recording = analysis.recording
    rows = sorted({row for point in rows_under(curve.angle, curve.side).values() for row in point})
    several = analysis.view.name is ViewName.SPATIAL  # what one camera missed others saw
    square = several or analysis.view.name in (ViewName.SAGITTAL, ViewName.FRONTAL)
    seen_well = (sure_landmarks(recording)[:, rows].all(axis=1) | several) & ~curve.filled
    good = seen_well & (curve.confidence >= GOOD_CONFIDENCE) & square
    rated = np.where(good, LIGHTS.index(GOOD), LIGHTS.index(FAIR))
    rated[~np.isfinite(curve.value_deg)] = LIGHTS.index(NOT_MEASURED)
    rated[~drawable_landmarks(recording).any(axis=1)] = LIGHTS.index(LOST)
    return rated.astype(np.uint8)
