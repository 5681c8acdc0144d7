"""The curves of a walk as they are shown: each stride, and the mean of each side."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.gait import average_cycles, cut_cycles
from motion.model import Analysis, CycleCurve, FloatArray, NearSide, Side

__all__ = ["GAIT_ANGLES", "SideCurves", "curves_of_sides"]

GAIT_ANGLES: Final = {
    "hip_flexion": "Hip",
    "knee_flexion": "Knee",
    "ankle_dorsiflexion": "Ankle",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideCurves:
    """One angle of one side over the gait cycle.

    Parameters
    ----------
    near, far
        ``(101,)`` each, in degrees: the strides that count, apart where the leg was the one away
        from the camera, which the other hides in part.
    mean_deg
        ``(101,)`` over both; NaN where no stride was measured as a whole.
    foot_off_percent
        Mean end of stance; NaN where none was found.
    left_out
        Why the other strides do not count, one reason each.
    """

    side: Side
    angle: str
    near: tuple[FloatArray, ...]
    far: tuple[FloatArray, ...]
    mean_deg: FloatArray
    foot_off_percent: float
    left_out: tuple[str, ...] = ()

    @property
    def strides_n(self) -> int:
        """How many strides count."""
        return len(self.near) + len(self.far)

    @property
    def far_only(self) -> bool:
        """Whether the leg was away from the camera in every stride that counts."""
        return bool(self.far) and not self.near


def curves_of_sides(analysis: Analysis) -> dict[tuple[str, Side], SideCurves]:
    """Return what is drawn of each angle and side; sides without any stride are absent."""
    found: dict[tuple[str, Side], list[CycleCurve]] = {}
    strides = analysis.gait.strides if analysis.gait else ()
    for cycle in cut_cycles(analysis.angles, strides):
        if cycle.angle in GAIT_ANGLES:
            found.setdefault((cycle.angle, cycle.side), []).append(cycle)
    far = _far_strides(analysis)
    drawn = {key: _gather(curves, far) for key, curves in found.items()}
    return {key: curves for key, curves in drawn.items() if curves.strides_n}


def _gather(cycles: list[CycleCurve], far: frozenset[tuple[Side, int]]) -> SideCurves:
    counted = [c for c in cycles if not c.left_out and np.isfinite(c.angle_deg).any()]
    offs = [c.foot_off_percent for c in counted if np.isfinite(c.foot_off_percent)]
    mean_deg, _, _ = average_cycles(counted)
    return SideCurves(
        side=cycles[0].side,
        angle=cycles[0].angle,
        near=tuple(c.angle_deg for c in counted if (c.side, c.cycle) not in far),
        far=tuple(c.angle_deg for c in counted if (c.side, c.cycle) in far),
        mean_deg=mean_deg,
        foot_off_percent=float(np.mean(offs)) if offs else float("nan"),
        left_out=tuple(c.left_out for c in cycles if c.left_out),
    )


def _far_strides(analysis: Analysis) -> frozenset[tuple[Side, int]]:
    """Return the strides, by side and number, of the leg away from the camera."""
    if analysis.gait is None:
        return frozenset()
    near = {walk.number: walk.near_side for walk in analysis.gait.walks}
    found = set()
    for side in (Side.LEFT, Side.RIGHT):
        own = [s for s in analysis.gait.strides if s.side is side]
        for number, stride in enumerate(own, start=1):
            nearest = near.get(stride.walk, NearSide.UNKNOWN)
            if nearest in (NearSide.LEFT, NearSide.RIGHT) and nearest.value != side.value:
                found.add((side, number))
    return frozenset(found)
