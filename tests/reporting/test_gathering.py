"""What a report holds a number against: the other side as of when, and the plan's limit."""

from dataclasses import replace

import numpy as np
import pytest
from clinic_makers import make_measurement
from clinic_takes import make_take
from plan_takes import make_item
from report_makers import make_patient

from motion.clinic import TakeSummary
from motion.model import NearSide, Side, TakeConditions
from motion.report.progress_values import Followed
from motion.report.sentences import other_text
from motion.reporting.gathering import follow_for_report


def bent(day: float, value: float, side: Side = Side.RIGHT) -> TakeSummary:
    number = make_measurement(value, side=side)
    near = TakeConditions(near_side=NearSide(side.value))
    return make_take(day, number, side=side, conditions=near, movement="heel_slide")


def followed(*takes: TakeSummary, **given: object) -> dict[Side, Followed]:
    found = follow_for_report(make_patient(), takes, (), given.pop("items", ()), **given)
    return {each.number.side: each for each in found}


def test_the_other_side_of_the_same_day_needs_no_day() -> None:
    found = followed(bent(0, 138.0, Side.LEFT), bent(0.1, 116.0))

    assert other_text(found[Side.RIGHT]) == "left 138°"


def test_the_other_side_has_its_day_where_its_own_row_says_something_later() -> None:
    found = followed(bent(0, 116.0), bent(0.1, 138.0, Side.LEFT), bent(2, 119.0))

    # The left knee's number is of the day on which the right one was at 116, not yet at 119.
    assert other_text(found[Side.LEFT]) == "right 116° (2 Mar 2026)"
    assert other_text(found[Side.RIGHT]) == "left 138° (2 Mar 2026)"


def test_a_later_number_that_was_left_out_is_none() -> None:
    later = replace(bent(2, 119.0), excluded_reason="another person")

    found = followed(bent(0, 116.0), bent(0.1, 138.0, Side.LEFT), later)

    assert other_text(found[Side.LEFT]) == "right 116°"


@pytest.mark.parametrize(("limit_deg", "foretold"), [(np.nan, True), (125.0, True), (105.0, False)])
def test_nothing_is_foretold_beyond_the_plans_limit(limit_deg: float, foretold: bool) -> None:
    days = np.arange(0.0, 57.0, 7.0)
    values = 110.0 - 50.0 * np.exp(-days / 30.0)
    item = make_item("heel_slide", Side.RIGHT, max_allowed_deg=limit_deg)

    line = followed(*map(bent, days, values), items=[item])[Side.RIGHT]

    # The takes end at 102 degrees, the curve a little above 105.
    assert line.number.value < 105.0
    assert (line.recovery is not None) is foretold
