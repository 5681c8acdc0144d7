"""What of the body tells where the camera stands: lengths across the picture and into it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.kinematics.camera_tilt import find_bend
from motion.model import BoolArray, FloatArray, PoseRecording, RealArray, landmark_index

__all__ = ["BodyAxes", "ViewCues", "find_cues", "measure_headings"]

_MOST_UNLIKE_KNEES_DEG: Final = 20.0
_MOST_APART_M: Final = 0.15
_MOST_LIFTED_M: Final = 0.10

_SPREAD_BODY: Final = tuple(
    landmark_index(f"{side}_{joint}")
    for side in ("left", "right")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BodyAxes:
    """A level frame seen from the camera: unit vectors ``(3,)`` in ``world_m``'s axes."""

    up: FloatArray
    right: FloatArray
    away: FloatArray

    @classmethod
    def from_up(cls, up: FloatArray) -> "BodyAxes":
        """Return the frame whose ``away`` is the level direction in which the camera looks."""
        into_picture = np.array([0.0, 0.0, 1.0])
        level = into_picture - up[2] * up
        away = level / max(float(np.linalg.norm(level)), 1e-9)
        return cls(up=up, right=-np.cross(up, away), away=away)

    @property
    def right_px(self) -> FloatArray:
        """``(2,)`` square to up in the picture."""
        up_x, up_y = self.up[:2] / max(float(np.linalg.norm(self.up[:2])), 1e-9)
        return np.array([-up_y, up_x])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ViewCues:
    """Lengths in metres, ``(n,)`` each, NaN where not seen.

    ``across``: from the right to the left of the body, measured to the right in the picture.
    ``towards``: the same towards the camera, in the model's depth. ``feet``: how far the feet
    point to the left of the picture, heel to toe. ``line_of_sight_deg``: how far to the right of
    the picture's middle the person stands.
    """

    across: dict[str, FloatArray]
    towards: dict[str, FloatArray]
    feet: FloatArray
    line_of_sight_deg: FloatArray


def measure_headings(recording: PoseRecording) -> FloatArray:
    """Return ``(n,)`` degrees: the azimuth that each frame's shoulders and hips speak for.

    In a view from the front the lines lie across the picture, in a side view they point into
    it. Their direction in the model's metres gives the azimuth; across is square to the trunk's
    line, so that a person may lie; of a person partly in the picture one of the two lines is
    enough. NaN where neither was seen.
    """
    shoulders, hips = (_pair(recording.world_m, joint) for joint in ("shoulder", "hip"))
    lines = np.stack([shoulders[0] - shoulders[1], hips[0] - hips[1]])
    seen = np.all(np.isfinite(lines), axis=2)
    across = np.sum(np.where(seen[..., None], lines, 0.0), axis=0)
    up = (shoulders[0] + shoulders[1] - hips[0] - hips[1])[np.all(seen, axis=0), :2]
    # Where only one of the lines is in the picture, the picture's own up has to do.
    up_x, up_y = np.median(up, axis=0) if len(up) else (0.0, -1.0)
    right_of_up = np.array([-up_y, up_x]) / max(float(np.hypot(up_x, up_y)), 1e-9)
    # z points away from the camera: with the head up, the person's left points right when the
    # camera is in front, and towards the camera when it is at the left.
    heading = np.degrees(np.arctan2(-across[:, 2], across[:, :2] @ right_of_up))
    return np.where(np.any(seen, axis=0), heading, np.nan)


