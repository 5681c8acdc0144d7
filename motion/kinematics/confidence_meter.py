"""Confidence frame by frame, as a camera gives them: for the live light and the coach."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.kinematics.confidence import ConfidenceModel
from motion.kinematics.confidence_evidence import gather_evidence, rate_evidence
from motion.kinematics.joints import find_joint, split_angle_name
from motion.model import AngleCurve, PoseRecording, RealArray

__all__ = ["ConfidenceMeter", "FrameConfidence", "LiveFrame"]

_WINDOW_S: Final = 4.0
"""How far back bones and size are remembered; a repetition or two."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiveFrame:
    """One frame with what was measured in it.

    ``image_px (33, 2)``, ``world_m (33, 3)``, ``visibility (33,)``, ``presence (33,)``; NaN
    where nothing was seen. ``value_deg`` holds angles by name (``left_knee_flexion``), NaN
    where not measured; ``azimuth_deg`` is from where the camera looks.
    """

    time_s: float
    image_px: RealArray
    world_m: RealArray
    visibility: RealArray
    presence: RealArray
    value_deg: Mapping[str, float]
    azimuth_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameConfidence:
    """The confidences of one frame, by the angle's name; NaN where it was not measured."""

    time_s: float
    confidence: Mapping[str, float]


class ConfidenceMeter:
    """Takes one frame after another and states the confidences of a frame just past.

    The same evidence as of a whole take, from the last four seconds: the answer is for the
    frame a tenth of a second back (two frames at less than 20 frames/s), because a landmark
    that jumps is told from one that moves only by what comes after. Nothing is filled: where
    an angle was not measured it has no confidence. Until bones and size are known, in the first
    seconds, the answer differs from that of the whole take.

    Parameters
    ----------
    model
        The fitted model.
    width_px, height_px
        Size of the picture.
    """

    def __init__(self, model: ConfidenceModel, width_px: int, height_px: int) -> None:
        self._model = model
        self._size_px = (width_px, height_px)
        self._frames: deque[LiveFrame] = deque()

    def add(self, frame: LiveFrame) -> FrameConfidence | None:
        """Take the next frame; return the confidences of an earlier one, or None at first."""
        self._frames.append(frame)
        while frame.time_s - self._frames[0].time_s > _WINDOW_S:
            self._frames.popleft()
        recording = self._recording()
        evidence = gather_evidence(recording)
        row = len(recording) - 1 - evidence.half_n
        if row < 0:
            return None
        azimuth_deg = np.array([each.azimuth_deg for each in self._frames])
        confidence = {}
        for name in self._frames[row].value_deg:
            curve = self._curve(name)
            against = rate_evidence(curve, evidence, azimuth_deg)[row : row + 1]
            known = np.isfinite(curve.value_deg[row])
            confidence[name] = float(self._model.rate(against)[0]) if known else float("nan")
        return FrameConfidence(time_s=self._frames[row].time_s, confidence=confidence)

    def _recording(self) -> PoseRecording:
        frames = self._frames
        return PoseRecording(
            time_s=np.array([each.time_s for each in frames]),
            image_px=np.array([each.image_px for each in frames]),
            world_m=np.array([each.world_m for each in frames]),
            visibility=np.array([each.visibility for each in frames]),
            presence=np.array([each.presence for each in frames]),
            width_px=self._size_px[0],
            height_px=self._size_px[1],
        )

    def _curve(self, name: str) -> AngleCurve:
        side, angle = split_angle_name(name)
        joint = find_joint(angle)
        value_deg = np.array([each.value_deg.get(name, np.nan) for each in self._frames])
        return AngleCurve(
            joint=joint.joint,
            motion=joint.motion,
            side=side,
            value_deg=value_deg,
            confidence=np.full(len(value_deg), np.nan),
            filled=np.zeros(len(value_deg), dtype=bool),
        )
