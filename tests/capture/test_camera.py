"""A camera: frames on the monotonic clock, and one line where there is none."""

from pathlib import Path

import numpy as np
import pytest
from video_makers import numbered_video, read_corners, read_number

from motion.capture import Camera
from motion.errors import SourceError


def test_file_as_a_camera(tmp_path: Path) -> None:
    with Camera(str(numbered_video(tmp_path / "clip.mp4", 10))) as camera:
        frames = list(camera)
    pictures = [frame.image_bgr[..., ::-1] for frame in frames]
    assert [read_number(picture) for picture in pictures] == list(range(10))
    assert {read_corners(picture) for picture in pictures} == {("red", "green", "blue", "white")}
    assert [frame.index for frame in frames] == list(range(10))
    times_s = np.array([frame.time_s for frame in frames])
    assert times_s[0] == 0.0
    assert np.all(np.diff(times_s) > 0)


@pytest.mark.parametrize("device", [99, "missing.mp4", "http://127.0.0.1:1/stream"])
def test_no_camera(device: int | str) -> None:
    with pytest.raises(SourceError, match="cannot be opened; plug it in, close other programs"):
        Camera(device)
