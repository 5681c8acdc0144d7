"""A patient's takes are read once and again after every change; what is drawn first of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance
from page_actions import texts

from dashboard import known_takes
from dashboard.drawn_lines import lines_to_draw, list_quantities
from dashboard.known_takes import lines_of, takes_of
from motion.clinic import (
    Better,
    exclude_take,
    find_patient,
    follow,
    include_take,
    list_takes,
    mark_retest,
    open_record,
    update_patient,
)
from motion.clinic.changes import read_stamp
from motion.model import Setting, Side, TakeConditions

KNEE = ("rom_max", "knee", "flexion", Side.LEFT)
SQUAT = (("hip", "flexion", Side.LEFT), ("knee", "flexion", Side.LEFT))


def squat(day, value=90.0):
    ends = tuple(
        make_measurement(
            value - 80.0 * (measure == "rom_min"), measure=measure, joint=joint, motion=motion,
            side=side,
        )
        for joint, motion, side in SQUAT
        for measure in ("rom_max", "rom_min")
    )  # fmt: skip
    return {
        "movement": "squat",
        "started_at": STARTED_AT + timedelta(days=day),
        "provenance": make_provenance(f"{day:064x}"),
        "measurements": ends,
        "repetitions": (),
    }


@pytest.fixture
def asked(monkeypatch):
    """How often the record was asked for all takes."""
    count = []

    def reading(record, code):
        count.append(code)
        return list_takes(record, code)

    monkeypatch.setattr(known_takes, "list_takes", reading)
    return count


def test_takes_are_read_once_until_one_of_them_changes(store, asked):
    first = store(**squat(1))
    with open_record() as record:
        before = takes_of(record, "P-1")

        assert takes_of(record, "P-1") is before
        assert len(asked) == 1

        exclude_take(record, first.id, "blurred")

        assert takes_of(record, "P-1")[0].excluded_reason == "blurred"

        include_take(record, first.id, "clear enough")

        assert takes_of(record, "P-1") == before

    store(**squat(2))
    with open_record() as record:
        assert len(takes_of(record, "P-1")) == 2
        assert takes_of(record, "P-1") == list_takes(record, "P-1")


def test_two_patients_takes_are_kept_apart(store, asked):
    store(**squat(1))
    store(code="P-2", **squat(2))
    store(code="P-2", **squat(3))
    with open_record() as record:
        assert [len(takes_of(record, code)) for code in ("P-1", "P-2", "P-1")] == [1, 2, 1]
    assert asked == ["P-1", "P-2"]


def test_every_change_gives_another_stamp(store):
    take = store(**squat(1))
    with open_record() as record:
        stamps = [read_stamp(record, "P-1")]
        for change in (
            lambda: exclude_take(record, take.id, "blurred"),
            lambda: include_take(record, take.id, "clear enough"),
            lambda: mark_retest(record, [take.id], "measured twice"),
            lambda: update_patient(record, replace(find_patient(record, "P-1"), birth_year=2016)),
        ):
            change()
            stamps.append(read_stamp(record, "P-1"))

    assert len(set(stamps)) == len(stamps)


def test_a_page_asks_the_record_for_all_takes_once(store, asked, open_page):
    for day in (1, 8):
        store(**squat(day))
    page = open_page("patient", patient="P-1")
    page.run()

    assert not page.exception
    assert "Over time" in texts(page)
    assert asked == ["P-1"]


def test_the_lines_of_a_number_are_those_of_all_numbers_together(store):
    for day in (1, 8, 15):
        store(**squat(day, 90.0 + day))
    with open_record() as record:
        takes = list_takes(record, "P-1")
        quantities = list_quantities(takes)
        drawn = [line for each in quantities for line in lines_of(record, "P-1", each)]
        every = follow(takes)
    judged = [line for line in every if line.direction.better is not Better.NONE]

    def said(line):
        return (line.measurement, line.trend, [(p.take.id, p.verdict) for p in line.points])

    assert len(drawn) == 3
    assert {str(said(line)) for line in drawn} == {str(said(line)) for line in judged}


def test_the_lines_are_made_again_after_a_change_only(store):
    for day in (1, 8):
        store(**squat(day))
    later = store(**squat(15))
    with open_record() as record:
        before = lines_of(record, "P-1", KNEE)

        assert lines_of(record, "P-1", KNEE) is before

        exclude_take(record, later.id, "blurred")

        assert [len(line.points) for line in lines_of(record, "P-1", KNEE)] == [2]


def test_the_angle_that_an_exercise_is_counted_by_comes_first(store):
    for day in (1, 8):
        store(**squat(day))
    with open_record() as record:
        takes = list_takes(record, "P-1")

    assert list_quantities(takes)[0] == KNEE
    unknown = [replace(take, movement="") for take in takes]
    assert list_quantities(unknown)[0][1] == "hip", "as stored, where no exercise says what counts"


def both_sides(day, first=Side.LEFT):
    """A knee from the front, the given side stored first."""
    sides = (first, Side.RIGHT if first is Side.LEFT else Side.LEFT)
    given = squat(day)
    measurements = tuple(make_measurement(90.0, side=side) for side in sides)
    return given | {"measurements": measurements}


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_affected_side_goes_before_the_other_one_of_the_same_day(store, side):
    store(**both_sides(1))
    with open_record() as record:
        takes = list_takes(record, "P-1")

    assert list_quantities(takes, side)[0] == ("rom_max", "knee", "flexion", side)


def test_what_was_never_measured_left_out_or_says_nothing_is_not_followed(store):
    left_out = store(**squat(1))
    hidden = make_measurement(float("nan"), joint="hip")
    lean = make_measurement(30.0, joint="trunk", side=Side.NONE)
    store(**(squat(2) | {"measurements": (hidden, lean, make_measurement(80.0))}))
    with open_record() as record:
        exclude_take(record, left_out.id, "blurred")

        assert list_quantities(list_takes(record, "P-1")) == (KNEE,)


def test_a_line_with_a_change_goes_before_a_later_take_that_stands_alone(store):
    for day in (1, 8):
        store(**squat(day))
    store(**(squat(9) | {"conditions": TakeConditions(setting=Setting.HOME)}))
    with open_record() as record:
        lines = lines_to_draw(list_takes(record, "P-1"), KNEE)

    assert [len(line.points) for line in lines] == [2, 1]


def test_of_one_days_exercises_the_one_with_most_takes_comes_first(store):
    for day in (1, 8, 15):
        store(**squat(day))
    for day in (8.2, 15.2):
        given = squat(int(day)) | {"movement": "heel_curl"}
        store(**(given | {"started_at": STARTED_AT + timedelta(days=day)}))
    with open_record() as record:
        lines = lines_to_draw(list_takes(record, "P-1"), KNEE)

    assert [len(line.points) for line in lines] == [3, 2]
