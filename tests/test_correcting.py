"""Corrections by hand on bodies with exact answers: landmarks, repetitions, sides, conditions."""

import math
from dataclasses import replace

import numpy as np
import pytest
from clinic_makers import assert_same
from gait.walkers import Walker, film, walk
from hypothesis import given, settings
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

from motion.correcting import Correction, SideSwap, measure_corrected
from motion.errors import InputError
from motion.exercise.repetition_edits import RepetitionEdit, apply_repetition_edits
from motion.gait import GaitSettings
from motion.kinematics import CleaningSettings
from motion.kinematics.landmark_edits import LandmarkEdit, apply_landmark_edits
from motion.measuring import measure_again, measure_recording
from motion.model import (
    Analysis,
    Measurement,
    MeasureVerdict,
    Mirrored,
    NearSide,
    Origin,
    PoseRecording,
    Position,
    RemovedAs,
    Repetition,
    Side,
    landmark_index,
)
from motion.pose.sides import mirror_recording, repair_sides, swap_frames
from motion.settings import AnalysisSettings, recall_settings

TIME_S = uniform_times(10.0)
KNEE = landmark_index("left_knee")
CURVE = "left_knee_flexion"
FILTERED = CleaningSettings()


def squat() -> PoseRecording:
    share = repetitions(TIME_S, [1.0, 4.0, 7.0], 1.0)
    pose = {
        "knee_flexion": 5.0 + 90.0 * share,
        "hip_flexion": 2.0 + 80.0 * share,
        "ankle_dorsiflexion": 25.0 * share,
        "trunk_flexion": 35.0 * share,
    }
    return make_recording(pose, TIME_S, azimuth_deg=CAMERA_LEFT)


def analyse(recording: PoseRecording, cleaning: CleaningSettings = FILTERED) -> Analysis:
    chosen = AnalysisSettings(movement="squat", cleaning=cleaning)
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    return measure_recording(recording, chosen, provenance, STARTED_AT)


def displaced(truth: PoseRecording, rows: np.ndarray, by_px: tuple[float, float]) -> PoseRecording:
    """The left knee is elsewhere in some frames."""
    image_px = np.array(truth.image_px)
    image_px[rows, KNEE] += by_px
    return replace(truth, image_px=image_px)


def put_right(truth: PoseRecording, rows: np.ndarray) -> tuple[LandmarkEdit, ...]:
    return tuple(
        LandmarkEdit(
            time_s=float(TIME_S[row]),
            landmark="left_knee",
            x_px=float(truth.image_px[row, KNEE, 0]),
            y_px=float(truth.image_px[row, KNEE, 1]),
        )
        for row in rows
    )


def number(analysis: Analysis, measure: str) -> Measurement:
    (found,) = (
        m
        for m in analysis.measurements
        if (m.measure, m.joint, m.side) == (measure, "knee", Side.LEFT)
    )
    return found


@pytest.fixture(scope="module")
def measured() -> Analysis:
    return analyse(squat())


# ---------------------------------------------------------------- landmarks

WRONG = np.arange(55, 66)


@pytest.mark.parametrize(("cleaning", "within_deg"), [(UNFILTERED, 1e-9), (FILTERED, 0.01)])
def test_after_the_correction_the_angle_is_exact_where_it_was_wrong(cleaning, within_deg):
    truth = squat()
    right = analyse(truth, cleaning).angles[CURVE].value_deg
    wrong = analyse(displaced(truth, WRONG, (18.0, 6.0)), cleaning)
    off_deg = np.abs(wrong.angles[CURVE].value_deg - right)
    assert np.nanmin(off_deg[WRONG[2:-2]]) > 5.0

    mended = measure_corrected(wrong, Correction(landmarks=put_right(truth, WRONG)))
    assert mended.angles[CURVE].value_deg == pytest.approx(right, abs=within_deg)
    assert np.flatnonzero(mended.angles[CURVE].by_hand).tolist() == WRONG.tolist()


