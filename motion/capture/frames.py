"""What a source of frames gives, whatever it reads from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["FrameSource", "Image", "VideoFrame"]

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class VideoFrame:
    """One upright, unmirrored picture with square pixels.

    Parameters
    ----------
    index
        Number of the picture among those that are kept, from 0.
    time_s
        Seconds since the first picture's own timestamp.
    image_bgr
        ``(height, width, 3)`` in OpenCV's channel order.
    """

    index: int
    time_s: float
    image_bgr: Image


class FrameSource(Protocol):
    """Frames one after another; never all of them at once."""

    def __iter__(self) -> Iterator[VideoFrame]:
        """Yield the frames in order of time."""
        ...
