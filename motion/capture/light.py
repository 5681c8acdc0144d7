"""How bright a picture is on the body and around it: enough to tell bad light before measuring."""

import math
from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.model import PictureLight

__all__ = ["measure_light"]

_LONGER_SIDE_PX: Final = 160
"""A light is told from this many pixels as well as from all, in a tenth of a millisecond."""

_LUMA_BGR: Final = np.array([0.114, 0.587, 0.299], dtype=np.float32)
"""ITU-R BT.601."""


def measure_light(
    image_bgr: Image, box: tuple[float, float, float, float] | None = None
) -> PictureLight:
    """Return the mean luma of a body's box and of the rest of the picture.

    Parameters
    ----------
    image_bgr
        ``(height, width, 3)``.
    box
        Left, top, right and bottom of the body in pixels, such as
        :func:`motion.exercise.setup_body.find_body_box` gives; what is outside the picture is cut
        off. Without a box, or with one that leaves nothing on either side of it, both are the mean
        of the whole picture.

    Returns
    -------
    PictureLight
        0 to 255 each.
    """
    step = max(1, math.ceil(max(image_bgr.shape[:2]) / _LONGER_SIDE_PX))
    luma = image_bgr[::step, ::step] @ _LUMA_BGR
    inside = np.zeros(luma.shape, dtype=bool)
    if box is not None:
        left, top, right, bottom = (max(0, round(edge / step)) for edge in box)
        inside[top:bottom, left:right] = True
    if inside.all() or not inside.any():
        inside[:] = True
        return PictureLight(body=float(np.mean(luma)), around=float(np.mean(luma)))
    return PictureLight(body=float(np.mean(luma[inside])), around=float(np.mean(luma[~inside])))
