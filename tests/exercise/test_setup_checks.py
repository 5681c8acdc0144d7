"""Each check of set-up: what it lets pass, what it says otherwise, and that it does not flicker."""

from dataclasses import replace

import numpy as np
import pytest
from makers import view_from
from setup_makers import SCALE_PX, SIGHT, SITS, STANDS, Feed, make_exercise, make_pose

from motion.exercise.cues import Cue, CueKey
from motion.exercise.exercises import Sides
from motion.exercise.setup_body import find_body_box, measure_height_px, measure_stature_px
from motion.exercise.setup_state import PictureLight, SetupState, SetupStep
from motion.model import LivePose, Position, Side


def last_of(states: list[SetupState]) -> tuple[SetupStep, Cue | None]:
    return states[-1].step, states[-1].cue


def asked(step: SetupStep, key: str, **values: str) -> tuple[SetupStep, Cue]:
    return step, Cue(key, tuple(values.items()))


PASSED = asked(SetupStep.HAND, CueKey.LIFT_RIGHT_HAND)


def test_nobody_is_asked_to_come() -> None:
    states = Feed().keep(2.0, LivePose.nobody(0.0))

    assert last_of(states) == asked(SetupStep.PERSON, CueKey.COME_INTO_VIEW)


def test_nobody_in_the_dark_is_asked_for_light() -> None:
    dark = replace(SIGHT, light=PictureLight(body=12, around=12))

    assert last_of(Feed().keep(2.0, LivePose.nobody(0.0), sight=dark)) == asked(
        SetupStep.PERSON, CueKey.TOO_DARK
    )


# ---------------------------------------------------------------- in view


def test_what_the_exercise_does_not_need_may_be_out_of_view() -> None:
    feed = Feed(make_exercise(needs=("shoulder", "elbow", "wrist")), Side.LEFT)
    legs = tuple(f"{s}_{j}" for s in ("left", "right") for j in ("hip", "knee", "ankle", "heel"))
    near = make_pose(scale_px=500.0, centre_px=(320.0, 360.0), hidden=legs)

    assert last_of(feed.keep(3.0, near)) == PASSED


def test_a_hidden_point_of_the_planned_side_is_named() -> None:
    feed = Feed(side=Side.LEFT)
    states = feed.keep(4.0, make_pose(hidden=("left_ankle", "right_ankle")))

    assert last_of(states) == asked(
        SetupStep.IN_VIEW, CueKey.SHOW_SEGMENT, segment="segment.left_ankle"
    )


def test_the_far_side_of_a_side_view_is_not_asked_for() -> None:
    far = ("right_shoulder", "right_hip", "right_knee", "right_ankle")

    assert last_of(Feed(side=Side.LEFT).keep(4.0, make_pose(hidden=far))) == PASSED
    assert last_of(Feed(side=Side.BOTH).keep(4.0, make_pose(hidden=far))) == PASSED


def test_from_the_front_both_sides_that_move_are_asked_for() -> None:
    exercise = make_exercise(view="frontal")
    pose = make_pose(azimuth_deg=0.0, hidden=("right_knee",))
    states = {
        side: Feed(exercise, side).keep(4.0, pose, azimuth_deg=0.0)
        for side in (Side.BOTH, Side.LEFT)
    }

    assert last_of(states[Side.BOTH]) == asked(
        SetupStep.IN_VIEW, CueKey.SHOW_SEGMENT, segment="segment.right_knee"
    )
    assert last_of(states[Side.LEFT]) == PASSED


def test_trunk_and_neck_name_their_points_themselves() -> None:
    needs = ("left_ear", "right_ear")
    hidden = make_pose(azimuth_deg=0.0, hidden=("right_ear",))
    front = make_exercise(needs=needs, view="frontal", sides=Sides.NONE)
    beside = make_exercise(needs=needs, view="sagittal", sides=Sides.NONE)

    assert last_of(Feed(front, Side.NONE).keep(4.0, hidden, azimuth_deg=0.0)) == asked(
        SetupStep.IN_VIEW, CueKey.SHOW_SEGMENT, segment="segment.right_ear"
    )
    assert last_of(Feed(beside, Side.NONE).keep(4.0, make_pose(hidden=("right_ear",)))) == PASSED