def test_one_placed_frame_says_what_was_drawn_whatever_its_neighbours_are():
    truth = squat()
    wrong = analyse(displaced(truth, WRONG, (18.0, 6.0)))
    mended = measure_corrected(wrong, Correction(landmarks=put_right(truth, WRONG[5:6])))
    right_deg = analyse(truth).angles[CURVE].value_deg[60]
    # The knee stays where it was put; only hip and ankle beside it are filtered.
    assert mended.angles[CURVE].value_deg[60] == pytest.approx(right_deg, abs=0.01)
    assert abs(wrong.angles[CURVE].value_deg[60] - right_deg) > 5.0


def test_a_placed_landmark_is_certain_and_knows_no_depth():
    recording = apply_landmark_edits(squat(), put_right(squat(), np.array([60])))
    assert recording.placed[60, KNEE]
    assert recording.confidence[60, KNEE] == 1.0
    assert np.isnan(recording.world_m[60, KNEE]).all()
    assert recording.placed.sum() == 1


def test_frames_between_two_placed_ones_are_filled_up_to_the_gap_that_may_be():
    """0.2 s is six frame periods of 30 Hz; a gap is less one of them, so rows 50 and 57 join."""
    truth = squat()
    near, far = np.array([50, 57]), np.array([80, 88])
    both = np.concatenate([near, far])
    mended = measure_corrected(analyse(truth), Correction(landmarks=put_right(truth, both)))
    recording = mended.recording
    assert np.flatnonzero(recording.placed[:, KNEE]).tolist() == both.tolist()
    between = np.arange(51, 57)
    filled = np.flatnonzero(recording.filled[:, KNEE])
    assert filled.tolist() == between.tolist()
    assert recording.by_hand[between, KNEE].all()
    low, high = recording.image_px[50, KNEE], recording.image_px[57, KNEE]
    inside = recording.image_px[between, KNEE]
    assert (inside >= np.minimum(low, high)).all()
    assert (inside <= np.maximum(low, high)).all()


def test_measuring_again_changes_nothing_of_a_corrected_take():
    truth = squat()
    edits = put_right(truth, np.array([50, 57, 60]))
    mended = measure_corrected(analyse(truth), Correction(landmarks=edits))
    again = measure_again(mended, recall_settings(mended))
    assert_same(again.measurements, mended.measurements)
    assert np.array_equal(again.recording.image_px, mended.recording.image_px)
    assert np.array_equal(again.recording.by_hand, mended.recording.by_hand)
    assert np.array_equal(again.recording.filled, mended.recording.filled)


def test_a_number_that_rests_on_a_hand_has_no_error_figure_and_says_so(measured):
    row = int(np.argmin(np.abs(TIME_S - 2.0)))
    x_px, y_px = measured.recording.image_px[row, KNEE]
    edit = LandmarkEdit(time_s=2.0, landmark="left_knee", x_px=x_px - 20.0, y_px=y_px)
    mended = measure_corrected(measured, Correction(landmarks=(edit,)))
    top, bottom = number(mended, "rom_max"), number(mended, "rom_min")
    assert top.rests_on_hand
    assert math.isnan(top.mdc95)
    assert math.isnan(top.sem)
    assert math.isnan(top.band95)
    assert top.verdict is MeasureVerdict.UNCERTAIN
    assert "placed by hand: the camera's error figures do not apply" in top.note
    assert number(mended, "rom_range").rests_on_hand
    assert number(mended, "best_three_mean").rests_on_hand
    assert not bottom.rests_on_hand  # read from frames that nobody touched
    before = number(measured, "rom_min")
    assert (bottom.mdc95, bottom.note) == (before.mdc95, before.note)
    assert bottom.value == pytest.approx(before.value, abs=1e-9)


