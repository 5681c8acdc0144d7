"""Corrections, sign-offs and left-out numbers in the record, on SQLite and on PostgreSQL."""

from dataclasses import replace
from uuid import UUID, uuid4

import numpy as np
import pytest
from clinic_makers import assert_same
from makers import (
    CAMERA_LEFT,
    STARTED_AT,
    make_provenance,
    make_recording,
    repetitions,
    uniform_times,
)

from motion.clinic import (
    NumberKey,
    Record,
    StoredTake,
    correct_take,
    ensure_patient,
    exclude_number,
    find_sign_off,
    include_number,
    list_analyses,
    list_edits,
    list_excluded_numbers,
    list_history,
    list_takes,
    load_analysis,
    load_take,
    restore_analysis,
    sign_off,
    store_analysis,
    withdraw_sign_off,
)
from motion.clinic.better import better_of
from motion.clinic.change import judge_change
from motion.clinic.changes import read_stamp
from motion.correcting import Correction, SideSwap, measure_corrected
from motion.errors import InputError, RecordConflictError, RecordNotFoundError
from motion.exercise.repetition_edits import RepetitionEdit
from motion.kinematics.landmark_edits import LandmarkEdit
from motion.measuring import measure_again, measure_recording
from motion.model import Analysis, Mirrored, Origin, RemovedAs, Side, landmark_index
from motion.settings import AnalysisSettings, recall_settings

TIME_S = uniform_times(6.0)
KNEE = landmark_index("left_knee")
PLACED = LandmarkEdit(time_s=2.0, landmark="left_knee", x_px=300.0, y_px=250.0)
TOP = NumberKey("rom_max", "knee", "flexion", Side.LEFT)


@pytest.fixture(scope="module")
def squat() -> Analysis:
    share = repetitions(TIME_S, [1.0, 3.5], 1.0)
    pose = {"knee_flexion": 5.0 + 90.0 * share, "hip_flexion": 2.0 + 80.0 * share}
    recording = make_recording(pose, TIME_S, azimuth_deg=CAMERA_LEFT)
    settings = AnalysisSettings(movement="squat")
    provenance = replace(make_provenance(recording), settings=settings.as_pairs())
    return measure_recording(recording, settings, provenance, STARTED_AT)


@pytest.fixture
def take(record: Record, squat: Analysis) -> StoredTake:
    ensure_patient(record, "P1")
    return store_analysis(record, squat, "P1", author="Ann")


def place(record: Record, take: StoredTake, *edits: LandmarkEdit) -> StoredTake:
    measured = measure_corrected(take.analysis, Correction(landmarks=edits or (PLACED,)))
    return correct_take(record, take, measured, "knee jumped to the chair", author="Bea")


def test_a_placed_landmark_is_stored_and_noted(record: Record, take: StoredTake) -> None:
    now = place(record, take)

    (summary,) = list_takes(record, "P1")
    assert (summary.hand_points, summary.analysis_id) == (1, now.analysis_id)
    assert now.analysis.recording.placed[60, KNEE]
    (note,) = [e for e in list_edits(record, take.id) if e.field == "left knee at 2.000 s"]
    assert note.after == "300.0, 250.0 px, by hand"
    assert note.before is not None
    assert note.before.endswith("px, found")
    assert (note.author, note.reason) == ("Bea", "knee jumped to the chair")


def test_what_was_stored_loads_bit_for_bit_and_measures_the_same(
    record: Record, take: StoredTake
) -> None:
    now = place(record, take)
    again = measure_again(now.analysis, recall_settings(now.analysis))
    assert_same(again.measurements, now.analysis.measurements)
    assert np.array_equal(again.recording.by_hand, now.analysis.recording.by_hand)
    for mine, stored in zip(again.angles.curves, now.analysis.angles.curves, strict=True):
        assert np.array_equal(mine.value_deg, stored.value_deg, equal_nan=True)
        assert np.array_equal(mine.by_hand, stored.by_hand)


