"""An angle that somebody drew on a picture of a take, and the joint's angle that it shows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard import words

__all__ = ["DrawnAngle", "joint_angle_deg", "read_drawn"]

_IN_LINE_DEG: Final = {
    "knee_flexion": 180.0,
    "elbow_flexion": 180.0,
    "hip_flexion": 180.0,
    "ankle_dorsiflexion": 90.0,
}
"""What lies between the two lines where the joint's own angle is zero (neutral-zero)."""


@dataclass(frozen=True, slots=True)
class DrawnAngle:
    """``between_deg`` lies between two lines, 0 to 180; ``time_s`` is the frame's moment."""

    between_deg: float
    time_s: float

    @property
    def text(self) -> str:
        """``108° between the lines, drawn on the picture at 3.40 s``."""
        return (
            f"{words.degrees(self.between_deg)} between the lines, drawn on the picture at "
            f"{self.time_s:.2f} s"
        )


def read_drawn(sent: Mapping[str, Any] | None) -> DrawnAngle | None:
    """Return what the browser sent of the last angle; None where it is none."""
    if not sent:
        return None
    between_deg, time_s = (float(sent.get(name, math.nan)) for name in ("between_deg", "time_s"))
    known = math.isfinite(time_s) and 0.0 <= between_deg <= 180.0
    return DrawnAngle(between_deg, time_s) if known else None


def joint_angle_deg(angle: str, between_deg: float) -> float:
    """Return a joint's angle by what lies between the lines of its two segments.

    Straight is 0 (knee, elbow, hip against the trunk), and so is a foot at a right angle to the
    shank; the shoulder's arm hangs along the trunk at 0, so that there it is the same number. Two
    lines know no sign: what lies beyond zero is for whoever drew them to say.
    """
    in_line_deg = _IN_LINE_DEG.get(angle)
    return between_deg if in_line_deg is None else in_line_deg - between_deg
