"""Who is meant by largest, centre, left, right or a point."""

import numpy as np
import pytest
from pose.body_makers import stand

from motion.errors import InputError
from motion.pose.choice import PersonChoice, PersonTrack, Who, choose_person, parse_choice

SIZE = (640, 480)


def track(
    number: int, x_px: float, length_px: float, first: int = 0, last: int = 100
) -> PersonTrack:
    frames = np.arange(first, last)
    points = np.repeat(stand(x_px, 200.0, length_px).image_px[None], len(frames), axis=0)
    return PersonTrack(number=number, frames=frames, time_s=frames / 30, points_px=points)


PATIENT, HELPER = track(0, 300, 200), track(1, 480, 180)
PASSER_BY = track(2, 100, 400, first=20, last=40)
EVERYBODY = [PATIENT, HELPER, PASSER_BY]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("largest", 0),
        ("centre", 0),
        ("left", 0),
        ("right", 1),
        ("480,210", 1),
        ("300,190@2.5", 0),
        ("100,200@1", 2),
    ],
)
def test_choices(text: str, number: int) -> None:
    chosen = choose_person(EVERYBODY, parse_choice(text), SIZE)
    assert chosen is not None
    assert chosen.number == number


def test_who_passes_by_is_not_the_largest_but_may_be_pointed_at() -> None:
    assert choose_person(EVERYBODY, PersonChoice(), SIZE) is PATIENT
    point = PersonChoice(who=Who.POINT, x_px=100, y_px=200, time_s=1.0)
    assert choose_person(EVERYBODY, point, SIZE) is PASSER_BY


def test_left_is_meant_among_those_in_view_together() -> None:
    early = track(0, 50, 200, first=0, last=50)
    walking = track(1, 60, 200, first=0, last=100)
    walking.points_px[50:, :, 0] -= 60.0
    assert choose_person([early, walking], PersonChoice(who=Who.LEFT), SIZE) is early


def test_nobody() -> None:
    assert choose_person([], PersonChoice(), SIZE) is None


@pytest.mark.parametrize("text", ["", "biggest", "1", "1,2,3", "1,b", "1,2@x", "-1,2", "1,nan"])
def test_a_choice_that_means_nobody_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="person: expected largest"):
        parse_choice(text)


def test_a_point_outside_the_picture_is_refused() -> None:
    with pytest.raises(InputError, match="outside the picture of 640 x 480"):
        choose_person(EVERYBODY, parse_choice("700,100"), SIZE)


def test_a_point_at_nobody_chooses_nobody() -> None:
    with pytest.raises(InputError, match="nobody was followed"):
        choose_person([HELPER], parse_choice("40,40"), SIZE)


def test_a_point_beside_somebody_is_not_on_them() -> None:
    """Two people may stand so close that only one of them is followed."""
    with pytest.raises(InputError, match="nobody was followed"):
        choose_person([HELPER], parse_choice("430,180"), SIZE)
