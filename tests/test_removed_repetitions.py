"""What a repetition that is taken out takes with it: exact answers on a drawn body."""

import math
from dataclasses import replace

import numpy as np
import pytest
from clinic_makers import assert_same
from hypothesis import given
from hypothesis import strategies as st
from makers import (
    CAMERA_LEFT,
    STARTED_AT,
    UNFILTERED,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
)

from motion.correcting import Correction, measure_corrected
from motion.exercise.repetition_edits import RepetitionEdit, find_left_out_times
from motion.kinematics.left_out import curve_without, left_out_of, reason_left_out
from motion.measuring import measure_again, measure_recording
from motion.model import (
    Analysis,
    AngleCurve,
    LeftOutTime,
    Measurement,
    MeasureVerdict,
    Mirrored,
    RemovedAs,
    Repetition,
    RepetitionVerdict,
    Side,
)
from motion.settings import AnalysisSettings, recall_settings

TIME_S = uniform_times(10.0)
CURVE = "left_knee_flexion"
TRUE_DEG = 65.0
"""The first and the third repetition bend from 5 by 60 degrees, the second one by 125."""


@pytest.fixture(scope="module")
def measured() -> Analysis:
    usual = repetitions(TIME_S, [1.0, 7.0], 1.0)
    wild = repetitions(TIME_S, [4.0], 1.0)
    pose = {"knee_flexion": 5.0 + 60.0 * usual + 125.0 * wild, "hip_flexion": 80.0 * wild}
    recording = make_recording(pose, TIME_S, azimuth_deg=CAMERA_LEFT)
    chosen = AnalysisSettings(movement="squat", cleaning=UNFILTERED)
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    return measure_recording(recording, chosen, provenance, STARTED_AT)


def number(analysis: Analysis, measure: str, joint: str = "knee") -> Measurement:
    return next(
        m
        for m in analysis.measurements
        if (m.measure, m.joint, m.side) == (measure, joint, Side.LEFT)
    )


def without(measured: Analysis, place: int, why: RemovedAs) -> Analysis:
    edit = RepetitionEdit.remove(measured.repetitions[place], why)
    return measure_corrected(measured, Correction(repetitions=(edit,)))


@pytest.mark.parametrize(
    ("why", "largest_deg", "hip_deg"),
    [
        (RemovedAs.MISTRACKED, TRUE_DEG, 0.0),
        (RemovedAs.OTHER_MOVEMENT, TRUE_DEG, 0.0),
        (RemovedAs.NOT_COUNTED, 130.0, 80.0),
    ],
)
def test_the_largest_angle_is_read_from_what_is_left(measured, why, largest_deg, hip_deg):
    assert number(measured, "rom_max").value == pytest.approx(130.0, abs=0.01)
    now = without(measured, 1, why)
    assert number(now, "rom_max").value == pytest.approx(largest_deg, abs=0.01)
    assert number(now, "rom_range").value == pytest.approx(largest_deg - 5.0, abs=0.02)
    # Its time counts for no other angle either; a tenth of the way is outside of it.
    assert number(now, "rom_max", "hip").value <= hip_deg + 0.11 * 80.0
    assert len(now.repetitions) == 2
    assert np.array_equal(
        now.angles[CURVE].value_deg, measured.angles[CURVE].value_deg, equal_nan=True
    )


def test_the_note_says_which_time_was_left_out_and_why(measured):
    now = without(measured, 1, RemovedAs.MISTRACKED)
    second = measured.repetitions[1]
    said = f"left out by hand: {second.start_s:.1f} to {second.end_s:.1f} s (tracked wrongly)"
    for measure in ("rom_max", "rom_min", "rom_range"):
        assert said in number(now, measure).note
        # The angle is the camera's: its error figure stands, and its verdict.
        assert number(now, measure).mdc95 == number(measured, measure).mdc95
        assert number(now, measure).verdict is number(measured, measure).verdict
    assert "left out" not in number(without(measured, 1, RemovedAs.NOT_COUNTED), "rom_max").note