def test_the_analysis_before_is_kept_and_can_be_gone_back_to(
    record: Record, take: StoredTake
) -> None:
    now = place(record, take)
    assert_same(
        load_analysis(record, take.id, take.analysis_id).measurements, take.analysis.measurements
    )
    back = restore_analysis(record, now, take.analysis_id, "it was right", author="Ann")

    assert_same(back.analysis.measurements, take.analysis.measurements)
    assert np.array_equal(
        back.analysis.recording.image_px, take.analysis.recording.image_px, equal_nan=True
    )
    versions = list_analyses(record, take.id)
    assert [v.number for v in versions] == [1, 2, 3]
    assert [v.is_current for v in versions] == [False, False, True]
    assert [v.hand_points for v in versions] == [0, 1, 0]
    assert [v.reason for v in versions] == ["", "knee jumped to the chair", "it was right"]


def test_going_back_is_refused_to_what_is_current_or_another_take(
    record: Record, take: StoredTake
) -> None:
    with pytest.raises(InputError, match="current one already"):
        restore_analysis(record, take, take.analysis_id, "why")
    with pytest.raises(RecordNotFoundError, match="choose one of its list"):
        restore_analysis(record, take, uuid4(), "why")


def test_of_two_who_correct_at_once_the_second_is_told_and_nothing_is_lost(
    record: Record, take: StoredTake
) -> None:
    first = place(record, take)
    with pytest.raises(RecordConflictError, match="somebody else meanwhile"):
        place(record, take, replace(PLACED, time_s=3.0))
    assert load_take(record, take.id).analysis_id == first.analysis_id
    assert len(list_analyses(record, take.id)) == 2


def test_a_correction_needs_a_reason_and_something_corrected(
    record: Record, take: StoredTake
) -> None:
    measured = measure_corrected(take.analysis, Correction(landmarks=(PLACED,)))
    with pytest.raises(InputError, match="reason"):
        correct_take(record, take, measured, "  ")
    with pytest.raises(InputError, match="nothing was corrected"):
        correct_take(record, take, take.analysis, "why")
    assert len(list_analyses(record, take.id)) == 1


def test_corrected_repetitions_come_back_as_corrected(record: Record, take: StoredTake) -> None:
    first, second = take.analysis.repetitions
    edits = (
        RepetitionEdit.move(first, first.start_s - 0.1, first.end_s),
        RepetitionEdit.remove(second, RemovedAs.NOT_COUNTED),
    )
    measured = measure_corrected(take.analysis, Correction(repetitions=edits))
    now = correct_take(record, take, measured, "one was a stumble")

    (kept,) = now.analysis.repetitions
    assert kept.origin is Origin.BY_HAND
    settings = recall_settings(now.analysis)
    assert settings.repetitions == now.analysis.repetitions
    assert_same(measure_again(now.analysis, settings).repetitions, now.analysis.repetitions)
    assert [r.origin for r in list_takes(record, "P1")[0].repetitions] == [Origin.BY_HAND]


def test_exchanged_sides_stay_exchanged(record: Record, take: StoredTake) -> None:
    measured = measure_corrected(take.analysis, Correction(swaps=(SideSwap(),)))
    now = correct_take(record, take, measured, "labels were exchanged")
    again = measure_again(now.analysis, recall_settings(now.analysis))
    assert np.array_equal(again.recording.image_px, now.analysis.recording.image_px)
    assert recall_settings(now.analysis).sides_said


# ---------------------------------------------------------------- sign-off


