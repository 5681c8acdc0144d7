"""Repetitions counted while they happen: the same as of the finished curve."""

import math

import numpy as np
import pytest
from coach_makers import REPETITION, angles
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import make_curve

from motion.exercise import Movement, count_repetitions
from motion.exercise.live_counter import LiveCounter, Moving
from motion.model import RepetitionVerdict

quick = settings(deadline=None, max_examples=60)


def count(
    curve: list[tuple[float, float]], rest: str = "low", *, both: bool = False
) -> LiveCounter:
    counter = LiveCounter(rest, both)
    for time_s, angle_deg in curve:
        counter.update(time_s, angle_deg)
    return counter


def offline(
    curve: list[tuple[float, float]], rate_hz: float, rest: str = "low", *, both: bool = False
) -> list[tuple[float, float, RepetitionVerdict]]:
    time_s, value_deg = (np.array(column) for column in zip(*curve, strict=True))
    movement = Movement(
        name="m", title="M", angles=("knee_flexion",), rest=rest, two_directions=both
    )
    found = count_repetitions(time_s, make_curve(value_deg), rate_hz, movement)
    return [(r.start_s, r.end_s, r.verdict) for r in found.repetitions]


@st.composite
def sets(draw: st.DrawFn) -> tuple[list[tuple[float, float]], float]:
    """Draw repetitions that return to rest, whole and partial, some of them held."""
    rate_hz = draw(st.sampled_from([15.0, 24.0, 30.0, 60.0]))
    pieces = [(draw(st.floats(0.6, 2.0)), 0.0)]
    height_deg = draw(st.floats(45.0, 120.0))
    for share in draw(st.lists(st.sampled_from([1.0, 0.95, 0.9, 0.45]), min_size=1, max_size=7)):
        top_deg = share * height_deg
        pieces += [
            (draw(st.floats(0.5, 2.0)), top_deg),
            (draw(st.sampled_from([0.02, 1.0, 2.5])), top_deg),
            (draw(st.floats(0.5, 2.0)), 0.0),
            (draw(st.sampled_from([0.1, 0.4, 2.0])), 0.0),
        ]
    return [*angles([*pieces, (1.0, 0.0)], rate_hz)], rate_hz


@quick
@given(sets(), st.floats(-10.0, 30.0))
def test_the_count_is_that_of_the_finished_curve(
    drawn: tuple[list[tuple[float, float]], float], rest_deg: float
) -> None:
    curve, rate_hz = [(t, rest_deg + deg) for t, deg in drawn[0]], drawn[1]
    whole = offline(curve, rate_hz)

    found = count(curve).finish()

    assert len(found) == len(whole)
    for (live, full), (start_s, end_s, verdict) in zip(found, whole, strict=True):
        assert live.start_s == pytest.approx(start_s, abs=0.2)
        assert live.end_s == pytest.approx(end_s, abs=0.3)
        assert full is (verdict is RepetitionVerdict.FULL)


@quick
@given(sets())
def test_a_movement_downwards_counts_like_one_upwards(
    drawn: tuple[list[tuple[float, float]], float],
) -> None:
    up = count(drawn[0]).finish()
    down = count([(t, 88.0 - deg) for t, deg in drawn[0]], "high").finish()

    assert [full for _, full in up] == [full for _, full in down]
    assert all(each.direction == -1 for each, _ in down)


def test_start_and_end_cross_a_tenth_without_the_displays_delay() -> None:
    curve = [*angles([(1.0, 0.0), *REPETITION, (1.0, 0.0)])]
    tenth_s = math.acos(1 - 2 * 0.1) / math.pi

    ((counted, full),) = count(curve).finish()

    assert full
    assert counted.start_s == pytest.approx(1.0 + tenth_s, abs=0.04)
    assert counted.end_s == pytest.approx(3.0 - tenth_s, abs=0.08)
    assert counted.peak_deg == pytest.approx(90.0, abs=1.0)


def test_a_repetition_is_told_when_it_is_back_and_only_once() -> None:
    counter = LiveCounter("low", False)
    told = [
        time_s
        for time_s, deg in angles([(1.0, 0.0), *REPETITION, *REPETITION])
        if counter.update(time_s, deg) is not None
    ]

    assert len(told) == 2
    assert 2.5 < told[0] < 3.0


def test_a_wiggle_before_the_first_real_movement_is_taken_back() -> None:
    wiggle = [(1.0, 0.0), (0.5, 12.0), (0.5, 0.0), (0.5, 0.0)]
    counter = count([*angles([*wiggle, *REPETITION])])

    assert len(counter.found) == 2
    assert len(counter.finish()) == 1


def test_moving_says_where_the_limb_is_and_does_not_flicker_after_the_end() -> None:
    counter = LiveCounter("low", False)
    seen = []
    for time_s, deg in angles([(1.0, 0.0), *REPETITION, (1.0, 0.0)]):
        counter.update(time_s, deg)
        if not seen or seen[-1] is not counter.moving:
            seen.append(counter.moving)

    assert seen == [Moving.REST, Moving.AWAY, Moving.BACK, Moving.REST]


@pytest.mark.parametrize(("missing_s", "measurable"), [(0.15, True), (0.6, False)])
def test_what_was_not_seen_for_long_is_counted_but_not_measured(
    missing_s: float, measurable: bool
) -> None:
    curve = [
        (t, math.nan if 1.4 <= t < 1.4 + missing_s else deg)
        for t, deg in angles([(1.0, 0.0), *REPETITION, (0.5, 0.0)])
    ]

    ((counted, full),) = count(curve).finish()

    assert counted.measurable is measurable
    assert full is measurable


def test_both_sides_of_rest_are_counted_apart() -> None:
    curve = [*angles([(1.0, 0.0), (1.0, 30.0), (1.0, 0.0), (1.0, -25.0), (1.0, 0.0), (1.0, 0.0)])]

    found = [each.direction for each, _ in count(curve, "auto", both=True).finish()]

    assert found == [1, -1]


def test_two_humps_on_the_way_are_one_movement() -> None:
    curve = [*angles([(1.0, 0.0), (1.0, 90.0), (0.4, 60.0), (0.4, 88.0), (1.0, 0.0), (1.0, 0.0)])]

    assert len(count(curve).finish()) == 1


def test_memory_does_not_grow_at_rest() -> None:
    counter = LiveCounter("low", False)
    for row in range(20_000):
        counter.update(row / 30.0, 0.1 * math.sin(row))

    assert len(counter._times_s) < 400
