"""Angles of a running camera, picture by picture, from what has been seen so far."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.kinematics.confidence import ConfidenceModel
from motion.kinematics.confidence_meter import ConfidenceMeter, LiveFrame
from motion.kinematics.foreshortening import find_foreshortening
from motion.kinematics.joint_centres import JointCentreModel, move_to_joint_centres
from motion.kinematics.joints import JOINTS, JointAngle
from motion.kinematics.planar import is_shown, measure_angle
from motion.kinematics.view_tracker import ViewTracker
from motion.model import (
    SEEN_CONFIDENCE,
    LivePose,
    PoseRecording,
    Position,
    Side,
    View,
)

__all__ = ["LiveAngles", "LiveReading"]

_ENOUGH_S: Final = 0.3
"""Set-up asks for two seconds of standing still; without it a third of one must do."""

_RATED_HZ: Final = 16.0
"""Confidences are for the light, which nobody reads faster; each costs some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiveReading:
    """What one picture gave.

    Parameters
    ----------
    pose
        With what was not seen taken out (:data:`motion.model.SEEN_CONFIDENCE`).
    view
        From where the body is seen; None until that is known.
    value_deg
        Angles by name (``left_knee_flexion``, ``trunk_flexion``), as measured, not smoothed; NaN
        where not measured.
    confidence
        How likely the counted angle is right, a tenth of a second back; empty where not rated.
    """

    pose: LivePose
    view: View | None
    value_deg: Mapping[str, float]
    confidence: Mapping[str, float]

    @property
    def time_s(self) -> float:
        """Of the picture."""
        return self.pose.time_s


class LiveAngles:
    """Takes one pose after another and measures the angles that an exercise needs.

    The definitions are those of a finished take (:mod:`motion.kinematics.planar`); what it lacks
    is what only the whole take tells: interpolated gaps, the filter without delay, the flat foot's
    slope under the ankle's zero.

    Parameters
    ----------
    size_px
        Width and height of the picture.
    angles
        Names of the joint table, of both sides where they have one.
    position
        How the person is placed.
    centres
        Moves landmarks to joint centres; None leaves them.
    confidence, rated
        The fitted model, and the angles (with their side) that are rated by it; None rates none.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        angles: Sequence[str],
        position: Position,
        centres: JointCentreModel | None = None,
        confidence: ConfidenceModel | None = None,
        rated: Sequence[str] = (),
    ) -> None:
        self._size_px, self._position, self._centres = size_px, position, centres
        self._joints = tuple(joint for joint in JOINTS if joint.name in angles)
        self._tracker = ViewTracker(*size_px, enough_s=_ENOUGH_S)
        self._meter = ConfidenceMeter(confidence, *size_px) if confidence and rated else None
        self._rated = tuple(rated)
        self._rated_s = -math.inf
        self._confidence: Mapping[str, float] = {}

    def update(self, pose: LivePose) -> LiveReading:
        """Take the next pose and return what it shows."""
        pose = _only_seen(pose)
        view = self._tracker.update(pose.time_s, pose.image_px, pose.world_m)
        values = self._measure(pose, view)
        self._rate(pose, view, values)
        return LiveReading(pose=pose, view=view, value_deg=values, confidence=self._confidence)

    def _measure(self, pose: LivePose, view: View | None) -> dict[str, float]:
        wanted = [(j, s) for j in self._joints for s in _sides_of(j)]
        if view is None or not pose.detected:
            return {_name(joint, side): math.nan for joint, side in wanted}
        one = _as_recording(pose, self._size_px)
        plain = one.poses()
        centred = move_to_joint_centres(plain, view, self._centres) if self._centres else plain
        shortened = find_foreshortening(plain, view, self._position)
        found = {}
        for joint, side in wanted:
            value = math.nan
            if is_shown(joint, side, view, self._position):
                points = centred if joint.from_centres else plain
                curve = measure_angle(joint, side, points, one, view, shortened)
                value = float(curve.value_deg[0])
            found[_name(joint, side)] = value
        return found

    def _rate(self, pose: LivePose, view: View | None, values: Mapping[str, float]) -> None:
        if self._meter is None or view is None or pose.time_s - self._rated_s < 1.0 / _RATED_HZ:
            return
        self._rated_s = pose.time_s
        rated = self._meter.add(
            LiveFrame(
                time_s=pose.time_s,
                image_px=pose.image_px,
                world_m=pose.world_m,
                visibility=pose.visibility,
                presence=pose.presence,
                value_deg={name: values.get(name, math.nan) for name in self._rated},
                azimuth_deg=view.azimuth_deg,
            )
        )
        if rated is not None:
            self._confidence = rated.confidence


def _sides_of(joint: JointAngle) -> tuple[Side, ...]:
    return (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,)


def _name(joint: JointAngle, side: Side) -> str:
    return joint.name if side is Side.NONE else f"{side}_{joint.name}"


def _only_seen(pose: LivePose) -> LivePose:
    """Take out the landmarks that the model draws without having seen them."""
    with np.errstate(invalid="ignore"):
        seen = np.fmin(pose.visibility, pose.presence) >= SEEN_CONFIDENCE
    if np.all(seen):
        return pose
    return replace(
        pose,
        image_px=np.where(seen[:, None], pose.image_px, np.nan),
        world_m=np.where(seen[:, None], pose.world_m, np.nan),
    )


def _as_recording(pose: LivePose, size_px: tuple[int, int]) -> PoseRecording:
    return PoseRecording(
        time_s=np.array([pose.time_s]),
        image_px=pose.image_px[None],
        world_m=pose.world_m[None],
        visibility=pose.visibility[None],
        presence=pose.presence[None],
        width_px=size_px[0],
        height_px=size_px[1],
    )
