"""The numbers by which a recovery is read, on made-up lines of which every number is known."""

import math
from dataclasses import replace
from datetime import date

import pytest
from clinic_makers import make_gait_measurement, make_measurement
from clinic_takes import make_take
from plan_takes import make_item

from dashboard.against import Against
from dashboard.components.patient_header import since_operation
from dashboard.patient_numbers import find_best, list_cards
from motion.clinic import follow
from motion.clinic.change import Outcome
from motion.clinic.other_side import OtherSide
from motion.clinic.plan_limits import allowed_deg, is_beyond
from motion.model import MeasureVerdict, Side
from motion.norms import References

NOTHING = Against(references=References())
PROVISIONAL = "provisional error figure"


def line_of(*values, measure="rom_max", movement="knee_flexion", **changes):
    takes = [
        make_take(
            7 * week,
            make_measurement(value, measure=measure, **changes),
            movement=movement,
        )
        for week, value in enumerate(values)
    ]
    (line,) = follow(takes)
    return line


def cards(line, against=NOTHING, limit_deg=math.nan):
    return {card.title: card for card in list_cards(line, against, limit_deg)}


def test_a_recovery_in_a_few_numbers():
    found = cards(line_of(92.0, 115.0, 110.0))

    assert [found[name].value for name in ("Baseline", "Last", "Best")] == ["92°", "110°", "115°"]
    change = found["Change since the baseline"]
    assert (change.value, change.outcome) == ("+18°", Outcome.IMPROVED)
    assert change.notes == (
        f"Improved beyond measurement error ({PROVISIONAL}).",
        "92° to 110°.",
        "Smallest detectable change: 10°.",
    )
    before = found["Change since the take before"]
    assert (before.value, before.outcome) == ("-5°", Outcome.NOT_DETECTABLE)
    assert before.notes[0] == f"Change not detectable with this camera ({PROVISIONAL})."
    assert f"Standard error of measurement 4°, {PROVISIONAL}." in found["Baseline"].notes
    assert found["Target"].notes == ("No target is set.",)
    assert found["Other side (right)"].notes == ("No comparable take of it.",)


def test_a_published_error_is_not_called_provisional_and_none_is_said():
    published = cards(line_of(92.0, 110.0, mdc_source="a study"))
    assert "Standard error of measurement 4°." in published["Last"].notes
    assert published["Change since the baseline"].notes[0] == "Improved beyond measurement error."

    without = cards(line_of(92.0, 110.0, sem=math.nan, mdc95=math.nan, mdc_source=""))
    assert "No error figure." in without["Last"].notes
    assert without["Change since the baseline"].notes[0] == "No error figure: change not judged."


def test_one_take_has_no_change_and_no_best():
    found = cards(line_of(92.0))

    assert "Best" not in found
    assert found["Change"].value == "–"
    assert "second comparable" in found["Change"].notes[0]


def test_extension_is_said_as_what_is_lacking():
    found = cards(line_of(25.0, 12.0, measure="rom_min", movement="seated_knee_extension"))

    assert found["Baseline"].value == "lacks 25°"
    assert found["Best"].value == "lacks 12°"
    assert found["Change since the baseline"].value == "13° straighter"
    assert found["Change since the baseline"].outcome is Outcome.IMPROVED


def test_a_decline_says_that_a_second_take_confirmed_it():
    found = cards(line_of(110.0, 95.0, 94.0))

    change = found["Change since the baseline"]
    assert change.outcome is Outcome.DECLINED
    assert change.notes[-1] == "Confirmed by a second comparable take."


def test_the_target_and_the_other_side_stand_beside_the_last_number():
    line = line_of(92.0, 110.0)
    last = line.points[-1]
    theirs = replace(last.measurement, side=Side.RIGHT, value=138.0)
    other = OtherSide(take=last.take, measurement=theirs, difference=-28.0, beyond_error=True)
    against = Against(
        references=References(), target_deg=120.0, target_source="the exercise", other=other
    )
    found = cards(line, against)

    assert found["Target"].value == "120°"
    assert found["Target"].notes == ("Last: 110°, 10° below the target.", "The exercise.")
    assert found["Other side (right)"].value == "28° less on this side"
    assert found["Other side (right)"].notes[1] == f"Beyond the {PROVISIONAL}."
    assert not any("%" in card.value for card in found.values())


