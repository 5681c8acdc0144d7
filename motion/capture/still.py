"""One picture of a recording, to point at somebody in it before anything is measured."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.capture.kept import shrink
from motion.capture.opencv import cv2
from motion.capture.video import Video

__all__ = ["Still", "find_somebody", "read_still"]

_JPEG_QUALITY: Final = 85
_LOOKS: Final = 7
_LOOK_PX: Final = (160, 120)
_CHANGED: Final = 24
_CHANGED_SHARE: Final = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One upright picture of a recording.

    Parameters
    ----------
    time_s
        Its own time, seconds since the first frame.
    jpeg
        The picture, made small enough for a page.
    width_px, height_px
        Of the recording's upright picture, not of the small one.
    """

    time_s: float
    jpeg: bytes
    width_px: int
    height_px: int


def read_still(video: Video, time_s: float) -> Still:
    """Return a picture from near a time; beyond the end it is the first one.

    Raises
    ------
    SourceError
        If no picture can be read.
    """
    at_s, image = video.still_near(time_s)
    _, packed = cv2.imencode(".jpg", shrink(image), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    height, width = image.shape[:2]
    return Still(time_s=at_s, jpeg=packed.tobytes(), width_px=width, height_px=height)


def find_somebody(video: Video) -> float:
    """Return a time at which somebody is likely to be seen; 0 where nothing tells.

    It is the first of a few pictures that differs from what is there most of the time. No pose
    model is asked: this is only where looking begins.

    Raises
    ------
    SourceError
        If no picture can be read.
    """
    looks = [video.still_near(t) for t in np.linspace(0.0, 0.9 * video.promised_s, _LOOKS)]
    small = np.array([_small(image) for _, image in looks])
    away = np.abs(small - np.median(small, axis=0))
    changed = np.mean(away > _CHANGED, axis=(1, 2)) >= _CHANGED_SHARE
    return looks[int(np.argmax(changed))][0]


def _small(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, _LOOK_PX, interpolation=cv2.INTER_AREA), dtype=np.int16)