def test_ten_percent_of_the_picture_is_kept_free_and_four_while_it_holds() -> None:
    ankle_below_px = 0.82 * SCALE_PX

    def stand(feet_at: float) -> LivePose:
        return make_pose(centre_px=(320.0, feet_at * SIGHT.height_px - ankle_below_px))

    feed = Feed()
    assert last_of(feed.keep(3.0, stand(0.92)))[0] is SetupStep.IN_VIEW
    assert last_of(feed.keep(3.0, stand(0.89))) == PASSED
    assert last_of(feed.keep(3.0, stand(0.95))) == PASSED
    assert last_of(feed.keep(3.0, stand(0.97)))[0] is SetupStep.IN_VIEW


def test_who_is_too_near_for_the_picture_steps_back_rather_than_showing_a_foot() -> None:
    states = Feed().keep(3.0, scale_px=420.0)

    assert last_of(states) == asked(SetupStep.IN_VIEW, CueKey.STEP_BACK)


# ---------------------------------------------------------------- distance


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.50, asked(SetupStep.DISTANCE, CueKey.COME_CLOSER)),
        (0.57, asked(SetupStep.DISTANCE, CueKey.COME_CLOSER)),
        (0.63, PASSED),
        (0.83, PASSED),
        (0.88, asked(SetupStep.DISTANCE, CueKey.STEP_BACK)),
    ],
)
def test_a_standing_body_is_60_to_85_percent_of_the_height(
    share: float, expected: tuple[SetupStep, Cue]
) -> None:
    per_scale = measure_height_px(make_pose()) / SCALE_PX
    scale_px = share * SIGHT.height_px / per_scale

    assert last_of(Feed().keep(3.0, scale_px=scale_px, centre_px=(320.0, 200.0))) == expected


def test_who_sits_and_will_stand_needs_the_room_of_the_stature() -> None:
    exercise = make_exercise(position=Position.SITTING)
    small = Feed(exercise).keep(3.0, SITS)
    large = Feed(exercise).keep(3.0, SITS, scale_px=270.0, centre_px=(320.0, 240.0))

    assert last_of(small) == PASSED
    assert last_of(large) == asked(SetupStep.DISTANCE, CueKey.STEP_BACK)


def test_size_does_not_depend_on_posture() -> None:
    statures = [measure_stature_px(make_pose(pose)) for pose in (STANDS, SITS)]

    assert statures[0] == pytest.approx(statures[1])


def test_who_lies_need_not_fill_the_height() -> None:
    exercise = make_exercise(position=Position.SUPINE)
    lies = {"clockwise_deg": 90.0, "centre_px": (340.0, 300.0)}

    assert last_of(Feed(exercise).keep(3.0, **lies)) == PASSED
    assert last_of(Feed(exercise).keep(3.0, scale_px=120.0, **lies)) == asked(
        SetupStep.DISTANCE, CueKey.COME_CLOSER
    )


# ---------------------------------------------------------------- light


@pytest.mark.parametrize(
    ("body", "around", "key"),
    [
        (120.0, 150.0, None),
        (75.0, 185.0, None),  # dark clothes before a white wall
        (45.0, 200.0, CueKey.LIGHT_BEHIND),
        (70.0, 69.0, CueKey.TOO_DARK),
        (20.0, 60.0, CueKey.TOO_DARK),
    ],
)
def test_light_from_behind_and_too_little_of_it(
    body: float, around: float, key: CueKey | None
) -> None:
    sight = replace(SIGHT, light=PictureLight(body=body, around=around))
    expected = asked(SetupStep.LIGHT, key) if key else PASSED

    assert last_of(Feed().keep(3.0, sight=sight)) == expected


def test_a_picture_whose_light_was_not_looked_at_passes() -> None:
    assert last_of(Feed().keep(3.0, sight=replace(SIGHT, light=None))) == PASSED


def test_the_box_of_the_body_holds_trunk_and_head_and_not_the_arms() -> None:
    box = find_body_box(make_pose({"shoulder_abduction": 90.0}, azimuth_deg=0.0))

    assert box is not None
    assert box[2] - box[0] < 0.7 * SCALE_PX
    assert box[3] - box[1] > 0.5 * SCALE_PX
    assert find_body_box(LivePose.nobody(0.0)) is None


