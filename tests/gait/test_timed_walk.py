import math
from dataclasses import replace

import numpy as np
import pytest
from gait.timed_makers import METRES, hide, make_tug, make_walk
from hypothesis import given, settings
from hypothesis import strategies as st

from motion.gait.settings import GaitSettings, TimedTest
from motion.gait.timed import TimedMotion, TimedResult, measure_timed_test
from motion.library import load_gait_errors
from motion.model import Measurement, MeasureVerdict, Scale, ScaleSource, Side

MARKS = Scale(m_per_unit=0.01, source=ScaleSource.FLOOR_DISTANCE, relative_sd=0.01)


def measure(
    motion: TimedMotion, test: TimedTest = TimedTest.WALK10, **given: object
) -> TimedResult:
    chosen = GaitSettings(test=test, **given)  # type: ignore[arg-type]
    return measure_timed_test(motion, chosen, load_gait_errors())


def numbers(result: TimedResult) -> tuple[Measurement, Measurement]:
    time, speed = result.measurements
    assert time.measure.endswith("_time")
    assert speed.measure.endswith("_speed")
    assert (time.unit, speed.unit) == ("s", "m/s")
    return time, speed


@pytest.mark.parametrize(("test", "length_m"), [(TimedTest.WALK10, 10.0), (TimedTest.WALK4, 4.0)])
@pytest.mark.parametrize("speed_m_s", [0.3, 1.25, 2.0])
def test_a_steady_walk_is_timed_in_its_middle(
    test: TimedTest, length_m: float, speed_m_s: float
) -> None:
    result = measure(make_walk(speed_m_s), test)
    time, speed = numbers(result)

    assert time.value == pytest.approx(length_m / speed_m_s, abs=0.01)
    assert speed.value == pytest.approx(speed_m_s, abs=0.01)
    assert time.verdict is speed.verdict is MeasureVerdict.MEASURED
    assert time.side is Side.BOTH
    assert time.n_repetitions == 1
    (phase,) = result.phases
    assert phase.test == test.value
    middle_s = 1.0 + 7.0 / speed_m_s
    assert (phase.start_s + phase.end_s) / 2.0 == pytest.approx(middle_s, abs=0.02)


def test_marks_on_the_floor_are_the_marks() -> None:
    motion = make_walk(1.25, scale=MARKS)
    given = {"floor_m": 10.0, "floor_px": (1200.0, 700.0, 200.0, 690.0)}
    result = measure(motion, **given)
    time, speed = numbers(result)

    assert result.phases[0].start_s == pytest.approx(1.0 + 2.0 / 1.25, abs=0.01)
    assert result.phases[0].end_s == pytest.approx(1.0 + 12.0 / 1.25, abs=0.01)
    assert time.value == pytest.approx(8.0, abs=0.01)
    assert "between the marks" in time.note
    assert speed.mdc95 == pytest.approx(2.77 * math.hypot(0.08, 0.0125), rel=0.01)


def test_marks_of_another_distance_give_the_scale_only() -> None:
    given = {"floor_m": 3.0, "floor_px": (200.0, 700.0, 500.0, 700.0)}
    time, _ = numbers(measure(make_walk(1.25, scale=MARKS), **given))

    assert time.value == pytest.approx(8.0, abs=0.01)
    assert "middle of the walk" in time.note


def test_every_passage_counts_and_both_ways_do() -> None:
    given = {"floor_m": 10.0, "floor_px": (200.0, 700.0, 1200.0, 700.0)}
    for result in (
        measure(make_walk(1.25, back=True)),
        measure(make_walk(1.25, scale=MARKS, back=True), **given),
    ):
        time, speed = numbers(result)

        assert time.n_repetitions == speed.n_repetitions == len(result.phases) == 2
        assert time.value == pytest.approx(8.0, abs=0.01)
        assert time.sd == pytest.approx(0.0, abs=0.01)


def test_speeding_up_between_the_marks_is_said() -> None:
    given = {"floor_m": 4.0, "floor_px": (20.0, 700.0, 420.0, 700.0)}
    motion = make_walk(1.25, scale=MARKS, speeding_up_s=3.0)
    result = measure(motion, TimedTest.WALK4, **given)
    time, _ = numbers(result)

    assert time.verdict is MeasureVerdict.UNCERTAIN
    assert time.value > 4.0 / 1.25
    assert "let the person start and stop 2 m outside the marks" in result.warnings[0]