def test_what_was_taken_out_sets_no_target_for_the_others(measured):
    """Without a target a whole repetition reaches 60 % of the take's own 95th percentile."""
    small = replace(measured, movement="")
    chosen = replace(recall_settings(small), side=Side.LEFT)
    free = measure_again(small, chosen)
    knees = [r for r in free.repetitions if (r.joint, r.side) == ("knee", Side.LEFT)]
    assert [r.verdict for r in knees] == [
        RepetitionVerdict.PARTIAL,
        RepetitionVerdict.FULL,
        RepetitionVerdict.PARTIAL,
    ]
    edit = RepetitionEdit.remove(knees[1], RemovedAs.MISTRACKED)
    now = measure_corrected(free, Correction(repetitions=(edit,)))
    assert [r.verdict for r in now.repetitions] == [RepetitionVerdict.FULL] * 2


def test_it_stays_left_out_when_the_take_is_measured_again(measured):
    now = without(measured, 1, RemovedAs.OTHER_MOVEMENT)
    again = measure_again(now, recall_settings(now))
    assert_same(again.measurements, now.measurements)
    assert recall_settings(again).left_out == recall_settings(now).left_out
    assert len(recall_settings(again).left_out) == 1


def test_a_repetition_that_is_added_there_takes_the_time_in_again(measured):
    second = measured.repetitions[1]
    now = without(measured, 1, RemovedAs.MISTRACKED)
    back = RepetitionEdit.add(measured.angles[CURVE], second.start_s, second.end_s)
    again = measure_corrected(now, Correction(repetitions=(back,)))
    assert recall_settings(again).left_out == ()
    for measure in ("rom_max", "rom_min", "rom_range"):
        assert number(again, measure).value == number(measured, measure).value


def test_where_nothing_is_left_no_number_is_given(measured):
    whole = replace(measured.repetitions[1], start_s=0.0, end_s=float(TIME_S[-1]))
    times = find_left_out_times((), [RepetitionEdit.remove(whole, RemovedAs.MISTRACKED)])
    chosen = replace(recall_settings(measured), repetitions=(), left_out=times)
    now = measure_again(measured, chosen)
    top = number(now, "rom_max")
    assert top.verdict is MeasureVerdict.NOT_MEASURABLE
    assert now.counted_on == measured.counted_on
    assert math.isnan(top.value)
    assert "nothing is left beside what was left out by hand: 0.0 to 10.0 s" in top.note
    assert now.repetitions == ()


def all_out(measured: Analysis, *whys: RemovedAs) -> Analysis:
    pairs = zip(measured.repetitions, whys, strict=True)
    edits = tuple(RepetitionEdit.remove(each, why) for each, why in pairs)
    return measure_corrected(measured, Correction(repetitions=edits))


@pytest.mark.parametrize("why", [RemovedAs.MISTRACKED, RemovedAs.OTHER_MOVEMENT])
@pytest.mark.parametrize("joint", ["knee", "hip"])
def test_where_every_repetition_was_taken_out_the_rest_between_is_no_range(measured, why, joint):
    """The knee is counted, the hip bends with it: at rest they are at 5 and at 0 degrees."""
    now = all_out(measured, why, why, why)
    for measure in ("rom_max", "rom_min", "rom_range"):
        given = number(now, measure, joint)
        assert given.verdict is MeasureVerdict.NOT_MEASURABLE
        assert math.isnan(given.value)
        assert given.note.startswith("every repetition was left out by hand, only rest is left: ")
        assert given.note.count(why.text) == 3
    assert now.repetitions == ()


def test_one_that_was_only_not_counted_did_reach_that_far(measured):
    wrong, real = RemovedAs.MISTRACKED, RemovedAs.NOT_COUNTED
    now = all_out(measured, real, wrong, wrong)
    assert now.repetitions == ()
    assert number(now, "rom_max").value == pytest.approx(TRUE_DEG, abs=0.01)
    assert number(now, "rom_max").verdict is MeasureVerdict.MEASURED
    # Measured again it is still known; and its time is none that is told as left out.
    again = measure_again(now, recall_settings(now))
    assert_same(again.measurements, now.measurements)
    assert real.text not in number(again, "rom_max").note


