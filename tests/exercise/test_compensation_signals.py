import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.exercise.compensation_signals import SIGNALS, read_signal, with_errors
from motion.kinematics import JOINTS
from motion.library import list_exercises, load_signals
from motion.model import LANDMARKS, MIRROR, LivePose, Side, View, ViewName, landmark_index

TRUNK_PX, STANCE_PX, SHANK_PX = 200.0, 120.0, 150.0


def view(azimuth_deg: float) -> View:
    """Return a view from somewhere about the person."""
    from_front = min(abs(azimuth_deg), 180.0 - abs(azimuth_deg))
    sagittal = from_front > 45.0
    return View(
        name=ViewName.SAGITTAL if sagittal else ViewName.FRONTAL,
        azimuth_deg=azimuth_deg,
        azimuth_sd_deg=3.0,
        off_plane_deg=min(from_front, 90.0 - from_front),
        roll_deg=0.0,
        facing="",
    )


FRONT, BACK, LEFT, RIGHT = view(0.0), view(180.0), view(90.0), view(-90.0)

# A body seen from the front, in the person's own right and up from the floor, pixels.
STANDING = {
    "ear": (15.0, 560.0),
    "shoulder": (50.0, 500.0),
    "hip": (40.0, 300.0),
    "knee": (50.0, 160.0),
    "ankle": (STANCE_PX / 2, 10.0),
    "heel": (60.0, 0.0),
    "foot_index": (60.0, 5.0),
}


def body(seen_from: View, **moved: tuple[float, float]) -> LivePose:
    """Return the standing body; a point named with its side is moved to the right and up."""
    image_px = np.zeros((len(LANDMARKS), 2))
    right_in_picture = -1.0 if abs(seen_from.azimuth_deg) < 90.0 else 1.0
    for name, (right, up) in STANDING.items():
        for side, sign in (("left", -1.0), ("right", 1.0)):
            more_right, more_up = moved.get(f"{side}_{name}", (0.0, 0.0))
            image_px[landmark_index(f"{side}_{name}")] = (
                320.0 + right_in_picture * (sign * right + more_right),
                600.0 - up - more_up,
            )
    ones = np.ones(len(LANDMARKS))
    world_m = np.zeros((len(LANDMARKS), 3))
    return LivePose(time_s=0.0, image_px=image_px, world_m=world_m, visibility=ones, presence=ones)


def read(name: str, pose: LivePose, side: Side, seen_from: View | None) -> float:
    return read_signal(name, pose, {}, side, seen_from)


@pytest.mark.parametrize("seen_from", [FRONT, BACK])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("name", ["pelvis_drop_deg", "shoulder_tilt_deg", "hip_shift_percent"])
def test_an_even_body_has_nothing_to_one_side(name: str, side: Side, seen_from: View) -> None:
    assert read(name, body(seen_from), side, seen_from) == pytest.approx(0.0)


@pytest.mark.parametrize("seen_from", [FRONT, BACK])
@pytest.mark.parametrize(("side", "sign"), [(Side.RIGHT, 1.0), (Side.NONE, 1.0), (Side.LEFT, -1.0)])
def test_a_line_across_falls_towards_its_side(side: Side, sign: float, seen_from: View) -> None:
    drop_px = 80.0 * math.tan(math.radians(7.0))
    pose = body(seen_from, right_hip=(0.0, -drop_px))
    tilted = body(seen_from, left_shoulder=(0.0, 100.0 * math.tan(math.radians(6.0))))

    assert read("pelvis_drop_deg", pose, side, seen_from) == pytest.approx(7.0 * sign)
    assert read("shoulder_tilt_deg", tilted, side, seen_from) == pytest.approx(6.0 * sign)


@pytest.mark.parametrize("seen_from", [FRONT, BACK])
def test_weight_to_the_right_is_a_share_of_the_stance(seen_from: View) -> None:
    pose = body(seen_from, left_hip=(18.0, 0.0), right_hip=(18.0, 0.0))

    assert read("hip_shift_percent", pose, Side.BOTH, seen_from) == pytest.approx(15.0)
    assert read("hip_shift_percent", pose, Side.LEFT, seen_from) == pytest.approx(-15.0)


