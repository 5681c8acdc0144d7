"""Set-up as a whole: its order, what brings a step back, the hand, and the neutral pose."""

import math
from dataclasses import replace

import numpy as np
import pytest
from makers import view_from
from setup_makers import (
    BOTH_UP,
    LEFT_UP,
    RIGHT_UP,
    SCALE_PX,
    SIGHT,
    STANDS,
    Feed,
    make_exercise,
    make_pose,
)

from motion.exercise.cues import CueKey
from motion.exercise.setup_state import PictureLight, SetupState, SetupStep
from motion.model import LivePose, Side

STEPS = tuple(SetupStep)
NOBODY = LivePose.nobody(0.0)


def steps_of(states: list[SetupState]) -> list[SetupStep]:
    """Return the steps in the order in which they came, each run of one step once."""
    steps = [state.step for state in states]
    return [step for n, step in enumerate(steps) if n == 0 or step is not steps[n - 1]]


def cues_of(states: list[SetupState]) -> list[str]:
    return list(dict.fromkeys(state.cue.key for state in states if state.cue))


def get_ready(feed: Feed) -> list[SetupState]:
    return [*feed.keep(2.0), *feed.keep(1.0, RIGHT_UP), *feed.keep(8.0)]


def test_who_stands_right_is_asked_for_the_hand_counted_down_and_ready() -> None:
    states = get_ready(Feed())
    cues = cues_of(states)

    assert steps_of(states)[-4:] == [
        SetupStep.HAND,
        SetupStep.COUNTDOWN,
        SetupStep.NEUTRAL,
        SetupStep.READY,
    ]
    assert cues == [
        CueKey.LIFT_RIGHT_HAND,
        CueKey.COUNTDOWN,
        CueKey.HOLD_STILL,
        CueKey.GO,
    ]
    assert states[-1].mirrored is False


def test_the_countdown_says_whole_seconds_downwards() -> None:
    states = get_ready(Feed(countdown_s=5))
    counted = [state for state in states if state.step is SetupStep.COUNTDOWN]
    seconds = [state.countdown_s for state in counted]

    assert list(dict.fromkeys(seconds)) == [5, 4, 3, 2, 1]
    assert [dict(s.cue.values)["seconds"] for s in counted if s.cue] == list(map(str, seconds))
    assert all(s.countdown_s == 0 for s in states if s.step is not SetupStep.COUNTDOWN)


def test_what_is_done_is_all_that_comes_before_the_step() -> None:
    for state in get_ready(Feed()):
        assert state.done == STEPS[: STEPS.index(state.step)]


def test_the_neutral_pose_holds_lengths_and_tilt_and_no_angle() -> None:
    feed = Feed()
    view = replace(view_from(80.0), roll_deg=2.5)
    feed.keep(2.0, azimuth_deg=80.0, view=view)
    feed.keep(1.0, RIGHT_UP, azimuth_deg=80.0, view=view)
    neutral = feed.keep(8.0, azimuth_deg=80.0, view=view)[-1].neutral

    assert neutral is not None
    assert neutral.end_s - neutral.start_s == pytest.approx(2.0, abs=0.06)
    assert neutral.thigh_px == pytest.approx(0.42 * SCALE_PX, abs=0.5)
    assert neutral.shank_px == pytest.approx(0.40 * SCALE_PX, abs=0.5)
    assert neutral.trunk_px == pytest.approx(0.5 * SCALE_PX, rel=0.02)
    assert (neutral.roll_deg, neutral.off_plane_deg) == (2.5, 10.0)
    assert not [name for name in neutral.__slots__ if "flexion" in name or "abduction" in name]


def test_a_segment_that_was_not_seen_has_no_length() -> None:
    feed = Feed(make_exercise(needs=("hip", "knee")), Side.LEFT)
    feed.setup.skip_hand(0.0)
    neutral = feed.keep(9.0, make_pose(hidden=("left_ankle", "left_elbow")))[-1].neutral

    assert neutral is not None
    assert neutral.thigh_px == pytest.approx(0.42 * SCALE_PX, abs=0.5)
    assert math.isnan(neutral.shank_px)
    assert math.isnan(neutral.upper_arm_px)


def test_who_moves_is_asked_to_keep_still_until_they_do() -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    feed.keep(4.0)
    sways = [
        feed.show(make_pose({**STANDS, "trunk_flexion": 12 * np.sin(n / 3)}), view=view_from(90.0))
        for n in range(120)
    ]
    still = feed.keep(3.0)

    assert {state.step for state in sways[40:]} == {SetupStep.NEUTRAL}
    assert cues_of(sways[40:]) == [CueKey.HOLD_STILL]
    assert still[-1].step is SetupStep.READY
    assert still[-1].neutral is not None
    assert still[-1].neutral.start_s > 9.5


@pytest.mark.parametrize("when_s", [2.0, 4.5])
def test_a_step_that_breaks_comes_back_with_its_cue_and_the_countdown_begins_anew(
    when_s: float,
) -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    before = feed.keep(when_s)
    away = feed.keep(2.0, centre_px=(630.0, 250.0))
    again = feed.keep(9.0)

    assert before[-1].step in (SetupStep.COUNTDOWN, SetupStep.NEUTRAL)
    assert away[-1].step is SetupStep.IN_VIEW
    assert cues_of(away)[-1] == CueKey.SHOW_SEGMENT
    assert steps_of(again)[-3:] == [SetupStep.COUNTDOWN, SetupStep.NEUTRAL, SetupStep.READY]
    counted = [state.countdown_s for state in again if state.step is SetupStep.COUNTDOWN]
    assert counted[0] == 3