def find_cues(recording: PoseRecording, axes: BodyAxes) -> ViewCues:
    """Measure in every frame the lengths that change with the camera's azimuth.

    Knees, ankles, toes and the direction of the feet count only in the frames in which both
    feet stand side by side: there they are as symmetric as shoulders and hips.
    """
    world, picture = recording.world_m, recording.image_px
    scale_px = _pixels_per_metre(recording)
    metres = picture / scale_px if scale_px > 0 else np.full_like(picture, np.nan)
    beside = np.where(_feet_side_by_side(world, axes), 1.0, np.nan)
    lines = {j: _line(world, j) for j in ("shoulder", "hip")}
    across = {j: _line(metres, j) @ axes.right_px for j in ("shoulder", "hip")}
    across["hip_in_metres"] = lines["hip"] @ axes.right
    legs = [_line(metres, j) @ axes.right_px for j in ("knee", "ankle", "foot_index")]
    across["legs"] = np.mean(legs, axis=0) * beside
    feet = [_foot(metres, side) @ axes.right_px for side in ("left", "right")]
    return ViewCues(
        across=across,
        towards={joint: -(line @ axes.away) for joint, line in lines.items()},
        feet=-np.mean(feet, axis=0) * beside,
        line_of_sight_deg=_line_of_sight(recording),
    )


def _pair(points: RealArray, joint: str) -> tuple[FloatArray, FloatArray]:
    left, right = (points[:, landmark_index(f"{side}_{joint}")] for side in ("left", "right"))
    return left.astype(np.float64), right.astype(np.float64)


def _line(points: RealArray, joint: str) -> FloatArray:
    left, right = _pair(points, joint)
    return left - right


def _foot(points: RealArray, side: str) -> FloatArray:
    toe, heel = (points[:, landmark_index(f"{side}_{name}")] for name in ("foot_index", "heel"))
    return np.asarray(toe - heel, dtype=float)


def _pixels_per_metre(recording: PoseRecording) -> float:
    """Return the picture's scale: the model's metres laid over the picture, median over time."""
    picture, world = (
        np.asarray(points[:, _SPREAD_BODY, :2], dtype=float)
        for points in (recording.image_px, recording.world_m)
    )
    missing = ~np.all(np.isfinite(picture) & np.isfinite(world), axis=2, keepdims=True)
    count = np.maximum(np.sum(~missing, axis=1, keepdims=True), 1)
    spreads = []
    for points in (picture, world):
        known = np.where(missing, 0.0, points)
        spreads.append(
            np.where(missing, 0.0, points - np.sum(known, axis=1, keepdims=True) / count)
        )
    size = np.sum(spreads[1] ** 2, axis=(1, 2))
    usable = size > 0
    if not np.any(usable):
        return float("nan")
    return float(np.median(np.sum(spreads[0] * spreads[1], axis=(1, 2))[usable] / size[usable]))


def _feet_side_by_side(world: RealArray, axes: BodyAxes) -> BoolArray:
    """Return ``(n,)`` whether the person stands or squats on both feet, one beside the other."""
    bends = [find_bend(world, side) for side in ("left", "right")]
    trunk = _line(world, "shoulder") + _line(world, "hip")
    to_left = trunk - (trunk @ axes.up)[:, None] * axes.up
    to_left = to_left / np.maximum(np.linalg.norm(to_left, axis=1, keepdims=True), 1e-9)
    ankles = _line(world, "ankle")
    ahead = np.sum(ankles * np.cross(to_left, axes.up), axis=1)
    with np.errstate(invalid="ignore"):
        alike = np.abs(bends[0] - bends[1]) < _MOST_UNLIKE_KNEES_DEG
        level = np.abs(ankles @ axes.up) < _MOST_LIFTED_M
        return np.asarray(alike & level & (np.abs(ahead) < _MOST_APART_M))


_FOCAL_SHARE: Final = 0.8
"""Focal length over the longer side of the picture: 0.83 in the rendered clips (62 degrees
across), 0.88 in the balance views, about 0.75 in most phones and webcams."""


def _line_of_sight(recording: PoseRecording) -> FloatArray:
    hips = np.mean(np.stack(_pair(recording.image_px, "hip")), axis=0)[:, 0]
    shoulders = np.mean(np.stack(_pair(recording.image_px, "shoulder")), axis=0)[:, 0]
    middle = np.where(np.isfinite(hips), hips, shoulders) - recording.width_px / 2.0
    focal_px = _FOCAL_SHARE * max(recording.width_px, recording.height_px)
    return np.asarray(np.degrees(np.arctan2(middle, focal_px)))
