"""Repetitions of curves whose every crossing is known."""

from dataclasses import replace

import numpy as np
import pytest
from makers import bump, crossing_s, make_curve, repetitions, uniform_times, variable_times

from motion.exercise import Movement, RepetitionCount, count_repetitions
from motion.model import Repetition, RepetitionVerdict, Side

FRAME_S = 1.0 / 60.0
STARTS_S = [1.0, 4.0, 7.0]
FULL, PARTIAL, UNMEASURED = (
    RepetitionVerdict.FULL,
    RepetitionVerdict.PARTIAL,
    RepetitionVerdict.NOT_MEASURABLE,
)


def movement(rest: str = "auto", **changes: object) -> Movement:
    given = {"name": "m", "title": "M", "angles": ("knee_flexion",), "rest": rest} | changes
    return Movement(**given)  # type: ignore[arg-type]


def count(
    value_deg: np.ndarray, time_s: np.ndarray, rest: str = "auto", **changes: object
) -> RepetitionCount:
    rate_hz = 1.0 / float(np.median(np.diff(time_s)))
    return count_repetitions(time_s, make_curve(value_deg), rate_hz, movement(rest, **changes))


def summary(found: RepetitionCount) -> list[tuple[int, RepetitionVerdict]]:
    return [(r.direction, r.verdict) for r in found.repetitions]


def noise(length: int, sd: float, seed: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, sd, length)


# ---------------------------------------------------------------- known curves


@pytest.mark.parametrize("rate_hz", [15.0, 30.0, 60.0, 120.0])
@pytest.mark.parametrize(("rest_deg", "height_deg"), [(5.0, 90.0), (88.0, -83.0), (-10.0, 30.0)])
def test_start_and_end_cross_a_tenth_of_the_amplitude(
    rest_deg: float, height_deg: float, rate_hz: float
) -> None:
    time_s = uniform_times(10.0, rate_hz)
    found = count(repetitions(time_s, STARTS_S, height_deg, rest_deg), time_s)

    assert len(found.repetitions) == 3
    for start_s, rep in zip(STARTS_S, found.repetitions, strict=True):
        assert rep.start_s == pytest.approx(crossing_s(start_s, 1.0), abs=FRAME_S)
        assert rep.end_s == pytest.approx(2 * start_s + 2.0 - crossing_s(start_s, 1.0), abs=FRAME_S)
        assert rep.peak_s == pytest.approx(start_s + 1.0, abs=1e-9)
        assert rep.direction == np.sign(height_deg)
        assert rep.peak_deg == pytest.approx(rest_deg + height_deg, abs=1e-6)
        assert rep.rom_deg == pytest.approx(abs(height_deg), abs=0.5)
        assert rep.verdict is FULL
    assert found.rest_deg == pytest.approx(rest_deg, abs=0.5)
    assert found.incomplete == 0


def test_repetitions_name_their_angle_and_are_numbered_in_order() -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, STARTS_S, 90.0), time_s)

    assert [r.repetition for r in found.repetitions] == [1, 2, 3]
    assert {(r.joint, r.motion, r.side) for r in found.repetitions} == {
        ("knee", "flexion", Side.RIGHT)
    }
    assert all(r.confidence == pytest.approx(0.95) for r in found.repetitions)


def test_seated_knee_extension_lowers_the_angle() -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, STARTS_S, -83.0, rest_deg=88.0), time_s, rest="high")

    assert summary(found) == [(-1, FULL)] * 3
    assert [r.peak_deg for r in found.repetitions] == pytest.approx([5.0] * 3)


@pytest.mark.parametrize("hold_s", [0.0, 1.0, 3.0])
def test_tempo_adds_up_and_holds_are_found(hold_s: float) -> None:
    time_s = uniform_times(14.0)
    found = count(90.0 * bump(time_s, 2.0, 1.5, hold_s), time_s)
    (rep,) = found.repetitions

    last_tenth_s = 1.5 - (crossing_s(0.0, 1.5, 0.9))
    assert rep.raise_s + rep.hold_s + rep.lower_s == pytest.approx(rep.duration_s, abs=1e-9)
    assert rep.hold_s == pytest.approx(hold_s + 2 * last_tenth_s, abs=2 * FRAME_S)
    assert rep.raise_s == pytest.approx(rep.lower_s, abs=2 * FRAME_S)


