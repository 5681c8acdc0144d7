"""A camera attached to this machine, each picture with the moment at which it was taken."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion.capture.devices import list_cameras, name_camera
from motion.capture.frames import Image
from motion.capture.opencv import cv2
from motion.errors import SourceError
from motion.model import LiveSource

__all__ = ["LocalCamera", "find_capture_time"]

_ASKED_HZ: Final = 30
_BUFFERS_N: Final = 2
_OLDEST_S: Final = 1.0
_ON_LINUX: Final = sys.platform.startswith("linux")

OpenCapture = Callable[[int], Any]
"""Gives what behaves like ``cv2.VideoCapture``."""


def _open_capture(number: int) -> Any:
    return cv2.VideoCapture(number, cv2.CAP_V4L2 if _ON_LINUX else cv2.CAP_ANY)


class LocalCamera:
    """A local camera by its number, asked for 30 pictures a second and a short buffer.

    The size is the camera's usual one; OpenCV asks for 640 x 480 on Linux.

    Parameters
    ----------
    number
        From 0, as :func:`motion.capture.devices.list_cameras` says.
    devices
        Folder of the device files on Linux.
    open_capture
        Opens the camera.

    Raises
    ------
    SourceError
        If there is no such camera, it may not be used, or another program holds it.
    """

    kind: Final = LiveSource.CAMERA
    waits_for_reader: Final = False
    silence_s: Final = 2.0

    def __init__(
        self,
        number: int,
        *,
        devices: Path = Path("/dev"),
        open_capture: OpenCapture = _open_capture,
    ) -> None:
        self.name = name_camera(number)
        if _ON_LINUX:
            _require_device(self.name, devices / f"video{number}")
        self._capture = open_capture(number)
        if not self._capture.isOpened():
            self._capture.release()
            msg = (
                f"{self.name}: cannot be opened; close other programs that use it, plug it in "
                "again, or choose another number"
            )
            raise SourceError(msg)
        self._capture.set(cv2.CAP_PROP_FPS, _ASKED_HZ)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, _BUFFERS_N)

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        """Yield pictures and their capture times until ``stopped``.

        Raises
        ------
        SourceError
            When the camera stops sending, as when it is pulled out.
        """
        capture = self._capture
        has_clock = str(capture.getBackendName()) == "V4L2"
        while not stopped.is_set():
            if not capture.grab():
                msg = f"{self.name}: stopped sending pictures; plug it in again and start anew"
                raise SourceError(msg)
            now_s = time.monotonic()
            stamp_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0 if has_clock else float("nan")
            found, image = capture.retrieve()
            if found:  # a picture that arrived broken is no reason to stop
                yield np.asarray(image, dtype=np.uint8), find_capture_time(stamp_s, now_s)

    def close(self) -> None:
        """Give the camera back."""
        self._capture.release()


def find_capture_time(stamp_s: float, now_s: float) -> float:
    """Return when a picture was taken: the driver's word if it can be true, else its arrival.

    V4L2 stamps each buffer by the clock of ``time.monotonic()`` (most drivers, the kernel's
    ``V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC``), and OpenCV hands it on as ``CAP_PROP_POS_MSEC``. Some
    drivers stamp by the clock of the day, or not at all: such a stamp lies in the future or more
    than a second back.
    """
    return stamp_s if 0.0 <= now_s - stamp_s <= _OLDEST_S else now_s


def _require_device(name: str, device: Path) -> None:
    if not device.exists():
        there = ", ".join(f"{each.number} ({each.name})" for each in list_cameras())
        msg = f"{name}: there is none; cameras here: {there or 'none, plug one in'}"
        raise SourceError(msg)
    if not os.access(device, os.R_OK | os.W_OK):
        msg = f"{name}: {device} may not be used by this account; add it to the group video"
        raise SourceError(msg)