def test_a_joint_that_a_hand_placed_is_not_moved_to_the_joints_centre():
    """The fitted moves are of the model's landmarks; a hand puts the joint where it is."""
    truth = squat()
    provenance = make_provenance(truth)
    full = replace(provenance, model=replace(provenance.model, name="pose_landmarker_full"))
    chosen = AnalysisSettings(movement="squat", cleaning=UNFILTERED)
    plain = AnalysisSettings(movement="squat", cleaning=UNFILTERED, joint_centres=False)
    moved, still = (
        measure_recording(truth, each, replace(full, settings=each.as_pairs()), STARTED_AT)
        for each in (chosen, plain)
    )
    row = np.array([60])
    edits = tuple(
        replace(put_right(truth, row)[0], landmark=name,
                x_px=truth.image_px[60, landmark_index(name), 0],
                y_px=truth.image_px[60, landmark_index(name), 1])
        for name in ("left_hip", "left_knee")
    )  # fmt: skip
    mended = measure_corrected(moved, Correction(landmarks=edits))
    plain_deg = still.angles[CURVE].value_deg[60]
    assert abs(moved.angles[CURVE].value_deg[60] - plain_deg) > 1.0
    assert mended.angles[CURVE].value_deg[60] == pytest.approx(plain_deg, abs=1e-9)
    assert np.isnan(mended.angles[CURVE].band95_deg[60])
    assert np.isfinite(mended.angles[CURVE].band95_deg[40])


def test_which_side_a_hand_said_stays():
    """A landmark placed on the other limb is not put back by the repair of sides."""
    truth = squat()
    swapped = np.zeros(len(TIME_S), dtype=bool)
    swapped[100:110] = True
    wrong = swap_frames(truth, swapped)
    assert repair_sides(wrong).swapped.any(axis=1)[105]
    recording = apply_landmark_edits(wrong, put_right(truth, np.array([105])))
    assert not repair_sides(recording).swapped[105].any()


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (LandmarkEdit(time_s=99.0, landmark="left_knee", x_px=5, y_px=5), "no frame at 99.000 s"),
        (LandmarkEdit(time_s=1.0, landmark="knee", x_px=5, y_px=5), "no landmark 'knee'"),
        (LandmarkEdit(time_s=1.0, landmark="left_knee", x_px=-1, y_px=5), "within the picture"),
        (LandmarkEdit(time_s=1.0, landmark="left_knee", x_px=math.nan, y_px=5), "the picture"),
    ],
)
def test_a_landmark_that_cannot_be_is_refused_in_one_line(edit, said):
    with pytest.raises(InputError, match=said):
        apply_landmark_edits(squat(), [edit])


# ---------------------------------------------------------------- repetitions


def times_of(found: Repetition) -> tuple[float, float, float]:
    return found.start_s, found.end_s, found.peak_s


def test_a_repetition_that_is_set_where_it_was_has_the_same_numbers(measured):
    second = measured.repetitions[1]
    edit = RepetitionEdit.move(second, *times_of(second))
    again = measure_corrected(measured, Correction(repetitions=(edit,)))
    assert_same(again.repetitions[1], replace(second, origin=Origin.BY_HAND))
    assert_same(again.repetitions[0], measured.repetitions[0])
    assert_same(again.repetitions[2], measured.repetitions[2])


def test_a_removed_repetition_counts_in_no_number(measured):
    first, second, third = measured.repetitions
    edits = (RepetitionEdit.remove(second, RemovedAs.NOT_COUNTED),)
    now = measure_corrected(measured, Correction(repetitions=edits))
    assert_same(now.repetitions, (first, replace(third, repetition=2)))
    assert number(now, "repetitions").value == 2.0
    assert number(now, "best_three_mean").n_repetitions == 2
    assert "repetitions corrected by hand" in number(now, "repetitions").note


def test_an_added_repetition_finds_its_peak_and_its_numbers(measured):
    second = measured.repetitions[1]
    without = measure_corrected(
        measured, Correction(repetitions=(RepetitionEdit.remove(second, RemovedAs.NOT_COUNTED),))
    )
    edit = RepetitionEdit.add(measured.angles[CURVE], second.start_s, second.end_s)
    back = measure_corrected(without, Correction(repetitions=(edit,)))
    assert_same(back.repetitions[1], replace(second, origin=Origin.BY_HAND))
    assert number(back, "best_three_mean").value == number(measured, "best_three_mean").value


def test_a_peak_is_read_where_a_hand_puts_it(measured):
    second = measured.repetitions[1]
    edit = RepetitionEdit.move(second, second.start_s, second.end_s, 4.5)
    now = measure_corrected(measured, Correction(repetitions=(edit,)))
    row = int(np.argmin(np.abs(TIME_S - 4.5)))
    assert now.repetitions[1].peak_s == pytest.approx(4.5)
    assert now.repetitions[1].peak_deg == measured.angles[CURVE].value_deg[row]


