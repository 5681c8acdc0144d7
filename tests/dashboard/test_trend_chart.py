"""The trend's axis, labels, events, pain and curve, each with an exact answer."""

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from clinic_makers import STARTED_AT, make_measurement
from clinic_takes import make_take

from dashboard.reference_lines import ReferenceLine, add_references, list_names
from dashboard.trend_axis import week_ticks
from dashboard.trend_chart import Beside, marks_within, pain_within, trend_figure
from dashboard.trend_marks import DayMark, list_days
from dashboard.trend_pain import list_pain_signs
from motion.clinic import PainPoint, follow
from motion.model import MeasureVerdict

FIRST = STARTED_AT.date()


def line_of(*values, days_apart=7):
    takes = [make_take(days_apart * n, make_measurement(value)) for n, value in enumerate(values)]
    (line,) = follow(takes)
    return line


def figure_of(line, **beside):
    return trend_figure(line, "knee_flexion", (), ink="#000", beside=Beside(**beside))


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def labels(line):
    return [text for text in traces(figure_of(line))["Measured"].text if text]


@pytest.mark.parametrize(
    ("weeks", "ticks"),
    [
        ((0, 8), list(range(9))),
        ((0, 9), list(range(10))),
        ((0, 12), [0, 2, 4, 6, 8, 10, 12]),
        ((-3, 3), [-3, -2, -1, 0, 1, 2, 3]),
        ((-3, 20), [0, 4, 8, 12, 16, 20]),
        ((0, 60), [0, 8, 16, 24, 32, 40, 48, 56]),
        ((0, 2000), list(range(0, 2001, 104))),
    ],
)
def test_weeks_since_an_operation_are_whole_and_few(weeks, ticks):
    zero = datetime(2026, 3, 2, tzinfo=UTC)
    left, right = (zero + timedelta(weeks=week) for week in weeks)

    assert week_ticks(left, right, date(2026, 3, 2)) == ticks


def test_an_event_shortly_before_the_first_take_widens_the_axis_and_an_old_one_does_not():
    near, old = FIRST - timedelta(weeks=6), FIRST - timedelta(weeks=13)
    marks = (DayMark(day=near, text="Operation"), DayMark(day=old, text="Injury"))
    figure = figure_of(line_of(60.0, 70.0), marks=marks)

    (operation,) = figure.layout.annotations
    assert operation.hovertext.endswith("Operation")
    left, right = figure.layout.xaxis.range
    assert old < left.date() < near
    assert right.date() > FIRST + timedelta(days=7)


def test_events_are_letters_above_the_chart_that_are_told_whole_below_it():
    text = "Change of plan: three times a week"
    later = FIRST + timedelta(days=3)
    marks = (
        DayMark(day=later, text="Fall"),
        DayMark(day=FIRST, text=text),
        DayMark(day=later, text="Injection"),
        DayMark(day=FIRST - timedelta(weeks=13), text="Injury"),
    )
    line = line_of(60.0, 70.0)
    first, second = figure_of(line, marks=marks).layout.annotations

    assert [first.text, second.text] == ["<b>A</b>", "<b>B</b>"]
    assert first.y == second.y == 1
    assert first.yanchor == second.yanchor == "bottom"
    assert first.hovertext.endswith(text)
    assert list_days(marks_within(line, Beside(marks=marks))) == (
        f"Dotted upright lines: A, {FIRST.day} {FIRST:%b %Y}: {text}; "
        f"B, {later.day} {later:%b %Y}: Fall; Injection."
    )
    assert list_days(()) == ""


def test_letters_of_near_days_stand_in_two_rows_and_go_on_after_z():
    marks = tuple(DayMark(day=FIRST + timedelta(days=day), text="Note") for day in range(28))
    found = figure_of(line_of(*range(60, 68)), marks=marks).layout.annotations

    assert [each.text for each in found][-3:] == ["<b>Z</b>", "<b>AA</b>", "<b>AB</b>"]
    assert {abs(a.yshift - b.yshift) for a, b in pairwise(found)} == {16}
    apart = figure_of(line_of(60.0, 70.0), marks=(marks[0], marks[6])).layout.annotations
    assert {each.yshift for each in apart} == {0}


def test_of_many_pain_scores_the_worst_of_each_week_is_drawn():
    monday = FIRST - timedelta(days=FIRST.weekday())
    days = [monday + timedelta(days=n) for n in range(17)]
    scores = [1, 5, 2, 5, 0, 1, 2, 3, 3, 4, 0, 0, 1, 2, 0, 1, 0]
    pain = tuple(
        PainPoint(day=day, score=score, source="Diary")
        for day, score in zip(days, scores, strict=True)
    )
    line = line_of(60.0, 70.0, 80.0, 90.0)
    many, few = figure_of(line, pain=pain[::-1]), figure_of(line, pain=pain[:16])

    assert list(traces(many)["Pain"].y) == [5, 4, 1]
    assert [at.date() for at in traces(many)["Pain"].x] == [days[1], days[9], days[15]]
    assert many.layout.yaxis2.title.text == "Pain, worst of each week (0 to 10)"
    assert list(traces(few)["Pain"].y) == scores[:16]


