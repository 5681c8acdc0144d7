"""Both hands held up stop an exercise, and nothing else does."""

from dataclasses import replace

import numpy as np
import pytest

from motion.library import find_exercise
from motion.live.hands import HandsUp, may_stop_by_hands
from motion.model import LivePose, landmark_index

LEFT, RIGHT = landmark_index("left_wrist"), landmark_index("right_wrist")


def pose(time_s: float, *up: int, hidden: int | None = None) -> LivePose:
    image_px = np.full((33, 2), 300.0)
    image_px[landmark_index("nose")] = 100.0
    image_px[list(up)] = 50.0
    visibility = np.full(33, 0.95)
    if hidden is not None:
        visibility[hidden] = 0.3
    nobody = LivePose.nobody(time_s)
    return replace(nobody, image_px=image_px, visibility=visibility, presence=visibility)


def first_stop(make, *, until_s: float = 5.0) -> float | None:
    hands = HandsUp()
    times = np.arange(0.0, until_s, 0.1)
    return next((time_s for time_s in times if hands.update(make(time_s))), None)


def test_both_hands_up_for_two_seconds_stop() -> None:
    assert first_stop(lambda time_s: pose(time_s, LEFT, RIGHT)) == pytest.approx(2.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda time_s: pose(time_s, LEFT),
        lambda time_s: pose(time_s, LEFT, RIGHT, hidden=RIGHT),
        lambda time_s: pose(time_s, LEFT, RIGHT) if time_s % 1.5 < 1.4 else pose(time_s),
        LivePose.nobody,
    ],
)
def test_one_hand_an_unseen_one_a_short_one_and_nobody_do_not(make) -> None:
    assert first_stop(make) is None


@pytest.mark.parametrize(
    ("name", "may"), [("squat", True), ("arm_raise_sideways", False), ("elbow_curl", False)]
)
def test_where_the_arms_are_the_exercise_they_stop_nothing(name: str, may: bool) -> None:
    assert may_stop_by_hands(find_exercise(name)) is may
