"""How tall a standing body is in the picture: the scale of what a camera sees of its sway."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.model import FloatArray, Poses

__all__ = ["BodyHeight", "estimate_body_height", "stands_upright"]

_EYES: Final = 0.936
_ANKLES: Final = 0.039
"""Heights of eyes and ankles over the floor as fractions of the body's (Drillis & Contini 1966,
as in Winter 2009, "Biomechanics and Motor Control of Human Movement", fig. 4.1)."""

_SHORTEST_THIGH: Final = 0.6
"""Of a standing person thigh and shank are about as long in a picture from the front; a seated
person's thigh points at the camera."""

_RELATIVE_ERROR: Final = 0.05
"""People differ from those fractions by some percent, and bare feet from shoes by two; the
rendered standing people came out within it (docs/balance.md). Half of design's 5 to 10 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyHeight:
    """The body's height in pixels, and its standard error as a fraction of it."""

    height_px: float
    relative_error: float = _RELATIVE_ERROR


def estimate_body_height(poses: Poses) -> BodyHeight:
    """Estimate the height of a body that stands upright, from its eyes and ankles.

    The median over the take of the vertical distance between the middle of the eyes and the
    middle of the ankles, by the share of the body's height that lies between them.

    Returns
    -------
    BodyHeight
        NaN pixels where eyes and ankles are never seen together.
    """
    eyes = _middle(poses, "eye")
    ankles = _middle(poses, "ankle")
    drop_px = ankles[:, 1] - eyes[:, 1]
    seen = drop_px[np.isfinite(drop_px)]
    if not len(seen):
        return BodyHeight(height_px=float("nan"))
    return BodyHeight(height_px=float(np.median(seen)) / (_EYES - _ANKLES))


def stands_upright(poses: Poses) -> bool:
    """Return whether the thighs hang over the shanks most of the time, as in standing."""
    hips, knees, ankles = (_middle(poses, name)[:, 1] for name in ("hip", "knee", "ankle"))
    ratio = (knees - hips) / np.where(ankles > knees, ankles - knees, np.nan)
    seen = ratio[np.isfinite(ratio)]
    return bool(len(seen)) and float(np.median(seen)) >= _SHORTEST_THIGH


def _middle(poses: Poses, name: str) -> FloatArray:
    return (poses[f"left_{name}"] + poses[f"right_{name}"]) / 2.0
