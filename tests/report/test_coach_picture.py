"""The live screen: what stands where, what is never invented, and nothing by colour alone."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from live_makers import (
    coach_state,
    coached,
    live_pose,
    make_exercise,
    posed,
    prescribe,
)
from makers import CAMERA_IN_FRONT, CAMERA_LEFT, CAMERA_RIGHT, hide, make_recording

from motion.exercise.coach_state import LightColour, Phase
from motion.exercise.cues import Cue, CueKey
from motion.exercise.prescription import Dose
from motion.exercise.setup_state import SetupState, SetupStep
from motion.live.snapshot import LiveStats
from motion.model import LivePose, Side, landmark_index
from motion.report.coach_cards import Layout
from motion.report.coach_joint import LIMIT_BGR, ON_TARGET_BGR, TARGET_BGR, Goal, SidedAngle
from motion.report.coach_picture import CoachPicture
from motion.report.coach_progress import find_tempo, whole_seconds
from motion.report.coach_signs import WHITE_BGR, Sign, draw_sign
from motion.report.coach_text import fit_line, fit_words, line_height, render_words
from motion.report.lights import FAIR, GOOD
from motion.texts import Texts, load_texts

WIDTH, HEIGHT = 640, 480
GREY = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
NOBODY = LivePose.nobody(0.0)
NOTHING = coach_state(angle="", repetitions=0)


def picture(size_px=(WIDTH, HEIGHT), angle="knee_flexion", language="en", **changes):
    mirrored = changes.pop("mirrored", True)
    side = changes.pop("side", Side.LEFT)
    texts: Texts = load_texts(language)
    return CoachPicture(
        make_exercise(angle), prescribe(side, **changes), texts, size_px, mirrored=mirrored
    )


def shown_at(point: np.ndarray, *, mirrored: bool) -> np.ndarray:
    """Where a place of a 640x480 camera picture is on a 640x480 screen."""
    room = Layout(WIDTH, HEIGHT).strip_top
    scale = room / HEIGHT
    x = (WIDTH - scale * WIDTH) / 2 + scale * (WIDTH - point[0] if mirrored else point[0])
    return np.array([x, scale * point[1]])


def near(image: np.ndarray, place: np.ndarray, colour: tuple[int, int, int], within: int = 3):
    """Whether a colour is found about a place."""
    x, y = np.rint(place).astype(int)
    part = image[max(0, y - within) : y + within + 1, max(0, x - within) : x + within + 1]
    return bool(np.any(np.all(np.abs(part.astype(int) - colour) <= 12, axis=-1)))


def holds(image: np.ndarray, colour: tuple[int, int, int]) -> bool:
    room = Layout(image.shape[1], image.shape[0]).strip_top
    return bool(np.any(np.all(image[:room] == colour, axis=-1)))


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


# ---------------------------------------------------------------- the angle at its joint

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


# ---------------------------------------------------------------- number, light, counts


@pytest.mark.parametrize("size_px", [(640, 480), (1280, 720), (480, 640), (1920, 1080)])
def test_the_number_can_be_read_from_three_metres(size_px: tuple[int, int]) -> None:
    # The "1" of "188°" stands free: the rows of the left column of digits.
    drawn = picture(size_px).draw(GREY, NOBODY, None, coach_state(angle_deg=111.0), None)
    layout = Layout(*size_px)
    plate = drawn[: layout.margin + round(1.06 * layout.number), : round(2.85 * layout.number)]
    rows = np.flatnonzero(np.any(np.all(plate >= 240, axis=-1), axis=1))
    assert rows[-1] - rows[0] + 1 >= 0.12 * size_px[1]


def test_each_light_has_its_own_shape() -> None:
    shapes = []
    for sign in Sign:
        blank = np.zeros((60, 60, 3), np.uint8)
        draw_sign(blank, sign, (30, 30), 24, (255, 255, 255))
        shapes.append(blank)
    for number, shape in enumerate(shapes):
        assert shape.any()
        assert not any(np.array_equal(shape, other) for other in shapes[number + 1 :])


def test_light_is_said_in_words_too(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    for light in LightColour:
        picture().draw(GREY, NOBODY, None, coach_state(light=light), None)
        assert f"light.{light}" in said


def listen(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Collect every text that is asked for, with its words."""
    said: dict[str, str] = {}
    say = Texts.say

    def note(self: Texts, key: str, **values: str) -> str:
        said[key] = say(self, key, **values)
        return said[key]

    monkeypatch.setattr(Texts, "say", note)
    return said


