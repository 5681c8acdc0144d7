"""The recordings that come with the product, for trying it without a camera."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.analysing import Request
from motion.paths import reference_dir
from motion.settings import AnalysisSettings

__all__ = ["SAMPLES", "SAMPLE_PATIENT", "Sample", "sample_request"]

SAMPLE_PATIENT: Final = "SAMPLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One recording of ``data/samples``."""

    file: str
    title: str
    movement: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return reference_dir() / "samples" / self.file


SAMPLES: Final = (
    Sample(file="squat.mp4", title="Squat, from the side", movement="squat"),
    Sample(
        file="shoulder_abd_r.mp4",
        title="Arm raise sideways, from the front",
        movement="arm_raise_sideways",
    ),
    Sample(file="walk_over.mp4", title="Walking past the camera", movement="walking"),
)


def sample_request() -> Request:
    """Return what "Try it with the sample" asks for."""
    sample = SAMPLES[0]
    return Request(
        source=sample.path,
        settings=AnalysisSettings(movement=sample.movement),
        patient=SAMPLE_PATIENT,
    )
