"""The queue between a camera and its reader: bounded, newest first to stay, never waiting."""

import threading
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.capture.live import FrameQueue
from motion.model import LiveEnd

PICTURE = np.zeros((2, 2, 3), dtype=np.uint8)


def opened(depth_n: int = 2) -> FrameQueue:
    """Return a queue whose reader has begun to ask."""
    queue = FrameQueue(depth_n)
    assert queue.take(0.0) is None
    return queue


def taken(queue: FrameQueue) -> list[float]:
    times_s = []
    while (frame := queue.take(0.0)) is not None:
        times_s.append(frame.captured_s)
    return times_s


def test_a_full_queue_drops_the_oldest() -> None:
    queue = opened(2)
    for captured_s in (10.0, 10.5, 11.0):
        queue.put(PICTURE, captured_s)

    assert (queue.came_n, queue.dropped_n) == (3, 1)
    assert taken(queue) == [10.5, 11.0]


def test_time_counts_from_the_first_picture_that_was_taken() -> None:
    queue = opened()
    queue.put(PICTURE, 100.0)
    queue.put(PICTURE, 100.25)

    frames = [queue.take(0.0), queue.take(0.0)]

    assert [frame.time_s for frame in frames if frame] == [0.0, 0.25]
    assert [frame.captured_s for frame in frames if frame] == [100.0, 100.25]


def test_the_same_time_twice_is_a_duplicate() -> None:
    queue = opened(5)
    for captured_s in (1.0, 1.0, 0.5, 2.0, float("nan")):
        queue.put(PICTURE, captured_s)

    assert taken(queue) == [1.0, 2.0]
    assert (queue.came_n, queue.dropped_n, queue.duplicated_n) == (2, 0, 3)


def test_what_came_before_the_reader_is_of_no_take() -> None:
    queue = FrameQueue(2)
    for captured_s in (1.0, 2.0, 3.0, 4.0):
        queue.put(PICTURE, captured_s)

    assert taken(queue) == [3.0, 4.0]
    assert (queue.came_n, queue.dropped_n) == (2, 0)


def test_what_waits_is_given_after_the_end() -> None:
    queue = opened()
    queue.put(PICTURE, 1.0)
    queue.close(LiveEnd.SOURCE_LOST, "camera 0: gone")
    queue.put(PICTURE, 2.0)

    assert not queue.closed
    assert taken(queue) == [1.0]
    assert queue.closed
    assert (queue.end, queue.message) == (LiveEnd.SOURCE_LOST, "camera 0: gone")


def test_the_first_word_about_the_end_counts() -> None:
    queue = FrameQueue()
    queue.close(LiveEnd.FINISHED)
    queue.close(LiveEnd.STOPPED, "too late")

    assert (queue.end, queue.message, queue.accepting) == (LiveEnd.FINISHED, "", False)


@pytest.mark.parametrize("how", ["put", "close"])
def test_a_waiting_reader_wakes_up(how: str) -> None:
    queue = FrameQueue()

    def act() -> None:
        queue.wait_for_reader(60.0)
        if how == "put":
            queue.put(PICTURE, 1.0)
        else:
            queue.close(LiveEnd.STOPPED)

    thread = threading.Thread(target=act)
    thread.start()
    frame = queue.take(60.0)
    thread.join()

    assert (frame is None) == (how == "close")


def test_no_room_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="depth_n must be at least 1, got 0"):
        FrameQueue(0)


@given(
    depth_n=st.integers(1, 4),
    steps=st.lists(st.one_of(st.none(), st.floats(0.0, 50.0)), max_size=60),
)
def test_every_picture_is_taken_dropped_or_waiting(depth_n: int, steps: list[float | None]) -> None:
    queue = opened(depth_n)
    seen: list[float] = []
    for captured_s in steps:
        if captured_s is not None:
            queue.put(PICTURE, captured_s)
        elif frame := queue.take(0.0):
            seen.append(frame.time_s)
    waiting = taken(queue)

    assert queue.came_n == len(seen) + queue.dropped_n + len(waiting)
    assert queue.came_n + queue.duplicated_n == sum(step is not None for step in steps)
    assert len(waiting) <= depth_n
    assert all(before < after for before, after in pairwise(seen))


def test_pictures_that_were_never_unpacked_count_as_dropped() -> None:
    queue = opened(2)
    queue.put(PICTURE, 1.0)
    queue.count_stale(3)

    assert (queue.came_n, queue.dropped_n) == (4, 3)

    queue.close(LiveEnd.CLOSED)
    queue.count_stale(3)

    assert queue.came_n == 4
