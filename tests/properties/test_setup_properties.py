"""What set-up never does, whatever comes at whatever rate."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import view_from
from setup_makers import BOTH_UP, LEFT_UP, RIGHT_UP, SIGHT, SITS, STANDS, Feed, make_pose

from motion.exercise.setup_state import PictureLight, SetupState, SetupStep
from motion.model import LivePose

STEPS = tuple(SetupStep)
BODIES = {
    "nobody": LivePose.nobody(0.0),
    "stands": make_pose(STANDS),
    "sits": make_pose(SITS),
    "right up": make_pose(RIGHT_UP),
    "left up": make_pose(LEFT_UP),
    "both up": make_pose(BOTH_UP),
    "aside": make_pose(STANDS, centre_px=(630.0, 250.0)),
    "far": make_pose(STANDS, scale_px=120.0),
    "hidden": make_pose(STANDS, hidden=("left_knee", "right_knee")),
}
DARK = replace(SIGHT, light=PictureLight(body=10, around=10))

rates = st.floats(10.0, 60.0)
stretches = st.lists(
    st.tuples(
        st.sampled_from(sorted(BODIES)),
        st.floats(0.05, 3.0),
        st.sampled_from([90.0, 60.0, 0.0, -90.0]),
        st.sampled_from([SIGHT, SIGHT, DARK, replace(SIGHT, people_n=2)]),
    ),
    max_size=6,
)


def play(feed: Feed, parts: list) -> list[tuple[float, SetupState]]:
    states = []
    for body, seconds, azimuth_deg, sight in parts:
        first = feed.pictures_n
        kept = feed.keep(seconds, BODIES[body], sight, azimuth_deg=azimuth_deg)
        states += [((first + n) / feed.rate_hz, state) for n, state in enumerate(kept)]
    return states


@settings(max_examples=60, deadline=None)
@given(stretches, rates)
def test_whatever_comes_the_rules_hold(parts: list, rate_hz: float) -> None:
    states = [state for _, state in play(Feed(rate_hz=rate_hz), parts)]

    for state in states:
        assert (state.step is SetupStep.READY) is (state.neutral is not None)
        assert state.done == STEPS[: STEPS.index(state.step)]
        assert (state.countdown_s > 0) is (state.step is SetupStep.COUNTDOWN)
    # The last four steps are reached one after another; a break goes back to a check.
    for before, after in pairwise(states):
        rise = STEPS.index(after.step) - STEPS.index(before.step)
        if after.step in STEPS[STEPS.index(SetupStep.COUNTDOWN) :] and rise > 0:
            skipped_hand = before.step in STEPS[: STEPS.index(SetupStep.COUNTDOWN)]
            assert rise == 1 or (skipped_hand and after.step is SetupStep.COUNTDOWN)


@settings(max_examples=40, deadline=None)
@given(stretches, rates)
def test_after_anything_who_does_as_asked_gets_ready(parts: list, rate_hz: float) -> None:
    feed = Feed(rate_hz=rate_hz)
    play(feed, parts)
    after = [("stands", 3.0, 90.0, SIGHT), ("right up", 1.2, 90.0, SIGHT)]
    states = play(feed, [*after, ("stands", 8.0, 90.0, SIGHT)])

    assert states[-1][1].step is SetupStep.READY


@settings(max_examples=40, deadline=None)
@given(rates, st.integers(1, 5), st.floats(0.5, 4.0))
def test_ready_comes_when_it_should_at_any_rate(
    rate_hz: float, countdown_s: int, neutral_s: float
) -> None:
    feed = Feed(rate_hz=rate_hz, countdown_s=countdown_s, neutral_s=neutral_s)
    feed.setup.skip_hand(0.0)
    states = play(feed, [("stands", 3.0 + countdown_s + neutral_s, 90.0, SIGHT)])
    began_s = next(t for t, state in states if state.step is SetupStep.COUNTDOWN)
    ready_s, ready = next((t, s) for t, s in states if s.step is SetupStep.READY)

    assert ready_s - began_s == pytest.approx(countdown_s + neutral_s, abs=2.5 / rate_hz)
    assert ready.neutral is not None
    assert ready.neutral.end_s - ready.neutral.start_s >= neutral_s


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), rates)
def test_lost_pictures_and_lost_bodies_make_no_cue_flicker(seed: int, rate_hz: float) -> None:
    rng = np.random.default_rng(seed)
    feed = Feed(rate_hz=rate_hz)
    said = []
    for _ in range(round(6.0 * rate_hz)):
        body = "stands" if rng.random() < 0.9 else "nobody"
        state = feed.show(BODIES[body], SIGHT, view_from(90.0))
        said.append((feed.time_s, state.step, state.cue))
    changed_s = [now[0] for was, now in pairwise(said) if was[2] != now[2]]

    assert said[-1][1] is SetupStep.HAND
    assert len(changed_s) <= 2


@settings(max_examples=30, deadline=None)
@given(st.floats(60.0, 120.0), rates)
def test_a_mirrored_body_is_never_said_to_be_unmirrored(azimuth_deg: float, rate_hz: float) -> None:
    feed = Feed(rate_hz=rate_hz)
    mirrored = {
        name: make_pose(pose, azimuth_deg=-azimuth_deg, mirrored=True)
        for name, pose in {"stands": STANDS, "right up": RIGHT_UP}.items()
    }
    states = []
    for name, seconds in (("stands", 2.5), ("right up", 1.0), ("stands", 1.0), ("right up", 1.0)):
        states += feed.keep(seconds, mirrored[name], azimuth_deg=90.0)

    assert states[-1].mirrored is True
    assert all(state.mirrored is not False for state in states)