def test_feet_together_give_no_share_of_the_stance() -> None:
    pose = body(FRONT, left_ankle=(45.0, 0.0), right_ankle=(-45.0, 0.0))

    assert math.isnan(read("hip_shift_percent", pose, Side.BOTH, FRONT))


@pytest.mark.parametrize("seen_from", [FRONT, BACK])
@pytest.mark.parametrize(("side", "in_px"), [("left", 20.0), ("right", -20.0)])
def test_a_knee_that_goes_in_is_positive(side: str, in_px: float, seen_from: View) -> None:
    straight = read("knee_inward_deg", body(seen_from), Side(side), seen_from)
    pose = body(seen_from, **{f"{side}_knee": (in_px, 0.0)})
    inwards = read("knee_inward_deg", pose, Side(side), seen_from)

    # From the outward 4.1 degrees of the thigh and 3.8 of the shank to inward 4.1 and 11.3.
    thigh, shank = math.atan2(10.0, 140.0), math.atan2(10.0, 150.0)
    assert straight == pytest.approx(math.degrees(shank - thigh))
    thigh, shank = math.atan2(-10.0, 140.0), math.atan2(30.0, 150.0)
    assert inwards == pytest.approx(math.degrees(shank - thigh))
    # Where both knees bend, the one that is farther in counts.
    assert read("knee_inward_deg", pose, Side.BOTH, seen_from) == pytest.approx(inwards)


def test_a_hike_is_the_share_by_which_the_neck_shrinks() -> None:
    start = read("shoulder_hike_percent", body(FRONT), Side.LEFT, FRONT)
    neck_px = math.hypot(35.0, 60.0)
    # Half of the neck's length is gone: the ear stays, one shoulder comes nearer to it.
    pose = body(FRONT, left_shoulder=(17.5, 30.0))
    trunk_px = math.hypot(17.5 / 2, TRUNK_PX + 15.0)
    hiked = read("shoulder_hike_percent", pose, Side.LEFT, FRONT)

    assert start == pytest.approx(100.0 * neck_px / TRUNK_PX)
    assert hiked == pytest.approx(50.0 * neck_px / trunk_px)
    change = SIGNALS["shoulder_hike_percent"].change(hiked, start)
    assert change == pytest.approx(100.0 - 50.0 * TRUNK_PX / trunk_px)


@pytest.mark.parametrize(("seen_from", "near"), [(LEFT, "left"), (RIGHT, "right")])
def test_a_heel_that_rises_is_a_share_of_the_near_shank(seen_from: View, near: str) -> None:
    signal = SIGNALS["heel_lift_percent"]
    pose = body(seen_from, **{f"{near}_heel": (0.0, 30.0)})
    shank_px = math.hypot(10.0, SHANK_PX)

    for side in (Side(near), Side.BOTH):
        start = read(signal.name, body(seen_from), side, seen_from)
        change = signal.change(read(signal.name, pose, side, seen_from), start)
        assert change == pytest.approx(100.0 * 30.0 / shank_px)


def test_the_far_heel_is_not_given() -> None:
    assert math.isnan(read("heel_lift_percent", body(LEFT), Side.RIGHT, LEFT))


@pytest.mark.parametrize("name", [s.name for s in SIGNALS.values() if s.name.count("_") > 1])
def test_a_view_of_another_plane_or_none_shows_nothing(name: str) -> None:
    other = LEFT if SIGNALS[name].view is ViewName.FRONTAL else FRONT

    assert math.isnan(read(name, body(other), Side.LEFT, other))
    assert math.isnan(read(name, body(other), Side.LEFT, None))
    unknown = replace(FRONT, name=ViewName.UNKNOWN, azimuth_deg=math.nan, off_plane_deg=math.nan)
    assert math.isnan(read(name, body(FRONT), Side.LEFT, unknown))