def test_a_sign_off_belongs_to_the_current_analysis_and_ends_with_it(
    record: Record, take: StoredTake
) -> None:
    stamp = read_stamp(record, "P1")
    made = sign_off(record, take.id, expected=take.analysis_id, note="plausible", author=" Bea ")
    assert (made.author, made.note) == ("Bea", "plausible")
    assert find_sign_off(record, take.id) == made
    assert [t.signed_off_by for t in list_takes(record, "P1")] == ["Bea"]
    assert read_stamp(record, "P1") != stamp

    now = place(record, take)
    assert find_sign_off(record, take.id) is None
    assert [t.signed_off_by for t in list_takes(record, "P1")] == [None]
    back = restore_analysis(record, now, take.analysis_id, "it was right")
    assert find_sign_off(record, take.id) is None
    assert back.analysis_id != take.analysis_id


def test_a_sign_off_needs_a_name_and_the_analysis_that_was_looked_at(
    record: Record, take: StoredTake
) -> None:
    with pytest.raises(InputError, match="needs a name"):
        sign_off(record, take.id, expected=take.analysis_id, author="  ")
    place(record, take)
    with pytest.raises(RecordConflictError, match="somebody else meanwhile"):
        sign_off(record, take.id, expected=take.analysis_id, author="Bea")
    assert find_sign_off(record, take.id) is None


def test_nobody_signs_numbers_that_were_left_out_meanwhile(
    record: Record, take: StoredTake
) -> None:
    (first, *_) = take.analysis.measurements
    key = NumberKey(first.measure, first.joint, first.motion, first.side)
    exclude_number(record, take.id, key, "blurred", expected=take.analysis_id, author="Ann")
    looked_at = {"expected": take.analysis_id, "author": "Bea"}

    with pytest.raises(RecordConflictError, match="changed by somebody else"):
        sign_off(record, take.id, expected_version=take.version, **looked_at)
    now = load_take(record, take.id)
    sign_off(record, take.id, expected_version=now.version, **looked_at)


def test_a_sign_off_is_withdrawn_with_a_reason_and_can_be_given_again(
    record: Record, take: StoredTake
) -> None:
    known: UUID = take.analysis_id
    with pytest.raises(InputError, match="not signed off"):
        withdraw_sign_off(record, take.id, "why", expected=known)
    sign_off(record, take.id, expected=known, author="Bea")
    with pytest.raises(InputError, match="signed off by Bea already"):
        sign_off(record, take.id, expected=known, author="Ann")
    with pytest.raises(InputError, match="reason"):
        withdraw_sign_off(record, take.id, "", expected=known)
    withdraw_sign_off(record, take.id, "wrong patient", expected=known, author="Ann")
    assert find_sign_off(record, take.id) is None
    sign_off(record, take.id, expected=known, author="Ann")
    assert [t.signed_off_by for t in list_takes(record, "P1")] == ["Ann"]
    told = [(e.who, e.sentence, e.reason) for e in list_history(record, take.id)][1:]
    assert told == [
        ("Bea", "Signed off by Bea", ""),
        ("Ann", "Sign-off of Bea withdrawn", "wrong patient"),
        ("Ann", "Signed off by Ann", ""),
    ]


# ---------------------------------------------------------------- numbers left out


def test_a_number_that_was_left_out_stays_out_until_it_is_taken_in_again(
    record: Record, take: StoredTake
) -> None:
    exclude_number(record, take.id, TOP, "the chair hid it", expected=take.analysis_id)
    assert TOP not in {NumberKey.of(m) for m in list_takes(record, "P1")[0].measurements}

    now = place(record, take)
    assert list_excluded_numbers(record, take.id) == {TOP: "the chair hid it"}
    include_number(record, take.id, TOP, "seen well", expected=now.analysis_id)
    assert list_excluded_numbers(record, take.id) == {}
    assert TOP in {NumberKey.of(m) for m in list_takes(record, "P1")[0].measurements}


