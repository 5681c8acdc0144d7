"""Only comparable takes share a line, and a line says what its changes amount to."""

import math
from dataclasses import replace
from uuid import uuid4

import numpy as np
from clinic_makers import make_gait_measurement, make_measurement
from clinic_takes import WALK, make_take, with_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from motion.clinic import Better, Line, TakeSummary, comparability, find_trend, follow
from motion.clinic.trend import Trend
from motion.library import load_meaningful
from motion.model import (
    Measurement,
    MeasureVerdict,
    NearSide,
    Position,
    Side,
    TakeConditions,
)

SPEED = make_gait_measurement()
TIME = make_gait_measurement(0.55, "step_time", "s")
ANGLE = make_measurement()


def verdicts(*takes: TakeSummary) -> list[list[str]]:
    return [[point.verdict for point in line.points] for line in follow(takes)]


def test_times_go_on_where_lengths_begin_anew() -> None:
    by_height = make_take(0, SPEED, TIME, settings=WALK)
    by_floor = make_take(1, SPEED, TIME, **with_settings(gait_scale="floor_distance"))

    lines = {line.measurement.measure: [] for line in follow([by_height, by_floor])}
    for line in follow([by_height, by_floor]):
        lines[line.measurement.measure].append([point.verdict for point in line.points])

    said = "source of metres (the person's height; a distance on the floor) differs"
    assert lines["walking_speed"] == [["Baseline"], [f"Not comparable: {said}"]]
    assert lines["step_time"] == [["Baseline", "Change not detectable with this camera"]]


def test_of_too_few_strides_is_no_baseline_no_change_and_no_trend() -> None:
    few = make_gait_measurement(0.4, verdict=MeasureVerdict.FEW_STRIDES)
    speeds = [few, *map(make_gait_measurement, (0.9, 0.91)), few, make_gait_measurement(1.2)]
    takes = [make_take(7 * week, m, settings=WALK) for week, m in enumerate(speeds)]

    (line,) = follow(takes)

    too_few = "Too few strides: change not judged"
    undetectable = "Change not detectable with this camera"
    improved = "Improved beyond measurement error"
    assert [point.verdict for point in line.points] == [
        *(too_few, "Baseline", undetectable, too_few, improved)
    ]
    last = line.points[-1]
    assert last.change is not None
    assert last.since_previous is not None
    np.testing.assert_allclose(last.change.difference, 0.3)
    np.testing.assert_allclose(last.since_previous.difference, 0.29)
    assert line.trend is None
    assert not line.decline_confirmed


def test_a_belts_speed_is_nobodys_progress() -> None:
    belt = with_settings(gait_scale="belt", treadmill=True)
    takes = [
        make_take(
            7 * week,
            make_gait_measurement(speed_m_s),
            make_gait_measurement(speed_m_s, "stride_length", "m"),
            **belt,
        )
        for week, speed_m_s in enumerate((0.6, 0.7, 0.8, 0.9))
    ]

    speed, length = follow(takes, load_meaningful())

    assert {p.verdict for p in speed.points} == {"The belt's speed, as typed: change not judged"}
    assert all(p.change is None for p in speed.points)
    assert speed.trend is None
    assert speed.direction.better is Better.NONE
    assert length.points[-1].verdict == "Changed beyond measurement error"


def test_a_change_of_speed_that_matters_is_said_with_its_source() -> None:
    takes = [
        make_take(day, make_gait_measurement(value), settings=WALK)
        for day, value in enumerate((0.9, 0.97, 1.1))
    ]

    (line,) = follow(takes, load_meaningful())

    said = [point.verdict.replace("\N{NO-BREAK SPACE}", " ") for point in line.points]
    source = "Perera et al. 2006, J Am Geriatr Soc 54:743"
    assert said[1] == (
        "May be meaningful, but within measurement error - repeat"
        f" (small change in older adults 0.05 m/s, {source})"
    )
    assert said[2] == (
        "Improved beyond measurement error and clinically meaningful"
        f" (substantial change in older adults 0.10 m/s, {source})"
    )


def follow_naively(takes: list[TakeSummary]) -> list[list[tuple[object, float]]]:
    """Each number on the first line whose first number it can be compared with."""
    lines: list[list[tuple[TakeSummary, Measurement]]] = []
    for take in sorted(takes, key=lambda take: take.started_at):
        for m in take.measurements:
            for line in lines:
                if not comparability(*line[0], take, m):
                    line.append((take, m))
                    break
            else:
                lines.append([(take, m)])
    return [[(take.id, m.value) for take, m in line] for line in lines]


