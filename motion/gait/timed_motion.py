"""What a timed test is measured on, and what comes of it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import (
    FloatArray,
    Measurement,
    MeasureVerdict,
    Scale,
    ScaleSource,
    TimedPhase,
    Walk,
)

__all__ = ["NOT_COMPARABLE", "TimedMotion", "TimedResult", "is_comparable"]

NOT_COMPARABLE: Final = "timed from movement, not comparable with cut-offs"
"""What is said where the moment of GO is not known (clinical_rules.md 18)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedMotion:
    """A body over a whole recording, as seen from the side.

    Parameters
    ----------
    time_s
        ``(n,)``, increasing, at least two.
    mid_hip
        ``(n, 2)`` x to the right and y up, in the unit of the scale; NaN where not seen. Never
        cut at turns: the whole recording.
    ankles
        ``(n, 2, 2)`` left and right, in the same axes.
    trunk
        ``(n, 2)`` from the middle of the hips to that of the shoulders, in the same axes; NaN where
        unknown. It gives the trunk's lean, and by its length how large the body is seen.
    heading_deg
        ``(n,)`` azimuth from which the camera sees the body: 0 from the front, +90 with the
        person's left side nearest; NaN where unknown.
    scale
        Metres per unit.
    walks
        Walking straight on, between turns.
    """

    time_s: FloatArray
    mid_hip: FloatArray
    ankles: FloatArray
    trunk: FloatArray
    heading_deg: FloatArray
    scale: Scale
    walks: tuple[Walk, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.time_s)
        if n < 2 or not np.all(np.diff(self.time_s) > 0):
            msg = f"time_s must be at least two increasing moments, got {n}"
            raise ValueError(msg)
        for name, shape in (
            ("mid_hip", (n, 2)),
            ("ankles", (n, 2, 2)),
            ("trunk", (n, 2)),
            ("heading_deg", (n,)),
        ):
            value = getattr(self, name)
            if value.shape != shape:
                msg = f"{name} must be {shape}, got {value.shape}"
                raise ValueError(msg)

    @property
    def on_belt(self) -> bool:
        """Whether the way comes of a treadmill's belt: the body stays where it is."""
        return self.scale.source is ScaleSource.BELT


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedResult:
    """What a timed test gave.

    Parameters
    ----------
    phases
        In order of time; those that were not seen are missing.
    measurements
        Every number of the test; not measurable, with the reason, where there is none.
    warnings
        One sentence each.
    """

    phases: tuple[TimedPhase, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    warnings: tuple[str, ...] = ()


def is_comparable(number: Measurement) -> bool:
    """Return whether published figures may stand beside a number of a timed test.

    Only beside one that was measured without doubt, and timed from GO (clinical_rules.md 18): it
    can be told of a stored number too.
    """
    return number.verdict is MeasureVerdict.MEASURED and NOT_COMPARABLE not in number.note