def test_quick_up_and_slow_down_are_told_apart() -> None:
    time_s = uniform_times(10.0)
    up = np.clip((time_s - 1.0) / 0.6, 0, 1)
    down = np.clip((time_s - 1.6) / 3.0, 0, 1)
    found = count(45.0 * (np.cos(np.pi * down) - np.cos(np.pi * up)), time_s)
    (rep,) = found.repetitions

    assert rep.lower_s == pytest.approx(5.0 * rep.raise_s, rel=0.1)


def test_five_frames_a_second_count_slow_repetitions() -> None:
    time_s = uniform_times(30.0, 5.0)
    found = count(repetitions(time_s, [2.0, 11.0, 20.0], 90.0, raise_s=3.0), time_s)

    assert summary(found) == [(1, FULL)] * 3
    assert found.repetitions[0].start_s == pytest.approx(crossing_s(2.0, 3.0), abs=2 * FRAME_S)


def test_irregular_frame_times_count_the_same() -> None:
    time_s = variable_times(10.0)
    found = count(repetitions(time_s, STARTS_S, 90.0), time_s)

    assert len(found.repetitions) == 3
    for start_s, rep in zip(STARTS_S, found.repetitions, strict=True):
        assert rep.start_s == pytest.approx(crossing_s(start_s, 1.0), abs=FRAME_S)


# ---------------------------------------------------------------- full, partial, cut off


@pytest.mark.parametrize(("height_deg", "verdict"), [(50.0, PARTIAL), (65.0, FULL)])
def test_partial_is_under_sixty_percent_of_the_others(
    height_deg: float, verdict: RepetitionVerdict
) -> None:
    time_s = uniform_times(16.0)
    heights = [90.0, 90.0, height_deg, 90.0]
    found = count(repetitions(time_s, [1, 4.5, 8, 11.5], heights, hold_s=0.6), time_s)

    assert summary(found) == [(1, FULL), (1, FULL), (1, verdict), (1, FULL)]


def test_a_long_rest_does_not_make_a_small_repetition_full() -> None:
    time_s = uniform_times(120.0)
    found = count(repetitions(time_s, [1, 4.5, 8], [90.0, 40.0, 90.0], hold_s=0.6), time_s)

    assert summary(found) == [(1, FULL), (1, PARTIAL), (1, FULL)]


@pytest.mark.parametrize(("target_deg", "verdict"), [(110.0, FULL), (160.0, PARTIAL)])
def test_partial_is_under_sixty_percent_of_the_target(
    target_deg: float, verdict: RepetitionVerdict
) -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, STARTS_S, 80.0), time_s, target_deg=target_deg)

    assert summary(found) == [(1, verdict)] * 3


def test_target_of_a_lowering_movement_is_below_rest() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, [-83.0, -40.0, -83.0], rest_deg=88.0)
    found = count(curve, time_s, rest="high", target_deg=0.0)

    assert summary(found) == [(-1, FULL), (-1, PARTIAL), (-1, FULL)]


def test_cut_off_last_repetition_is_seen_and_not_counted() -> None:
    time_s = uniform_times(8.0)
    found = count(repetitions(time_s, STARTS_S, 90.0), time_s)

    assert len(found.repetitions) == 2
    assert found.incomplete == 1


def test_cut_off_first_repetition_is_seen_and_not_counted() -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, [-1.0, 3.0, 6.0], 90.0), time_s, rest="low")

    assert [r.peak_s for r in found.repetitions] == pytest.approx([4.0, 7.0])
    assert found.incomplete == 1


def test_a_take_that_ends_half_way_down_does_not_end_the_repetition() -> None:
    time_s = uniform_times(8.6)
    found = count(repetitions(time_s, STARTS_S, 90.0), time_s, rest="low")

    assert len(found.repetitions) == 2
    assert found.incomplete == 1


