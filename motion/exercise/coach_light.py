"""How far the live number may be trusted, and what to do where it may not."""

import math
from typing import Final

from motion.exercise.coach_state import LightColour
from motion.exercise.cues import Cue, CueKey
from motion.exercise.exercises import Exercise
from motion.kinematics.joints import find_joint, split_angle_name
from motion.kinematics.live_angles import LiveReading
from motion.kinematics.points import landmarks_under
from motion.kinematics.view import WARN_FROM_DEG
from motion.model import GOOD_CONFIDENCE, NearSide, Side, ViewName, landmark_index

__all__ = ["find_missing_segment", "judge_light"]

_SIDED: Final = (Side.LEFT, Side.RIGHT)


def judge_light(
    reading: LiveReading, angle: str, side: Side, exercise: Exercise
) -> tuple[LightColour, Cue | None]:
    """Return the confidence light of the counted angle, with the reason where it is not good.

    Parameters
    ----------
    reading
        Of this picture.
    angle
        The counted angle with its side.
    side
        The planned side.
    exercise
        Says from where it is to be seen.
    """
    if not math.isfinite(reading.value_deg.get(angle, math.nan)):
        return LightColour.NOT_MEASURED, _find_reason(reading, angle, side, exercise)
    view = reading.view
    if view is not None and view.off_plane_deg >= WARN_FROM_DEG:
        return LightColour.FAIR, Cue(CueKey.TURN_A_LITTLE)
    confidence = reading.confidence.get(angle, math.nan)
    if math.isfinite(confidence) and confidence < GOOD_CONFIDENCE:
        return LightColour.FAIR, Cue(CueKey.LESS_CERTAIN)
    return LightColour.GOOD, None


def _find_reason(reading: LiveReading, angle: str, side: Side, exercise: Exercise) -> Cue | None:
    if not reading.pose.detected:
        return Cue(CueKey.COME_INTO_VIEW)
    missing = find_missing_segment(reading, angle)
    if missing:
        return Cue(CueKey.CANNOT_SEE, (("segment", f"segment.{missing}"),))
    return _ask_for_view(reading, side, exercise)


def find_missing_segment(reading: LiveReading, angle: str) -> str:
    """Return the first point under an angle that was not seen, ``knee``; empty where all were."""
    side, name = split_angle_name(angle)
    joint = find_joint(name)
    for point in joint.points:
        for landmark in landmarks_under(point, side):
            if not math.isfinite(float(reading.pose.image_px[landmark_index(landmark)][0])):
                return landmark.removeprefix("left_").removeprefix("right_")
    return ""


def _ask_for_view(reading: LiveReading, side: Side, exercise: Exercise) -> Cue | None:
    """Say how to stand, where everything is in view and the angle still cannot be given."""
    view, movement = reading.view, exercise.movement
    if view is None or movement is None:
        return None
    if movement.view == ViewName.FRONTAL:
        return Cue(CueKey.FACE_CAMERA)
    if side in _SIDED and view.near_side is not NearSide(side.value):
        return Cue(CueKey.TURN_SIDE, (("side", f"side.{side}"),))
    return Cue(CueKey.TURN_A_LITTLE)
