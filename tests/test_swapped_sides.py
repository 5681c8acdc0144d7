"""Swapped and mirrored sides on their way into numbers, warnings and the summary."""

from dataclasses import replace

import numpy as np
import pytest
from makers import STARTED_AT, bump, make_provenance, make_recording, uniform_times
from side_makers import KERAAL, read_keraal, swap_frames, walk

from motion.measuring import measure_again, measure_recording
from motion.model import (
    MIRROR,
    Analysis,
    MeasureVerdict,
    Mirrored,
    PoseRecording,
    Side,
    SideCounts,
    TakeConditions,
)
from motion.report.summary import summarise
from motion.settings import AnalysisSettings


def analyse(
    recording: PoseRecording,
    movement: str = "",
    side: Side | None = None,
    mirrored: Mirrored = Mirrored.UNKNOWN,
) -> Analysis:
    settings = AnalysisSettings(
        movement=movement, side=side, conditions=TakeConditions(mirrored=mirrored)
    )
    return measure_recording(recording, settings, make_provenance(recording), STARTED_AT)


def one_arm(side: str) -> PoseRecording:
    time_s = uniform_times(5.0)
    raised = 110.0 * (bump(time_s, 0.5, 0.7) + bump(time_s, 2.5, 0.7))
    return make_recording({f"{side}_shoulder_abduction": raised}, time_s, azimuth_deg=0.0)


def in_turn(first: str, second: str) -> PoseRecording:
    time_s = uniform_times(5.0)
    pose = {
        f"{first}_shoulder_abduction": 100.0 * bump(time_s, 0.5, 0.7),
        f"{second}_shoulder_abduction": 100.0 * bump(time_s, 2.5, 0.7),
    }
    return make_recording(pose, time_s, azimuth_deg=0.0)


def test_swapped_legs_change_no_angle_and_are_counted() -> None:
    plain = walk(azimuth_deg=90.0)
    spoiled, _ = swap_frames(plain, "legs", slice(40, 52))

    found, wanted = analyse(spoiled), analyse(plain)

    for curve in wanted.angles.curves:
        np.testing.assert_array_equal(
            found.angles[curve.name].value_deg, curve.value_deg, err_msg=curve.name
        )
    assert found.sides == SideCounts(swapped_leg_frames=12)
    said = "Left and right legs were swapped in 12 frames; they were put back."
    assert said in found.warnings
    assert said not in wanted.warnings


def test_the_summary_counts_them() -> None:
    spoiled, _ = swap_frames(walk(azimuth_deg=90.0), "arms", [40])

    assert summarise(analyse(spoiled))["sides"] == {
        "swapped_leg_frames": 0,
        "swapped_arm_frames": 1,
        "ambiguous_frames": 0,
        "suspicion": "",
    }


def test_measuring_again_changes_nothing_and_forgets_nothing() -> None:
    spoiled, _ = swap_frames(walk(azimuth_deg=90.0), "whole body", slice(40, 52))
    first = analyse(spoiled)

    again = measure_again(first, AnalysisSettings())

    assert again.sides == first.sides
    assert again.warnings == first.warnings
    np.testing.assert_array_equal(again.recording.image_px, first.recording.image_px)


def test_sides_that_cannot_be_told_are_said() -> None:
    plain = one_arm("right")
    image, world = np.array(plain.image_px), np.array(plain.world_m)
    image[60:80] = image[60:80][:, list(MIRROR)]
    world[60:80] = world[60:80][:, list(MIRROR)] * [1, 1, -1]

    found = analyse(replace(plain, image_px=image, world_m=world))

    said = [each for each in found.warnings if "could not be told apart in 20 frames" in each]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("mirrored", "said"),
    [
        (Mirrored.UNKNOWN, "nobody said whether it is"),
        (Mirrored.NO, "it was said not to be"),
        (Mirrored.YES, ""),
    ],
)
def test_another_arm_than_planned_may_be_a_mirror(mirrored: Mirrored, said: str) -> None:
    found = analyse(one_arm("right"), "arm_raise_sideways", Side.LEFT, mirrored)

    suspected = [each for each in found.warnings if "may be mirrored" in each]
    assert all(said in each for each in suspected)
    assert bool(suspected) == bool(said)
    assert found.conditions.mirrored is mirrored