def test_a_repetition_that_is_added_gives_the_range_back(measured):
    wrong = RemovedAs.MISTRACKED
    last = measured.repetitions[2]
    now = all_out(measured, wrong, wrong, wrong)
    back = RepetitionEdit.add(measured.angles[CURVE], last.start_s, last.end_s)
    again = measure_corrected(now, Correction(repetitions=(back,)))
    assert number(again, "rom_max").value == pytest.approx(TRUE_DEG, abs=0.01)
    assert number(again, "rom_max").verdict is MeasureVerdict.MEASURED
    assert number(again, "rom_max").note.count(wrong.text) == 2


def test_a_neighbour_moved_into_a_time_brings_back_no_more_than_it_covers(measured):
    """The third one is moved to begin within the second one, past its false peak."""
    second, third = measured.repetitions[1:]
    now = without(measured, 1, RemovedAs.MISTRACKED)
    early_s = second.end_s - 0.05
    edit = RepetitionEdit.move(now.repetitions[1], early_s, third.end_s)
    again = measure_corrected(now, Correction(repetitions=(edit,)))
    (left,) = recall_settings(again).left_out
    assert (left.start_s, left.end_s) == (second.start_s, early_s)
    slope_deg = number(again, "rom_max").value
    assert TRUE_DEG - 0.01 <= slope_deg < 70.0
    assert left.text in number(again, "rom_max").note


def test_it_goes_to_the_other_side_with_the_whole_take(measured):
    now = without(measured, 1, RemovedAs.MISTRACKED)
    said = replace(now.conditions, mirrored=Mirrored.YES)
    turned = measure_corrected(now, Correction(conditions=said))
    (kept,) = recall_settings(turned).left_out
    assert (kept.side, kept.joint) == (Side.RIGHT, "knee")
    top = next(
        m
        for m in turned.measurements
        if (m.measure, m.joint, m.side) == ("rom_max", "knee", Side.RIGHT)
    )
    assert top.value == pytest.approx(TRUE_DEG, abs=0.01)


# ---------------------------------------------------------------- one curve


def curve(side: Side = Side.LEFT, joint: str = "knee") -> AngleCurve:
    value_deg = np.arange(10.0)
    return AngleCurve(
        joint=joint,
        motion="flexion",
        side=side,
        value_deg=value_deg,
        confidence=np.ones(10),
        filled=np.zeros(10, dtype=bool),
    )


def time_out(start_s: float, end_s: float, side: Side = Side.LEFT) -> LeftOutTime:
    return LeftOutTime(
        joint="knee",
        motion="flexion",
        side=side,
        start_s=start_s,
        end_s=end_s,
        why=RemovedAs.MISTRACKED,
    )


def test_a_time_leaves_every_curve_but_what_stands_on_its_own(measured):
    """At one frame a second: 3 to 5 s is out; a kept right repetition from 4 to 6 s stays."""
    at_s, times = np.arange(10.0), (time_out(3.0, 5.0),)
    kept = replace(measured.repetitions[0], side=Side.RIGHT, start_s=4.0, end_s=6.0)
    left = curve_without(curve(), at_s, times, (kept,))
    right = curve_without(curve(Side.RIGHT), at_s, times, (kept,))
    hip = curve_without(curve(joint="hip"), at_s, times, (kept,))
    assert np.flatnonzero(np.isnan(left.value_deg)).tolist() == [3, 4, 5]
    assert np.flatnonzero(np.isnan(right.value_deg)).tolist() == [3]
    assert np.flatnonzero(np.isnan(hip.value_deg)).tolist() == [3, 4, 5]
    assert left_out_of(curve(), at_s, times, (kept,)) == times
    whole = replace(kept, start_s=3.0)
    assert left_out_of(curve(Side.RIGHT), at_s, times, (whole,)) == ()


