"""Frames held back: in order, few enough, and their pictures given back."""

import numpy as np
import pytest

from motion.pose import seen
from motion.pose.seen import HeldFrames, SeenFrame


def frame(k: int, shape: tuple[int, int, int] = (4, 4, 3)) -> SeenFrame:
    return SeenFrame(float(k), {}, np.zeros(shape, np.uint8))


def test_frames_come_out_in_order_once_there_are_too_many() -> None:
    held = HeldFrames(3)
    out = [f.time_s for k in range(6) for f in held.add(frame(k))]
    assert out == [0, 1, 2]
    assert [f.time_s for f in held] == [5, 4, 3]
    assert [f.time_s for f in held.finish()] == [3, 4, 5]
    assert not list(held)


def test_live_nothing_is_held() -> None:
    held = HeldFrames(0)
    (only,) = held.add(frame(0))
    assert only.time_s == 0
    with pytest.raises(RuntimeError, match="given back"):
        _ = only.image_rgb


def test_large_pictures_are_held_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_MOST_BYTES", 1000)
    held = HeldFrames(100)
    out = [f for k in range(8) for f in held.add(frame(k, (10, 10, 3)))]
    assert len(out) == 5
    assert len(list(held)) == 3
