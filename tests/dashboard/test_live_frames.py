"""Pictures from a browser: their times, their way into the queue, the drawn one back."""

import asyncio
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_page_makers import make_request, make_snapshot

from dashboard.browser_frames import BrowserFrames, CaptureClock, LivePicture
from motion.capture.live_queue import FrameQueue
from motion.live.snapshot import LiveSnapshot, LiveStage
from motion.texts import load_texts


def make_frame(number: int, shade: int = 90, rate_hz: int = 30) -> av.VideoFrame:
    image = np.full((48, 64, 3), shade, np.uint8)
    image[:, :8] = 240  # bright at the left: a mirror brings it to the right
    frame = av.VideoFrame.from_ndarray(image, format="bgr24")
    frame.pts, frame.time_base = number, Fraction(1, rate_hz)
    return frame


class Answering:
    """A `BrowserFrames` on a clock that the test turns."""

    def __init__(self, shown: LiveSnapshot) -> None:
        request = make_request()
        self.now_s, self.shown, self.heard_n = 100.0, shown, 0
        self.queue = FrameQueue()
        self.picture = LivePicture(request.exercise, request.prescription, load_texts("en"))
        self.frames = BrowserFrames(
            self.queue, lambda: self.shown, self.picture, lambda: self.now_s, self._hear
        )

    def _hear(self) -> None:
        self.heard_n += 1

    def answer(self, *frames: av.VideoFrame) -> np.ndarray:
        [given_back] = asyncio.run(self.frames.answer(list(frames)))
        return given_back.to_ndarray(format="bgr24")


@pytest.fixture
def starting() -> Answering:
    nothing = make_snapshot(number=0, stage=LiveStage.STARTING, coach=None, image_bgr=None)
    return Answering(nothing)


def test_a_picture_is_put_unmirrored_with_its_own_time_and_comes_back_mirrored(starting):
    assert starting.queue.take(0.0) is None  # a take's time begins with its reader
    back = starting.answer(make_frame(0))
    starting.now_s += 0.100  # the way took 67 ms longer than that of the first one
    starting.answer(make_frame(1))
    first, second = starting.queue.take(0.0), starting.queue.take(0.0)
    assert first.image_bgr[:, :6].mean() > 200
    assert first.image_bgr[:, -6:].mean() < 120
    assert back[:, -6:].mean() > 200
    assert back[:, :6].mean() < 120
    assert second.time_s == pytest.approx(1 / 30)
    assert starting.heard_n == 2


def test_of_many_pictures_at_once_the_older_count_as_dropped(starting):
    starting.queue.take(0.0)
    starting.answer(*(make_frame(number) for number in range(7)))
    assert (starting.queue.came_n, starting.queue.dropped_n) == (7, 5)
    assert starting.queue.take(0.0).captured_s == pytest.approx(100.0 - 1 / 30)
    assert starting.queue.take(0.0).captured_s == pytest.approx(100.0)


def test_what_is_known_is_drawn_once_for_each_picture_that_was_looked_at():
    there = Answering(make_snapshot(image_bgr=np.full((480, 640, 3), 90, np.uint8)))
    first = there.answer(make_frame(0))
    assert first.shape == (480, 640, 3)
    drawn = there.picture.draw(there.shown)
    assert there.picture.draw(there.shown) is drawn
    there.shown = make_snapshot(number=8, image_bgr=np.full((480, 640, 3), 90, np.uint8))
    assert there.picture.draw(there.shown) is not drawn


@given(st.lists(st.floats(0.0, 0.4), min_size=1, max_size=40), st.floats(-1e5, 1e5))
def test_no_picture_is_placed_after_it_came(ways_s, apart_s):
    clock = CaptureClock()
    for number, way_s in enumerate(ways_s):
        taken_s = 50.0 + number / 30
        now_s = taken_s + way_s
        placed_s = clock.place(taken_s - apart_s, now_s)
        quickest_s = min(ways_s[: number + 1])
        assert placed_s == pytest.approx(taken_s + quickest_s, abs=1e-6)
        assert placed_s <= now_s + 1e-6


def test_a_clock_that_begins_anew_is_believed_from_then_on():
    clock = CaptureClock()
    assert clock.place(500.0, 10.0) == 10.0
    assert clock.place(0.0, 12.0) == 12.0
    assert clock.place(1.0, 13.2) == 13.0