def test_gap_within_a_repetition_makes_it_not_measurable() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, 90.0)
    curve[(time_s > 4.6) & (time_s < 5.0)] = np.nan
    found = count(curve, time_s)

    assert summary(found) == [(1, FULL), (1, UNMEASURED), (1, FULL)]
    lost = found.repetitions[1]
    assert np.isnan(lost.peak_deg)
    assert np.isnan(lost.rom_deg)
    assert np.isnan(lost.smoothness_sparc)


def test_gap_at_rest_does_no_harm() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, 90.0)
    curve[(time_s > 3.2) & (time_s < 3.8)] = np.nan

    assert summary(count(curve, time_s)) == [(1, FULL)] * 3


def test_short_gap_within_a_repetition_is_bridged() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, 90.0)
    curve[136:139] = np.nan

    assert summary(count(curve, time_s)) == [(1, FULL)] * 3


# ---------------------------------------------------------------- rest


@pytest.mark.parametrize("rest", ["low", "auto"])
def test_low_rest(rest: str) -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, STARTS_S, 90.0, 3.0), time_s, rest=rest)

    assert found.rest_deg == pytest.approx(3.0, abs=0.5)
    assert summary(found) == [(1, FULL)] * 3


@pytest.mark.parametrize("rest", ["high", "auto"])
def test_high_rest(rest: str) -> None:
    time_s = uniform_times(10.0)
    found = count(repetitions(time_s, STARTS_S, -80.0, 95.0), time_s, rest=rest)

    assert found.rest_deg == pytest.approx(95.0, abs=0.5)
    assert summary(found) == [(-1, FULL)] * 3


def test_a_long_hold_is_not_taken_for_rest() -> None:
    time_s = uniform_times(20.0)
    curve = repetitions(time_s, [1.0, 10.0], 90.0, hold_s=5.0)
    found = count(curve, time_s)

    assert found.rest_deg == pytest.approx(0.0, abs=1.0)
    assert summary(found) == [(1, FULL)] * 2


def test_continuous_repetitions_without_a_pause() -> None:
    time_s = uniform_times(10.0)
    found = count(45.0 - 45.0 * np.cos(np.pi * time_s), time_s)

    assert summary(found) == [(1, FULL)] * 5
    for number, rep in enumerate(found.repetitions):
        assert rep.start_s == pytest.approx(2 * number + crossing_s(0.0, 1.0), abs=FRAME_S)


def test_uneven_pauses_lose_no_repetition() -> None:
    time_s = uniform_times(24.0)
    found = count(repetitions(time_s, [1.0, 4.5, 7.0, 14.0, 16.1, 20.0], 70.0), time_s)

    assert [r.peak_s for r in found.repetitions] == pytest.approx([2, 5.5, 8, 15, 17.1, 21])


def test_two_humps_without_a_return_to_rest_are_one_repetition() -> None:
    time_s = uniform_times(22.0)
    dips = repetitions(time_s, [2.4, 7.4, 12.4, 17.4], -40.0, raise_s=0.4)
    curve = repetitions(time_s, [1, 6, 11, 16], 90.0, hold_s=1.6) + dips
    found = count(curve, time_s)

    assert summary(found) == [(1, FULL)] * 4
    assert all(r.duration_s == pytest.approx(3.2, abs=0.1) for r in found.repetitions)


def test_repetitions_that_return_only_half_way_are_counted() -> None:
    time_s = uniform_times(10.0)
    deep = 90.0 * bump(time_s, 0.5, 1.0, 7.0)
    dips = repetitions(time_s, [2.5, 4.5, 6.5], -45.0, raise_s=0.8)

    assert len(count(deep + dips, time_s).repetitions) == 4


@pytest.mark.parametrize("drift_deg", [-12.0, 12.0])
def test_drifting_rest(drift_deg: float) -> None:
    time_s = uniform_times(19.0)
    curve = repetitions(time_s, [1, 4, 7, 10, 13, 16], 90.0) + drift_deg * time_s / 19.0

    assert summary(count(curve, time_s)) == [(1, FULL)] * 6