def test_the_arm_that_was_planned_is_no_mirror() -> None:
    found = analyse(one_arm("right"), "arm_raise_sideways", Side.RIGHT)

    assert not any("mirrored" in each for each in found.warnings)


def test_another_arm_first_than_planned_may_be_a_mirror() -> None:
    planned = analyse(in_turn("left", "right"), "arm_raise_sideways", Side.LEFT)
    other = analyse(in_turn("left", "right"), "arm_raise_sideways", Side.RIGHT)

    assert planned.sides.suspicion == ""
    assert "the right side was to move first" in other.sides.suspicion
    assert any("may be mirrored, as by a selfie camera" in each for each in other.warnings)


def stand_on(side: str) -> PoseRecording:
    lifted = "right" if side == "left" else "left"
    time_s = uniform_times(8.0)
    up = bump(time_s, 1.5, 0.5, 4.0)
    pose = {f"{lifted}_hip_flexion": 60.0 * up, f"{lifted}_knee_flexion": 80.0 * up}
    return make_recording(pose, time_s, azimuth_deg=0.0)


@pytest.mark.parametrize("stood_on", [Side.LEFT, Side.RIGHT])
def test_the_side_of_standing_on_one_leg_is_the_leg_that_stays(stood_on: Side) -> None:
    other = Side.RIGHT if stood_on is Side.LEFT else Side.LEFT

    right = analyse(stand_on(stood_on.value), "single_leg_stance", stood_on)
    wrong = analyse(stand_on(stood_on.value), "single_leg_stance", other)

    assert right.sides.suspicion == ""
    assert wrong.sides.suspicion == (
        f"the {stood_on} side was to move first, but the {other} side did"
    )
    assert any("may be mirrored" in each for each in wrong.warnings)


def test_labels_that_contradict_the_body_are_said() -> None:
    exchanged, _ = swap_frames(walk(azimuth_deg=0.0), "whole body", slice(None))

    found = analyse(exchanged)

    assert any(each.startswith("Check left and right: face, feet") for each in found.warnings)


@pytest.mark.validation
@pytest.mark.skipif(not KERAAL.is_dir(), reason="needs ../shared/validation/real/keraal")
@pytest.mark.parametrize(("exercise", "suspected"), [("ELK", True), ("CTK", False)])
def test_keraal_where_the_right_arm_was_to_move_first(exercise: str, suspected: bool) -> None:
    found = analyse(read_keraal(exercise), "arm_raise_sideways", Side.RIGHT)

    assert bool(found.sides.suspicion) == suspected
    assert any("may be mirrored" in each for each in found.warnings) == suspected
    assert found.conditions.mirrored is Mirrored.UNKNOWN


def test_sides_that_cannot_be_told_make_sided_numbers_uncertain() -> None:
    """The model takes front for back for a fifth of the take: said beside each sided number."""
    plain = walk(azimuth_deg=0.0, duration_s=6.0)
    image, world = np.array(plain.image_px), np.array(plain.world_m)
    rows = slice(60, 100)
    image[rows] = image[rows][:, list(MIRROR)]
    world[rows] = world[rows][:, list(MIRROR)] * [1, 1, -1]
    found = analyse(replace(plain, image_px=image, world_m=world))

    said = "left and right could not be told apart in 22% of the frames"
    sided = [m for m in found.measurements if np.isfinite(m.value) and m.side is not Side.NONE]
    assert sided
    for number in sided:
        assert number.verdict is MeasureVerdict.UNCERTAIN
        assert said in number.note
    assert not any(said in m.note for m in found.measurements if m.side is Side.NONE)
    assert not any(said in m.note for m in analyse(plain).measurements)
