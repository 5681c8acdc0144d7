"""Which numbers a published range of motion may stand against: ends that the exercise goes to."""

import pytest

from motion.clinic.tested_ends import is_end_tested


def is_tested(movement: str, joint: str, motion: str, measure: str) -> bool:
    return is_end_tested(movement, f"{joint}_{motion}", measure)


@pytest.mark.parametrize(
    ("movement", "joint", "motion", "measure"),
    [
        ("heel_slide", "knee", "flexion", "rom_max"),
        ("heel_slide", "knee", "flexion", "best_three_mean"),
        ("arm_raise_sideways", "shoulder", "abduction", "rom_max"),
        ("seated_knee_extension", "knee", "flexion", "rom_min"),
        ("neck_side_bend", "neck", "lateral_flexion", "rom_max"),
        ("neck_side_bend", "neck", "lateral_flexion", "rom_min"),
        ("knee_flexion", "knee", "flexion", "rom_max"),
        ("", "knee", "flexion", "rom_max"),
        ("an exercise that is gone", "knee", "flexion", "rom_max"),
    ],
)
def test_the_end_to_which_the_counted_angle_moves_is_tested(movement, joint, motion, measure):
    assert is_tested(movement, joint, motion, measure)


@pytest.mark.parametrize(
    ("movement", "joint", "motion", "measure"),
    [
        ("five_sit_to_stand", "knee", "flexion", "rom_max"),
        ("sit_to_stand", "knee", "flexion", "rom_max"),
        ("squat", "knee", "flexion", "rom_max"),
        ("squat", "ankle", "dorsiflexion", "rom_max"),
        ("walking", "knee", "flexion", "rom_max"),
        ("straight_leg_raise", "knee", "flexion", "rom_max"),
        ("arm_raise_forward", "elbow", "flexion", "rom_max"),
        ("seated_knee_extension", "knee", "flexion", "rom_max"),
        ("heel_slide", "knee", "flexion", "rom_min"),
    ],
)
def test_where_a_joint_only_starts_or_follows_no_end_is_tested(movement, joint, motion, measure):
    assert not is_tested(movement, joint, motion, measure)
