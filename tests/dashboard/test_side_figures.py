"""No error figure of the camera for two numbers of which one rests on a hand."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance

from dashboard.components.compare_verdict import judge_takes
from dashboard.components.patient_sides import side_verdict_of
from dashboard.other_side_words import side_verdict
from dashboard.side_pairs import list_side_pairs
from motion.clinic import list_takes, open_record
from motion.clinic.other_side import find_other_side
from motion.kinematics.hand_numbers import without_figures
from motion.model import NearSide, Side


@pytest.fixture
def both_sides(store, made):
    """Store the left knee on one day and the right one on the next, each near the camera."""

    def put(left, right):
        for day, number in enumerate((left, right)):
            near = NearSide(number.side.value)
            store(
                code="P-1",
                started_at=STARTED_AT + timedelta(days=day),
                provenance=make_provenance(f"{day:064x}"),
                movement="squat",
                conditions=replace(made.conditions, near_side=near),
                measurements=(number,),
                repetitions=(),
            )
        with open_record() as record:
            return list_takes(record, "P-1")

    return put


LEFT = make_measurement(80.0, mdc95=10.0)
RIGHT = make_measurement(120.0, mdc95=12.0, side=Side.RIGHT)


@pytest.mark.parametrize(
    ("left", "right", "mdc95", "beyond", "said"),
    [
        (LEFT, RIGHT, 12.0, True, "Beyond the measurement error"),
        (LEFT, replace(RIGHT, value=91.0), 12.0, False, "Within the measurement error"),
        (without_figures(LEFT), RIGHT, math.nan, False, "No error figure: not judged"),
        (LEFT, without_figures(RIGHT), math.nan, False, "No error figure: not judged"),
    ],
)
def test_sides_are_held_against_the_cameras_figure_only_where_both_are_the_cameras(
    both_sides, left, right, mdc95, beyond, said
):
    takes = both_sides(left, right)
    (pair,) = list_side_pairs(takes)
    assert pair.mdc95 == pytest.approx(mdc95, nan_ok=True)
    assert pair.beyond_error is beyond
    assert side_verdict_of(pair)[0] == said

    last = takes[0]
    other = find_other_side(takes, last, last.measurements[0])
    assert other is not None
    assert other.beyond_error is beyond
    judged = side_verdict(other, last.measurements[0])
    assert (judged == "no error figure: not judged") is math.isnan(mdc95)


def test_a_change_to_a_hands_number_names_no_smallest_change(store, made):
    for day, number in enumerate((LEFT, without_figures(replace(LEFT, value=92.0)))):
        store(
            code="P-1",
            started_at=STARTED_AT + timedelta(days=day),
            provenance=make_provenance(f"{day:064x}"),
            movement="squat",
            measurements=(number,),
            repetitions=(),
        )
    with open_record() as record:
        later, earlier = list_takes(record, "P-1")
    assert judge_takes(earlier, later).change == (
        "Left knee flexion, largest: 80° → 92° (+12°). No error figure: change not judged."
    )
