"""Who can be somebody's next body, and who cannot."""

import numpy as np
import pytest
from pose.body_makers import shift, stand

from motion.pose.person import Person

RED = np.tile([50.0, 60.0, 40.0], (3, 1))
BLUE = np.tile([50.0, 0.0, -40.0], (3, 1))
PERIOD_S = 1 / 30


def walker(speed_px_s: float = 0.0, frames_n: int = 30) -> Person:
    person = Person(0, stand(100), 0.0, 0)
    for _ in range(4):
        person.dress(RED)
    for k in range(1, frames_n):
        person.move(shift(stand(100), speed_px_s * k * PERIOD_S), k * PERIOD_S)
    return person


def test_a_small_step_is_theirs_and_a_leap_is_not() -> None:
    person = walker()
    now_s = person.time_s + PERIOD_S
    assert person.measure_strangeness(shift(person.body, 5), now_s) < 0.5
    assert person.measure_strangeness(shift(person.body, 60), now_s) > 1.0


def test_who_walks_is_expected_farther_on() -> None:
    person = walker(speed_px_s=120.0)
    now_s = person.time_s + 0.2
    ahead = shift(person.body, 24.0)
    assert person.measure_strangeness(ahead, now_s) < 0.1
    assert person.measure_strangeness(person.body, now_s) > 0.4


@pytest.mark.parametrize("length_px", [40.0, 150.0])
def test_another_size_is_nobodys_next(length_px: float) -> None:
    person = walker()
    other = stand(100, length_px=length_px)
    assert person.measure_strangeness(other, person.time_s + PERIOD_S) == np.inf


def test_longer_unseen_may_be_farther_away_but_not_anywhere() -> None:
    person = walker()
    near, far = shift(person.body, 60), shift(person.body, 400)
    assert person.measure_strangeness(near, person.time_s + 0.5) < 1.0
    assert person.measure_strangeness(far, person.time_s + 60.0) > 1.0


def test_other_clothes_are_another_person() -> None:
    person = walker()
    assert person.may_be(person.body, BLUE, person.time_s + PERIOD_S, alone=False) == np.inf
    assert person.may_be(person.body, RED, person.time_s + PERIOD_S, alone=False) < 1.0


def test_who_comes_back_elsewhere_needs_the_same_clothes() -> None:
    person = walker()
    elsewhere = shift(person.body, 400)
    later_s = person.time_s + 5.0
    assert person.may_be(elsewhere, RED, later_s, alone=False) <= 1.0
    assert person.may_be(elsewhere, np.add(RED, [0, 20, 0]), later_s, alone=False) > 1.0
    assert person.may_be(elsewhere, np.add(RED, [0, 20, 0]), later_s, alone=True) > 1.0
    assert person.may_be(elsewhere, BLUE, later_s, alone=True) > 1.0


def test_who_stands_there_after_an_absence_must_be_recognised() -> None:
    """The therapist shows the exercise and goes; the patient comes to the same place."""
    person = walker()
    strange = np.add(RED, [0, 20, 0])
    soon_s, later_s = person.time_s + 0.5, person.time_s + 2.0
    assert person.may_be(person.body, strange, soon_s, alone=True) <= 1.0
    assert person.may_be(person.body, strange, later_s, alone=True) == np.inf
    assert person.may_be(person.body, RED, later_s, alone=True) <= 1.0


def test_clothes_are_known_from_several_sights() -> None:
    person = walker()
    assert person.wears(RED) == 0.0
    assert person.wears(BLUE) > 50
    person.dress(BLUE)
    assert person.wears(BLUE) == 0.0
    assert person.wears(RED) == 0.0
    stranger = Person(1, stand(0), 0.0)
    stranger.dress(RED)
    assert np.isnan(stranger.wears(RED))  # one sight tells little
