"""Signs that say by their shape what a colour alone must not: tick, tilde, cross, bars, square."""

import math
from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from motion.report.strokes import Bgr, Picture, Point

__all__ = ["WHITE_BGR", "Sign", "draw_disc", "draw_ring", "draw_sign"]

WHITE_BGR: Final[Bgr] = (250, 250, 250)
_INK_BGR: Final[Bgr] = (24, 20, 18)
_TRACK_BGR: Final[Bgr] = (150, 146, 142)
_BRIGHT: Final = 130


class Sign(StrEnum):
    """What is drawn."""

    TICK = "tick"
    TILDE = "tilde"
    CROSS = "cross"
    BARS = "bars"
    SQUARE = "square"
    ARROW = "arrow"


def _tilde() -> list[tuple[float, float]]:
    return [(x / 10, -0.3 * math.sin(math.pi * x / 6)) for x in range(-6, 7)]


_STROKES: Final[dict[Sign, tuple[list[tuple[float, float]], ...]]] = {
    Sign.TICK: ([(-0.5, 0.05), (-0.12, 0.42), (0.52, -0.4)],),
    Sign.TILDE: (_tilde(),),
    Sign.CROSS: ([(-0.4, -0.4), (0.4, 0.4)], [(-0.4, 0.4), (0.4, -0.4)]),
    Sign.BARS: ([(-0.25, -0.45), (-0.25, 0.45)], [(0.25, -0.45), (0.25, 0.45)]),
    Sign.SQUARE: ([(-0.38, -0.38), (0.38, -0.38), (0.38, 0.38), (-0.38, 0.38), (-0.38, -0.38)],),
    Sign.ARROW: ([(-0.2, -0.5), (0.35, 0.0), (-0.2, 0.5)],),
}


def draw_sign(image: Picture, sign: Sign, middle: Point, radius_px: int, colour: Bgr) -> None:
    """Draw a sign within a circle of the radius."""
    width = max(1, round(0.26 * radius_px))
    for stroke in _STROKES[sign]:
        line = np.rint(np.multiply(stroke, radius_px) + middle).astype(np.int32)
        cv2.polylines(image, [line], False, colour, width, cv2.LINE_AA)


def draw_disc(image: Picture, sign: Sign, middle: Point, radius_px: int, colour: Bgr) -> None:
    """Draw a sign on a disc of a colour, dark on a bright one, with a white rim."""
    radius = max(1, radius_px)
    cv2.circle(image, middle, radius, colour, -1, cv2.LINE_AA)
    cv2.circle(image, middle, radius, WHITE_BGR, max(1, radius // 8), cv2.LINE_AA)
    bright = float(np.dot(colour, (0.114, 0.587, 0.299))) > _BRIGHT
    draw_sign(image, sign, middle, radius, _INK_BGR if bright else WHITE_BGR)


def draw_ring(image: Picture, middle: Point, radius_px: int, share: float, colour: Bgr) -> None:
    """Draw a ring of which a share is filled, clockwise from the top."""
    width = max(2, round(0.17 * radius_px))
    radius = max(1, radius_px - width // 2)
    cv2.circle(image, middle, radius, _TRACK_BGR, max(1, width // 2), cv2.LINE_AA)
    turn = 360 * min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0
    if turn > 0:
        axes = (radius, radius)
        cv2.ellipse(image, middle, axes, -90, 0, turn, colour, width, cv2.LINE_AA)
