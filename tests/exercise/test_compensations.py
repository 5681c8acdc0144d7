import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.exercise.compensations import CompensationWatch
from motion.exercise.exercises import CompensationRule
from motion.model import Compensated, Side

LEAN = CompensationRule(signal="trunk_lateral_flexion", limit=10.0, direction=0, cue="tall")
HIKE = CompensationRule(signal="shoulder_hike_percent", limit=15.0, direction=1, cue="down")
RATES_HZ = st.floats(min_value=5.0, max_value=120.0)


def watch(*rules: CompensationRule, **start: float) -> CompensationWatch:
    """Return a watch that knows the signals' starts."""
    made = CompensationWatch(rules or (LEAN,), Side.RIGHT)
    for row in range(12):  # half a second of rest before the movement, whose time counts from 0
        made.at_rest(row / 20 - 1.0, start or {"trunk_lateral_flexion": 2.0})
    return made


def play(
    watched: CompensationWatch, values: list[float], rate_hz: float = 20.0, from_s: float = 0.0
) -> list[bool]:
    """Show a curve of the lean, and return in which pictures it was called out."""
    return [
        bool(watched.update(from_s + row / rate_hz, {"trunk_lateral_flexion": value}))
        for row, value in enumerate(values)
    ]


def test_a_lean_is_called_out_after_0_3_s_and_ends_below_0_7_of_the_limit() -> None:
    # Seven pictures at 20 Hz are 0.3 s; 9.2 is 7.2 off the start, 8.9 is 6.9.
    called = play(watch(), [13.0] * 10 + [9.2] * 5 + [8.9] * 3)

    assert called == [False] * 6 + [True] * 9 + [False] * 3


def test_what_was_seen_is_counted_with_its_time_beyond_the_limit() -> None:
    watched = watch()
    play(watched, [13.0] * 21 + [2.0] * 5 + [-12.0] * 11 + [2.0])

    (seen,) = watched.summary()

    assert (seen.name, seen.count) == ("trunk_lateral_flexion", 2)
    # From the first picture beyond the limit to the first below 0.7 of it: 1.05 s and 0.55 s.
    assert seen.seconds == pytest.approx(1.05 + 0.55)


def test_nothing_seen_is_an_empty_summary() -> None:
    watched = watch()
    play(watched, [5.0] * 100)

    assert watched.summary() == ()


@pytest.mark.parametrize(
    ("direction", "value", "called"),
    [(1, 13.0, True), (1, -9.0, False), (-1, -9.0, True), (-1, 13.0, False), (0, -9.0, True)],
)
def test_the_direction_of_a_rule_is_kept(direction: int, value: float, called: bool) -> None:
    rule = CompensationRule(
        signal="trunk_lateral_flexion", limit=10.0, direction=direction, cue="tall"
    )

    assert play(watch(rule, trunk_lateral_flexion=2.0), [value] * 20)[-1] is called


def test_a_share_of_the_start_is_held_against_the_limit() -> None:
    watched = watch(HIKE, shoulder_hike_percent=40.0)

    before = [watched.update(row / 20, {"shoulder_hike_percent": 34.5}) for row in range(20)]
    after = [watched.update(1.0 + row / 20, {"shoulder_hike_percent": 33.5}) for row in range(20)]

    assert not any(before)
    assert after[-1] == ("shoulder_hike_percent",)


def test_the_rules_that_are_broken_keep_their_order_and_their_cues() -> None:
    watched = watch(HIKE, LEAN, shoulder_hike_percent=40.0, trunk_lateral_flexion=0.0)
    for row in range(10):
        watched.update(row / 20, {"trunk_lateral_flexion": 20.0, "shoulder_hike_percent": 20.0})

    assert watched.active == ("shoulder_hike_percent", "trunk_lateral_flexion")
    assert [rule.cue for rule in watched.active_rules] == ["down", "tall"]


def test_two_rules_on_one_signal_are_one_name() -> None:
    forwards = CompensationRule(signal="trunk_flexion", limit=10.0, direction=1, cue="a")
    backwards = CompensationRule(signal="trunk_flexion", limit=10.0, direction=-1, cue="b")
    watched = watch(forwards, backwards, trunk_flexion=0.0)
    for row in range(30):
        watched.update(row / 10, {"trunk_flexion": 20.0 if row < 10 else -20.0})

    assert [rule.cue for rule in watched.active_rules] == ["b"]
    assert watched.summary() == (
        Compensated(name="trunk_flexion", count=2, seconds=pytest.approx(2.9, abs=0.11)),
    )