def test_a_dip_below_rest_before_it_does_not_start_the_repetition_early() -> None:
    """Standing up into hyperextension and waiting: the wait is no part of the next bend."""
    time_s = uniform_times(14.0)
    curve = repetitions(time_s, [1.0, 9.0], 60.0) - 9.0 * bump(time_s, 3.2, 0.5)
    found = count(curve, time_s, rest="low")

    assert [r.start_s for r in found.repetitions] == pytest.approx(
        [crossing_s(1.0, 1.0), crossing_s(9.0, 1.0)], abs=2 * FRAME_S
    )
    assert found.repetitions[1].duration_s == pytest.approx(
        2 * (10.0 - crossing_s(9.0, 1.0)), abs=4 * FRAME_S
    )


# ---------------------------------------------------------------- what is not a repetition


def test_tremor_does_not_add_repetitions() -> None:
    time_s = uniform_times(10.0)
    tremor = 2.0 * np.sin(2 * np.pi * 5.0 * time_s)
    found = count(repetitions(time_s, STARTS_S, 90.0, hold_s=0.5) + tremor, time_s)

    assert summary(found) == [(1, FULL)] * 3


def test_tremor_alone_is_no_movement() -> None:
    time_s = uniform_times(10.0)

    assert count(40.0 + 2.0 * np.sin(10 * np.pi * time_s), time_s).repetitions == ()


@pytest.mark.parametrize("level_deg", [0.0, 90.0, -5.0])
def test_no_movement_gives_none(level_deg: float) -> None:
    time_s = uniform_times(10.0)
    found = count(np.full(len(time_s), level_deg), time_s)

    assert found.repetitions == ()
    assert found.incomplete == 0


@pytest.mark.parametrize("two_directions", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_noise_alone_gives_none(seed: int, two_directions: bool) -> None:
    time_s = uniform_times(10.0)
    curve = 20.0 + noise(len(time_s), 1.5, seed)

    assert count(curve, time_s, two_directions=two_directions).repetitions == ()


def test_noise_does_not_change_the_count() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, 60.0) + noise(len(time_s), 1.5)

    assert summary(count(curve, time_s)) == [(1, FULL)] * 3


def test_a_single_repetition() -> None:
    time_s = uniform_times(5.0)

    assert summary(count(repetitions(time_s, [1.5], 90.0), time_s)) == [(1, FULL)]


def test_standing_up_and_staying_there_is_no_repetition() -> None:
    time_s = uniform_times(8.0)
    curve = 90.0 - 90.0 * bump(time_s, 2.0, 1.0, 100.0)
    found = count(curve, time_s, rest="high")

    assert found.repetitions == ()
    assert found.incomplete == 1


@pytest.mark.parametrize("frames", [0, 1, 3])
def test_too_few_values_give_none(frames: int) -> None:
    time_s = uniform_times(2.0)
    curve = np.full(len(time_s), np.nan)
    curve[:frames] = 10.0
    found = count(curve, time_s)

    assert found.repetitions == ()
    assert np.isnan(found.rest_deg)


def test_no_measured_rate_gives_none() -> None:
    found = count_repetitions(np.array([0.0]), make_curve([10.0]), 0.0, movement())

    assert found.repetitions == ()


# ---------------------------------------------------------------- to both sides


def bends(time_s: np.ndarray, heights: list[float], rest_deg: float = 0.0) -> np.ndarray:
    starts = [1.0 + 3.0 * number for number in range(len(heights))]
    return repetitions(time_s, starts, heights, rest_deg)


def directions(found: RepetitionCount) -> list[int]:
    return [r.direction for r in found.repetitions]


