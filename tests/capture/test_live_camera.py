"""A camera of this machine: which there are, why one cannot be used, when a picture was taken."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.capture import CameraDevice, list_cameras, open_source
from motion.capture.frames import Image
from motion.capture.live_camera import LocalCamera, find_capture_time
from motion.capture.opencv import cv2
from motion.errors import SourceError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="device files of Linux")
PICTURE = np.zeros((4, 6, 3), dtype=np.uint8)


class Driver:
    """What OpenCV would open: sends some pictures, broken where None, then nothing."""

    def __init__(self, pictures: Sequence[object] = (), opens: bool = True) -> None:
        self._pictures = list(pictures)
        self._opens = opens
        self.asked: dict[int, float] = {}
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._opens

    def set(self, prop: int, value: float) -> bool:
        self.asked[prop] = value
        return True

    def get(self, prop: int) -> float:
        return 0.0

    def getBackendName(self) -> str:  # noqa: N802 - OpenCV's name
        return "V4L2"

    def grab(self) -> bool:
        return bool(self._pictures)

    def retrieve(self) -> tuple[bool, object]:
        picture = self._pictures.pop(0)
        return picture is not None, picture

    def release(self) -> None:
        self.released = True


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    (tmp_path / "video0").touch()
    return tmp_path


def make_system(folder: Path, *, cameras: dict[str, tuple[str, str]]) -> Path:
    for device, (index, name) in cameras.items():
        (folder / device).mkdir()
        (folder / device / "index").write_text(f"{index}\n")
        (folder / device / "name").write_text(f"{name}\n")
    return folder


@linux
def test_cameras_by_number_and_without_their_metadata(tmp_path: Path) -> None:
    system = make_system(
        tmp_path,
        cameras={
            "video10": ("0", "Desk camera"),
            "video2": ("0", "Built-in camera"),
            "video3": ("1", "Built-in camera"),
            "video4": ("0", ""),
        },
    )

    assert list_cameras(system) == (
        CameraDevice(2, "Built-in camera"),
        CameraDevice(4, "camera 4"),
        CameraDevice(10, "Desk camera"),
    )


@linux
def test_a_machine_without_cameras(tmp_path: Path) -> None:
    assert list_cameras(tmp_path / "none") == ()


def test_pictures_until_it_is_pulled_out(devices: Path) -> None:
    driver = Driver([PICTURE, None, PICTURE])
    camera = LocalCamera(0, devices=devices, open_capture=lambda _number: driver)
    seen: list[tuple[Image, float]] = []
    with pytest.raises(SourceError, match="camera 0: stopped sending pictures; plug it in again"):
        seen.extend(camera.stream(threading.Event()))
    camera.close()

    assert [image.shape for image, _ in seen] == [(4, 6, 3)] * 2  # the broken one is left out
    assert seen[0][1] <= seen[1][1]
    assert driver.asked == {cv2.CAP_PROP_FPS: 30, cv2.CAP_PROP_BUFFERSIZE: 2}
    assert driver.released


def test_stopping(devices: Path) -> None:
    camera = LocalCamera(0, devices=devices, open_capture=lambda _number: Driver([PICTURE] * 9))
    stopped = threading.Event()
    seen = []
    for image, _ in camera.stream(stopped):
        seen.append(image)
        stopped.set()

    assert len(seen) == 1


def test_another_program_holds_it(devices: Path) -> None:
    driver = Driver(opens=False)
    with pytest.raises(SourceError, match="camera 0: cannot be opened; close other programs"):
        LocalCamera(0, devices=devices, open_capture=lambda _number: driver)
    assert driver.released


@linux
def test_there_is_none(devices: Path) -> None:
    with pytest.raises(SourceError, match="camera 7: there is none; cameras here: "):
        LocalCamera(7, devices=devices)


@linux
@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may all")
def test_it_may_not_be_used(devices: Path) -> None:
    (devices / "video0").chmod(0o000)
    with pytest.raises(SourceError, match="may not be used by this account; add it to the group"):
        LocalCamera(0, devices=devices)


def test_a_number_is_a_camera() -> None:
    with pytest.raises(SourceError, match="camera 99: "):
        open_source("99")


@given(now_s=st.floats(0.0, 1e7), age_s=st.floats(-1e7, 1e7))
def test_a_capture_time_is_never_in_the_future_nor_old(now_s: float, age_s: float) -> None:
    found_s = find_capture_time(now_s - age_s, now_s)

    assert now_s - 1.0 <= found_s <= now_s


@pytest.mark.parametrize(
    ("stamp_s", "found_s"),
    [
        (499.98, 499.98),  # the driver's, 20 ms before the picture arrived
        (0.0, 500.0),  # no stamp
        (1.7e9, 500.0),  # the clock of the day
        (float("nan"), 500.0),
    ],
)
def test_whose_clock(stamp_s: float, found_s: float) -> None:
    assert find_capture_time(stamp_s, 500.0) == found_s
