"""Lengths and slopes of one picture of a body, from which compensations are told."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.kinematics.joints import Plane
from motion.kinematics.points import landmarks_under
from motion.kinematics.view import off_plane
from motion.model import SEEN_CONFIDENCE, FloatArray, LivePose, Side, View, landmark_index

__all__ = ["READERS", "SeenBody"]

_NARROWEST_STANCE: Final = 0.5
"""Of the hips' distance; with feet closer together no share of the stance's width is given."""


@dataclass(frozen=True, slots=True)
class SeenBody:
    """One picture's points in a plane: ahead of the person or to the right, and up; pixels."""

    pose: LivePose
    view: View
    plane: Plane

    def point(self, name: str, side: Side) -> FloatArray:
        """Return ``(2,)`` where a point of the joint table lies; NaN where it was not seen."""
        rows = [landmark_index(each) for each in landmarks_under(name, side)]
        confidence = np.fmin(self.pose.visibility[rows], self.pose.presence[rows])
        if not np.all(confidence >= SEEN_CONFIDENCE):
            return np.full(2, np.nan)
        place = np.mean(self.pose.image_px[rows].astype(np.float64), axis=0)
        return np.asarray(place * [self._first_axis(), -1.0])

    def line(self, start: str, end: str, side: Side) -> FloatArray:
        """Return ``(2,)`` from one point to another, as long as a view square to the plane."""
        return self.point(end, side) - self.point(start, side)

    def _first_axis(self) -> float:
        """Return what turns the picture's x into ahead, or into the person's right."""
        azimuth_deg = self.view.azimuth_deg
        if self.plane is Plane.SAGITTAL:
            sign = -1.0 if azimuth_deg > 0 else 1.0
        else:
            sign = -1.0 if abs(azimuth_deg) < 90.0 else 1.0
        return sign / math.cos(math.radians(off_plane(self.view, self.plane)))


def _outwards(side: Side) -> float:
    """Return the sign that makes the person's right the way out of a side's own middle."""
    return -1.0 if side is Side.LEFT else 1.0


def _read_shoulder_hike(seen: SeenBody, side: Side) -> float:
    neck = _length(seen.line("shoulder", "ear", side))
    return _share(neck, _length(seen.line("mid_hip", "mid_shoulder", side)))


def _read_heel_lift(seen: SeenBody, side: Side) -> float:
    height = float(seen.line("foot_index", "heel", side)[1])
    return _share(height, _length(seen.line("knee", "ankle", side)))


def _read_knee_inward(seen: SeenBody, side: Side) -> float:
    outwards = np.array([_outwards(side), 1.0])
    thigh = seen.line("hip", "knee", side) * outwards
    shank = seen.line("knee", "ankle", side) * outwards
    # Both point down; a knee that lies inwards of the line from hip to ankle turns the shank out.
    cross = float(thigh[0] * shank[1] - thigh[1] * shank[0])
    return math.degrees(math.atan2(cross, float(thigh @ shank)))


def _read_pelvis_drop(seen: SeenBody, side: Side) -> float:
    return _fall(seen.line("left_hip", "right_hip", side), side)


def _read_shoulder_tilt(seen: SeenBody, side: Side) -> float:
    return _fall(seen.line("left_shoulder", "right_shoulder", side), side)


def _read_hip_shift(seen: SeenBody, side: Side) -> float:
    left, right = seen.point("left_ankle", side), seen.point("right_ankle", side)
    stance = float(right[0] - left[0])
    hips = float(seen.line("left_hip", "right_hip", side)[0])
    if not stance >= _NARROWEST_STANCE * hips:
        return math.nan
    shift = float((seen.point("mid_hip", side) - (left + right) / 2.0)[0])
    return _share(_outwards(side) * shift, stance)


def _length(line: FloatArray) -> float:
    return float(np.hypot(line[0], line[1]))


def _share(part: float, whole: float) -> float:
    return 100.0 * part / whole if whole > 0 else math.nan


def _fall(left_to_right: FloatArray, side: Side) -> float:
    """Return how far a line across the body falls towards a side, degrees."""
    across, up = (float(part) for part in left_to_right)
    return _outwards(side) * math.degrees(math.atan2(-up, across))


READERS: Final[Mapping[str, Callable[[SeenBody, Side], float]]] = {
    "shoulder_hike_percent": _read_shoulder_hike,
    "heel_lift_percent": _read_heel_lift,
    "knee_inward_deg": _read_knee_inward,
    "pelvis_drop_deg": _read_pelvis_drop,
    "shoulder_tilt_deg": _read_shoulder_tilt,
    "hip_shift_percent": _read_hip_shift,
}
"""How each derived signal is read of one picture, for one side; NaN where it is not seen."""
