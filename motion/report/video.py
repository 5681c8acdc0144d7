"""H.264 video that plays in a browser, each frame at its own time."""

from fractions import Fraction
from pathlib import Path
from typing import Final, Self

import av
import cv2
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

__all__ = ["VideoWriter"]

_CLOCK_HZ: Final = 90_000
_OPTIONS: Final = {"preset": "ultrafast", "crf": "21"}


class VideoWriter:
    """Writes pictures as H.264 in an mp4 that starts playing before it is loaded whole.

    Parameters
    ----------
    path
        File to write.
    rate_hz
        Usual frame rate, for players that ask; every frame keeps its own time.
    size_px
        Width and height; odd sizes lose their last column or row, as H.264 wants.
    """

    def __init__(self, path: Path, rate_hz: float, size_px: tuple[int, int]) -> None:
        self._width, self._height = size_px[0] // 2 * 2, size_px[1] // 2 * 2
        self._container = av.open(str(path), "w", options={"movflags": "+faststart"})
        rate = Fraction(max(rate_hz, 1.0)).limit_denominator(1001)
        stream = self._container.add_stream("libx264", rate=rate, options=dict(_OPTIONS))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = self._width, self._height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, _CLOCK_HZ)
        stream.codec_context.thread_count = 2
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._container.mux(self._stream.encode())
        self._container.close()

    def write(self, image_bgr: NDArray[np.uint8], time_s: float) -> None:
        """Add one picture at its time."""
        even = np.ascontiguousarray(image_bgr[: self._height, : self._width])
        planes = np.asarray(cv2.cvtColor(even, cv2.COLOR_BGR2YUV_I420), dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts = round(time_s * _CLOCK_HZ)
        frame.time_base = Fraction(1, _CLOCK_HZ)
        self._container.mux(self._stream.encode(frame))
