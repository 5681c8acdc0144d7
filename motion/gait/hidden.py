"""When a foot was not seen: what happened then is not known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from motion.gait.points import FEET, WalkPoints
from motion.model import Side
from motion.signals import MAX_GAP_S

__all__ = ["Hidden", "find_hidden"]

_Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The spans of time, longer than a gap that may be filled, in which each foot was not seen."""

    spans: Mapping[Side, tuple[_Span, ...]]

    def hides(self, side: Side, start_s: float, end_s: float) -> bool:
        """Return whether a foot was not seen for a while between two moments."""
        return any(start < end_s and end > start_s for start, end in self.spans.get(side, ()))


def find_hidden(points: WalkPoints) -> Hidden:
    """Find when heel, toe or hips were not seen for longer than 0.2 s.

    Parameters
    ----------
    points
        Of a stretch, gaps filled where they may be.
    """
    spans = {}
    for foot, side in enumerate(FEET):
        ahead = points.heel[:, foot, 0] + points.toe[:, foot, 0] + points.mid_hip[:, 0]
        seen_s = points.time_s[np.isfinite(ahead)]
        wide = np.flatnonzero(np.diff(seen_s) - points.period_s > MAX_GAP_S)
        spans[side] = tuple((float(seen_s[row]), float(seen_s[row + 1])) for row in wide)
    return Hidden(spans=spans)
