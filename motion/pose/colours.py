"""What a person wears, in three colours: enough to tell two people apart who have crossed."""

from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.model import FloatArray, landmark_index
from motion.pose.estimator import FramePose

__all__ = ["difference_of_colours", "difference_of_wardrobes", "read_colours"]

_PARTS: Final = (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))
_ALONG: Final = np.linspace(0.15, 0.85, 9)[:, None]
_ACROSS: Final = np.linspace(0.2, 0.8, 4)
_LIGHTNESS_WEIGHT: Final = 0.5
"""Lightness counts half: a person walks through sun and shade, and the hue stays."""


def read_colours(image_rgb: Image, body: FramePose) -> FloatArray:
    """Return ``(3, 3)``: the median colour of trunk, thighs and shanks in CIELAB.

    NaN where a part lies outside the picture. Points lie between the limbs' middle lines and,
    for the trunk, across it; a median bears with an arm in front.
    """
    parts = [_points_of(body, start, end) for start, end in _PARTS]
    return np.array([_median_colour(image_rgb, points) for points in parts])


def difference_of_colours(one: FloatArray, other: FloatArray) -> float:
    """Return the largest CIELAB difference of a part that both show; NaN where none is.

    The largest, because many people wear the same dark trousers under different shirts.
    """
    return difference_of_wardrobes([one], [other])


def difference_of_wardrobes(one: list[FloatArray], other: list[FloatArray]) -> float:
    """Return the smallest difference between two sets of sights; NaN where none compare.

    A pair differs as in :func:`difference_of_colours`. Of two people who wear the same some pair is
    alike (2 to 4 on composed pictures); of two who do not, none is (15 to 44).
    """
    if not one or not other:
        return float("nan")
    weights = np.array([_LIGHTNESS_WEIGHT, 1.0, 1.0])
    apart = np.linalg.norm((np.array(one)[:, None] - np.array(other)[None]) * weights, axis=-1)
    parts = apart.reshape(-1, apart.shape[-1])
    seen = parts[np.any(np.isfinite(parts), axis=1)]
    return float(np.min(np.nanmax(seen, axis=1))) if len(seen) else float("nan")


def _points_of(body: FramePose, start: str, end: str) -> FloatArray:
    left, right = (
        body.image_px[landmark_index(f"{side}_{start}")] * (1 - _ALONG)
        + body.image_px[landmark_index(f"{side}_{end}")] * _ALONG
        for side in ("left", "right")
    )
    if start != "shoulder":
        return np.concatenate([left, right])
    return np.concatenate([left * (1 - across) + right * across for across in _ACROSS])


def _median_colour(image_rgb: Image, points: FloatArray) -> FloatArray:
    import cv2

    height_px, width_px = image_rgb.shape[:2]
    cells = np.floor(points).astype(np.intp)
    inside = np.all((cells >= 0) & (cells < [width_px, height_px]), axis=1)
    if np.sum(inside) < len(points) // 2:
        return np.full(3, np.nan)
    pixels = image_rgb[cells[inside, 1], cells[inside, 0]]
    lab = cv2.cvtColor(pixels[None].astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    return np.asarray(np.median(lab[0], axis=0), dtype=np.float64)