def test_what_lies_beyond_the_plans_limit_is_never_best():
    line = line_of(80.0, 88.0, 97.0)

    assert find_best(line).measurement.value == 97.0
    assert find_best(line, 90.0).measurement.value == 88.0
    assert find_best(line, 60.0) is None
    assert "Beyond the plan's limit of 90°." in cards(line, limit_deg=90.0)["Last"].notes
    assert "Best" not in cards(line, limit_deg=60.0)


@pytest.mark.parametrize(
    ("measure", "movement", "values", "best"),
    [
        ("rom_max", "knee_flexion", (92.0, 115.0, 110.0), 115.0),
        ("rom_min", "seated_knee_extension", (12.0, -9.0, 4.0), 4.0),
        ("tug_time", "walking", (14.0, 9.5, 11.0), 9.5),
        ("step_length_symmetry_ratio", "walking", (1.4, 0.95, 1.2), 0.95),
    ],
)
def test_best_is_what_is_better_in_that_measure(measure, movement, values, best):
    makes = make_measurement if measure.startswith("rom") else make_gait_measurement
    takes = [
        make_take(day, replace(makes(value), measure=measure), movement=movement)
        for day, value in enumerate(values)
    ]
    (line,) = follow(takes)

    assert find_best(line).measurement.value == best


def test_of_what_neither_way_is_better_there_is_no_best():
    takes = [
        make_take(day, replace(make_gait_measurement(value), measure="cadence"))
        for day, value in enumerate((101.0, 112.0))
    ]
    (line,) = follow(takes)

    assert find_best(line) is None
    assert "Neither way is better by itself." in cards(line)["Last"].notes


def test_too_few_strides_are_last_but_neither_baseline_nor_best():
    line = line_of(80.0, 95.0)
    few = replace(make_measurement(130.0), verdict=MeasureVerdict.FEW_STRIDES)
    takes = [point.take for point in line.points] + [make_take(40, few)]
    (line,) = follow(takes)
    found = cards(line)

    assert (found["Baseline"].value, found["Last"].value, found["Best"].value) == (
        "80°",
        "130°",
        "95°",
    )
    assert "Too few strides: change not judged." in found["Last"].notes
    assert found["Change since the baseline"].value == "+15°"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 2), "the day of the operation"),
        (date(2026, 3, 3), "1 day since the operation"),
        (date(2026, 3, 15), "13 days since the operation"),
        (date(2026, 3, 16), "2 weeks since the operation"),
        (date(2026, 5, 2), "8 weeks since the operation"),
        (date(2026, 2, 27), "3 days before the operation"),
        (date(2026, 1, 26), "5 weeks before the operation"),
    ],
)
def test_how_long_ago_the_operation_was(day, said):
    assert since_operation(date(2026, 3, 2), day) == said


def limited(exercise, limit_deg, side=Side.LEFT):
    return make_item(exercise, side, max_allowed_deg=limit_deg)


def test_the_plan_limits_the_joint_its_exercise_moves_on_its_side_only():
    line = line_of(80.0, 88.0)
    items = [
        limited("heel_slide", 100.0),
        limited("heel_slide", 90.0, Side.BOTH),
        limited("heel_slide", 70.0, Side.RIGHT),
        limited("seated_knee_extension", 20.0),
        make_item("heel_slide"),
    ]

    assert allowed_deg(items, line) == 90.0
    assert math.isnan(allowed_deg(items[2:], line))
    smallest = line_of(25.0, 22.0, measure="rom_min", movement="seated_knee_extension")
    assert allowed_deg(items, smallest) == 20.0


@pytest.mark.parametrize("limit_deg", [15.0, -15.0])
def test_a_limit_of_a_movement_to_both_sides_holds_for_either(limit_deg):
    items = [limited("side_bend", limit_deg, Side.NONE), limited("side_bend", 25.0, Side.NONE)]
    bend = {"movement": "side_bend", "joint": "trunk", "motion": "lateral_flexion"}
    right, left = (
        line_of(value, side=Side.NONE, measure=measure, **bend)
        for measure, value in (("rom_max", 18.0), ("rom_min", -18.0))
    )

    assert allowed_deg(items, right) == 15.0
    assert allowed_deg(items, left) == -15.0
    assert is_beyond(left.measurement, allowed_deg(items, left))
