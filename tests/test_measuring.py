"""The whole way from landmarks to numbers, on bodies with exact answers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from gait.walkers import Walker, film, walk
from makers import (
    CAMERA_BEHIND,
    CAMERA_IN_FRONT,
    CAMERA_LEFT,
    CAMERA_RIGHT,
    STARTED_AT,
    drop_frames,
    hide,
    make_provenance,
    make_recording,
    mirror,
    repetitions,
    uniform_times,
    variable_times,
)

from motion.errors import InputError
from motion.gait import GaitSettings
from motion.kinematics import JOINTS, Plane
from motion.kinematics.foreshortening import ANGLE_METHOD
from motion.library import load_confidence_model, load_error_figures
from motion.measuring import find_side_conflict, measure_recording
from motion.model import (
    Analysis,
    Measurement,
    MeasureVerdict,
    Mirrored,
    NearSide,
    PoseRecording,
    Position,
    RepetitionVerdict,
    Side,
    TakeConditions,
    ViewName,
)
from motion.settings import AnalysisSettings

TIME_S = uniform_times(10.0)
STARTS_S = [1.0, 4.0, 7.0]


def analyse(recording: PoseRecording, dropped: int = 0, **choices: Any) -> Analysis:
    provenance = make_provenance(recording, dropped=dropped)
    return measure_recording(recording, AnalysisSettings(**choices), provenance, STARTED_AT)


def value(analysis: Analysis, measure: str, angle: str, side: Side) -> Measurement:
    (found,) = (
        m
        for m in analysis.measurements
        if (m.measure, f"{m.joint}_{m.motion}", m.side) == (measure, angle, side)
    )
    return found


def squat(time_s: np.ndarray = TIME_S, azimuth_deg: float = CAMERA_LEFT) -> PoseRecording:
    share = repetitions(time_s, STARTS_S, 1.0)
    pose = {
        "knee_flexion": 5.0 + 90.0 * share,
        "hip_flexion": 2.0 + 80.0 * share,
        "ankle_dorsiflexion": 25.0 * share,
        "trunk_flexion": 35.0 * share,
    }
    return make_recording(pose, time_s, azimuth_deg=azimuth_deg)


def arms_sideways(heights: dict[str, float], azimuth_deg: float = CAMERA_IN_FRONT) -> PoseRecording:
    pose = {
        f"{side}_shoulder_abduction": repetitions(TIME_S, STARTS_S, height, 5.0)
        for side, height in heights.items()
    }
    return make_recording(pose, TIME_S, azimuth_deg=azimuth_deg)


# ---------------------------------------------------------------- movements by name


@pytest.mark.parametrize(
    ("side", "azimuth_deg"), [(Side.LEFT, CAMERA_LEFT), (Side.RIGHT, CAMERA_RIGHT)]
)
@pytest.mark.parametrize("asked", [None, "named", Side.BOTH])
def test_squat_from_the_side(side: Side, azimuth_deg: float, asked: Any) -> None:
    analysis = analyse(
        squat(azimuth_deg=azimuth_deg), movement="squat", side=side if asked == "named" else asked
    )

    assert analysis.counted_on == f"{side}_knee_flexion"
    assert [r.verdict for r in analysis.repetitions] == [RepetitionVerdict.FULL] * 3
    assert [r.peak_deg for r in analysis.repetitions] == pytest.approx([95.0] * 3, abs=1.0)
    assert value(analysis, "rom_max", "knee_flexion", side).value == pytest.approx(95, abs=1)
    assert value(analysis, "rom_max", "hip_flexion", side).value == pytest.approx(82, abs=1)
    lean = value(analysis, "rom_max", "trunk_flexion", Side.NONE)
    assert lean.value == pytest.approx(35, abs=1)
    assert analysis.warnings == ()
    assert analysis.conditions.near_side.value == side.value


def test_angles_stand_on_the_frames_own_times() -> None:
    recording = squat(variable_times(10.0))
    analysis = analyse(recording, movement="squat")

    np.testing.assert_array_equal(analysis.angles.time_s, recording.time_s)
    np.testing.assert_allclose(
        analysis.angles["left_knee_flexion"].value_deg,
        5.0 + 90.0 * repetitions(recording.time_s, STARTS_S, 1.0),
        atol=1.0,
    )


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0, 120.0])
def test_frame_rate_changes_no_result(rate_hz: float) -> None:
    analysis = analyse(squat(uniform_times(10.0, rate_hz)), movement="squat")

    assert len(analysis.repetitions) == 3
    assert value(analysis, "rom_range", "knee_flexion", Side.LEFT).value == pytest.approx(90, abs=2)
    assert [r.start_s for r in analysis.repetitions] == pytest.approx(
        [s + 0.2048 for s in STARTS_S], abs=0.04
    )


def test_seated_knee_extension_goes_down() -> None:
    knee = repetitions(TIME_S, STARTS_S, -83.0, rest_deg=88.0, hold_s=0.5)
    recording = make_recording(
        {"right_knee_flexion": knee, "right_hip_flexion": 85.0}, TIME_S, azimuth_deg=CAMERA_RIGHT
    )

    analysis = analyse(recording, movement="seated_knee_extension")

    assert [r.direction for r in analysis.repetitions] == [-1, -1, -1]
    assert [r.peak_deg for r in analysis.repetitions] == pytest.approx([5.0] * 3, abs=1.0)
    best = value(analysis, "best_three_mean_down", "knee_flexion", Side.RIGHT)
    assert best.value == pytest.approx(5.0, abs=1.0)
    assert analysis.rest_deg == pytest.approx(88.0, abs=1.0)


@pytest.mark.parametrize("azimuth_deg", [CAMERA_IN_FRONT, CAMERA_BEHIND])
def test_side_bends_are_counted_apart_from_front_and_back(azimuth_deg: float) -> None:
    bend = repetitions(TIME_S, STARTS_S, [30.0, -20.0, 30.0])
    recording = make_recording({"trunk_lateral_flexion": bend}, TIME_S, azimuth_deg=azimuth_deg)

    analysis = analyse(recording, movement="side_bend")

    assert [r.direction for r in analysis.repetitions] == [1, -1, 1]
    assert [r.peak_deg for r in analysis.repetitions] == pytest.approx([30, -20, 30], abs=0.7)
    assert {r.side for r in analysis.repetitions} == {Side.NONE}


def test_an_angle_by_its_name_measures_exactly_that() -> None:
    analysis = analyse(squat(), movement="knee_flexion")

    assert {f"{m.joint}_{m.motion}" for m in analysis.measurements} == {"knee_flexion"}
    assert len(analysis.repetitions) == 3


def test_an_unknown_movement_is_refused() -> None:
    with pytest.raises(InputError, match="movement 'skwat': not known"):
        analyse(squat(), movement="skwat")


def test_free_movement_measures_all_and_counts_what_moves_most() -> None:
    analysis = analyse(arms_sideways({"right": 140.0}))

    assert analysis.movement == ""
    assert analysis.counted_on == "right_shoulder_abduction"
    assert len(analysis.repetitions) == 3
    assert {f"{m.joint}_{m.motion}" for m in analysis.measurements} == {j.name for j in JOINTS}
    assert value(analysis, "rom_max", "shoulder_abduction", Side.RIGHT).value == pytest.approx(
        145, abs=1
    )
    assert value(analysis, "rom_max", "knee_flexion", Side.RIGHT).note.startswith("needs a side")


# ---------------------------------------------------------------- sides


def test_both_arms_are_counted_each() -> None:
    analysis = analyse(
        arms_sideways({"left": 120.0, "right": 90.0}), movement="arm_raise_sideways", side=Side.BOTH
    )
    by_side = {side: [r.peak_deg for r in analysis.repetitions if r.side is side] for side in Side}

    assert by_side[Side.LEFT] == pytest.approx([125.0] * 3, abs=1)
    assert by_side[Side.RIGHT] == pytest.approx([95.0] * 3, abs=1)
    assert [r.repetition for r in analysis.repetitions] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("sway_deg", [4.0, 20.0])
def test_an_arm_that_hangs_or_sways_is_not_counted(sway_deg: float) -> None:
    analysis = analyse(
        arms_sideways({"left": 120.0, "right": sway_deg}),
        movement="arm_raise_sideways",
        side=Side.BOTH,
    )

    assert {r.side for r in analysis.repetitions} == {Side.LEFT}
    assert analysis.repetitions[-1].repetition == 3


@pytest.mark.parametrize("azimuth_deg", [CAMERA_IN_FRONT, 30.0, -30.0, 150.0])
@pytest.mark.parametrize("moving", ["left", "right"])
def test_left_to_itself_the_moving_arm_is_counted(moving: str, azimuth_deg: float) -> None:
    analysis = analyse(arms_sideways({moving: 120.0}, azimuth_deg), movement="arm_raise_sideways")

    assert analysis.counted_on == f"{moving}_shoulder_abduction"
    assert len(analysis.repetitions) == 3


def test_oblique_side_view_counts_on_the_near_leg() -> None:
    analysis = analyse(squat(azimuth_deg=-60.0), movement="squat")

    assert analysis.view.name is ViewName.OBLIQUE
    assert analysis.counted_on == "right_knee_flexion"
    assert any("degrees off a straight view" in w for w in analysis.warnings)


def test_another_side_to_the_camera_than_planned_is_said() -> None:
    analysis = analyse(squat(azimuth_deg=CAMERA_LEFT), movement="squat", side=Side.RIGHT)
    problem = "the right side was planned, but the left side was to the camera"

    assert find_side_conflict(analysis) == problem
    assert f"Check the side: {problem}." in analysis.warnings
    assert value(analysis, "rom_max", "knee_flexion", Side.RIGHT).verdict is (
        MeasureVerdict.NOT_MEASURABLE
    )
    assert analysis.repetitions == ()


def test_another_arm_than_planned_is_said() -> None:
    raised = arms_sideways({"right": 120.0})

    wrong = analyse(raised, movement="arm_raise_sideways", side=Side.LEFT)
    right = analyse(raised, movement="arm_raise_sideways", side=Side.RIGHT)

    assert find_side_conflict(wrong) == "the left side was planned, but the right side moved"
    assert find_side_conflict(right) == ""


@pytest.mark.parametrize("side", [None, Side.BOTH])
def test_without_a_planned_side_there_is_no_conflict(side: Side | None) -> None:
    analysis = analyse(squat(), movement="squat", side=side)

    assert find_side_conflict(analysis) == ""


def test_a_movement_without_a_side_has_no_side_conflict() -> None:
    analysis = analyse(squat(azimuth_deg=CAMERA_LEFT), movement="trunk_flexion", side=Side.RIGHT)

    assert find_side_conflict(analysis) == ""


def test_mirrored_picture_gives_the_other_side_the_same_numbers() -> None:
    plain = analyse(arms_sideways({"right": 120.0}), movement="arm_raise_sideways")
    flipped = analyse(mirror(arms_sideways({"right": 120.0})), movement="arm_raise_sideways")

    assert flipped.counted_on == "left_shoulder_abduction"
    assert [r.peak_deg for r in flipped.repetitions] == pytest.approx(
        [r.peak_deg for r in plain.repetitions]
    )


# ---------------------------------------------------------------- what was not seen


def test_nobody_in_the_recording() -> None:
    analysis = analyse(hide(squat(), slice(None)), movement="squat", side=Side.LEFT)

    assert not analysis.person_found
    assert analysis.view.name is ViewName.UNKNOWN
    assert analysis.repetitions == ()
    assert analysis.angles.measured == ()
    assert {m.verdict for m in analysis.measurements} == {MeasureVerdict.NOT_MEASURABLE}
    assert {m.note for m in analysis.measurements} == {"no person was found"}
    assert analysis.warnings == ("No person was found in the recording; nothing was measured.",)
    assert find_side_conflict(analysis) == ""


def test_a_person_in_half_of_the_frames() -> None:
    analysis = analyse(hide(squat(), slice(0, 151)), movement="squat")
    knee = analysis.angles["left_knee_flexion"]

    assert "Nobody was found in 50% of the frames; they are left empty." in analysis.warnings
    assert np.all(np.isnan(knee.value_deg[:151]))
    assert knee.valid_fraction == pytest.approx(150 / 301)
    assert [r.peak_s for r in analysis.repetitions] == pytest.approx([8.0], abs=0.05)
    assert analysis.incomplete_repetitions == 1
    assert value(analysis, "rom_max", "knee_flexion", Side.LEFT).verdict is (
        MeasureVerdict.UNCERTAIN
    )


def test_a_single_empty_frame_of_many_is_said() -> None:
    analysis = analyse(hide(squat(), slice(100, 101)), movement="squat")

    assert analysis.warnings == (
        "Nobody was found in less than 1% of the frames; they are left empty.",
    )
    assert len(analysis.repetitions) == 3


def test_a_repetition_with_a_hole_carries_no_angle() -> None:
    analysis = analyse(hide(squat(), slice(140, 155), ["left_knee"]), movement="squat")

    assert [r.verdict.value for r in analysis.repetitions] == ["full", "not_measurable", "full"]
    assert np.isnan(analysis.repetitions[1].peak_deg)


def test_a_joint_out_of_the_picture_is_said_in_the_warnings() -> None:
    analysis = analyse(hide(squat(), slice(None), ["left_ankle"]), movement="squat")

    assert "Repetitions were not counted: knee flexion was not measurable." in analysis.warnings
    assert value(analysis, "rom_max", "knee_flexion", Side.LEFT).note == (
        "the camera did not see: left ankle"
    )


@pytest.mark.parametrize("frames", [1, 2, 3, 4])
def test_very_short_recordings(frames: int) -> None:
    recording = make_recording({"knee_flexion": 30.0}, np.arange(frames) / 30.0)
    analysis = analyse(recording)

    assert len(analysis.angles.time_s) == frames
    assert analysis.repetitions == ()
    assert analysis.angles["left_knee_flexion"].value_deg == pytest.approx([30.0] * frames)
    assert value(analysis, "rom_max", "knee_flexion", Side.LEFT).verdict is (
        MeasureVerdict.NOT_MEASURABLE
    )


def test_dropped_frames_are_said() -> None:
    recording = drop_frames(squat(), [*range(100, 104), *range(200, 220)])
    analysis = analyse(recording, dropped=24, movement="squat")

    assert any("The recording lacks 24 frames" in warning for warning in analysis.warnings)


def test_a_recording_cut_off_within_a_repetition_says_so() -> None:
    analysis = analyse(squat(uniform_times(8.0)), movement="squat")

    assert len(analysis.repetitions) == 2
    assert analysis.incomplete_repetitions == 1
    assert any("cut off by the start or end" in w for w in analysis.warnings)


# ---------------------------------------------------------------- what a take says


def test_lying_gives_no_lean() -> None:
    analysis = analyse(
        squat(), movement="squat", conditions=TakeConditions(position=Position.SUPINE)
    )

    assert value(analysis, "rom_max", "trunk_flexion", Side.NONE).note.startswith("lean from")
    assert value(analysis, "rom_max", "knee_flexion", Side.LEFT).verdict is MeasureVerdict.MEASURED


def test_near_side_is_found_or_believed() -> None:
    believed = TakeConditions(near_side=NearSide.RIGHT, mirrored=Mirrored.NO)

    assert analyse(squat()).conditions.near_side is NearSide.LEFT
    assert analyse(squat(), conditions=believed).conditions.near_side is NearSide.RIGHT


@pytest.mark.parametrize(
    ("there_and_back", "near"), [(True, NearSide.BOTH), (False, NearSide.RIGHT)]
)
def test_a_walk_there_and_back_has_each_side_near_in_turn(
    there_and_back: bool, near: NearSide
) -> None:
    walker = Walker(stands_s=1.0, there_and_back=there_and_back, strides=4)
    walked = walk(walker, np.arange(0.0, walker.duration_s, 1 / 30))

    analysis = analyse(film(walked), gait=GaitSettings())

    assert {each.near_side for each in analysis.gait.walks} >= {NearSide.RIGHT}
    assert analysis.conditions.near_side is near


def test_a_mirrored_recording_is_said_to_have_been_turned_back() -> None:
    analysis = analyse(squat(), conditions=TakeConditions(mirrored=Mirrored.YES))

    assert analysis.warnings == ("The recording is mirrored; it was turned back before measuring.",)


def test_the_users_view_is_taken() -> None:
    analysis = analyse(squat(azimuth_deg=65.0), view=Plane.SAGITTAL, movement="squat")

    assert analysis.view.name is ViewName.SAGITTAL
    knee = value(analysis, "rom_max", "knee_flexion", Side.LEFT)
    assert knee.verdict is MeasureVerdict.UNCERTAIN
    assert "degrees off" in knee.note
    assert knee.sem == pytest.approx(15.1), "the error of an oblique view, whatever it is called"


def test_slope_of_the_flat_foot_is_stated() -> None:
    recording = make_recording({"foot_slope": 3.0}, uniform_times(3.0))
    from_front = make_recording({}, uniform_times(3.0), azimuth_deg=CAMERA_IN_FRONT)

    assert analyse(recording).neutral["left_foot_slope_deg"] == pytest.approx(3.0, abs=0.01)
    assert np.isnan(analyse(from_front).neutral["left_foot_slope_deg"])


def test_provenance_and_start_go_through_with_what_was_measured_with() -> None:
    recording = squat()
    provenance = make_provenance(recording)
    analysis = measure_recording(recording, AnalysisSettings(), provenance, STARTED_AT)

    assert analysis.provenance.settings == (
        *provenance.settings,
        ("confidence_model", load_confidence_model().version),
        ("bands", "none"),
        ("angle_method", ANGLE_METHOD),
        ("error_figures", load_error_figures().name),
        ("joint_centres", "plain landmarks"),
    )
    assert analysis.provenance.input is provenance.input
    assert analysis.started_at == STARTED_AT
    assert analysis.side is Side.BOTH


def test_two_runs_give_the_same_numbers() -> None:
    noise = np.random.default_rng(4).normal(0.0, 1.0, squat().image_px.shape)
    recording = replace(squat(), image_px=squat().image_px + noise)
    first, second = (analyse(recording, movement="squat") for _ in range(2))

    assert repr(first.measurements) == repr(second.measurements)
    assert repr(first.repetitions) == repr(second.repetitions)
    assert first.warnings == second.warnings
    for one, other in zip(first.angles.curves, second.angles.curves, strict=True):
        np.testing.assert_array_equal(one.value_deg, other.value_deg)
