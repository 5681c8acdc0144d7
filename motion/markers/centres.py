"""Centres of hips, knees and ankles from markers on the skin, by published formulas."""

from typing import Final

import numpy as np

from motion.model import FloatArray

__all__ = ["find_chord_centre", "find_hip_centres"]

_LEAST_OFF_LINE_M: Final = 0.002
"""A wand nearer than that to the line of joint and marker tells no plane."""


def find_hip_centres(
    left_front: FloatArray, right_front: FloatArray, back: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the centres of the left and right hip, each ``(n, 3)`` in metres.

    From the middle between the front spines, in the pelvis's own axes (millimetres): 0.24 of its
    depth and 9.9 back, 0.30 of its width and 10.9 down, 0.33 of its width and 7.3 to the side.
    Width is the distance of the front spines, depth that between their middle and the middle of
    the back ones; the medians over the take.

    Parameters
    ----------
    left_front, right_front, back
        ``(n, 3)`` in metres: the front spines, and the middle of the back ones.

    References
    ----------
    Harrington, Zavatsky, Lawson, Yuan, Theologis 2007, J Biomech 40:595: regressions on magnetic
    resonance images of 32 adults and children, with and without cerebral palsy.
    """
    middle = (left_front + right_front) / 2.0
    across, along = right_front - left_front, middle - back
    width_m, depth_m = _median_length(across), _median_length(along)
    right = _unit(across)
    forward = _unit(along - _dot(along, right) * right)
    up = np.cross(right, forward)
    behind_m, below_m = 0.24 * depth_m + 0.0099, 0.30 * width_m + 0.0109
    beside_m = 0.33 * width_m + 0.0073
    centre = middle - behind_m * forward - below_m * up
    return centre - beside_m * right, centre + beside_m * right


def find_chord_centre(
    above: FloatArray, marker: FloatArray, wand: FloatArray, offset_m: float
) -> FloatArray:
    """Return the centre of a knee or ankle, ``(n, 3)`` in metres.

    It lies ``offset_m`` from the marker on the joint's outside, in the plane of the joint above,
    the marker and the wand, on the side away from the wand, where the lines to the joint above
    and to the marker are at right angles. NaN where the wand tells no plane.

    Parameters
    ----------
    above
        ``(n, 3)`` centre of the joint above.
    marker, wand
        ``(n, 3)``: on the joint's outside, and off the bone above it.
    offset_m
        Half the joint's width and half a marker.

    References
    ----------
    Kadaba, Ramakrishnan, Wootten 1990, J Orthop Res 8:383; Davis, Ounpuu, Tyburski, Gage 1991,
    Hum Mov Sci 10:575.
    """
    line = above - marker
    length_m = np.linalg.norm(line, axis=1, keepdims=True)
    upwards = _unit(line)
    aside = wand - marker
    outwards = aside - _dot(aside, upwards) * upwards
    off_line_m = np.linalg.norm(outwards, axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        usable = (off_line_m >= _LEAST_OFF_LINE_M) & (length_m > offset_m)
        cosine = np.where(usable, offset_m / length_m, np.nan)
        sine = np.sqrt(1.0 - cosine**2)
        centre: FloatArray = marker + offset_m * (cosine * upwards - sine * _unit(outwards))
    return centre


def _median_length(vectors: FloatArray) -> float:
    lengths = np.linalg.norm(vectors, axis=1)
    lengths = lengths[np.isfinite(lengths)]
    return float(np.median(lengths)) if len(lengths) else float("nan")


def _unit(vectors: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _dot(first: FloatArray, second: FloatArray) -> FloatArray:
    return np.asarray(np.sum(first * second, axis=1, keepdims=True))