def test_a_picture_too_narrow_says_how_much_there_is() -> None:
    motion = make_walk(1.25, way_m=6.2)
    time, speed = numbers(result := measure(motion))

    assert math.isnan(time.value)
    assert math.isnan(speed.value)
    assert time.verdict is MeasureVerdict.NOT_MEASURABLE
    assert "the longest walk in the picture is 6.2 m, 10 m are needed" in result.warnings[0]
    assert numbers(measure(motion, TimedTest.WALK4))[1].value == pytest.approx(1.25, abs=0.01)


def test_who_stops_before_the_second_mark_is_not_timed() -> None:
    given = {"floor_m": 10.0, "floor_px": (200.0, 700.0, 1200.0, 700.0)}
    result = measure(make_walk(1.25, way_m=9.0, scale=MARKS), **given)

    assert numbers(result)[0].note == "nobody was seen to pass both marks"


def test_a_mark_passed_out_of_view_is_not_timed() -> None:
    given = {"floor_m": 10.0, "floor_px": (200.0, 700.0, 1200.0, 700.0)}
    motion = hide(make_walk(1.25, scale=MARKS), 2.3, 3.0)

    assert numbers(measure(motion, **given))[0].verdict is MeasureVerdict.NOT_MEASURABLE


def test_out_of_view_between_the_marks_changes_nothing() -> None:
    given = {"floor_m": 10.0, "floor_px": (200.0, 700.0, 1200.0, 700.0)}
    motion = hide(make_walk(1.25, scale=MARKS), 6.0, 7.0)

    assert numbers(measure(motion, **given))[0].value == pytest.approx(8.0, abs=0.01)


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (Scale(), "no scale in metres"),
        (replace(METRES, source=ScaleSource.BELT), "on a treadmill"),
    ],
)
def test_what_gives_no_metres_is_said(scale: Scale, words: str) -> None:
    motion = replace(make_walk(), scale=scale)

    assert words in measure(motion).warnings[0]


def test_nobody_and_no_walk_are_said() -> None:
    motion = make_walk()

    assert "the hips were not seen" in measure(hide(motion, 0.0, 99.0)).warnings[0]
    assert "no walk was found" in measure(replace(motion, walks=())).warnings[0]


def test_without_a_test_there_is_nothing() -> None:
    assert measure_timed_test(make_walk(), GaitSettings(), load_gait_errors()) == TimedResult()


def test_a_motion_of_the_wrong_shape_is_refused() -> None:
    motion = make_tug()

    with pytest.raises(ValueError, match=r"heading_deg must be \(\d+,\), got \(2,\)"):
        replace(motion, heading_deg=np.zeros(2))
    with pytest.raises(ValueError, match="time_s must be at least two increasing moments"):
        replace(motion, time_s=motion.time_s[::-1])


@settings(deadline=None, max_examples=100)
@given(
    st.integers(0, 1000),
    st.floats(0.0, 3.0),
    st.lists(st.tuples(st.floats(0, 25), st.floats(0, 6)), max_size=4),
    st.sampled_from([TimedTest.WALK10, TimedTest.WALK4]),
    st.booleans(),
)
def test_whatever_is_seen_no_number_is_wild(
    seed: int, noise: float, hidden: list[tuple[float, float]], test: TimedTest, marked: bool
) -> None:
    motion = make_walk(1.25, scale=MARKS, back=True)
    chance = np.random.default_rng(seed)
    motion = replace(
        motion, mid_hip=motion.mid_hip + chance.normal(0.0, 100.0 * noise, motion.mid_hip.shape)
    )
    for start_s, long_s in hidden:
        motion = hide(motion, start_s, start_s + long_s)
    length_m = 10.0 if test is TimedTest.WALK10 else 4.0
    given = {"floor_m": length_m, "floor_px": (200.0, 0.0, 200.0 + 100.0 * length_m, 0.0)}
    result = measure(motion, test, **(given if marked else {}))

    for found in numbers(result):
        assert math.isnan(found.value) == (found.verdict is MeasureVerdict.NOT_MEASURABLE)
        assert not math.isnan(found.value) or found.note
    time, speed = numbers(result)
    assert not time.value < length_m / 4.0
    assert not speed.value > 4.0
    assert math.isnan(time.value) == bool(not result.phases)
