"""What repetitions that are taken out do to the number of a functional test."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from functional_makers import ChairPlan, StancePlan, film_chair, make_chair, make_stance
from makers import STARTED_AT, make_provenance

from motion.correcting import Correction, measure_corrected
from motion.exercise.functional_chair import measure_five_stands, measure_thirty_seconds
from motion.exercise.functional_left_out import doubt_left_out
from motion.exercise.functional_motion import FunctionalResult
from motion.exercise.functional_stance import measure_stance
from motion.exercise.repetition_edits import RepetitionEdit
from motion.library import load_functional_errors
from motion.measuring import measure_again, measure_recording
from motion.model import (
    FUNCTIONAL,
    Analysis,
    LeftOutTime,
    Measurement,
    MeasureVerdict,
    RemovedAs,
    Side,
    is_comparable,
)
from motion.settings import AnalysisSettings, recall_settings

FIGURES = load_functional_errors()
TAKEN_OUT = [RemovedAs.MISTRACKED, RemovedAs.OTHER_MOVEMENT]


@pytest.fixture(scope="module", params=["five_sit_to_stand", "thirty_second_sit_to_stand"])
def measured(request: pytest.FixtureRequest) -> Analysis:
    """Return five stands within the thirty seconds, timed from GO at 1.5 s."""
    recording = film_chair(ChairPlan(duration_s=32.0))
    settings = AnalysisSettings(movement=request.param, go_s=1.5)
    provenance = replace(make_provenance(recording), settings=settings.as_pairs())
    return measure_recording(recording, settings, provenance, STARTED_AT)


def of_test(analysis: Analysis) -> Measurement:
    (number,) = (m for m in analysis.measurements if m.joint == FUNCTIONAL)
    return number


def without(measured: Analysis, places: Sequence[int], why: RemovedAs) -> Analysis:
    edits = tuple(RepetitionEdit.remove(measured.repetitions[n], why) for n in places)
    return measure_corrected(measured, Correction(repetitions=edits))


@pytest.mark.parametrize("why", TAKEN_OUT)
def test_with_one_out_of_five_the_number_stays_and_is_uncertain(measured, why):
    before, third = of_test(measured), measured.repetitions[2]
    now = of_test(without(measured, [2], why))
    assert before.verdict is MeasureVerdict.MEASURED
    assert now.value == pytest.approx(before.value, abs=0.05)
    assert now.verdict is MeasureVerdict.UNCERTAIN
    assert not is_comparable(now)
    said = f"{third.start_s:.1f} to {third.end_s:.1f} s ({why.text})"
    assert now.note == f"the test's time holds what was left out by hand: {said}"


@pytest.mark.parametrize("why", TAKEN_OUT)
def test_with_all_five_out_no_number_is_given_nor_when_measured_again(measured, why):
    out = without(measured, range(5), why)
    for analysis in (out, measure_again(out, recall_settings(out))):
        now = of_test(analysis)
        assert now.verdict is MeasureVerdict.NOT_MEASURABLE
        assert math.isnan(now.value)
        assert math.isnan(now.mdc95)
        assert now.note.startswith("every repetition of the test was left out by hand: ")
        assert now.note.count(why.text) == 5
        assert (now.measure, now.side) == (of_test(measured).measure, Side.BOTH)


def test_what_is_only_not_counted_changes_nothing_of_a_test(measured):
    before = of_test(measured)
    now = of_test(without(measured, range(5), RemovedAs.NOT_COUNTED))
    assert (now.verdict, now.note) == (before.verdict, before.note)
    assert now.value == pytest.approx(before.value, abs=0.05)


# ---------------------------------------------------------------- the time of a test


def time_out(start_s: float, end_s: float, why: RemovedAs = RemovedAs.MISTRACKED) -> LeftOutTime:
    return LeftOutTime(
        joint="knee", motion="flexion", side=Side.LEFT, start_s=start_s, end_s=end_s, why=why
    )


def test_a_test_says_in_which_time_it_was_measured():
    plan = ChairPlan(duration_s=34.0)
    five = measure_five_stands(make_chair(plan), 1.5, FIGURES)
    thirty = measure_thirty_seconds(make_chair(plan), 1.5, FIGURES)
    assert five.spans_s == ((1.5, pytest.approx(plan.seated_s(5), abs=0.01)),)
    assert thirty.spans_s == ((1.5, 31.5),)
    # Of three tries from 1, 5 and 11 s the second is the longest: up to 4 s and twice 0.4 s.
    tries = StancePlan(lifts=((1.0, 2.0, 0), (5.0, 4.0, 0), (11.0, 1.0, 0)), duration_s=16.0)
    ((start_s, end_s),) = measure_stance(make_stance(tries), FIGURES).spans_s
    assert 5.0 < start_s < 5.4
    assert end_s - start_s == pytest.approx(tries.held_s(1), abs=0.02)


def test_what_lies_before_go_or_after_the_end_is_no_matter():
    result = measure_five_stands(make_chair(), 1.5, FIGURES)
    ((start_s, end_s),) = result.spans_s
    beside = (time_out(0.0, start_s), time_out(end_s, end_s + 2.0))
    assert doubt_left_out(result, beside, ()) == result
    into = doubt_left_out(result, (time_out(end_s - 0.1, end_s + 2.0),), ())
    assert into.measurements[0].verdict is MeasureVerdict.NOT_MEASURABLE


def test_one_that_stands_beside_the_test_gives_it_nothing():
    result = measure_five_stands(make_chair(), 1.5, FIGURES)
    end_s = result.spans_s[0][1]
    not_counted = RemovedAs.NOT_COUNTED

    def verdict(*others: LeftOutTime) -> MeasureVerdict:
        given = doubt_left_out(result, (time_out(2.0, 4.0), *others), ())
        return given.measurements[0].verdict

    assert verdict(time_out(5.0, 7.0, not_counted)) is MeasureVerdict.UNCERTAIN
    assert verdict(time_out(end_s - 0.5, end_s + 2.0, not_counted)) is MeasureVerdict.NOT_MEASURABLE


def test_a_test_that_was_not_measured_stays_so():
    missing = measure_five_stands(make_chair(ChairPlan(starts_s=(2.0, 4.4))), 1.5, FIGURES)
    assert missing.spans_s == ()
    assert doubt_left_out(missing, (time_out(2.0, 4.0),), ()) == missing
    assert doubt_left_out(FunctionalResult(), (time_out(2.0, 4.0),), ()) == FunctionalResult()
