"""A lifted hand pauses, goes on and stops; a hand that is part of something else does not."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from coach_makers import body, knee_bend

from motion.exercise.exercises import Region
from motion.exercise.hand_sign import HandSign, Sign
from motion.model import LivePose, Side, landmark_index

NOSE = landmark_index("nose")
WRIST = {side: landmark_index(f"{side}_wrist") for side in (Side.LEFT, Side.RIGHT)}


def poses(
    *parts: tuple[float, tuple[Side, ...]], rate_hz: float = 30.0, seen: float = 0.95
) -> Iterator[LivePose]:
    """Yield bodies that lift these hands for so many seconds."""
    row = 0
    for seconds, up in parts:
        for _ in range(round(seconds * rate_hz)):
            pose = body(row / rate_hz)
            image_px = np.array(pose.image_px)
            image_px[NOSE, 1] = 100.0
            for side, wrist in WRIST.items():
                image_px[wrist, 1] = 50.0 if side in up else 250.0
            visibility = np.full_like(pose.visibility, seen)
            yield replace(pose, image_px=image_px, visibility=visibility)
            row += 1


def signs(sign: HandSign, shown: Iterator[LivePose]) -> list[tuple[float, Sign]]:
    found = []
    for pose in shown:
        said = sign.update(pose)
        if said is not None:
            found.append((round(pose.time_s, 1), said))
    return found


DOWN: tuple[Side, ...] = ()
RIGHT = (Side.RIGHT,)
LEFT = (Side.LEFT,)
BOTH = (Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize("rate_hz", [10.0, 30.0, 60.0])
def test_a_hand_pauses_and_stops_when_it_stays(rate_hz: float) -> None:
    sign = HandSign(knee_bend(), Side.LEFT)

    found = signs(sign, poses((1.0, DOWN), (5.0, RIGHT), (1.0, DOWN), rate_hz=rate_hz))

    assert [said for _, said in found] == [Sign.PAUSE, Sign.STOP]
    assert found[0][0] == pytest.approx(2.5, abs=0.2)
    assert found[1][0] == pytest.approx(5.0, abs=0.2)


def test_a_second_lift_is_a_second_sign() -> None:
    sign = HandSign(knee_bend(), Side.LEFT)

    found = signs(sign, poses((1.0, DOWN), (2.0, LEFT), (1.0, DOWN), (2.0, LEFT), (1.0, DOWN)))

    assert [said for _, said in found] == [Sign.PAUSE, Sign.PAUSE]


def test_the_hand_that_began_the_exercise_is_no_sign_while_it_stays_up() -> None:
    sign = HandSign(knee_bend(), Side.LEFT)

    found = signs(sign, poses((8.0, RIGHT), (1.0, DOWN), (2.0, RIGHT)))

    assert [said for _, said in found] == [Sign.PAUSE]
    assert found[0][0] > 9.0


@pytest.mark.parametrize(
    ("side", "up", "speaks"),
    [(Side.LEFT, LEFT, False), (Side.LEFT, RIGHT, True), (Side.BOTH, RIGHT, False)],
)
def test_an_arm_that_exercises_does_not_speak(
    side: Side, up: tuple[Side, ...], speaks: bool
) -> None:
    sign = HandSign(knee_bend(region=Region.SHOULDER), side)

    assert bool(signs(sign, poses((1.0, DOWN), (3.0, up)))) is speaks


@pytest.mark.parametrize(("up", "seen"), [(BOTH, 0.95), (RIGHT, 0.6), (DOWN, 0.95)])
def test_both_hands_or_a_hand_that_is_not_plainly_seen_say_nothing(
    up: tuple[Side, ...], seen: float
) -> None:
    sign = HandSign(knee_bend(), Side.LEFT)

    assert not signs(sign, poses((1.0, DOWN), (6.0, up), seen=seen))
