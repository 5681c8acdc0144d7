"""Two takes side by side: whether they may be compared, and what their change amounts to."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance
from page_actions import button, texts

from dashboard.components.compare_verdict import judge_takes
from motion.clinic import exclude_take, list_takes, open_record
from motion.model import Position


@pytest.fixture
def squat(store):
    """Store a squat of a day whose knee went so far."""

    def put(day, value=80.0, code="P-1", **changes):
        measurement = make_measurement(value, mdc95=10.0)
        return store(
            code=code,
            started_at=STARTED_AT + timedelta(days=day),
            provenance=make_provenance(f"{day:064x}"),
            **{"movement": "squat", "measurements": (measurement,), "repetitions": ()} | changes,
        )

    return put


def judged():
    with open_record() as record:
        later, earlier = list_takes(record, "P-1")
    return judge_takes(earlier, later)


@pytest.mark.parametrize(
    ("value", "difference", "verdict"),
    [
        (92.0, "+12°", "Improved beyond measurement error"),
        (84.0, "+4°", "Change not detectable with this camera"),
        (66.0, "-14°", "Declined beyond measurement error"),
    ],
)
def test_the_change_of_the_main_number_has_its_verdict(squat, value, difference, verdict):
    squat(1)
    squat(8, value)
    said = judged()
    assert said.obstacle == ""
    assert said.change.startswith(f"Left knee flexion, largest: 80° → {value:.0f}° ({difference};")
    assert "smallest detectable change 10°" in said.change
    assert verdict in said.change
    assert "no change" not in said.change.lower()


def test_takes_that_differ_are_not_judged(squat, made):
    squat(1)
    squat(8, 100.0, conditions=replace(made.conditions, position=Position.SUPINE))
    assert judged().obstacle == "Not comparable: position differs"
    assert judged().change == ""


def test_takes_that_differ_are_not_judged_without_a_number_either(squat, made):
    squat(1, measurements=())
    squat(8, conditions=replace(made.conditions, position=Position.SUPINE))
    assert judged().obstacle == "Not comparable: position differs"


def test_without_a_main_number_in_both_nothing_is_judged(squat, open_page):
    first, second = squat(1), squat(8, measurements=())
    assert (judged().obstacle, judged().change) == ("", "")
    said = texts(open_page("compare", a=str(first.id), b=str(second.id)))
    assert "no main number was measured in both" in said


def test_a_take_that_is_left_out_is_not_judged(squat):
    squat(1)
    second = squat(8, 100.0)
    with open_record() as record:
        exclude_take(record, second.id, "blurred")
    assert judged().obstacle == "Not comparable: a take is left out"


def test_without_an_error_figure_no_change_is_judged(squat):
    for day, value in ((1, 80.0), (8, 100.0)):
        squat(day, measurements=(make_measurement(value, mdc95=math.nan, sem=math.nan),))
    assert "No error figure: change not judged" in judged().change


@pytest.mark.parametrize("turned", [False, True])
def test_the_earlier_take_stands_first_whatever_the_address_says(squat, open_page, turned):
    first, second = squat(1), squat(8, 92.0)
    a, b = (second, first) if turned else (first, second)
    at = open_page("compare", a=str(a.id), b=str(b.id))
    assert "80° → 92° (+12°" in texts(at)
    at = button(at, "Open the first take").click().run()
    assert at.query_params["take"] == str(first.id)


def test_takes_of_two_patients_are_refused(squat, open_page):
    first, second = squat(1), squat(8, code="P-2")
    (said,) = open_page("compare", a=str(first.id), b=str(second.id)).error
    assert "two takes of one patient were expected" in said.value.replace("\\", "")


def test_an_address_without_two_takes_leads_to_the_list(squat, open_page):
    assert "Choose two takes" in texts(open_page("compare"))
    assert "Choose two takes" in texts(open_page("compare", a=str(squat(1).id)))