def test_the_angle_then_its_side_then_the_take_say_whether_a_movement_is_left(measured):
    """Frames 3 to 5 s of the left knee are out; which repetition that stands gives what."""
    at_s, times = np.arange(10.0), (time_out(3.0, 5.0),)
    one = replace(measured.repetitions[0], start_s=7.0, end_s=9.0)
    left, right, hip, trunk = (
        one, replace(one, side=Side.RIGHT), replace(one, joint="hip"),
        replace(one, joint="trunk", side=Side.NONE),
    )  # fmt: skip
    curves = [curve(), curve(joint="hip"), curve(Side.RIGHT), curve(Side.NONE, "trunk")]

    def gives(*stand: Repetition, of: tuple[LeftOutTime, ...] = times) -> list[bool]:
        return [not reason_left_out(each, at_s, of, stand) for each in curves]

    assert gives() == [False, False, False, False]
    assert gives(left) == [True, True, True, True]
    assert gives(hip) == [False, True, True, True]
    assert gives(right) == [False, False, True, True]
    assert gives(trunk) == [False, True, True, True]
    # One that lies within the time gives its own angle only: of the others it is out as well.
    within = replace(hip, start_s=3.0, end_s=5.0)
    assert gives(within) == [False, True, False, False]
    counted_not = replace(time_out(7.0, 9.0), why=RemovedAs.NOT_COUNTED)
    assert gives(of=(*times, counted_not)) == [True, True, True, True]
    assert gives(of=(counted_not,)) == [True, True, True, True]


def test_a_time_is_cut_by_what_is_added_within_it(measured):
    """Of 2 to 6 s, one of 3 to 4 s takes its own part in again; of less than 0.01 s none stays."""
    one = measured.repetitions[0]
    out = replace(time_out(2.0, 6.0), why=RemovedAs.OTHER_MOVEMENT)

    def left(start_s: float, end_s: float, **changes: object) -> list[tuple[float, float]]:
        edit = RepetitionEdit(after=replace(one, start_s=start_s, end_s=end_s, **changes))
        times = find_left_out_times((out,), [edit])
        assert {t.why for t in times} <= {out.why}
        return [(t.start_s, t.end_s) for t in times]

    assert left(3.0, 4.0) == [(2.0, 3.0), (4.0, 6.0)]
    assert left(1.0, 2.05) == [(2.05, 6.0)]
    assert left(5.5, 7.0) == [(2.0, 5.5)]
    assert left(2.004, 5.996) == left(1.0, 7.0) == []
    assert left(6.0, 7.0) == left(0.0, 2.0) == left(1.0, 7.0, side=Side.RIGHT) == [(2.0, 6.0)]


def test_what_was_not_counted_is_said_anew_by_one_that_is_added_there(measured):
    one = measured.repetitions[0]
    edits = [
        RepetitionEdit.remove(one, RemovedAs.NOT_COUNTED),
        RepetitionEdit(after=replace(one, start_s=one.start_s + 0.2)),
    ]
    assert [t.why for t in find_left_out_times((), edits[:1])] == [RemovedAs.NOT_COUNTED]
    assert find_left_out_times((), edits) == ()


@given(
    side=st.sampled_from(list(Side)),
    motion=st.sampled_from(["flexion", "lateral_flexion"]),
    start_s=st.floats(0, 1e5, allow_nan=False),
    long_s=st.floats(0, 1e3, allow_nan=False),
    why=st.sampled_from(list(RemovedAs)),
)
def test_a_time_is_read_as_it_was_written(side, motion, start_s, long_s, why):
    told = LeftOutTime(
        joint="neck",
        motion=motion,
        side=side,
        start_s=start_s,
        end_s=start_s + long_s,
        why=why,
    )
    assert LeftOutTime.read(told.code) == told
    assert " " not in told.code


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), max_size=12))
def test_what_is_left_out_is_what_was_removed_since_it_was_last_added(measured, steps):
    """Slots of one second on one angle, removed and added in any order."""
    one = measured.repetitions[0]
    out: set[int] = set()
    edits = []
    for added, slot in steps:
        there = replace(one, start_s=float(slot), end_s=slot + 1.0)
        if added:
            edits.append(RepetitionEdit(after=there))
            out.discard(slot)
        else:
            edits.append(RepetitionEdit.remove(there, RemovedAs.MISTRACKED))
            out.add(slot)
    assert {int(t.start_s) for t in find_left_out_times((), edits)} == out
