"""The patient's picture in a window of this machine, while `motion live` runs."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import cv2
import numpy as np

from motion.capture.turning import mirror_picture
from motion.commands.live_asked import Asked
from motion.live.snapshot import LiveSnapshot
from motion.model import GOOD_CONFIDENCE, SEEN_CONFIDENCE
from motion.report.coach_picture import CoachPicture
from motion.report.strokes import Picture, draw_skeleton
from motion.texts import Texts

__all__ = ["DrawMoment", "draw_moment", "has_display", "open_window"]

DrawMoment = Callable[[LiveSnapshot], str]
"""Shows a moment and gives the key that was pressed in the window; empty where none was."""

_TITLE: Final = "motion live"
_SIZE_PX: Final = (1280, 720)
_NO_KEY: Final = 255


def has_display() -> bool:
    """Whether this machine has a screen that a window could open on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def draw_moment(moment: LiveSnapshot, coach: CoachPicture | None) -> Picture | None:
    """Return the mirrored picture of a moment; None before there is one.

    Parameters
    ----------
    coach
        Draws the exercise; without it only the body is drawn.
    """
    image, pose = moment.image_bgr, moment.pose
    if image is None:
        return None
    if coach is not None:
        return coach.draw(image, pose, moment.setup, moment.coach, moment.stats)
    picture = mirror_picture(image)
    if pose is not None and pose.detected:
        points = pose.image_px * [-1, 1] + [image.shape[1], 0]
        confidence = np.fmin(pose.visibility, pose.presence)
        seen = (confidence >= SEEN_CONFIDENCE) & np.isfinite(points).all(axis=1)
        draw_skeleton(picture, points, seen, confidence >= GOOD_CONFIDENCE, image.shape[1] / 480)
    return picture


@contextmanager
def open_window(asked: Asked, texts: Texts) -> Iterator[DrawMoment]:
    """Open a window and give what draws a moment into it."""
    coach = (
        CoachPicture(asked.exercise, asked.prescription, texts, _SIZE_PX)
        if asked.exercise and asked.prescription
        else None
    )

    def draw(moment: LiveSnapshot) -> str:
        picture = draw_moment(moment, coach)
        if picture is not None:
            cv2.imshow(_TITLE, picture)
        key = cv2.waitKey(1) & 0xFF
        return "" if key == _NO_KEY else chr(key)

    cv2.namedWindow(_TITLE, cv2.WINDOW_NORMAL)
    try:
        yield draw
    finally:
        cv2.destroyWindow(_TITLE)
