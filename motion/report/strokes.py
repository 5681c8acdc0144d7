"""Lines that every picture of a body is drawn with: bones, dashes, arcs."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from motion.model import EDGES, BoolArray, RealArray, landmark_index

__all__ = [
    "BONE_BGR",
    "SHADE_BGR",
    "Bgr",
    "Picture",
    "Point",
    "draw_arc",
    "draw_dashes",
    "draw_segment",
    "draw_skeleton",
    "pixel",
    "towards",
]

Picture = NDArray[np.uint8]
Point = tuple[int, int]
Bgr = tuple[int, int, int]

BONE_BGR: Final[Bgr] = (235, 235, 235)
SHADE_BGR: Final[Bgr] = (60, 60, 60)
_BONES: Final = tuple((landmark_index(start), landmark_index(end)) for start, end in EDGES)
_DOTS: Final = tuple(sorted({row for bone in _BONES for row in bone if row >= 11}))


def pixel(point: RealArray) -> Point:
    """Return the pixel that a place lies in."""
    return round(float(point[0])), round(float(point[1]))


def towards(angle_rad: float) -> RealArray:
    """Return the unit vector of a direction, clockwise from the picture's right."""
    return np.array([np.cos(angle_rad), np.sin(angle_rad)])


def draw_dashes(image: Picture, start: Point, end: Point, colour: Bgr, width: int) -> None:
    """Draw a dashed line."""
    along = np.subtract(end, start)
    count = max(1, int(np.hypot(*along) / 10))
    for number in range(count):
        a = np.add(start, along * (number / count))
        b = np.add(start, along * ((number + 0.55) / count))
        cv2.line(image, pixel(a), pixel(b), colour, width, cv2.LINE_AA)


def draw_segment(
    image: Picture, ends: tuple[Point, Point], colour: Bgr, width: int, *, sure: bool
) -> None:
    """Draw a thick segment with a shade around it; dashed where it is not sure."""
    if sure:
        cv2.line(image, *ends, SHADE_BGR, width + 2, cv2.LINE_AA)
        cv2.line(image, *ends, colour, width, cv2.LINE_AA)
    else:
        draw_dashes(image, *ends, SHADE_BGR, width + 1)
        draw_dashes(image, *ends, colour, width)


def draw_skeleton(
    image: Picture, points: RealArray, drawable: BoolArray, sure: BoolArray, unit: float
) -> None:
    """Draw the bones between landmarks that were seen, thin; dashed where they are not sure.

    Parameters
    ----------
    points
        ``(33, 2)`` in the picture's pixels.
    drawable, sure
        ``(33,)`` which landmarks were seen, and which of them well.
    unit
        Width of a line in pixels.
    """
    thin = max(1, round(unit * 0.8))
    for start, end in _BONES:
        if drawable[start] and drawable[end]:
            ends = pixel(points[start]), pixel(points[end])
            if sure[start] and sure[end]:
                cv2.line(image, *ends, BONE_BGR, thin, cv2.LINE_AA)
            else:
                draw_dashes(image, *ends, BONE_BGR, 1)
    for row in _DOTS:
        if drawable[row]:
            thickness = -1 if sure[row] else 1
            cv2.circle(image, pixel(points[row]), 2 * thin, BONE_BGR, thickness, cv2.LINE_AA)


def draw_arc(
    image: Picture, vertex: RealArray, ends_rad: tuple[float, float], reach_px: float, width: int,
    colour: Bgr,
) -> None:  # fmt: skip
    """Draw an arc with a shade around it, the long way if that is how its ends lie."""
    line = [np.rint(arc_points(vertex, ends_rad, reach_px)).astype(np.int32)]
    cv2.polylines(image, line, False, SHADE_BGR, width + 2, cv2.LINE_AA)
    cv2.polylines(image, line, False, colour, width, cv2.LINE_AA)


def arc_points(vertex: RealArray, ends_rad: tuple[float, float], reach_px: float) -> RealArray:
    """Return ``(n, 2)`` points on an arc, close enough for a round line."""
    start, end = ends_rad
    steps = np.linspace(start, end, max(2, int(abs(end - start) / 0.15) + 2))
    return np.asarray(vertex + reach_px * np.column_stack([np.cos(steps), np.sin(steps)]))