def test_the_start_is_the_median_of_the_last_2_s_of_the_rest() -> None:
    watched = CompensationWatch((LEAN,), Side.RIGHT)
    for row in range(100):
        # Until 2.5 s another posture, and one wild picture.
        value = 30.0 if row < 50 else 4.0 if row != 90 else 60.0
        watched.at_rest(row / 20, {"trunk_lateral_flexion": value})

    assert not any(play(watched, [13.5] * 20, from_s=5.0))
    assert play(watched, [14.5] * 20, from_s=6.0)[-1]


def test_a_rest_ends_what_was_going_on_and_a_new_rest_is_a_new_start() -> None:
    watched = watch()
    play(watched, [13.0] * 20)
    for row in range(20):
        watched.at_rest(1.0 + row / 20, {"trunk_lateral_flexion": 12.0})
        assert watched.active == ()

    assert not any(play(watched, [13.0] * 20, from_s=2.0))


def test_a_rest_too_short_to_judge_leaves_the_start() -> None:
    watched = watch()
    for row in range(4):
        watched.at_rest(row / 20, {"trunk_lateral_flexion": 12.0 if row else math.nan})

    assert play(watched, [13.0] * 20, from_s=1.0)[-1]


def test_without_a_start_nothing_is_called_out() -> None:
    assert not any(play(CompensationWatch((LEAN,), Side.RIGHT), [50.0] * 50))


def test_a_start_that_was_not_seen_is_not_taken() -> None:
    watched = watch()
    watched.update(-0.3, {})
    for row in range(4):
        watched.at_rest(row / 20 - 0.2, {"trunk_lateral_flexion": math.nan})

    assert play(watched, [13.0] * 20)[-1]


@given(
    rate_hz=RATES_HZ,
    noise=st.lists(st.floats(min_value=-9.99, max_value=9.99), min_size=1, max_size=200),
)
def test_noise_below_the_limit_never_triggers(rate_hz: float, noise: list[float]) -> None:
    watched = watch()

    assert not any(play(watched, [2.0 + each for each in noise], rate_hz))
    assert watched.summary() == ()


@given(rate_hz=RATES_HZ, seconds=st.floats(min_value=0.0, max_value=1.0))
def test_it_lasts_0_3_s_at_any_frame_rate(rate_hz: float, seconds: float) -> None:
    count = 1 + math.floor(seconds * rate_hz)
    called = play(watch(), [20.0] * count, rate_hz)

    lasted_s = np.arange(count) / rate_hz
    assert not any(np.array(called)[lasted_s < 0.3 - 1e-5])
    assert all(np.array(called)[lasted_s > 0.3 + 1e-5])


@given(
    rate_hz=RATES_HZ,
    beyond=st.booleans(),
    missing=st.integers(min_value=1, max_value=400),
)
def test_what_is_not_seen_neither_starts_nor_ends(
    rate_hz: float, beyond: bool, missing: int
) -> None:
    watched = watch()
    before_n = math.ceil(0.35 * rate_hz) + 1
    play(watched, [20.0 if beyond else 2.0] * before_n, rate_hz)
    said = watched.summary()

    called = play(watched, [math.nan] * missing, rate_hz, from_s=before_n / rate_hz)

    assert called == [beyond] * missing
    assert watched.summary() == said


@given(pieces=st.lists(st.integers(min_value=1, max_value=5), min_size=1, max_size=30))
def test_time_that_was_not_seen_does_not_count(pieces: list[int]) -> None:
    """Glimpses of a lean between drop-outs last as long as what was seen of them."""
    watched = watch()
    values = [value for n in pieces for value in ([20.0] * n + [math.nan])]
    called = play(watched, values)

    seen_s = sum(n - 1 for n in pieces) / 20.0
    assert called[-1] is (seen_s > 0.3 - 1e-5)


def test_pictures_far_apart_say_nothing_of_the_time_between() -> None:
    watched = watch()

    assert not any(play(watched, [20.0, 20.0], rate_hz=0.5))