def test_a_repetition_over_a_gap_carries_no_angle():
    truth = squat()
    seen = np.array(truth.visibility)
    seen[140:160, KNEE] = np.nan
    hidden = analyse(replace(truth, visibility=seen, presence=seen))
    edit = RepetitionEdit.add(hidden.angles[CURVE], 4.2, 5.8)
    others = [
        RepetitionEdit.remove(r, RemovedAs.NOT_COUNTED)
        for r in hidden.repetitions
        if 4.0 < r.start_s < 6.0
    ]
    now = measure_corrected(hidden, Correction(repetitions=(*others, edit)))
    (added,) = [r for r in now.repetitions if r.origin is Origin.BY_HAND]
    assert added.verdict.value == "not_measurable"
    assert math.isnan(added.peak_deg)


def test_repetitions_are_counted_on_any_angle_that_was_measured(measured):
    curve = measured.angles["trunk_flexion"]
    edit = RepetitionEdit.add(curve, 4.2, 5.8)
    now = measure_corrected(measured, Correction(repetitions=(edit,)))
    (added,) = [r for r in now.repetitions if r.origin is Origin.BY_HAND]
    assert (added.joint, added.motion) == ("trunk", "flexion")
    assert added.peak_deg == pytest.approx(35.0, abs=0.2)
    assert now.counted_on == measured.counted_on


def test_all_repetitions_can_be_removed(measured):
    edits = tuple(RepetitionEdit.remove(r, RemovedAs.NOT_COUNTED) for r in measured.repetitions)
    now = measure_corrected(measured, Correction(repetitions=edits))
    assert now.repetitions == ()
    assert now.counted_on == measured.counted_on
    assert measure_again(now, recall_settings(now)).repetitions == ()


def test_repetitions_can_be_found_again(measured):
    edits = (RepetitionEdit.remove(measured.repetitions[0], RemovedAs.NOT_COUNTED),)
    now = measure_corrected(measured, Correction(repetitions=edits))
    found = measure_again(now, replace(recall_settings(now), repetitions=None))
    assert_same(found.repetitions, measured.repetitions)
    assert recall_settings(found).repetitions is None


@pytest.mark.parametrize(
    ("start_s", "end_s", "peak_s", "said"),
    [
        (8.0, 11.0, math.nan, "within the take"),
        (9.0, 8.9, math.nan, "within the take"),
        (math.nan, 9.0, math.nan, "within the take"),
        (9.0, 9.2, math.nan, "shorter than 0.3 s"),
        (9.0, 9.8, 8.0, "peak must lie between"),
        (5.0, 9.0, math.nan, "shares time with"),
    ],
)
def test_a_repetition_that_cannot_be_is_refused_in_one_line(measured, start_s, end_s, peak_s, said):
    edit = RepetitionEdit.add(measured.angles[CURVE], start_s, end_s, peak_s)
    with pytest.raises(InputError, match=said):
        apply_repetition_edits(measured.repetitions, [edit], end_s=10.0)


def test_a_repetition_that_is_not_there_is_not_removed(measured):
    edit = RepetitionEdit.remove(
        replace(measured.repetitions[0], start_s=0.1), RemovedAs.NOT_COUNTED
    )
    with pytest.raises(InputError, match="load the take again"):
        apply_repetition_edits(measured.repetitions, [edit], end_s=10.0)


def test_a_walk_has_no_repetitions_to_correct(measured):
    recording = film(walk(Walker(), np.arange(0.0, 6.0, 1.0 / 30.0)))
    chosen = AnalysisSettings(gait=GaitSettings(height_m=1.7))
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    walked = measure_recording(recording, chosen, provenance, STARTED_AT)
    edit = RepetitionEdit.add(measured.angles[CURVE], 1.0, 2.0)
    with pytest.raises(InputError, match="correct its events"):
        measure_corrected(walked, Correction(repetitions=(edit,)))