TAKES = st.lists(
    st.builds(
        make_take,
        st.integers(0, 9),
        st.sampled_from([SPEED, TIME, ANGLE, replace(ANGLE, side=Side.RIGHT)]),
        st.sampled_from([TIME, replace(SPEED, unit="km/h"), replace(ANGLE, motion="turn")]),
        conditions=st.builds(TakeConditions, position=st.sampled_from(list(Position)[:2])),
        movement=st.sampled_from(["", "squat"]),
        settings=st.builds(
            lambda scale, method, belt: with_settings(
                gait_scale=scale, gait_method=method, treadmill=belt
            )["settings"],
            st.sampled_from(["height", "metres"]),
            st.sampled_from(["1", "2"]),
            st.booleans(),
        ),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(TAKES)
def test_lines_are_those_of_comparing_each_with_each(takes: list[TakeSummary]) -> None:
    found = [
        [(point.take.id, point.measurement.value) for point in line.points]
        for line in follow(takes)
    ]

    assert found == follow_naively(takes)


@settings(deadline=None)
@given(TAKES, st.sets(st.sampled_from([SPEED, ANGLE, replace(ANGLE, side=Side.RIGHT)])))
def test_some_measures_alone_are_followed_as_among_all(
    takes: list[TakeSummary], wanted: set[Measurement]
) -> None:
    only = {(m.measure, m.joint, m.motion, m.side) for m in wanted}

    def of_one(line: Line) -> bool:
        m = line.measurement
        return (m.measure, m.joint, m.motion, m.side) in only

    assert str(follow(takes, only=only)) == str(tuple(filter(of_one, follow(takes))))


def test_lines_begin_where_takes_are_not_comparable() -> None:
    sitting = TakeConditions(position=Position.SITTING)

    found = verdicts(
        make_take(3, make_measurement(88), conditions=sitting),
        make_take(0, make_measurement(60)),
        make_take(1, make_measurement(61)),
        make_take(2, make_measurement(70), conditions=sitting),
    )

    assert found == [
        ["Baseline", "Change not detectable with this camera (provisional error figure)"],
        [
            "Not comparable: position differs",
            "Improved beyond measurement error (provisional error figure)",
        ],
    ]


def test_excluded_and_unmeasured_takes_are_no_baseline() -> None:
    hidden = make_measurement(math.nan, verdict=MeasureVerdict.NOT_MEASURABLE)

    (line,) = follow(
        [
            make_take(0, make_measurement(20), excluded_reason="another person"),
            make_take(1, hidden),
            make_take(2, make_measurement(60)),
            make_take(3, make_measurement(80)),
            make_take(4, make_measurement(81)),
        ]
    )

    assert [p.verdict for p in line.points][:2] == ["Not measured", "Baseline"]
    last = line.points[-1]
    assert last.change is not None
    assert last.since_previous is not None
    assert (last.change.difference, last.since_previous.difference) == (21, 1)


def test_a_reading_without_a_value_is_no_obstacle() -> None:
    left, right = (TakeConditions(near_side=side) for side in (NearSide.LEFT, NearSide.RIGHT))
    far = make_measurement(math.nan, verdict=MeasureVerdict.NOT_MEASURABLE)

    found = verdicts(
        make_take(0, far, conditions=left),
        make_take(1, make_measurement(60), conditions=right),
        make_take(2, make_measurement(61), conditions=left),
    )

    assert found == [["Not measured", "Not comparable: near side differs"], ["Baseline"]]


def test_decline_is_flagged_when_a_second_take_confirms_it() -> None:
    takes = [make_take(d, make_measurement(v)) for d, v in enumerate((90, 75, 74))]

    first, (both,) = follow(takes[:2])[0], follow(takes)

    said = "Declined beyond measurement error (provisional error figure"
    assert first.points[-1].verdict == f"{said}; not yet confirmed by a second take)"
    assert not first.decline_confirmed
    assert both.points[-1].verdict == f"{said})"
    assert both.decline_confirmed


def test_trend_is_stated_from_four_takes_on() -> None:
    takes = [make_take(7 * d, make_measurement(60 + 2 * d)) for d in range(4)]

    (few,), (enough,) = follow(takes[:3]), follow(takes)

    assert few.trend is None
    assert enough.trend is not None
    assert enough.trend.is_clear
    assert enough.points[-1].verdict.startswith("Change not detectable with this camera")
    assert (
        enough.trend.sentence("deg")
        == "Trend over 4 comparable takes: +2.0 deg a week (+2.0 to +2.0)"
    )


def test_a_trend_has_the_decimals_of_its_unit() -> None:
    weeks = np.arange(5.0)
    speed, ratio = find_trend(weeks, 0.9 + 0.012 * weeks), find_trend(weeks, 1.3 - 0.01 * weeks)

    assert speed is not None
    assert ratio is not None
    assert speed.sentence("m/s").endswith(": +0.012 m/s a week (+0.012 to +0.012)")
    assert ratio.sentence("").endswith(": -0.010 a week (-0.010 to -0.010)")


def test_a_clear_trend_is_never_printed_as_one_that_holds_zero() -> None:
    trend = Trend(slope_per_week=-0.1, low_per_week=-0.12, high_per_week=-0.02, takes=6)

    assert trend.is_clear
    assert trend.sentence("%").endswith(": -0.10 % a week (-0.12 to -0.02)")


@given(
    values=st.lists(st.floats(-100, 100), min_size=4, max_size=12),
    days=st.lists(st.integers(0, 400), min_size=12, max_size=12, unique=True),
)
def test_trend_is_the_published_one(values: list[float], days: list[int]) -> None:
    weeks = np.sort(np.array(days[: len(values)], float)) / 7
    found = find_trend(weeks, np.array(values))
    expected = theilslopes(values, weeks)

    assert found is not None
    np.testing.assert_allclose(found.slope_per_week, expected.slope, atol=1e-9)
    np.testing.assert_allclose(found.low_per_week, expected.low_slope, atol=1e-9)
    np.testing.assert_allclose(found.high_per_week, expected.high_slope, atol=1e-9)


def test_one_recording_measured_twice_confirms_no_decline() -> None:
    start = make_take(0, make_measurement(90))
    takes = [make_take(d, make_measurement(75), digest="d" * 64) for d in (1, 2)]

    (line,) = follow([start, *takes])

    assert not line.decline_confirmed
    assert all("not yet confirmed" in point.verdict for point in line.points[1:])
    (line,) = follow([start, *takes, make_take(3, make_measurement(74))])
    assert line.decline_confirmed
    assert "not yet confirmed" not in line.points[-1].verdict


def test_one_recording_measured_twice_counts_once_in_a_trend() -> None:
    takes = [make_take(7 * d, make_measurement(60 + 2 * d)) for d in range(3)]
    twice = replace(takes[2], id=uuid4())

    (line,) = follow([*takes, twice])

    assert len(line.points) == 4
    assert line.trend is None


def test_no_trend_without_time_or_numbers() -> None:
    flat = np.zeros(5)
    assert find_trend(flat, np.arange(5.0)) is None
    assert find_trend(np.arange(5.0), np.full(5, np.nan)) is None
    still = find_trend(np.arange(5.0), flat)
    assert still is not None
    assert not still.is_clear


def test_a_plateau_is_told_by_a_line_and_not_where_a_number_has_no_error_figure() -> None:
    takes = [make_take(7 * week, make_measurement(110.0)) for week in range(6)]
    placed = replace(takes[2], measurements=(make_measurement(110.0, mdc95=math.nan),))

    (level,) = follow(takes)
    (by_hand,) = follow([*takes[:2], placed, *takes[3:]])

    assert level.plateau is not None
    assert level.plateau.mdc95 == 9.7
    assert level.recovery is None
    assert by_hand.plateau is None


def test_a_recovery_is_told_by_a_line_and_stays_below_the_other_side() -> None:
    angles = [70.0, 85.0, 96.0, 104.0, 110.0, 114.0]
    takes = [make_take(7 * week, make_measurement(angle)) for week, angle in enumerate(angles)]

    (line,) = follow(takes)

    assert line.recovery is not None
    assert line.recovery.takes == 6
    assert line.recovery.observed_until_weeks == 5.0
    limited = line.fit_recovery(116.0)
    assert limited is not None
    assert limited.value.max() <= 116.0
