"""One body in one picture, as set-up looks at it: what is seen, how large it is, which hand is up.

References
----------
Winter DA. Biomechanics and Motor Control of Human Movement, 4th ed., Wiley 2009, figure 4.1 (after
Drillis and Contini 1964): eyes at 0.936 of the stature.
"""

from typing import Final

import numpy as np

from motion.model import SEEN_CONFIDENCE, BoolArray, LivePose, RealArray, Side, landmark_index

__all__ = [
    "Box",
    "find_body_box",
    "find_raised_hand",
    "is_seen",
    "measure_height_px",
    "measure_scale",
    "measure_stature_px",
    "rows_of",
]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""

_EYES_SHARE: Final = 0.936

_STATURE_M: Final = 1.6
"""Stature of the model's metres, eyes to soles by the share above. The model gives everybody
about the same size, so that this tells how large the body is in the picture, not how tall it
is."""

_HAND_ABOVE: Final = 0.3
"""A hand is up when the wrist is higher than the shoulder by this share of the trunk's length: at
the height of the mouth, with the elbow bent, which most stiff shoulders can do. The hands of
somebody who lies on their back rest lower than that above the shoulder."""

_TRUNK: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
_BOX_ROOM: Final = 0.1


def rows_of(names: tuple[str, ...]) -> list[int]:
    """Return the rows of landmarks."""
    return [landmark_index(name) for name in names]


def is_seen(pose: LivePose) -> BoolArray:
    """Return ``(33,)`` whether each landmark was seen, and not only guessed."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.fmin(pose.visibility, pose.presence) >= SEEN_CONFIDENCE)


def measure_scale(pose: LivePose) -> float:
    """Return pixels per metre of the model: its metres laid over the picture; NaN if unknown.

    A least-squares fit over all landmarks, so that it does not depend on the posture.
    """
    picture, world = pose.image_px, pose.world_m[:, :2]
    known = np.all(np.isfinite(picture) & np.isfinite(world), axis=1)
    if not np.any(known):
        return float("nan")
    across = world[known] - np.mean(world[known], axis=0)
    size = float(np.sum(across**2))
    shift = picture[known] - np.mean(picture[known], axis=0)
    return float(np.sum(shift * across)) / size if size > 0 else float("nan")


def measure_height_px(pose: LivePose) -> float:
    """Return the height of a standing body in the picture, top of the head to soles."""
    eyes = pose.image_px[rows_of(("left_eye", "right_eye")), 1]
    feet = pose.image_px[
        rows_of(("left_heel", "right_heel", "left_foot_index", "right_foot_index")), 1
    ]
    return float(np.max(feet) - np.min(eyes)) / _EYES_SHARE


def measure_stature_px(pose: LivePose) -> float:
    """Return how high the body would be in the picture if it stood upright, however it is held."""
    return _STATURE_M * measure_scale(pose)


def find_raised_hand(pose: LivePose) -> Side | None:
    """Return whose wrist is up, ``none`` if neither or both are, None where it cannot be told.

    Higher means higher in the picture, so that a hand lifted towards the ceiling counts of
    somebody who lies, too. A hand that is not seen is not up; None only where no shoulder is.
    """
    seen = is_seen(pose)
    trunk_px = _trunk_length(pose.image_px)
    if not np.any(seen[rows_of(("left_shoulder", "right_shoulder"))]) or not trunk_px > 0:
        return None
    up = [side for side in (Side.LEFT, Side.RIGHT) if _is_up(pose, seen, side, trunk_px)]
    return up[0] if len(up) == 1 else Side.NONE


def _is_up(pose: LivePose, seen: BoolArray, side: Side, trunk_px: float) -> bool:
    shoulder, wrist = rows_of((f"{side}_shoulder", f"{side}_wrist"))
    higher_px = pose.image_px[shoulder, 1] - pose.image_px[wrist, 1]
    return bool(seen[wrist] and higher_px > _HAND_ABOVE * trunk_px)


def _trunk_length(image_px: RealArray) -> float:
    shoulders, hips = image_px[rows_of(_TRUNK)].reshape(2, 2, 2).mean(axis=1)
    return float(np.linalg.norm(shoulders - hips))


def find_body_box(pose: LivePose) -> Box | None:
    """Return the box of the trunk and the head, on which the light is measured; None of nobody.

    Arms and legs are left out: between them the background shows. A tenth of the longer side is
    added all around, so that a trunk seen from the side has a width.
    """
    points = pose.image_px[rows_of((*_TRUNK, "nose"))]
    if not np.all(np.isfinite(points)):
        return None
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    room_px = _BOX_ROOM * float(np.max(high - low))
    left, top = low - room_px
    right, bottom = high + room_px
    return float(left), float(top), float(right), float(bottom)