@pytest.mark.parametrize(
    "name",
    [
        "shoulder_hike_percent",
        "knee_inward_deg",
        "pelvis_drop_deg",
        "shoulder_tilt_deg",
        "hip_shift_percent",
        "heel_lift_percent",
    ],
)
def test_a_point_that_is_not_seen_is_not_guessed(name: str) -> None:
    signal = SIGNALS[name]
    seen_from = FRONT if signal.view is ViewName.FRONTAL else LEFT
    whole = body(seen_from)
    assert math.isfinite(read(name, whole, Side.LEFT, seen_from))
    for point in signal.points:
        side, joint = ("right", point[6:]) if point.startswith("other_") else ("left", point)
        visibility = whole.visibility.copy()
        visibility[landmark_index(f"{side}_{joint}")] = 0.2

        assert math.isnan(read(name, replace(whole, visibility=visibility), Side.LEFT, seen_from))
        if seen_from is FRONT:
            # Of both sides the larger might be the one that is not seen.
            hidden = replace(whole, visibility=visibility)
            assert math.isnan(read(name, hidden, Side.BOTH, seen_from))


def test_nobody_gives_no_signal() -> None:
    nobody = LivePose.nobody(0.0)
    for name in SIGNALS:
        for seen_from in (FRONT, LEFT):
            assert math.isnan(read(name, nobody, Side.LEFT, seen_from))


def test_angles_are_taken_by_their_names() -> None:
    angles = {"trunk_flexion": 12.0, "left_elbow_flexion": 20.0, "right_elbow_flexion": 30.0}
    pose = body(LEFT)

    def angle(name: str, side: Side) -> float:
        return read_signal(name, pose, angles, side, LEFT)

    assert angle("trunk_flexion", Side.LEFT) == 12.0
    assert angle("elbow_flexion", Side.RIGHT) == 30.0
    # Both arms in a side view: the near one.
    assert angle("elbow_flexion", Side.BOTH) == 20.0
    assert math.isnan(angle("knee_flexion", Side.LEFT))
    assert {joint.name for joint in JOINTS} <= set(SIGNALS)


@given(
    size=st.floats(min_value=0.3, max_value=3.0),
    right_px=st.floats(min_value=-500.0, max_value=500.0),
    down_px=st.floats(min_value=-500.0, max_value=500.0),
    name=st.sampled_from(
        ["shoulder_hike_percent", "knee_inward_deg", "pelvis_drop_deg", "hip_shift_percent"]
    ),
    moved=st.floats(min_value=-25.0, max_value=25.0),
)
def test_size_and_place_in_the_picture_do_not_matter_and_a_mirror_swaps_the_sides(
    size: float, right_px: float, down_px: float, name: str, moved: float
) -> None:
    pose = body(FRONT, left_knee=(moved, 0.0), left_hip=(moved / 3.0, moved / 2.0))
    here = read(name, pose, Side.LEFT, FRONT)
    placed = replace(pose, image_px=size * pose.image_px + [right_px, down_px])
    mirrored = replace(pose, image_px=(pose.image_px * [-1.0, 1.0])[list(MIRROR)])

    assert read(name, placed, Side.LEFT, FRONT) == pytest.approx(here, abs=1e-6)
    assert read(name, mirrored, Side.RIGHT, FRONT) == pytest.approx(here, abs=1e-6)


def test_errors_are_added_by_name() -> None:
    signals = with_errors([{"signal": "knee_inward_deg", "error": "2.5"}])

    assert signals["knee_inward_deg"].error == 2.5
    assert signals["knee_inward_deg"].least_limit == 5.0
    assert math.isnan(signals["pelvis_drop_deg"].least_limit)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"signal": "knee_outward", "error": "2"}, "'knee_outward' is no signal"),
        ({"signal": "knee_inward_deg", "error": "wide"}, "over 0, got 'wide'"),
        ({"signal": "knee_inward_deg", "error": "0"}, "over 0, got '0'"),
        ({"signal": "knee_inward_deg", "error": "inf"}, "over 0, got 'inf'"),
    ],
)
def test_an_error_that_cannot_be_is_refused(row: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        with_errors([row])


def test_no_rule_of_the_library_is_below_twice_a_measured_error() -> None:
    """A signal whose error nobody measured has no least limit, and no rule may stand on it."""
    signals = load_signals()
    rules = [(e.name, rule) for e in list_exercises().values() for rule in e.compensations]

    assert len(rules) > 10
    for name, rule in rules:
        assert rule.limit >= signals[rule.signal].least_limit, (name, rule.signal)