def test_a_number_is_left_out_with_a_reason_of_the_analysis_that_was_looked_at(
    record: Record, take: StoredTake
) -> None:
    with pytest.raises(InputError, match="reason"):
        exclude_number(record, take.id, TOP, " ", expected=take.analysis_id)
    nothing = TOP._replace(measure="rom_most")
    with pytest.raises(InputError, match="choose one of them"):
        exclude_number(record, take.id, nothing, "why", expected=take.analysis_id)
    with pytest.raises(RecordConflictError, match="meanwhile"):
        exclude_number(record, take.id, TOP, "why", expected=uuid4())


def test_a_sign_off_ends_when_a_number_is_left_out_and_when_it_is_taken_in_again(
    record: Record, take: StoredTake
) -> None:
    known = take.analysis_id
    for turn, sentence in (
        (exclude_number, "Left out: left knee flexion, largest"),
        (include_number, "Taken in again: left knee flexion, largest"),
    ):
        sign_off(record, take.id, expected=known, author="Bea")
        turn(record, take.id, TOP, "looked again", expected=known, author="Cy")
        assert find_sign_off(record, take.id) is None
        assert [t.signed_off_by for t in list_takes(record, "P1")] == [None]
        told = list_history(record, take.id)[-1]
        assert (told.sentence, told.who) == (sentence, "Cy")
        assert told.changes == ("Sign-off of Bea ended: the numbers are no more those signed off",)
    sign_off(record, take.id, expected=known, author="Bea")


def test_what_was_left_out_goes_to_the_other_side_with_the_whole_take_and_back(
    record: Record, take: StoredTake
) -> None:
    exclude_number(record, take.id, TOP, "the chair hid it", expected=take.analysis_id)
    said = replace(take.analysis.conditions, mirrored=Mirrored.YES)
    turned = measure_corrected(take.analysis, Correction(conditions=said))
    now = correct_take(record, take, turned, "it was a mirror image")
    other = TOP._replace(side=Side.RIGHT)
    assert list_excluded_numbers(record, take.id) == {other: "the chair hid it"}
    now = place(record, now)
    assert list_excluded_numbers(record, take.id) == {other: "the chair hid it"}
    restore_analysis(record, now, take.analysis_id, "it was none")
    assert list_excluded_numbers(record, take.id) == {TOP: "the chair hid it"}


# ---------------------------------------------------------------- what a hand's number may say


def test_the_cameras_error_figure_judges_no_change_to_a_number_of_a_hand(
    record: Record, take: StoredTake
) -> None:
    peak_s = take.analysis.repetitions[0].peak_s
    row = int(np.argmin(np.abs(TIME_S - peak_s)))
    x_px, y_px = take.analysis.recording.image_px[row, KNEE]
    at_peak = LandmarkEdit(time_s=peak_s, landmark="left_knee", x_px=x_px - 25.0, y_px=y_px)
    now = place(record, take, at_peak)
    before, after = (
        next(m for m in each.analysis.measurements if NumberKey.of(m) == TOP)
        for each in (take, now)
    )
    assert after.value != before.value
    assert after.rests_on_hand
    assert np.isnan(after.mdc95)
    change = judge_change(before, after, better_of(after.measure, after.joint, after.motion))
    assert change.verdict == "No error figure: change not judged"


# ---------------------------------------------------------------- the history


def test_the_history_tells_who_did_what_and_why_in_order(record: Record, take: StoredTake) -> None:
    now = place(record, take)
    exclude_number(record, take.id, TOP, "hidden", expected=now.analysis_id, author="Cy")
    stored, corrected, left_out = list_history(record, take.id)
    assert (stored.who, stored.sentence[:30]) == ("Ann", "Stored with its first analysis")
    assert corrected.sentence == "Analysis 2 made from analysis 1"
    assert (corrected.who, corrected.reason) == ("Bea", "knee jumped to the chair")
    (line,) = [c for c in corrected.changes if c.startswith("Left knee at 2.00 s: ")]
    assert line.endswith("px, found by the camera → 300, 250 px, placed by hand")
    assert left_out.sentence == "Left out: left knee flexion, largest"
    assert left_out.changes == ()
