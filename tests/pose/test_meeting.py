"""Who is who after two were on one body."""

import numpy as np
import pytest
from pose.body_makers import shift, stand

from motion.pose import FramePose
from motion.pose.meeting import note_meeting, tell_apart
from motion.pose.person import Person

SAME = np.tile([50.0, 10.0, 10.0], (3, 1))
OTHER = np.tile([50.0, 60.0, 40.0], (3, 1))


def person_on_the_way(number: int, start_px: float, speed_px_s: float) -> Person:
    person = Person(number, stand(start_px), 0.0, number)
    for k in range(1, 31):
        person.move(stand(start_px + speed_px_s * k / 30), k / 30)
    return person


def dress(person: Person, colours: np.ndarray) -> None:
    for _ in range(4):
        person.dress(colours)


def meet(sees: tuple[FramePose, FramePose], worn: tuple[np.ndarray, np.ndarray]) -> float:
    """Return how sure the first of two bodies is the stander's, half a second after they met."""
    stander, walker = person_on_the_way(0, 200, 0), person_on_the_way(1, 100, 100)
    dress(stander, worn[0])
    dress(walker, worn[1])
    meeting = note_meeting(stander, walker, 1.0, sure=False)
    return tell_apart(meeting, stander, (sees[0], worn[0]), (sees[1], worn[1]), 1.5)


def test_who_was_walking_is_the_one_who_is_farther_on() -> None:
    still, gone = stand(200), stand(250)
    assert meet((still, gone), (SAME, SAME)) > 0.25
    assert meet((gone, still), (SAME, SAME)) < -0.25


def test_two_on_one_place_in_like_clothes_cannot_be_told_apart() -> None:
    assert abs(meet((stand(224), stand(226)), (SAME, SAME))) < 0.25


def test_clothes_tell_two_apart_on_one_place() -> None:
    stander, walker = person_on_the_way(0, 200, 0), person_on_the_way(1, 100, 100)
    dress(stander, SAME)
    dress(walker, OTHER)
    meeting = note_meeting(stander, walker, 1.0, sure=False)
    here, there = stand(224), stand(226)
    assert tell_apart(meeting, stander, (here, SAME), (there, OTHER), 1.5) > 1.0
    assert tell_apart(meeting, stander, (here, OTHER), (there, SAME), 1.5) < -1.0


def test_the_course_is_that_before_the_meeting() -> None:
    walker = person_on_the_way(1, 100, 100)
    dragged = walker.body
    for k in range(31, 36):  # held fast by the other for the last frames
        walker.move(shift(dragged, 0), k / 30)
    meeting = note_meeting(walker, person_on_the_way(0, 200, 0), 35 / 30, sure=False)
    np.testing.assert_allclose(meeting.mine.velocity_px_s, [100, 0], atol=1e-6)
    assert meeting.mine.forecast(1.5)[0] == pytest.approx(250.0, abs=1e-6)
