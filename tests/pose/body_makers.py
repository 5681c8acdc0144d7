"""Stick people in the picture, as the pose model would give them."""

import numpy as np

from motion.model import LANDMARKS
from motion.pose import FramePose

_PLACES = {
    "nose": (0.0, -1.2),
    **{f"{side}_{eye}": (sign * 0.03, -1.25) for side, sign in (("left", 1), ("right", -1))
       for eye in ("eye_inner", "eye", "eye_outer", "ear")},
    "mouth_left": (0.02, -1.15),
    "mouth_right": (-0.02, -1.15),
}  # fmt: skip
_SIDED = {
    "shoulder": (0.15, -1.0), "elbow": (0.2, -0.7), "wrist": (0.2, -0.45), "pinky": (0.2, -0.4),
    "index": (0.2, -0.4), "thumb": (0.2, -0.4), "hip": (0.1, -0.5), "knee": (0.1, 0.0),
    "ankle": (0.1, 0.45), "heel": (0.1, 0.5), "foot_index": (0.15, 0.5),
}  # fmt: skip


def stand(x_px: float, y_px: float = 200.0, length_px: float = 100.0) -> FramePose:
    """Return somebody upright around a point at knee height, facing the camera.

    ``length_px`` is trunk, thigh and shank together.
    """
    unit = length_px / 1.45
    places = dict(_PLACES)
    for name, (across, up) in _SIDED.items():
        places[f"left_{name}"] = (across, up)
        places[f"right_{name}"] = (-across, up)
    image = np.array([places[name] for name in LANDMARKS]) * unit + [x_px, y_px]
    return FramePose(
        image_px=image,
        world_m=np.zeros((33, 3)),
        visibility=np.ones(33),
        presence=np.ones(33),
    )


def shift(body: FramePose, x_px: float, y_px: float = 0.0) -> FramePose:
    return FramePose(
        image_px=np.add(body.image_px, [x_px, y_px]),
        world_m=body.world_m,
        visibility=body.visibility,
        presence=body.presence,
    )