# ---------------------------------------------------------------- level and side


@pytest.mark.parametrize(("roll_deg", "level"), [(0, True), (6, True), (8, False), (-12, False)])
def test_the_camera_is_to_be_level(roll_deg: float, level: bool) -> None:
    view = replace(view_from(90.0), roll_deg=float(roll_deg))
    expected = PASSED if level else asked(SetupStep.LEVEL, CueKey.LEVEL_CAMERA)

    assert last_of(Feed().keep(3.0, view=view)) == expected


def test_who_sits_is_not_asked_for_a_level_camera() -> None:
    view = view_from(90.0)  # its roll is unknown
    feed = Feed(make_exercise(position=Position.SITTING))

    assert np.isnan(view.roll_deg)
    assert last_of(feed.keep(3.0, SITS, view=view)) == PASSED


LEFT = asked(SetupStep.SIDE, CueKey.TURN_SIDE, side="side.left")
RIGHT = asked(SetupStep.SIDE, CueKey.TURN_SIDE, side="side.right")
A_LITTLE = asked(SetupStep.SIDE, CueKey.TURN_A_LITTLE)
FACE = asked(SetupStep.SIDE, CueKey.FACE_CAMERA)


@pytest.mark.parametrize(
    ("view", "side", "azimuth_deg", "expected"),
    [
        ("sagittal", Side.LEFT, 90.0, PASSED),
        ("sagittal", Side.LEFT, 80.0, PASSED),
        ("sagittal", Side.LEFT, 70.0, A_LITTLE),
        ("sagittal", Side.LEFT, 125.0, A_LITTLE),
        ("sagittal", Side.LEFT, 20.0, LEFT),
        ("sagittal", Side.LEFT, -90.0, LEFT),
        ("sagittal", Side.RIGHT, 90.0, RIGHT),
        ("sagittal", Side.RIGHT, -95.0, PASSED),
        ("sagittal", Side.BOTH, -90.0, PASSED),
        ("sagittal", Side.BOTH, 30.0, LEFT),
        ("sagittal", Side.BOTH, -30.0, RIGHT),
        ("frontal", Side.RIGHT, 0.0, PASSED),
        ("frontal", Side.RIGHT, -12.0, PASSED),
        ("frontal", Side.RIGHT, 30.0, A_LITTLE),
        ("frontal", Side.RIGHT, 90.0, FACE),
        ("frontal", Side.RIGHT, 180.0, FACE),
        ("", Side.RIGHT, 45.0, PASSED),
    ],
)
def test_how_to_turn(
    view: str, side: Side, azimuth_deg: float, expected: tuple[SetupStep, Cue]
) -> None:
    feed = Feed(make_exercise(needs=("hip", "knee"), view=view), side)

    assert last_of(feed.keep(3.0, azimuth_deg=azimuth_deg)) == expected


def test_while_the_view_is_not_known_nothing_is_asked_for_two_seconds() -> None:
    feed = Feed(side=Side.RIGHT)
    states = [feed.show(make_pose()) for _ in range(80)]
    said_s = [n / 20.0 for n, state in enumerate(states) if state.cue]

    assert states[-1].step is SetupStep.SIDE
    assert 2.0 < said_s[0] < 3.0
    assert states[-1].cue == RIGHT[1]


def test_who_shows_the_wrong_side_is_asked_to_turn_and_not_to_show_a_hidden_knee() -> None:
    feed = Feed(side=Side.RIGHT)
    hidden = ("right_shoulder", "right_hip", "right_knee", "right_ankle")

    assert last_of(feed.keep(4.0, make_pose(hidden=hidden))) == RIGHT


def test_turning_lets_go_later_than_it_took_hold() -> None:
    feed = Feed()

    assert last_of(feed.keep(3.0, azimuth_deg=75.0)) == A_LITTLE
    assert last_of(feed.keep(3.0, azimuth_deg=80.0)) == PASSED
    assert last_of(feed.keep(3.0, azimuth_deg=75.0)) == PASSED
    assert last_of(feed.keep(3.0, azimuth_deg=70.0)) == A_LITTLE