@pytest.mark.parametrize(("landmark", "figures"), [("left_heel", False), ("left_wrist", True)])
def test_a_walks_numbers_lose_their_figures_with_a_placed_leg_only(landmark, figures):
    recording = film(walk(Walker(), np.arange(0.0, 6.0, 1.0 / 30.0)))
    chosen = AnalysisSettings(gait=GaitSettings(height_m=1.7))
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    walked = measure_recording(recording, chosen, provenance, STARTED_AT)
    x_px, y_px = walked.recording.image_px[90, landmark_index(landmark)]
    edit = LandmarkEdit(
        time_s=float(recording.time_s[90]), landmark=landmark, x_px=float(x_px), y_px=float(y_px)
    )
    now = measure_corrected(walked, Correction(landmarks=(edit,)))
    before, after = (
        next(m for m in each.measurements if m.measure == "cadence") for each in (walked, now)
    )
    assert math.isfinite(before.mdc95)
    assert math.isfinite(after.mdc95) is figures
    assert after.rests_on_hand is not figures
    assert after.value == pytest.approx(before.value, rel=0.02)


# ---------------------------------------------------------------- sides and conditions


def test_exchanged_sides_are_exchanged_and_stay_so(measured):
    now = measure_corrected(measured, Correction(swaps=(SideSwap(),)))
    right = landmark_index("right_knee")
    assert np.array_equal(now.recording.image_px[:, right], measured.recording.image_px[:, KNEE])
    assert recall_settings(now).sides_said
    assert now.sides.suspicion == ""
    again = measure_again(now, recall_settings(now))
    assert np.array_equal(again.recording.image_px, now.recording.image_px)


def test_a_part_that_was_exchanged_is_put_right_and_the_repair_leaves_it():
    truth = squat()
    part = (TIME_S >= 4.0) & (TIME_S <= 6.0)
    wrong = analyse(truth)
    wrong = replace(wrong, recording=swap_frames(wrong.recording, part))
    swap = SideSwap(start_s=4.0, end_s=6.0)
    mended = measure_corrected(wrong, Correction(swaps=(swap,)))
    assert np.array_equal(mended.recording.image_px, truth.image_px)
    assert mended.sides.ambiguous_frames == 0


def test_what_was_said_of_one_side_goes_with_it_to_the_other(measured):
    edit = RepetitionEdit.move(measured.repetitions[0], 1.1, 2.8)
    said = measure_corrected(measured, Correction(repetitions=(edit,)))
    now = measure_corrected(said, Correction(swaps=(SideSwap(),)))
    kept = recall_settings(now).repetitions
    assert kept is not None
    assert {r.side for r in kept} <= {Side.RIGHT}


def test_a_time_without_a_frame_is_refused(measured):
    with pytest.raises(InputError, match="no frame lies in"):
        measure_corrected(measured, Correction(swaps=(SideSwap(start_s=20.0, end_s=30.0),)))


def test_conditions_and_the_planned_side_are_corrected(measured):
    said = replace(measured.conditions, position=Position.STANDING, aid="stick")
    now = measure_corrected(measured, Correction(conditions=said, side=Side.LEFT))
    assert (now.conditions.position, now.conditions.aid) == (Position.STANDING, "stick")
    assert now.side is Side.LEFT
    assert recall_settings(now).side is Side.LEFT


def test_a_take_that_was_a_mirror_image_is_turned_round(measured):
    said = replace(measured.conditions, mirrored=Mirrored.YES)
    now = measure_corrected(measured, Correction(conditions=said))
    right = landmark_index("right_knee")
    across_px = measured.recording.width_px - measured.recording.image_px[:, KNEE, 0]
    assert now.recording.image_px[:, right, 0] == pytest.approx(across_px)
    assert now.conditions.near_side is NearSide.RIGHT
    top = next(m for m in now.measurements
               if (m.measure, m.joint, m.side) == ("rom_max", "knee", Side.RIGHT))  # fmt: skip
    assert top.value == pytest.approx(number(measured, "rom_max").value, abs=1e-6)


def planned(side: Side) -> Analysis:
    """A squat with the left side to the camera, for which a side was planned."""
    recording = squat()
    chosen = AnalysisSettings(movement="squat", side=side)
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    return measure_recording(recording, chosen, provenance, STARTED_AT)


