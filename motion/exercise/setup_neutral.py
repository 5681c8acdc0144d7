"""Two seconds of keeping still, from which lengths and tilt are taken and no angle is zeroed."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.exercise.setup_asked import Asked
from motion.exercise.setup_body import is_seen, measure_scale, rows_of
from motion.kinematics.view import off_plane
from motion.model import BoolArray, FloatArray, LivePose, NearSide, NeutralPose, Side, View

__all__ = ["NeutralHold"]

_STILL_M: Final = 0.075
"""A point that stays within this is still: standing people sway by two or three centimetres, and
landmarks tremble by one."""

_LONGEST_GAP_S: Final = 0.3

_LENGTHS: Final = {
    "thigh_px": ("hip", "knee"),
    "shank_px": ("knee", "ankle"),
    "trunk_px": ("shoulder", "hip"),
    "upper_arm_px": ("shoulder", "elbow"),
}


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    time_s: float
    points: FloatArray
    scale_px_m: float
    lengths_px: FloatArray


class NeutralHold:
    """Watches the needed points until they were still for long enough.

    Parameters
    ----------
    asked
        Whose points are watched.
    hold_s
        How long they must be still, in seconds.
    """

    def __init__(self, asked: Asked, hold_s: float) -> None:
        self._asked = asked
        self._hold_s = hold_s
        self._moments: deque[_Moment] = deque()

    def clear(self) -> None:
        """Begin again."""
        self._moments.clear()

    def update(self, pose: LivePose, view: View | None) -> NeutralPose | None:
        """Take in one picture and return the pose once it was held; None until then.

        A picture in which a needed point is not seen adds nothing; more than 0.3 s without any
        begins again.
        """
        if self._moments and pose.time_s - self._moments[-1].time_s > _LONGEST_GAP_S:
            self.clear()
        sides = _sides(self._asked.side, view)
        moment = self._look(pose, sides)
        if moment is None:
            return None
        self._moments.append(moment)
        while not _still(self._moments):
            self._moments.popleft()
        if moment.time_s - self._moments[0].time_s < self._hold_s:
            return None
        return self._describe(view)

    def _look(self, pose: LivePose, sides: tuple[Side, ...]) -> _Moment | None:
        seen = is_seen(pose)
        rows = rows_of(tuple(_one_of(point, sides) for point in self._asked.points))
        scale_px_m = measure_scale(pose)
        if not np.all(seen[rows]) or not scale_px_m > 0:
            return None
        lengths = [
            [_length(pose, seen, side, ends) for ends in _LENGTHS.values()] for side in sides
        ]
        return _Moment(
            pose.time_s, np.asarray(pose.image_px[rows]), scale_px_m, np.mean(lengths, axis=0)
        )

    def _describe(self, view: View | None) -> NeutralPose:
        lengths = np.stack([moment.lengths_px for moment in self._moments])
        plane = self._asked.plane
        return NeutralPose(
            start_s=self._moments[0].time_s,
            end_s=self._moments[-1].time_s,
            roll_deg=view.roll_deg if view else math.nan,
            off_plane_deg=off_plane(view, plane) if view and plane else math.nan,
            **{name: _median(lengths[:, n]) for n, name in enumerate(_LENGTHS)},
        )


def _sides(planned: Side, view: View | None) -> tuple[Side, ...]:
    """Return whose lengths are taken: the planned side's, the nearer one's, or else of both."""
    near = view.near_side if view else NearSide.UNKNOWN
    if planned in (Side.LEFT, Side.RIGHT):
        return (planned,)
    if near in (NearSide.LEFT, NearSide.RIGHT):
        return (Side(near.value),)
    return (Side.LEFT, Side.RIGHT)


def _one_of(point: tuple[str, ...], sides: tuple[Side, ...]) -> str:
    """Return the landmark of the side that is looked at; always the same one of two."""
    return next((name for name in point if name.startswith(f"{sides[0]}_")), point[0])


def _length(pose: LivePose, seen: BoolArray, side: Side, ends: tuple[str, str]) -> float:
    start, end = rows_of((f"{side}_{ends[0]}", f"{side}_{ends[1]}"))
    if not (seen[start] and seen[end]):
        return math.nan
    return float(np.linalg.norm(pose.image_px[end] - pose.image_px[start]))


def _still(moments: deque[_Moment]) -> bool:
    points = np.stack([moment.points for moment in moments])
    scale_px_m = float(np.median([moment.scale_px_m for moment in moments]))
    return bool(np.all(np.ptp(points, axis=0) <= _STILL_M * scale_px_m))


def _median(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else math.nan
