"""Video files, read frame by frame with the container's own timestamps."""

import hashlib
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np

from motion.capture.container import READABLE, read_container
from motion.capture.frames import Image, VideoFrame
from motion.capture.opencv import cv2
from motion.capture.timing import ClockCheck, count_dropped, is_plausible_rate, measure_rate
from motion.errors import SourceError

__all__ = ["Video", "hash_file"]

_LONGEST_PAUSE_S = 600.0
"""No take pauses longer; a damaged clock does, and resampling over it would fill the memory."""

_CUT_PERIODS = 2.5
_CUT_SHARE = 0.01


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_file(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError as error:  # OpenCV would take the whole program down
        msg = f"{str(path)!r}: the file's name is not readable text; rename it"
        raise SourceError(msg) from error
    if not path.exists():
        msg = f"{path}: no such file; check the path"
        raise SourceError(msg)
    if not path.is_file():
        got = "a folder" if path.is_dir() else "something that is no file"
        msg = f"{path}: expected a video file ({READABLE}), got {got}; check the path"
        raise SourceError(msg)
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); check the file's permissions"
        raise SourceError(msg) from error
    if size == 0:
        msg = f"{path}: the file is empty; copy or record it again"
        raise SourceError(msg)


class Video:
    """A video file as a source of upright, square-pixel frames.

    Frames are decoded one at a time. Iterating again starts again from the first frame and
    gives the same frames. The rotation flag of phone videos and the pixel aspect ratio are
    applied; nothing is mirrored.

    Raises
    ------
    SourceError
        If the file is missing, empty, not a video, or holds no readable frame.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _require_file(path)
        self._container = read_container(path)
        self._capture = self._open()
        self._times_s: list[float] = []
        self._clock = ClockCheck(self.nominal_rate_hz)
        self._size_px: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._capture.release()

    @property
    def nominal_rate_hz(self) -> float:
        """The frame rate that the container states; not to be trusted, see ``rate_hz``."""
        return float(self._capture.get(cv2.CAP_PROP_FPS))

    @property
    def expected_frames(self) -> int:
        """How many frames the container promises; 0 where it does not say."""
        count = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        return int(count) if math.isfinite(count) and count > 0 else 0

    @property
    def time_s(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """``(n,)`` the times of the frames that were read."""
        return np.array(self._times_s)

    @property
    def rate_hz(self) -> float:
        """The rate that the timestamps of the frames show."""
        return measure_rate(self.time_s)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the upright picture, known after the first frame."""
        if self._size_px is None:
            msg = f"{self.path}: no frame has been read yet"
            raise SourceError(msg)
        return self._size_px

    @property
    def dropped(self) -> int:
        """Frame periods that passed without a frame."""
        return count_dropped(self.time_s)

    @property
    def duplicated(self) -> int:
        """Frames left out because their timestamp did not advance."""
        return self._clock.duplicated

    @property
    def promised_s(self) -> float:
        """How long the container says that its pictures last; 0 where it does not say."""
        return self._container.promised_s

    def still_near(self, time_s: float) -> tuple[float, Image]:
        """Return one picture from near a time, and its own time, without reading all before it.

        Iterating is not disturbed. Beyond the end it is the first picture.

        Raises
        ------
        SourceError
            If no picture can be read.
        """
        capture = self._open()
        try:
            found, image = capture.read()
            if not found:
                msg = f"{self.path}: no frame could be read; the file is damaged or cut off"
                raise SourceError(msg)
            square = _SquarePixels(capture)
            first_s = at_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
            if time_s > 0 and capture.set(cv2.CAP_PROP_POS_MSEC, 1000.0 * time_s):
                found, later = capture.read()
                if found:
                    image, at_s = later, capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
            return max(0.0, at_s - first_s), square.apply(image)
        finally:
            capture.release()

    def __iter__(self) -> Iterator[VideoFrame]:
        """Yield the frames from the first one on."""
        if self._times_s:
            self._capture.release()
            self._capture = self._open()
        self._times_s = []
        self._clock = ClockCheck(self.nominal_rate_hz)
        square = _SquarePixels(self._capture)
        while True:
            found, image = self._capture.read()
            if not found:
                break
            time_s = self._clock.accept(self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0)
            if time_s is None:
                continue
            self._require_no_jump(time_s)
            upright = square.apply(image)
            self._size_px = (upright.shape[1], upright.shape[0])
            self._times_s.append(time_s)
            yield VideoFrame(len(self._times_s) - 1, time_s, upright)
        if not self._times_s:
            msg = f"{self.path}: no frame could be read; the file is damaged or cut off"
            raise SourceError(msg)
        self._require_clock()

    def _require_no_jump(self, time_s: float) -> None:
        if self._times_s and time_s - self._times_s[-1] > _LONGEST_PAUSE_S:
            msg = (
                f"{self.path}: the frame times jump by {time_s - self._times_s[-1]:.0f} s after "
                f"frame {len(self._times_s)}; the file is damaged, convert it or record it again"
            )
            raise SourceError(msg)

    def _require_clock(self) -> None:
        """Refuse times that no camera gives: whatever is measured over them would be invented."""
        kept, left_out = len(self._times_s), self._clock.duplicated
        if left_out > kept:
            msg = (
                f"{self.path}: {left_out} of {kept + left_out} frames carry no usable time; "
                "convert the file with its true frame rate"
            )
            raise SourceError(msg)
        if kept > 1 and not is_plausible_rate(self.rate_hz):
            msg = (
                f"{self.path}: the frame times say {self.rate_hz:.6g} frames/s (expected 0.1 to "
                "1000); convert the file with its true frame rate"
            )
            raise SourceError(msg)

    def reading_warnings(self) -> tuple[str, ...]:
        """Return what was amiss with the file, once it has been read to its end."""
        warnings = []
        clock = self._clock
        usual_hz = self.rate_hz or (self.nominal_rate_hz if clock.has_nominal_rate else 0.0)
        period_s = 1.0 / usual_hz if usual_hz else 0.0
        read_s = self._times_s[-1] + period_s
        promised_s = self._container.promised_s
        if promised_s - read_s > max(_CUT_PERIODS * period_s, _CUT_SHARE * promised_s):
            warnings.append(
                f"The file is cut off: it promises {promised_s:.1f} s, "
                f"{read_s:.1f} s could be read and were used."
            )
        if not self._container.states_rate:
            warnings.append(
                f"The file states no frame rate; {self.rate_hz:.2f} frames/s were assumed, so "
                "that angles hold but times and speeds may not."
            )
            return tuple(warnings)
        if clock.estimated:
            warnings.append(
                f"{clock.estimated} frames carry no time of their own; the file's stated rate of "
                f"{clock.nominal_rate_hz:.2f} frames/s was used for them."
            )
        if clock.duplicated:
            warnings.append(f"{clock.duplicated} frames with a repeated time were left out.")
        return tuple(warnings)

    def _open(self) -> cv2.VideoCapture:
        # One core stays with the pose model, which is what the frames wait for.
        threads = max(1, (os.cpu_count() or 2) - 1)
        asked = [cv2.CAP_PROP_N_THREADS, threads]
        capture = cv2.VideoCapture(str(self.path.absolute()), cv2.CAP_FFMPEG, asked)
        if not capture.isOpened():
            msg = (
                f"{self.path}: not a video that can be read (expected {READABLE}); "
                "record it again or convert it to mp4"
            )
            raise SourceError(msg)
        capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
        return capture


class _SquarePixels:
    """Stretches pictures whose pixels are not square; angles need equal scales."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        across = capture.get(cv2.CAP_PROP_SAR_NUM)
        down = capture.get(cv2.CAP_PROP_SAR_DEN)
        self._aspect = across / down if across > 0 and down > 0 else 1.0
        # The aspect ratio is stored for the picture before it is turned upright.
        if int(capture.get(cv2.CAP_PROP_ORIENTATION_META)) % 180 == 90:
            self._aspect = 1.0 / self._aspect

    def apply(self, image: Image) -> Image:
        if abs(self._aspect - 1.0) < 0.001:
            return image
        height, width = image.shape[:2]
        if self._aspect > 1.0:
            size = (round(width * self._aspect), height)
        else:
            size = (width, round(height / self._aspect))
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
