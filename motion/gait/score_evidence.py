"""What makes a distance from the reference curves more or less certain."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from motion.model import AngleTable, Measurement, MeasureVerdict, Side
from motion.norms.gait_curves import SLOWEST_M_S

__all__ = ["ScoreEvidence"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreEvidence:
    """What makes a score more or less certain.

    Parameters
    ----------
    angles
        Of the frames of the strides that count: their confidence is the curves'.
    ranges
        Of the same angles: what is doubtful of them is so of their curves.
    speed_m_s
        Walking speed; NaN where there is no scale.
    """

    angles: AngleTable
    ranges: Sequence[Measurement]
    speed_m_s: float

    def find_confidence(self, angle: str, side: Side) -> float:
        """Return the mean confidence of an angle's measured frames; NaN of none."""
        known = [
            curve.confidence[np.isfinite(curve.value_deg) & np.isfinite(curve.confidence)]
            for curve in self.angles.curves
            if (curve.angle, curve.side) == (angle, side)
        ]
        return float(np.mean(known[0])) if known and len(known[0]) else math.nan

    def find_doubts(self, angle: str, side: Side) -> tuple[str, ...]:
        """Return what is doubtful of an angle, each in plain words."""
        notes = (
            row.note
            for row in self.ranges
            if (f"{row.joint}_{row.motion}", row.side) == (angle, side)
            and row.verdict is not MeasureVerdict.MEASURED
        )
        return tuple(dict.fromkeys(part for note in notes for part in note.split("; ") if part))

    @property
    def about_speed(self) -> str:
        """Why the reference is of another speed; empty where it is not (clinical_rules.md 16)."""
        if math.isnan(self.speed_m_s):
            return "the walking speed is not known"
        if self.speed_m_s < SLOWEST_M_S:
            return f"{self.speed_m_s:.2f} m/s is below the {SLOWEST_M_S:.1f} m/s of the reference"
        return ""