def test_sets_cue_and_pace_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    pace = LiveStats(rate_hz=29.6, came_n=90, dropped_n=3, delay_p95_ms=math.nan)
    cue = Cue(CueKey.CANNOT_SEE, (("segment", "segment.knee"),))
    picture(language="de").draw(GREY, NOBODY, None, coach_state(cue=cue), pace)
    assert said["page.set"] == "Satz 2 von 3"
    assert said["cue.cannot_see"] == "Ich sehe Ihr Knie nicht."
    assert "30" in said["screen.stats"]
    assert "–" in said["screen.stats"]
    assert "3" in said["screen.stats"]


def test_why_the_light_is_low_is_said_where_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = listen(monkeypatch)
    state = coach_state(light=LightColour.FAIR, light_cue=Cue(CueKey.LESS_CERTAIN))
    picture().draw(GREY, NOBODY, None, state, None)
    assert "cue.less_certain" in said
    said.clear()
    picture().draw(GREY, NOBODY, None, replace(state, cue=Cue(CueKey.GOOD)), None)
    assert "cue.less_certain" not in said


def test_the_ring_fills_with_each_repetition() -> None:
    def filled(done: int) -> int:
        drawn = picture().draw(GREY, NOBODY, None, coach_state(repetition=done), None)
        return int(np.sum(np.all(drawn == (233, 180, 86), axis=-1)))

    counts = [filled(done) for done in (0, 3, 6, 10, 14)]
    assert counts[0] == 0
    assert counts[1] < counts[2] < counts[3] == counts[4]


def test_a_repetition_is_ticked_for_a_moment() -> None:
    draw = picture().draw
    before = draw(GREY, NOBODY, None, coach_state(), None)
    full = draw(GREY, NOBODY, None, coach_state(counted=(coached(19.5),)), None)
    partial = draw(GREY, NOBODY, None, coach_state(counted=(coached(19.5, full=False),)), None)
    later = draw(GREY, NOBODY, None, coach_state(counted=(coached(17.0),)), None)
    assert holds(full, TARGET_BGR)
    assert not holds(partial, TARGET_BGR)
    assert not np.array_equal(before, partial)
    np.testing.assert_array_equal(before, later)


def test_hold_has_its_own_timer() -> None:
    def filled(held_s: float) -> int:
        state = coach_state(phase=Phase.HOLD, hold_s=held_s, hold_wanted_s=5.0)
        drawn = picture().draw(GREY, NOBODY, None, state, None)
        return int(np.sum(np.all(drawn == ON_TARGET_BGR, axis=-1)))

    assert filled(0.0) == 0 < filled(1.0) < filled(4.0)


@pytest.mark.parametrize(
    ("left_s", "words"), [(3.2, "4"), (3.0, "3"), (0.01, "1"), (0.0, "0"), (-1, "0"), (np.nan, "")]
)
def test_a_countdown_ends_at_zero(left_s: float, words: str) -> None:
    assert whole_seconds(left_s) == words


def test_tempo_is_filled_phase_by_phase() -> None:
    dose = Dose(raise_s=2.0, hold_s=4.0, lower_s=3.0)

    def shares(phase: Phase, phase_s: float) -> list[float]:
        return [share for *_, share in find_tempo(coach_state(phase=phase, phase_s=phase_s), dose)]

    assert shares(Phase.REST, 5.0) == [0.0, 0.0, 0.0]
    assert shares(Phase.RAISE, 1.0) == [0.5, 0.0, 0.0]
    assert shares(Phase.HOLD, 1.0) == [1.0, 0.25, 0.0]
    assert shares(Phase.LOWER, 9.0) == [1.0, 1.0, 1.0]
    assert [seconds for _, seconds, _ in find_tempo(coach_state(), dose)] == [2.0, 4.0, 3.0]
    assert find_tempo(coach_state(), Dose(hold_s=5.0)) == []
    assert len(find_tempo(coach_state(), Dose(raise_s=2.0))) == 1


@pytest.mark.parametrize("phase", [Phase.PAUSED, Phase.PAIN, Phase.DONE, Phase.ENDED])
def test_a_standstill_is_seen_from_afar(phase: Phase, monkeypatch: pytest.MonkeyPatch) -> None:
    said = listen(monkeypatch)
    draw = picture().draw
    going = draw(GREY, NOBODY, None, coach_state(phase=Phase.REST), None)
    still = draw(GREY, NOBODY, None, coach_state(phase=phase), None)
    assert f"phase.{phase}" in said
    middle = np.s_[190:290, 260:380]
    assert np.all(going[middle] == 128)
    assert np.mean(np.all(still[middle] >= 240, axis=-1)) > 0.03


