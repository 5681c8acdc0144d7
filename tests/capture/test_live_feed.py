"""A source pumped into a queue: a file at its own pace, how a source ends, one that hangs."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from video_makers import numbered_video, read_number

from motion.capture.frames import Image
from motion.capture.live import FrameQueue, LiveFeed, open_source
from motion.errors import SourceError
from motion.model import LiveEnd, LiveSource

PICTURE = np.zeros((2, 2, 3), dtype=np.uint8)
LONG_S = 60.0


class Scripted:
    """A source that does what a test says."""

    kind = LiveSource.CAMERA
    name = "camera 0"
    waits_for_reader = False

    def __init__(
        self,
        play: Callable[[threading.Event], Iterator[tuple[Image, float]]],
        silence_s: float = LONG_S,
    ) -> None:
        self._play = play
        self.silence_s = silence_s
        self.closed = threading.Event()

    def stream(self, stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        return self._play(stopped)

    def close(self) -> None:
        self.closed.set()


def read_all(queue: FrameQueue) -> list[float]:
    times_s: list[float] = []
    while not queue.closed:
        frame = queue.take(LONG_S)
        if frame is not None:
            times_s.append(frame.time_s)
    return times_s


def test_a_file_comes_at_its_own_times_and_ends(tmp_path: Path) -> None:
    queue = FrameQueue(depth_n=50)
    seen = []
    with LiveFeed(open_source(str(numbered_video(tmp_path / "clip.mp4", 12))), queue):
        while not queue.closed:
            frame = queue.take(LONG_S)
            if frame is not None:
                seen.append((read_number(frame.image_bgr[..., ::-1]), frame.time_s))

    numbers, times_s = zip(*seen, strict=True)
    assert numbers == tuple(range(12))
    np.testing.assert_allclose(times_s, np.arange(12) / 30.0, atol=2e-3)
    assert (queue.end, queue.message, queue.dropped_n) == (LiveEnd.FINISHED, "", 0)


def test_a_file_waits_for_its_reader(tmp_path: Path) -> None:
    queue = FrameQueue(depth_n=2)
    with LiveFeed(open_source(str(numbered_video(tmp_path / "clip.mp4", 3))), queue) as feed:
        assert queue.came_n == 0
        feed.stop()

    assert (queue.came_n, queue.end) == (0, LiveEnd.STOPPED)


def test_stopping_in_the_middle(tmp_path: Path) -> None:
    queue = FrameQueue()
    with LiveFeed(open_source(str(numbered_video(tmp_path / "clip.mp4", 200))), queue):
        assert queue.take(LONG_S) is not None

    assert queue.end is LiveEnd.STOPPED
    assert not [t for t in threading.enumerate() if t.name.startswith("live-")]


def test_a_reader_that_has_enough_ends_the_feed() -> None:
    def endless(stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        number = 0.0
        while True:
            number += 1.0
            yield PICTURE, number

    queue, source = FrameQueue(), Scripted(endless)
    with LiveFeed(source, queue):
        assert queue.take(LONG_S) is not None
        queue.close(LiveEnd.PAIN)
        assert source.closed.wait(LONG_S)

    assert queue.end is LiveEnd.PAIN


def test_a_source_that_fails_is_lost_with_its_own_words() -> None:
    def pulled_out(stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        yield PICTURE, 1.0
        raise SourceError("camera 0: stopped sending; plug it in again")

    queue, source = FrameQueue(), Scripted(pulled_out)
    with LiveFeed(source, queue):
        assert read_all(queue) == [0.0]

    assert queue.end is LiveEnd.SOURCE_LOST
    assert queue.message == "camera 0: stopped sending; plug it in again"
    assert source.closed.is_set()


def test_a_driver_that_hangs_is_lost_too() -> None:
    release = threading.Event()

    def hanging(stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        yield PICTURE, 1.0
        release.wait(LONG_S)

    queue = FrameQueue()
    feed = LiveFeed(Scripted(hanging, silence_s=0.05), queue)
    feed.start()
    times_s = read_all(queue)
    release.set()
    feed.stop()

    assert times_s == [0.0]
    assert queue.end is LiveEnd.SOURCE_LOST
    assert queue.message == "camera 0: no picture for 0.05 s; is the camera still plugged in?"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_even_a_bug_in_a_source_ends_the_take() -> None:
    def broken(stopped: threading.Event) -> Iterator[tuple[Image, float]]:
        yield PICTURE, 1.0
        raise RuntimeError("a bug")

    queue = FrameQueue()
    with LiveFeed(Scripted(broken), queue):
        assert read_all(queue) == [0.0]

    assert (queue.end, queue.message) == (LiveEnd.SOURCE_LOST, "camera 0: the source failed")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone.mp4: no such file; check the path"):
        open_source(str(tmp_path / "gone.mp4"))


def test_a_file_that_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_text("no video at all")
    with pytest.raises(SourceError, match="not a video that can be read"):
        open_source(str(path))