def test_a_take_that_is_turned_round_says_the_side_that_was_done():
    """The plan said left; in the mirror image that is taken back it was the right side."""
    before = planned(Side.LEFT)
    turned = Correction(conditions=replace(before.conditions, mirrored=Mirrored.YES))
    now = measure_corrected(before, turned)
    chosen = recall_settings(now)
    assert (chosen.side, chosen.done_side, now.side) == (Side.LEFT, Side.RIGHT, Side.RIGHT)
    top = next(m for m in now.measurements
               if (m.measure, m.joint, m.side) == ("rom_max", "knee", Side.RIGHT))  # fmt: skip
    assert top.value == pytest.approx(number(before, "rom_max").value, abs=1e-6)
    assert {r.side for r in now.repetitions} == {Side.RIGHT}
    assert not any("Check the side" in each for each in now.warnings)
    assert_same(measure_again(now, chosen).measurements, now.measurements)
    back = Correction(conditions=replace(now.conditions, mirrored=Mirrored.NO))
    again = measure_corrected(now, back)
    assert recall_settings(again).done_side is None
    assert not recall_settings(again).sides_exchanged
    assert again.side is Side.LEFT


def test_a_take_whose_plan_is_met_by_turning_it_round_keeps_the_planned_side():
    """The right side was planned, and was to the camera; only the picture was a mirror's."""
    before = planned(Side.RIGHT)
    assert any("Check the side" in each for each in before.warnings)
    turned = Correction(conditions=replace(before.conditions, mirrored=Mirrored.YES))
    now = measure_corrected(before, turned)
    assert (recall_settings(now).side, recall_settings(now).done_side) == (Side.RIGHT, None)
    assert now.side is Side.RIGHT
    assert not any("Check the side" in each for each in now.warnings)


def test_a_planned_side_that_is_said_is_the_side_that_is_measured():
    before = planned(Side.LEFT)
    said = replace(before.conditions, mirrored=Mirrored.YES)
    now = measure_corrected(before, Correction(conditions=said, side=Side.RIGHT))
    assert (recall_settings(now).side, recall_settings(now).done_side) == (Side.RIGHT, None)
    assert now.side is Side.RIGHT


# ---------------------------------------------------------------- laws


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 298), length=st.integers(1, 300))
def test_exchanging_the_same_frames_twice_is_the_identity(start, length):
    recording = squat()
    frames = np.zeros(len(recording), dtype=bool)
    frames[start : start + length] = True
    placed = apply_landmark_edits(recording, put_right(recording, np.array([30, 60])))
    back = swap_frames(swap_frames(placed, frames), frames)
    for name in ("image_px", "world_m", "visibility", "presence", "filled", "by_hand"):
        np.testing.assert_array_equal(getattr(back, name), getattr(placed, name))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**16))
def test_mirroring_twice_is_the_identity(seed):
    image_px = np.random.default_rng(seed).uniform(0, 640, (4, 33, 2))
    recording = squat()
    rows = slice(0, 4)
    names = ("time_s", "world_m", "visibility", "presence", "filled")
    few = replace(
        recording, image_px=image_px, **{name: getattr(recording, name)[rows] for name in names}
    )
    back = mirror_recording(mirror_recording(few))
    np.testing.assert_allclose(back.image_px, few.image_px, atol=1e-9)
    np.testing.assert_array_equal(back.world_m, few.world_m)


@settings(max_examples=15, deadline=None)
@given(place=st.integers(0, 2), start=st.floats(-0.15, 0.15), end=st.floats(-0.15, 0.15))
def test_a_repetition_that_is_moved_and_moved_back_has_its_numbers_again(place, start, end):
    measured = _measured()
    found = measured.repetitions[place]
    there = RepetitionEdit.move(found, found.start_s + start, found.end_s + end, found.peak_s)
    moved = measure_corrected(measured, Correction(repetitions=(there,)))
    back = RepetitionEdit.move(moved.repetitions[place], *times_of(found))
    again = measure_corrected(moved, Correction(repetitions=(back,)))
    expected = list(measured.repetitions)
    expected[place] = replace(found, origin=Origin.BY_HAND)
    assert_same(again.repetitions, tuple(expected))


_KEPT: list[Analysis] = []


def _measured() -> Analysis:
    if not _KEPT:
        _KEPT.append(analyse(squat()))
    return _KEPT[0]