def test_a_second_person_stops_the_countdown() -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    feed.keep(3.0)
    states = feed.keep(1.5, sight=replace(SIGHT, people_n=2))

    assert states[-1].step is SetupStep.ONE_PERSON
    assert cues_of(states[-5:]) == [CueKey.ONE_PERSON_ONLY]


def test_a_short_drop_out_changes_nothing_and_a_long_one_asks_for_the_person() -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    feed.keep(2.0)
    short = feed.keep(0.6, NOBODY)
    back = feed.keep(0.2)
    long = feed.keep(2.0, NOBODY)

    assert {state.step for state in (*short, *back)} == {SetupStep.COUNTDOWN}
    assert long[-1].step is SetupStep.PERSON
    assert long[-1].cue is not None
    assert long[-1].cue.key == CueKey.COME_INTO_VIEW


def test_who_was_gone_lifts_the_hand_again() -> None:
    feed = Feed()
    feed.keep(2.0)
    assert feed.keep(1.0, RIGHT_UP)[-1].step is SetupStep.COUNTDOWN
    feed.keep(2.0, NOBODY)

    assert feed.keep(3.0)[-1].step is SetupStep.HAND


def test_pictures_that_stop_coming_begin_the_countdown_anew() -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    feed.keep(4.0)
    later = replace(make_pose(), time_s=feed.time_s + 60.0)
    state = feed.setup.update(later, SIGHT, view_from(90.0))

    assert state.step is SetupStep.PERSON


def test_once_ready_it_stays_ready() -> None:
    feed = Feed()
    ready = get_ready(feed)[-1]
    after = feed.keep(3.0, NOBODY)[-1]

    assert after.step is SetupStep.READY
    assert after.neutral == ready.neutral


# ---------------------------------------------------------------- the hand


def test_the_hand_counts_after_half_a_second() -> None:
    feed = Feed()
    feed.keep(2.0)

    assert feed.keep(0.45, RIGHT_UP)[-1].step is SetupStep.HAND
    assert feed.keep(0.2, RIGHT_UP)[-1].step is SetupStep.COUNTDOWN


def test_a_hand_at_rest_or_both_hands_start_nothing() -> None:
    feed = Feed()
    states = [*feed.keep(3.0), *feed.keep(3.0, BOTH_UP)]

    assert states[-1].step is SetupStep.HAND
    assert states[-1].mirrored is None


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_wrong_hand_is_a_suspected_mirror_and_the_right_one_is_asked_for(
    mirrored: bool,
) -> None:
    feed = Feed(make_exercise(view="frontal"))
    front = {"azimuth_deg": 0.0}
    feed.keep(3.0, make_pose(mirrored=mirrored, **front), **front)
    wrong = RIGHT_UP if mirrored else LEFT_UP
    states = feed.keep(1.0, make_pose(wrong, mirrored=mirrored, **front), **front)

    assert states[-1].step is SetupStep.HAND
    assert states[-1].mirrored is True
    assert cues_of(states)[-1] == CueKey.OTHER_HAND


def test_who_insists_on_the_hand_is_in_a_mirror() -> None:
    feed = Feed()
    feed.keep(2.0)
    feed.keep(1.0, LEFT_UP)
    feed.keep(1.0)
    state = feed.keep(1.0, LEFT_UP)[-1]

    assert state.step is SetupStep.COUNTDOWN
    assert state.mirrored is True


def test_who_then_lifts_the_other_hand_leaves_it_open() -> None:
    feed = Feed()
    feed.keep(2.0)
    feed.keep(1.0, LEFT_UP)
    feed.keep(0.5)
    state = feed.keep(1.0, RIGHT_UP)[-1]

    assert state.step is SetupStep.COUNTDOWN
    assert state.mirrored is None


def test_somebody_who_lies_lifts_the_hand_to_the_ceiling() -> None:
    lies = {"clockwise_deg": 90.0, "centre_px": (320.0, 300.0)}
    feed = Feed(make_exercise(needs=("hip", "knee")))
    feed.keep(3.0, **lies)
    state = feed.keep(1.0, {**STANDS, "right_shoulder_flexion": 90.0}, **lies)[-1]

    assert state.step is SetupStep.COUNTDOWN


def test_the_space_bar_starts_without_a_hand_and_tells_nothing_of_a_mirror() -> None:
    feed = Feed()
    feed.keep(2.0)
    feed.setup.skip_hand(feed.time_s)
    states = feed.keep(7.0)

    assert SetupStep.HAND not in steps_of(states)
    assert states[-1].step is SetupStep.READY
    assert states[-1].mirrored is None


def test_the_space_bar_counts_from_when_it_was_pressed() -> None:
    feed = Feed()
    feed.keep(2.0)
    feed.setup.skip_hand(feed.time_s + 0.5)

    assert feed.keep(0.4)[-1].step is SetupStep.HAND
    assert feed.keep(0.4)[-1].step is SetupStep.COUNTDOWN


def test_the_space_bar_skips_no_check() -> None:
    feed = Feed()
    feed.setup.skip_hand(0.0)
    dark = replace(SIGHT, light=PictureLight(body=20, around=20))

    assert feed.keep(9.0, sight=dark)[-1].step is SetupStep.LIGHT
