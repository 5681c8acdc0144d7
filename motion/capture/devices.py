"""Which cameras are attached to this machine, by number and name."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from motion.capture.opencv import cv2

__all__ = ["CameraDevice", "list_cameras", "name_camera"]

_SYSTEM: Final = Path("/sys/class/video4linux")
_PROBED_N: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class CameraDevice:
    """A camera as OpenCV numbers it, and what it calls itself."""

    number: int
    name: str


def list_cameras(system: Path = _SYSTEM) -> tuple[CameraDevice, ...]:
    """Return the cameras that are there, by number.

    On Linux the kernel lists them and nothing is opened. A webcam often has a second device for
    its metadata, which has an index above 0 and gives no pictures: it is left out. Elsewhere the
    first four numbers are tried, which may light a camera's lamp for a moment.

    Parameters
    ----------
    system
        The kernel's list on Linux.
    """
    if not sys.platform.startswith("linux"):
        return tuple(CameraDevice(n, name_camera(n)) for n in range(_PROBED_N) if _opens(n))
    found = []
    for folder in system.glob("video*"):
        number = folder.name.removeprefix("video")
        if number.isdigit() and _read(folder / "index") in ("", "0"):
            found.append(CameraDevice(int(number), _read(folder / "name") or name_camera(number)))
    return tuple(sorted(found))


def name_camera(number: int | str) -> str:
    """Return what a camera is called that has no name of its own."""
    return f"camera {number}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _opens(number: int) -> bool:
    capture = cv2.VideoCapture(number)
    try:
        return bool(capture.isOpened())
    finally:
        capture.release()
