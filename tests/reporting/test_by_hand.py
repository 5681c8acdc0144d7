"""What was measured by hand, in reports and notes."""

import pytest
from clinic_makers import make_measurement
from clinic_takes import make_take
from report_makers import by_hand, follow_takes, make_patient, make_report, read_pages

from motion.clinic import Instrument
from motion.clinic.hand_takes import takes_by_hand
from motion.model import NearSide, TakeConditions, WeightBearing
from motion.report.notes import note_for_record
from motion.report.pdf import lay_out_progress
from motion.reporting.gathering import follow_for_report


@pytest.mark.parametrize(
    ("joint", "value", "said"),
    [("knee", 10.0, "lacks 10°"), ("elbow", -10.0, "10° hyperextension")],
)
def test_a_straightened_joint_lacks_or_goes_beyond(joint: str, value: float, said: str) -> None:
    found = takes_by_hand("P1", [], [by_hand(value, joint=joint, measure="rom_min")])

    followed = follow_for_report(make_patient(), found, (), ())
    note = note_for_record("P1", followed, {})

    assert f"{joint.capitalize()} extension L, active, by goniometer: {said}" in note
    assert "smallest" not in note


def test_a_value_stays_when_the_take_beside_it_is_left_out() -> None:
    take = make_take(0, make_measurement(100.0), excluded_reason="another person")
    hand = takes_by_hand("P1", [take], [by_hand(104.0, take_id=take.id)])

    (followed,) = follow_for_report(make_patient(), (take, *hand), (), ())

    assert (followed.by_hand, followed.number.value) == (True, 104.0)


def test_an_angle_drawn_on_a_picture_goes_with_its_take() -> None:
    gone = make_take(0, make_measurement(100.0), excluded_reason="another person")
    take = make_take(0, make_measurement(100.0))
    drawn = {"instrument": Instrument.ANGLE_TOOL}

    assert takes_by_hand("P1", [gone], [by_hand(104.0, take_id=gone.id, **drawn)]) == ()
    (kept,) = takes_by_hand("P1", [take], [by_hand(104.0, take_id=take.id, **drawn)])
    assert kept.view is take.view


@pytest.mark.parametrize(
    ("instrument", "said", "never"),
    [
        (Instrument.GONIOMETER, "By hand: goniometer", "no error figure"),
        (Instrument.INCLINOMETER, "no error figure is known of the inclinometer", "goniometer"),
    ],
)
def test_the_error_figure_of_what_was_measured_by_hand(
    instrument: Instrument, said: str, never: str
) -> None:
    hand = takes_by_hand("P1", [], [by_hand(104.0, instrument=instrument)])

    words = " ".join(read_pages(lay_out_progress(make_report(follow_takes(hand))).content))

    assert said in words
    assert never not in words


def test_a_note_says_the_conditions_of_a_take() -> None:
    given = TakeConditions(weight_bearing=WeightBearing.NONE, aid="none", near_side=NearSide.LEFT)
    take = make_take(0, make_measurement(100.0), conditions=given)

    note = note_for_record("P1", follow_for_report(make_patient(), (take,), (), ()), {})

    assert "no weight bearing, aid: none, left side near the camera" in note