def test_rest_between_sets_counts_down() -> None:
    draw = picture().draw
    state = coach_state(phase=Phase.BETWEEN_SETS, rest_left_s=41.2)
    first, same, next_second = (
        draw(GREY, NOBODY, None, replace(state, rest_left_s=left), None)
        for left in (41.2, 41.9, 40.9)
    )
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, next_second)


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


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_letter_of_the_catalogues_can_be_drawn(language: str) -> None:
    letters = {letter for text in load_texts(language).entries.values() for letter in text}
    missing = render_words("￿", 40, (255, 255, 255)).ink  # no letter at all: the empty box
    for letter in sorted(letters - {" "}) + list("äöüÄÖÜß°–"):
        drawn = render_words(letter, 40, (255, 255, 255)).ink
        assert drawn.any(), letter
        assert not np.array_equal(drawn, missing), letter
    assert not np.array_equal(
        render_words("ä", 40, (255, 255, 255)).ink, render_words("a", 40, (255, 255, 255)).ink
    )


@given(
    words=st.lists(st.text("aäßW. {", min_size=1, max_size=30), max_size=12),
    size=st.integers(1, 120),
    width=st.integers(30, 900),
    height=st.integers(1, 300),
)
def test_words_fit_their_room_or_are_as_small_as_can_be_read(
    words: list[str], size: int, width: int, height: int
) -> None:
    text = " ".join(words)
    lines, fitted = fit_words(text, size, (width, height))
    assert " ".join(lines).split() == text.split()
    assert fitted <= max(size, 8)
    if fitted > 8:
        assert len(lines) == 1 or line_height(fitted) * len(lines) <= height
        # A line is as wide as its letters go on, with a pixel for the last one's rim.
        assert all(render_words(x, fitted, (9, 9, 9)).size_px[0] <= width + 3 for x in lines)
    line, fitted = fit_line(text, size, width)
    assert line == text
    assert fitted <= max(size, 8)


# ---------------------------------------------------------------- whatever comes

numbers = st.floats(-400, 400) | st.just(math.nan)
sizes = st.tuples(st.integers(2, 900), st.integers(2, 900))
cues = st.none() | st.sampled_from(
    [Cue(CueKey.GOOD), Cue(CueKey.HOLD, (("seconds", "3"),)), Cue(CueKey.TURN_A_LITTLE)]
)
states = st.builds(
    coach_state,
    phase=st.sampled_from(Phase),
    light=st.sampled_from(LightColour),
    angle=st.sampled_from([name for name, _ in OPENING] + [""]),
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
    drawn = screen.draw(GREY, posed({}), None, NOTHING, None)
    assert not any(key.startswith("light.") for key in said)
    assert not holds(drawn, TARGET_BGR)
    screen.draw(GREY, posed({}), None, None, None)


# ---------------------------------------------------------------- contrast


def luminance(bgr: np.ndarray | tuple[int, int, int]) -> float:
    """WCAG 2.1, relative luminance."""
    share = np.asarray(bgr, dtype=float)[::-1] / 255
    linear = np.where(share <= 0.03928, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first: float, second: float) -> float:
    low, high = sorted((first, second))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("behind", [0, 128, 255])
def test_words_stand_out_from_any_picture(behind: int) -> None:
    camera = np.full((HEIGHT, WIDTH, 3), behind, np.uint8)
    drawn = picture().draw(camera, NOBODY, None, coach_state(), None)
    plate = drawn[20, 150]  # beside the number, above the light
    assert contrast(luminance(plate), luminance(WHITE_BGR)) >= 4.5


def test_zone_limit_and_lights_differ_for_colour_blind_eyes() -> None:
    # Vienot, Brettel and Mollon (1999): what red-blind and green-blind eyes see, in linear RGB.
    eyes = {
        "red-blind": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
        "green-blind": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    }
    colours = {
        "zone": TARGET_BGR,
        "reached": ON_TARGET_BGR,
        "limit": LIMIT_BGR,
        "good": GOOD.bgr,
        "fair": FAIR.bgr,
    }
    for matrix in eyes.values():
        seen = {}
        for name, bgr in colours.items():
            linear = (np.array(bgr[::-1]) / 255) ** 2.2
            seen[name] = 255 * np.clip(np.array(matrix) @ linear, 0, 1) ** (1 / 2.2)
        for one, other in (("zone", "reached"), ("zone", "limit"), ("zone", "good"),
                           ("reached", "limit"), ("good", "fair")):  # fmt: skip
            assert np.linalg.norm(seen[one] - seen[other]) > 30, (one, other)
