"""Reading ahead: order, errors in their place, a thread that stops, a bounded lead."""

import threading
import time
from collections.abc import Iterator

import pytest

from motion.capture import prefetch


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "prefetch"]


def wait_until_still(made: list[int]) -> int:
    seen = -1
    while seen != len(made):
        seen = len(made)
        time.sleep(0.05)
    return seen


def test_order() -> None:
    assert list(prefetch(range(100))) == list(range(100))
    assert list(prefetch([])) == []
    assert threads() == []


def test_error_comes_at_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("torn tape")

    ahead = prefetch(items())
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(ValueError, match="torn tape"):
        next(ahead)
    assert threads() == []


@pytest.mark.parametrize("depth", [1, 4])
def test_lead_is_bounded(depth: int) -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number

    ahead = prefetch(items(), depth)
    assert next(ahead) == 0
    assert wait_until_still(made) <= depth + 2
    ahead.close()
    assert len(made) <= depth + 3
    assert threads() == []


def test_closing_before_the_first_item_starts_nothing() -> None:
    ahead = prefetch(range(3))
    ahead.close()
    assert threads() == []


def test_error_in_the_consumer_stops_the_thread() -> None:
    ahead = prefetch(iter(range(1000)), 2)
    for item in ahead:
        if item == 3:
            break
    ahead.close()
    assert threads() == []
