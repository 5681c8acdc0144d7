"""The ankle's zero: how the heel-toe landmark line lies when the foot is flat on the floor."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import BoolArray, FloatArray, NearSide, Poses, Side, View
from motion.signals import find_runs

__all__ = ["FootZero", "find_foot_zero"]

_FLAT_SLOPES_DEG: Final = (-5.0, 8.0)
"""Flat near feet of the rendered side views slope by -2 to +3 degrees. A heel 2 cm off the floor
slopes by about -6, so below -5 the foot counts as not flat (equinus gets no zero); a toe slightly
up is the landmarks' own way of lying on a shoe."""

_STILL_SHANKS_PER_S: Final = 0.25
_NEAR_FLOOR_SHANKS: Final = 0.08
_SHORTEST_FLAT_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class FootZero:
    """The slope of one foot's line over the floor when flat.

    ``slope_deg`` is NaN where the zero was not established: the heel was off the floor
    (equinus), or the foot was not seen flat.
    """

    slope_deg: float

    @property
    def established(self) -> bool:
        """Whether a flat foot was seen."""
        return bool(np.isfinite(self.slope_deg))

    @property
    def correction_deg(self) -> float:
        """What is taken off the ankle's angle: the slope, or nothing."""
        return self.slope_deg if self.established else 0.0


def find_foot_zero(poses: Poses, view: View, side: Side) -> FootZero:
    """Find the median slope of the heel-toe line in the frames in which the foot is flat.

    A foot is flat while heel and toe are both near their own lowest level and neither moves
    up or down. Only this slope is taken off the ankle angle, never the ankle's own standing
    angle: a forward-leaning shank is true dorsiflexion (clinical_rules.md 5). The floor is
    taken as level in the picture.

    Parameters
    ----------
    poses
        Cleaned positions in the picture.
    view
        Tells which way is forward; without a side view there is no zero.
    side
        Left or right foot.
    """
    if view.near_side not in (NearSide.LEFT, NearSide.RIGHT) or len(poses.time_s) < 3:
        return FootZero(slope_deg=float("nan"))
    heel, toe = poses[f"{side}_heel"], poses[f"{side}_foot_index"]
    shank_px = _median_length(poses[f"{side}_ankle"] - poses[f"{side}_knee"])
    flat = _near_floor(heel, shank_px) & _near_floor(toe, shank_px)
    flat &= _is_level(poses.time_s, heel, shank_px) & _is_level(poses.time_s, toe, shank_px)
    if not _lasts(poses.time_s, flat):
        return FootZero(slope_deg=float("nan"))
    forward = -1.0 if view.azimuth_deg > 0 else 1.0
    foot = (toe - heel) * [forward, -1.0]
    slope_deg = float(np.median(np.degrees(np.arctan2(foot[flat, 1], foot[flat, 0]))))
    lowest, highest = _FLAT_SLOPES_DEG
    return FootZero(slope_deg=slope_deg if lowest <= slope_deg <= highest else float("nan"))


def _median_length(vectors: FloatArray) -> float:
    lengths = np.linalg.norm(vectors, axis=1)
    lengths = lengths[np.isfinite(lengths)]
    return float(np.median(lengths)) if len(lengths) else float("nan")


def _near_floor(point: FloatArray, shank_px: float) -> BoolArray:
    height = point[:, 1]
    if not np.any(np.isfinite(height)):
        return np.zeros(len(height), dtype=bool)
    lowest = np.nanpercentile(height, 95)
    with np.errstate(invalid="ignore"):
        near: BoolArray = height >= lowest - _NEAR_FLOOR_SHANKS * shank_px
    return near


def _is_level(time_s: FloatArray, point: FloatArray, shank_px: float) -> BoolArray:
    speed_px_s = np.abs(np.gradient(point[:, 1], time_s))
    with np.errstate(invalid="ignore"):
        level: BoolArray = speed_px_s < _STILL_SHANKS_PER_S * shank_px
    return level


def _lasts(time_s: FloatArray, flat: BoolArray) -> bool:
    period_s = float(np.median(np.diff(time_s)))
    runs = find_runs(time_s, flat, period_s, max_gap_s=0.0)
    return any(time_s[run[-1]] - time_s[run[0]] >= _SHORTEST_FLAT_S for run in runs)
