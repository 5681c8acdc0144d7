"""The angle at its joint: the zone lies where the body will be, and never beyond the limit."""

import math
from dataclasses import replace

import numpy as np
import pytest
from live_makers import coach_state, posed
from makers import CAMERA_IN_FRONT, CAMERA_LEFT, CAMERA_RIGHT
from screen_makers import GREY, HEIGHT, holds, near, picture, shown_at

from motion.exercise.coach_state import LightColour
from motion.model import LivePose, landmark_index
from motion.report.coach_joint import LIMIT_BGR, ON_TARGET_BGR, TARGET_BGR, Goal, SidedAngle

NEAR = {"scale_px": 200.0, "centre_px": (320.0, 270.0)}
OPENING = [
    ("left_shoulder_flexion", CAMERA_LEFT),
    ("left_elbow_flexion", CAMERA_LEFT),
    ("left_hip_flexion", CAMERA_LEFT),
    ("left_knee_flexion", CAMERA_LEFT),
    ("right_knee_flexion", CAMERA_RIGHT),
    ("left_ankle_dorsiflexion", CAMERA_LEFT),
    ("trunk_flexion", CAMERA_RIGHT),
    ("left_shoulder_abduction", CAMERA_IN_FRONT),
    ("right_hip_abduction", CAMERA_IN_FRONT),
    ("trunk_lateral_flexion", CAMERA_IN_FRONT),
    ("neck_lateral_flexion", CAMERA_IN_FRONT),
]
MOVING = {
    "shoulder": ("shoulder", "elbow"),
    "elbow": ("elbow", "wrist"),
    "hip": ("hip", "knee"),
    "knee": ("knee", "ankle"),
    "ankle": ("heel", "foot_index"),
}


def moving_ends(name: str, pose: LivePose, *, mirrored: bool) -> tuple[np.ndarray, np.ndarray]:
    """Where the moving segment of an angle begins and ends on the screen."""
    shown = SidedAngle.parse(name)
    joint = shown.angle.split("_")[0]
    if joint == "trunk":
        groups = (("left_hip", "right_hip"), ("left_shoulder", "right_shoulder"))
    elif joint == "neck":
        groups = (("left_ear",), ("right_ear",))
    else:
        groups = tuple((f"{shown.side}_{point}",) for point in MOVING[joint])
    start, end = (
        shown_at(pose.image_px[[landmark_index(n) for n in group]].mean(axis=0), mirrored=mirrored)
        for group in groups
    )
    return start, end


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize("now_deg", [4.0, 25.0])
@pytest.mark.parametrize(("name", "azimuth_deg"), OPENING)
def test_target_zone_lies_where_the_body_will_be(
    name: str, azimuth_deg: float, now_deg: float, mirrored: bool
) -> None:
    target_deg = 60.0
    now = posed({name: now_deg}, azimuth_deg=azimuth_deg, **NEAR)
    there = posed({name: target_deg}, azimuth_deg=azimuth_deg, **NEAR)
    state = coach_state(angle=name, angle_deg=now_deg, target_deg=target_deg, tolerance_deg=6.0)
    drawn = picture(mirrored=mirrored).draw(GREY, now, None, state, None)
    begin, end = moving_ends(name, now, mirrored=mirrored)
    length = float(np.linalg.norm(end - begin))
    unit = HEIGHT / 360
    reach = float(np.clip(0.55 * length, 10 * unit, 45 * unit))
    start, tip = moving_ends(name, there, mirrored=mirrored)
    towards = (tip - start) / np.linalg.norm(tip - start)
    joint = SidedAngle.parse(name).angle.split("_")[0]
    vertex = begin
    if joint == "ankle":
        row = landmark_index(f"{SidedAngle.parse(name).side}_ankle")
        vertex = shown_at(now.image_px[row], mirrored=mirrored)
    if joint == "neck":
        vertex = (begin + end) / 2
    assert near(drawn, vertex + 1.23 * reach * towards, TARGET_BGR)
    assert not near(drawn, vertex - 1.23 * reach * towards, TARGET_BGR)


def test_the_zone_changes_when_it_is_reached() -> None:
    pose = posed({"left_knee_flexion": 88.0})
    state = coach_state(angle_deg=88.0)
    drawn = picture().draw(GREY, pose, None, state, None)
    assert holds(drawn, ON_TARGET_BGR)
    assert not holds(drawn, TARGET_BGR)


def test_the_limit_has_its_mark_and_cuts_the_zone_off() -> None:
    pose = posed({"left_knee_flexion": 40.0})
    state = coach_state(angle_deg=40.0, max_allowed_deg=91.0)
    drawn = picture().draw(GREY, pose, None, state, None)
    assert holds(drawn, LIMIT_BGR)
    without = picture().draw(GREY, pose, None, replace(state, max_allowed_deg=math.nan), None)
    assert not holds(without, LIMIT_BGR)

    def green(image: np.ndarray) -> int:
        return int(np.sum(np.all(image == TARGET_BGR, axis=-1)))

    assert green(drawn) < green(without)


@pytest.mark.parametrize(
    ("target_deg", "limit_deg", "rest_deg", "zone"),
    [
        (90.0, 93.0, 0.0, (82.0, 93.0)),
        (5.0, 0.0, 88.0, (0.0, 13.0)),
        (90.0, math.nan, 0.0, (82.0, 98.0)),
        (90.0, 93.0, math.nan, (82.0, 93.0)),
        (90.0, 60.0, 0.0, (60.0, 60.0)),
    ],
)
def test_zone_never_reaches_beyond_the_limit(
    target_deg: float, limit_deg: float, rest_deg: float, zone: tuple[float, float]
) -> None:
    goal = Goal.of(target_deg, 8.0, limit_deg, rest_deg)
    assert (goal.low_deg, goal.high_deg) == zone


def test_an_angle_that_is_not_measured_is_a_dash_without_an_arc() -> None:
    pose = posed({"left_knee_flexion": 40.0})
    state = coach_state(
        angle_deg=math.nan, frozen=True, light=LightColour.NOT_MEASURED, max_allowed_deg=100.0
    )
    drawn = picture().draw(GREY, pose, None, state, None)
    assert not holds(drawn, TARGET_BGR)
    assert not holds(drawn, LIMIT_BGR)
