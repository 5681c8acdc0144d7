"""What the filters of the Patient page leave, and how an address names them."""

import math
from dataclasses import replace

import pytest
from clinic_makers import make_measurement
from clinic_takes import make_take
from hypothesis import given
from hypothesis import strategies as st

from dashboard.patient_choice import (
    Filters,
    filter_lines,
    filter_quantities,
    filter_takes,
    filters_from,
    filters_to,
    key_of,
    quantity_of,
)
from motion.clinic import follow
from motion.model import Mode, Setting, Side, TakeConditions

KNEE = make_measurement(90.0)
HIP = make_measurement(70.0, joint="hip", motion="abduction", side=Side.RIGHT)
HOME = TakeConditions(setting=Setting.HOME, mode=Mode.ASSISTED)


def made():
    """A knee in the clinic, a knee and a hip at home; the newest first."""
    return (
        make_take(2, KNEE, HIP, conditions=HOME),
        make_take(1, KNEE),
        make_take(0, HIP),
    )


def test_without_filters_everything_is_left():
    takes = made()

    assert filter_takes(takes, Filters()) == takes
    assert len(filter_lines(follow(takes), Filters())) == 4


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(joint="knee"), [0, 1]),
        (Filters(motion="abduction"), [0, 2]),
        (Filters(side=Side.RIGHT), [0, 2]),
        (Filters(setting=Setting.HOME), [0]),
        (Filters(setting=Setting.CLINIC), [1, 2]),
        (Filters(mode=Mode.ASSISTED), [0]),
        (Filters(mode=Mode.PASSIVE), []),
        (Filters(joint="knee", setting=Setting.CLINIC), [1]),
        (Filters(joint="knee", motion="abduction"), []),
    ],
)
def test_takes_are_left_by_all_filters_together(filters, left):
    takes = made()

    assert filter_takes(takes, filters) == tuple(takes[place] for place in left)


def test_a_number_that_was_not_measured_does_not_hold_a_take():
    hidden = replace(KNEE, value=math.nan)
    take = make_take(0, hidden, HIP)

    assert filter_takes([take], Filters(joint="knee")) == ()
    assert filter_takes([take], Filters(joint="hip")) == (take,)


def test_an_excluded_take_is_filtered_like_any_other():
    take = make_take(0, KNEE, excluded_reason="blurred")

    assert filter_takes([take], Filters(joint="knee")) == (take,)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(joint="knee"), {("knee", Setting.CLINIC), ("knee", Setting.HOME)}),
        (Filters(setting=Setting.HOME), {("knee", Setting.HOME), ("hip", Setting.HOME)}),
        (Filters(mode=Mode.ACTIVE, side=Side.RIGHT), {("hip", Setting.CLINIC)}),
    ],
)
def test_lines_are_left_by_what_all_their_takes_agree_in(filters, left):
    found = filter_lines(follow(made()), filters)

    assert {
        (line.measurement.joint, line.points[0].take.conditions.setting) for line in found
    } == left


def test_quantities_are_left_in_their_order():
    quantities = tuple(map(quantity_of, (HIP, KNEE, replace(KNEE, measure="rom_min"))))

    assert filter_quantities(quantities, Filters(joint="knee")) == quantities[1:]
    assert key_of(quantities[1]) == "rom_max.knee.flexion.left"


def test_an_address_that_names_nothing_known_narrows_nothing():
    asked = {"side": "up", "setting": "moon", "mode": "", "other": "1"}

    assert filters_from(asked) == Filters()


@given(
    st.builds(
        Filters,
        joint=st.sampled_from(["", "knee", "gait"]),
        motion=st.sampled_from(["", "flexion"]),
        side=st.sampled_from([None, *Side]),
        setting=st.sampled_from([None, *Setting]),
        mode=st.sampled_from([None, *Mode]),
    )
)
def test_an_address_gives_the_filters_back(filters):
    assert filters_from(filters_to(filters)) == filters
