"""What a patient reads after a live take: true, kind, and never more than the camera can tell."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import make_analysis, make_measurement, make_repetition
from live_page_makers import make_facts

from dashboard.live_summary import summary_lines
from motion.clinic import ensure_patient, list_takes, open_record, store_analysis
from motion.exercise.prescription import Prescription
from motion.model import CoachedRepetition, LiveEnd, RepetitionVerdict, Side
from motion.texts import load_texts

KNEE = Prescription(exercise="seated_knee_extension", side=Side.LEFT)


def make_take(value=92.0, day=0, verdicts=(RepetitionVerdict.FULL,) * 3, **changes):
    made = make_analysis(
        measurements=(make_measurement(value, **changes),),
        repetitions=tuple(
            make_repetition(number + 1, verdict=verdict) for number, verdict in enumerate(verdicts)
        ),
    )
    file = replace(made.provenance.input, sha256=f"{day:064d}")
    return replace(
        made,
        started_at=made.started_at + timedelta(days=day),
        provenance=replace(made.provenance, input=file),
    )


def counted(full_n, partial_n=0):
    one = CoachedRepetition(
        start_s=1.0, peak_s=1.5, end_s=2.0, peak_deg=80.0, side=Side.LEFT, direction=1, full=True,
        hold_s=0.0, set_number=1,
    )  # fmt: skip
    return (one,) * full_n + (replace(one, full=False),) * partial_n


def say(*takes, prescription=KNEE, language="en", **facts):
    with open_record() as record:
        ensure_patient(record, "P-1")
        for take in takes:
            store_analysis(record, take, "P-1")
        stored = list_takes(record, "P-1")
    told = make_facts(**({"repetitions": counted(3)} | facts))
    return summary_lines(takes[-1], told, prescription, stored, load_texts(language))


def test_the_first_time_there_is_nothing_to_compare():
    lines = say(make_take())
    assert lines[:2] == [
        "You did 3 of 3 repetitions.",
        "Your best was 92 degrees. This is your first time, so there is nothing to compare yet.",
    ]
    assert lines[-1] == "The camera saw you well."


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (98.0, "Your best was 98 degrees (+6° since the start). This is within measurement error, "
               "so let us keep watching."),
        (112.0, "Your best was 112 degrees (+20° since the start). That is more than the "
                "measurement error. Well done."),
        (70.0, "Your best was 70 degrees (-22° since the start). That is more than the measurement "
               "error. Your clinic will look at it with you."),
    ],
)  # fmt: skip
def test_a_change_is_held_against_the_measurement_error(later, said):
    lines = say(make_take(92.0), make_take(later, day=7))
    assert said in lines
    assert "The measurement error is a first estimate." in lines


def test_a_take_of_another_position_is_not_compared():
    before = make_take(92.0)
    lying = replace(before.conditions, position="supine")
    lines = say(replace(before, conditions=lying), make_take(120.0, day=7))
    assert any("it is not compared" in line for line in lines)
    assert not any("+28" in line for line in lines)


def test_beyond_a_limit_nothing_is_praised():
    limited = replace(KNEE, max_allowed_deg=90.0)
    lines = say(make_take(60.0), make_take(89.0, day=7), prescription=limited)
    assert "You reached 89 degrees." in lines
    assert not any("best" in line or "Well done" in line for line in lines)


def test_where_the_coach_counted_otherwise_it_says_so():
    verdicts = (RepetitionVerdict.FULL, RepetitionVerdict.FULL, RepetitionVerdict.PARTIAL)
    lines = say(make_take(verdicts=verdicts), repetitions=counted(3))
    assert lines[:3] == [
        "You did 2 of 3 repetitions.",
        "1 more was part of the way.",
        "The coach counted 3. Looking at it again gave 2.",
    ]


def test_what_was_not_held_for_long_enough_is_counted_apart():
    short = replace(counted(1)[0], start_s=0.0, end_s=100.0, hold_s=1.0, full=False)
    lines = say(make_take(), repetitions=(short,), hold_wanted_s=5.0)
    assert lines[:2] == [
        "You did 0 of 3 repetitions.",
        "3 more were not held for long enough.",
    ]
    held = replace(short, hold_s=4.0, full=True)
    assert say(make_take(), repetitions=(held,) * 3, hold_wanted_s=5.0)[0] == (
        "You did 3 of 3 repetitions."
    )


def test_one_degree_is_said_as_one():
    assert any("Your best was 1 degree." in line for line in say(make_take(1.0)))


def test_an_interrupted_take_says_that_it_is_kept():
    lines = say(make_take(), end=LiveEnd.CLOSED)
    assert "The exercise ended early. What you did until then is kept." in lines


def test_what_was_not_seen_is_not_measured():
    lines = say(make_take(math.nan, verdicts=()), repetitions=())
    assert lines == [
        "You did 0 of 3 repetitions.",
        "The camera did not see enough to measure this time.",
    ]


def test_the_summary_speaks_german():
    assert say(make_take(), language="de")[0] == "Sie haben es 3 von 3 Mal geschafft."
