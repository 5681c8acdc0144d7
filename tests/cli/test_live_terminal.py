"""What a terminal and a window show of a live take, and what their keys do."""

import math
import os
import sys
from dataclasses import replace

import numpy as np
import pytest
from live_makers import coach_state, make_exercise, posed, prescribe

from motion.commands.keys import read_keys
from motion.commands.live_keys import KeyPad
from motion.commands.live_screen import describe_moment, show_moments
from motion.commands.live_window import draw_moment, has_display
from motion.exercise.coach_state import CoachState, LightColour, Phase
from motion.exercise.cues import Cue
from motion.exercise.setup_state import SetupState, SetupStep
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.report.coach_picture import CoachPicture
from motion.texts import load_texts

ENGLISH = load_texts("en")
STATS = LiveStats(rate_hz=29.6, came_n=300, dropped_n=2, delay_p95_ms=48.2)
PICTURE = np.zeros((480, 640, 3), dtype=np.uint8)


def moment(
    *, coach: CoachState | None = None, setup: SetupState | None = None, **changes: object
) -> LiveSnapshot:
    known: dict[str, object] = {
        "number": 7,
        "stage": LiveStage.EXERCISE if coach else LiveStage.SETUP,
        "image_bgr": PICTURE,
        "pose": posed({"knee_flexion": 40.0}),
        "stats": STATS,
    }
    return LiveSnapshot(coach=coach, setup=setup, **(known | changes))  # type: ignore[arg-type]


class Session:
    """Remembers what it was told."""

    def __init__(self, shown: LiveSnapshot) -> None:
        self.shown = shown
        self.told: list[object] = []

    def snapshot(self) -> LiveSnapshot:
        return self.shown

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def press_pain(self) -> None:
        self.told.append("pain")

    def answer_pain(self, score: int) -> None:
        self.told.append(score)

    def stop(self) -> None:
        self.told.append("stop")

    def skip_setup_hand(self) -> None:
        self.told.append("begin")


def press(keys: str, shown: LiveSnapshot) -> list[object]:
    session = Session(shown)
    KeyPad(session).press(keys)
    return session.told


@pytest.mark.parametrize(
    ("phase", "keys", "told"),
    [
        (Phase.RAISE, " ", ["pause"]),
        (Phase.PAUSED, " ", ["resume"]),
        (Phase.REST, "p", ["pain"]),
        (Phase.REST, "q", ["stop"]),
        (Phase.REST, "x5\n", []),
        (Phase.PAIN, "7\n", [7]),
        (Phase.PAIN, "10\n", [10]),
        (Phase.PAIN, "0\r", [0]),
        (Phase.PAIN, "12\n", []),
        (Phase.PAIN, "12\n3\n", [3]),
        (Phase.PAIN, "12\x7f\n", [1]),
        (Phase.PAIN, "\n", []),
    ],
)
def test_keys(phase: Phase, keys: str, told: list[object]) -> None:
    assert press(keys, moment(coach=coach_state(phase=phase))) == told


def test_space_begins_without_the_lifted_hand() -> None:
    assert press(" ", moment(setup=SetupState(step=SetupStep.HAND, done=(), cue=None))) == ["begin"]


def test_the_terminal_says_phase_number_count_light_and_cue() -> None:
    coach = coach_state(
        phase=Phase.HOLD, angle_deg=63.4, target_deg=90.0, hold_s=2.0, hold_wanted_s=5.0,
        repetition=4, repetitions=10, set_number=2, sets=3, partial=1, light=LightColour.FAIR,
        cue=Cue("hold", (("seconds", "3"),)),
    )  # fmt: skip

    assert describe_moment(moment(coach=coach), ENGLISH) == [
        "Hold",
        "63° of 90°   2 of 5 s",
        "4 of 10 (set 2 of 3, 1 partial)   ◐ Less certain",
        "Hold. 3",
        "30 pictures/s, delay 48 ms, dropped 2",
    ]


def test_nothing_is_invented_where_nothing_is_seen() -> None:
    coach = coach_state(frozen=True, angle_deg=math.nan, target_deg=math.nan, cue=None)
    shown = moment(coach=coach, stats=replace(STATS, delay_p95_ms=math.nan))
    lines = describe_moment(shown, ENGLISH)

    assert lines[1] == "-"
    assert lines[-1] == "30 pictures/s, delay - ms, dropped 2"


def test_the_question_about_pain_shows_what_is_typed() -> None:
    assert "0-10, Enter: 7" in describe_moment(
        moment(coach=coach_state(phase=Phase.PAIN)), ENGLISH, "7"
    )


def test_set_up_says_its_step_and_what_to_do() -> None:
    setup = SetupState(step=SetupStep.HAND, done=(), cue=Cue("lift_right_hand"))
    lines = describe_moment(moment(setup=setup), ENGLISH)

    assert lines[:2] == ["Right hand lifted", "Lift your right hand to start."]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (LiveStage.STARTING, "Starting the camera. This can take a moment."),
        (LiveStage.EXERCISE, "Recording"),
    ],
)
def test_before_and_without_a_coach(stage: LiveStage, said: str) -> None:
    assert describe_moment(moment(stage=stage), ENGLISH)[0] == said


def test_elsewhere_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with show_moments(ENGLISH, keys=False) as show:
        show(moment(coach=coach_state()), "")

    assert capsys.readouterr() == ("", "")


def test_nobody_types_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123 - a device, no path
        monkeypatch.setattr(sys, "stdin", nothing)
        with read_keys() as read:
            assert read is None


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_keys_come_without_enter_and_the_terminal_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import termios

    ours, theirs = os.openpty()
    with os.fdopen(theirs, "r") as terminal:
        before = termios.tcgetattr(terminal)
        monkeypatch.setattr(sys, "stdin", terminal)
        with read_keys() as read:
            assert read is not None
            assert read() == ""
            os.write(ours, b"p7")
            assert read() == "p7"
            assert read() == ""
            assert termios.tcgetattr(terminal) != before
        assert termios.tcgetattr(terminal) == before
    os.close(ours)


def test_the_window_without_an_exercise_is_a_mirror_with_the_body() -> None:
    picture = PICTURE.copy()
    picture[:, :10] = 200
    drawn = draw_moment(moment(image_bgr=picture, setup=None), None)

    assert drawn is not None
    assert (drawn[5, -5] == 200).all()
    assert (drawn[5, 5] == 0).all()
    assert (drawn != picture[:, ::-1]).any()  # the body
    assert (PICTURE == 0).all()


def test_the_window_of_an_exercise_is_the_coachs_picture() -> None:
    coach = CoachPicture(make_exercise(), prescribe(), ENGLISH, (800, 450))
    drawn = draw_moment(moment(coach=coach_state()), coach)

    assert drawn is not None
    assert drawn.shape == (450, 800, 3)
    assert draw_moment(moment(image_bgr=None), coach) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of X and Wayland")
@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", ""])
def test_a_screen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(each, raising=False)
    if name:
        monkeypatch.setenv(name, ":7")

    assert has_display() is bool(name)