def test_pain_has_its_own_axis_from_none_to_worst_and_only_what_lies_in_the_time_shown():
    inside = PainPoint(day=FIRST + timedelta(days=3), score=4, source="Diary")
    outside = PainPoint(day=FIRST - timedelta(days=300), score=9, source="Diary")
    figure = figure_of(line_of(60.0, 70.0), pain=(outside, inside))
    pain = traces(figure)["Pain"]

    assert list(pain.y) == [4]
    assert figure.layout.yaxis2.title.text == "Pain (0 to 10)"
    low, high = figure.layout.yaxis2.range
    assert low < 0
    assert high > 10
    assert "Pain" not in traces(figure_of(line_of(60.0, 70.0)))


def test_pain_at_rest_and_in_movement_have_signs_of_their_own_that_are_told_below():
    sources = ("NPRS, at rest", "NPRS, in movement", "Diary", "NPRS, at rest")
    days = [FIRST + timedelta(days=n) for n in range(len(sources))]
    pain = tuple(
        PainPoint(day=day, score=3, source=source)
        for day, source in zip(days, sources, strict=True)
    )
    line = line_of(60.0, 70.0)

    drawn = traces(figure_of(line, pain=pain))["Pain"]
    assert list(drawn.marker.symbol) == ["diamond", "square-open", "diamond-open", "diamond"]
    within = pain_within(line, Beside(pain=pain))
    assert list_pain_signs(within) == (
        "Pain, 0 none to 10 worst: ◇ diary; ◆ at rest; □ in movement."
    )
    assert list_pain_signs(()) == ""


def test_the_curve_ends_at_its_horizon_and_its_band_is_in_sight():
    line = line_of(60.0, 78.0, 90.0, 98.0, 103.0, 107.0)
    recovery = line.fit_recovery()
    assert recovery is not None
    figure = figure_of(line, recovery=recovery)
    curve, band = traces(figure)["Curve of recovery"], traces(figure)["Band of the curve"]

    assert curve.line.dash == "dash"
    assert curve.x[-1] == STARTED_AT + timedelta(weeks=float(recovery.time_weeks[-1]))
    assert recovery.time_weeks[-1] <= recovery.horizon_weeks + 1e-9
    assert max(band.x) == curve.x[-1]
    low, high = figure.layout.yaxis.range
    assert low < min(band.y) <= max(band.y) < high
    assert figure.layout.xaxis.range[1] > curve.x[-1]


def test_a_curves_weeks_count_from_the_first_take_that_may_be_judged():
    few = make_measurement(140.0, verdict=MeasureVerdict.FEW_STRIDES)
    values = (60.0, 78.0, 90.0, 98.0, 103.0, 107.0)
    takes = [make_take(7 * n, make_measurement(value)) for n, value in enumerate(values)]
    (line,) = follow([make_take(-7, few), *takes])
    figure = figure_of(line, recovery=line.fit_recovery())

    assert traces(figure)["Curve of recovery"].x[0] == STARTED_AT


def test_up_to_eight_days_each_has_its_number_and_of_more_only_the_ends():
    assert labels(line_of(*range(60, 68))) == [f"{value}°" for value in range(60, 68)]
    assert labels(line_of(60, 61, 58, 63, 64, 70, 66, 67, 68)) == ["60°", "58°", "70°", "68°"]


def test_what_was_not_measured_is_no_point():
    line = line_of(60.0, math.nan, 80.0)

    assert list(traces(figure_of(line))["Measured"].y) == [60.0, 80.0]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ((140.0, 137.0, 90.0, 67.0), ["top right", "bottom right", "top right", "top right"]),
        ((140.0, 120.0, 90.0), ["top right"] * 3),
        ((140.0, 138.0, 136.0, 60.0), ["top right", None, "bottom right", "top right"]),
        ((140.0, 140.0, 60.0), ["bottom right", "top right", "top right"]),
    ],
)
def test_no_name_of_a_reference_value_lies_under_another_line(values, places):
    figure = go.Figure()
    lines = [
        ReferenceLine(value=value, label="Value", source="a study", dash="dot") for value in values
    ]
    add_references(figure, lines, (0.0, 1.0), [0.0, 0.5, 1.0])

    said = [trace.textposition if any(trace.text) else None for trace in figure.data]
    assert said == places
    assert list_names(lines).count("Value") == len(values)