@pytest.mark.parametrize("rest_deg", [0.0, 4.0, -6.0])
def test_both_directions_are_counted_apart(rest_deg: float) -> None:
    time_s = uniform_times(13.0)
    found = count(bends(time_s, [30, -25, 30, -25], rest_deg), time_s, two_directions=True)

    assert directions(found) == [1, -1, 1, -1]
    assert [r.peak_deg for r in found.repetitions] == pytest.approx(
        [rest_deg + h for h in (30, -25, 30, -25)]
    )
    assert [r.rom_deg for r in found.repetitions] == pytest.approx([30, 25, 30, 25], abs=0.5)
    assert found.repetitions[1].start_s == pytest.approx(crossing_s(4.0, 1.0), abs=FRAME_S)


def test_swaying_from_side_to_side_without_a_pause() -> None:
    time_s = uniform_times(12.0)
    found = count(30.0 * np.sin(np.pi * time_s / 2), time_s, two_directions=True)

    assert directions(found) == [1, -1, 1, -1, 1, -1]


@pytest.mark.parametrize("height_deg", [30.0, -30.0])
def test_bends_to_one_side_only_are_counted_once(height_deg: float) -> None:
    """The painful side is left out: rest is where the take starts and ends, not the middle."""
    time_s = uniform_times(10.0)
    found = count(bends(time_s, [height_deg] * 3), time_s, two_directions=True)

    assert directions(found) == [int(np.sign(height_deg))] * 3
    assert found.rest_deg == pytest.approx(0.0, abs=0.5)


def test_unequal_sides_are_counted_apart() -> None:
    time_s = uniform_times(13.0)
    found = count(bends(time_s, [35, -12, 35, -12]), time_s, two_directions=True)

    assert directions(found) == [1, -1, 1, -1]
    assert [r.peak_deg for r in found.repetitions] == pytest.approx([35, -12, 35, -12])


def test_a_take_that_starts_bent_to_one_side_rests_in_the_middle() -> None:
    time_s = uniform_times(12.0)
    found = count(30.0 * np.cos(np.pi * time_s / 2 + 0.02), time_s, two_directions=True)

    assert found.rest_deg == pytest.approx(0.0, abs=3.0)
    assert directions(found).count(-1) == 3


def test_a_movement_to_one_side_ignores_the_other() -> None:
    time_s = uniform_times(13.0)
    found = count(bends(time_s, [60, -8, 60, -8]), time_s, rest="low")

    assert directions(found) == [1, 1]


def test_smoother_repetitions_are_closer_to_zero() -> None:
    time_s = uniform_times(6.0, 60.0)
    smooth = 90.0 * bump(time_s, 1.0, 1.5)
    jerky = smooth + 4.0 * np.sin(2 * np.pi * 4.0 * time_s) * (smooth > 1.0)

    def sparc(curve: np.ndarray) -> float:
        rep: Repetition = count(curve, time_s).repetitions[0]
        return rep.smoothness_sparc

    assert sparc(jerky) < sparc(smooth) < -1.0


def test_rest_named_by_the_movement_is_obeyed() -> None:
    time_s = uniform_times(10.0)
    curve = repetitions(time_s, STARTS_S, 90.0, hold_s=0.5)
    as_low = count_repetitions(time_s, make_curve(curve), 30.0, movement("low"))
    as_high = count_repetitions(time_s, make_curve(curve), 30.0, replace(movement(), rest="high"))

    assert [r.direction for r in as_low.repetitions] == [1, 1, 1]
    assert {r.direction for r in as_high.repetitions} == {-1}
    assert as_high.incomplete == 2


def test_a_repetition_is_as_sure_as_the_frames_around_its_peak() -> None:
    time_s = uniform_times(10.0)
    curve = make_curve(repetitions(time_s, STARTS_S, 90.0))
    confidence = np.array(curve.confidence)
    confidence[np.abs(time_s - (STARTS_S[1] + 1.0)) < 0.05] = 0.6
    confidence[np.abs(time_s - (STARTS_S[2] + 0.5)) < 0.05] = 0.6
    found = count_repetitions(time_s, replace(curve, confidence=confidence), 30.0, movement())

    assert [r.confidence for r in found.repetitions] == pytest.approx([0.95, 0.6, 0.95])
