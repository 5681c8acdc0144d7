"""The live screen: what stands where, what is never invented, and nothing by colour alone."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from live_makers import coach_state, coached, live_pose, make_exercise, posed, prescribe
from makers import CAMERA_IN_FRONT, CAMERA_LEFT, hide, make_recording
from screen_makers import GREY, HEIGHT, NOBODY, WIDTH, holds, listen, picture, shown_at

from motion.exercise.coach_state import LightColour, Phase
from motion.exercise.cues import Cue, CueKey
from motion.exercise.setup_state import SetupState, SetupStep
from motion.kinematics import JOINTS
from motion.model import LivePose, Side, landmark_index
from motion.report.coach_cards import Layout
from motion.report.coach_joint import TARGET_BGR
from motion.report.coach_picture import CoachPicture
from motion.texts import load_texts

# ---------------------------------------------------------------- picture and body


@pytest.mark.parametrize("mirrored", [True, False])
def test_picture_is_mirrored_for_display_only_and_left_as_it_came(mirrored: bool) -> None:
    camera = GREY.copy()
    camera[:, :320] = (200, 20, 20)  # on the left as the camera sees it
    before = camera.copy()
    drawn = picture(mirrored=mirrored).draw(camera, None, None, None, None)
    np.testing.assert_array_equal(camera, before)
    left, right = drawn[200, 100], drawn[200, 540]
    assert tuple(right if mirrored else left) == (200, 20, 20)
    assert tuple(left if mirrored else right) == (128, 128, 128)


@pytest.mark.parametrize("mirrored", [True, False])
def test_landmarks_lie_on_the_person(mirrored: bool) -> None:
    pose = posed({"left_knee_flexion": 40.0}, azimuth_deg=60.0)
    drawn = picture(mirrored=mirrored).draw(GREY, pose, None, coach_state(), None)
    for name in ("left_ankle", "right_wrist", "left_elbow"):
        place = shown_at(pose.image_px[landmark_index(name)], mirrored=mirrored)
        assert np.any(drawn[round(place[1]), round(place[0])] != 128)


def test_words_are_never_mirrored() -> None:
    state = coach_state(cue=Cue(CueKey.GOOD), counted=(coached(19.5),))
    as_mirror, as_camera = (
        picture(mirrored=mirrored).draw(GREY, NOBODY, None, state, None)
        for mirrored in (True, False)
    )
    np.testing.assert_array_equal(as_mirror, as_camera)


def test_only_the_segments_of_the_angle_are_thick() -> None:
    pose = posed({"knee_flexion": 60.0}, azimuth_deg=CAMERA_LEFT)
    drawn = picture(mirrored=False).draw(GREY, pose, None, coach_state(angle_deg=math.nan), None)

    def width(start: str, end: str) -> int:
        a, b = (
            shown_at(pose.image_px[landmark_index(name)], mirrored=False) for name in (start, end)
        )
        across = np.array([a[1] - b[1], b[0] - a[0]]) / np.linalg.norm(b - a)
        line = [(a + b) / 2 + k * across for k in range(-8, 9)]
        return sum(bool(np.any(drawn[round(y), round(x)] != 128)) for x, y in line)

    assert width("left_hip", "left_knee") >= 5
    assert width("left_knee", "left_ankle") >= 5
    assert width("left_shoulder", "left_hip") <= 3


def test_what_was_not_seen_is_not_drawn() -> None:
    recording = make_recording({"left_knee_flexion": 60.0})
    whole, hidden = (
        picture().draw(GREY, pose, None, coach_state(), None)
        for pose in (live_pose(recording), live_pose(hide(recording, [0], ["left_knee"])))
    )
    assert holds(whole, TARGET_BGR)
    assert not holds(hidden, TARGET_BGR)
    thigh = recording.image_px[0, [landmark_index("left_hip"), landmark_index("left_knee")]]
    x, y = np.rint(shown_at(thigh.mean(axis=0), mirrored=True)).astype(int)
    alone = np.s_[y - 2 : y + 3, x - 2 : x + 3]
    assert np.any(whole[alone] == 200)  # blue of the light
    assert not np.any(hidden[alone] == 200)


@pytest.mark.parametrize("pose", [None, NOBODY])
def test_nobody_in_view_is_an_empty_picture(pose: LivePose | None) -> None:
    drawn = picture().draw(GREY, pose, None, coach_state(), None)
    room = Layout(WIDTH, HEIGHT).strip_top
    assert np.all(drawn[180 : room - 10, 80:500] == 128)


def test_a_doubtful_landmark_is_not_drawn() -> None:
    pose = posed({}, visibility=0.4)
    drawn = picture().draw(GREY, pose, None, coach_state(), None)
    np.testing.assert_array_equal(drawn, picture().draw(GREY, NOBODY, None, coach_state(), None))


def test_set_up_shows_which_segments_count() -> None:
    pose = posed({}, azimuth_deg=CAMERA_IN_FRONT)
    one, both = (
        picture(side=side).draw(GREY, pose, None, None, None) for side in (Side.LEFT, Side.BOTH)
    )
    right = shown_at(pose.image_px[landmark_index("right_knee")] - [0, 12], mirrored=True)
    x, y = np.rint(right).astype(int)
    assert np.sum(np.all(both[y, x - 6 : x + 7] == 235, axis=-1)) > np.sum(
        np.all(one[y, x - 6 : x + 7] == 235, axis=-1)
    )


# ---------------------------------------------------------------- set-up


def test_set_up_ticks_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    steps = tuple(SetupStep)

    def ticks(done: int) -> int:
        state = SetupState(step=steps[done], done=steps[:done], cue=Cue(CueKey.STEP_BACK))
        drawn = picture().draw(GREY, NOBODY, state, None, None)
        return int(np.sum(np.all(drawn == (233, 180, 86), axis=-1)))

    assert ticks(0) == 0 < ticks(2) < ticks(6)
    assert {f"step.{step}" for step in steps if step is not SetupStep.READY} <= set(said)
    assert "cue.step_back" in said


def test_set_up_counts_in_large_digits() -> None:
    state = SetupState(step=SetupStep.COUNTDOWN, done=(), cue=None, countdown_s=3)
    drawn = picture().draw(GREY, NOBODY, state, None, None)
    middle = np.all(drawn[60:340, 280:360] >= 240, axis=-1)
    rows = np.flatnonzero(middle.any(axis=1))
    assert rows[-1] - rows[0] >= 0.2 * HEIGHT


# ---------------------------------------------------------------- whatever comes

ANGLES = [
    f"{side}{joint.name}"
    for joint in JOINTS
    for side in (("left_", "right_") if joint.sided else ("",))
]
numbers = st.floats(-400, 400) | st.just(math.nan)
sizes = st.tuples(st.integers(2, 900), st.integers(2, 900))
cues = st.none() | st.sampled_from(
    [Cue(CueKey.GOOD), Cue(CueKey.HOLD, (("seconds", "3"),)), Cue(CueKey.TURN_A_LITTLE)]
)
states = st.builds(
    coach_state,
    phase=st.sampled_from(Phase),
    light=st.sampled_from(LightColour),
    angle=st.sampled_from(ANGLES),
    angle_deg=numbers,
    target_deg=numbers,
    tolerance_deg=st.floats(0, 40),
    max_allowed_deg=numbers,
    rest_deg=numbers,
    repetition=st.integers(0, 40),
    repetitions=st.integers(0, 30),
    hold_s=numbers,
    hold_wanted_s=numbers,
    phase_s=numbers,
    rest_left_s=numbers,
    cue=cues,
    counted=st.lists(st.builds(coached, st.floats(0, 30), full=st.booleans()), max_size=2).map(
        tuple
    ),
)
setups = st.builds(
    SetupState,
    step=st.sampled_from(SetupStep),
    done=st.lists(st.sampled_from(SetupStep), max_size=11).map(tuple),
    cue=cues,
    countdown_s=st.integers(0, 5),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    size_px=sizes,
    camera_px=sizes,
    state=st.none() | states,
    setup=st.none() | setups,
    mirrored=st.booleans(),
    seed=st.integers(0, 2**20),
    raise_s=numbers,
)
def test_any_state_at_any_size_is_drawn(
    size_px, camera_px, state, setup, mirrored, seed, raise_s
) -> None:
    random = np.random.default_rng(seed)
    pose = LivePose(
        time_s=0.0,
        image_px=random.uniform(-200, 1200, (33, 2)),
        world_m=np.zeros((33, 3)),
        visibility=random.uniform(0, 1, 33),
        presence=np.full(33, 0.9),
    )
    pose.image_px[random.random(33) < 0.2] = np.nan
    camera = np.full((camera_px[1], camera_px[0], 3), 128, np.uint8)
    screen = picture(size_px, mirrored=mirrored, raise_s=raise_s, lower_s=2.0)
    drawn = screen.draw(camera, pose, setup, state, None)
    assert drawn.shape == (size_px[1], size_px[0], 3)
    assert drawn.dtype == np.uint8


def test_an_exercise_that_is_only_guided_shows_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    screen = CoachPicture(
        make_exercise(movement=None), prescribe(), load_texts("en"), (WIDTH, HEIGHT)
    )
    drawn = screen.draw(GREY, posed({}), None, coach_state(angle="", repetitions=0), None)
    assert not any(key.startswith("light.") for key in said)
    assert not holds(drawn, TARGET_BGR)
    screen.draw(GREY, posed({}), None, None, None)
