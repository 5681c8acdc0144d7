"""The sections under a patient's curve: sides, repetitions, walking and tests, two dates."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
from clinic_makers import (
    make_analysis,
    make_gait_measurement,
    make_measurement,
    make_recording,
    make_repetition,
)
from clinic_takes import WALK, knee_seen_from, make_take
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from page_actions import texts
from streamlit.testing.v1 import AppTest

from dashboard.drawn_lines import list_quantities
from dashboard.followed_rows import list_test_rows, list_walk_rows
from dashboard.overlay_chart import NamedTake, overlay_figure
from dashboard.overlay_curves import PERCENT, OverlaidTake, overlay_of
from dashboard.repetition_chart import repetition_figure, repetitions_of
from dashboard.side_chart import side_figure
from dashboard.side_pairs import list_side_pairs
from dashboard.take_changes import changes_of_angles
from motion.clinic import Patient, follow
from motion.model import (
    FUNCTIONAL,
    AngleCurve,
    AngleTable,
    Position,
    RepetitionVerdict,
    Side,
)

PERSON = Patient(id=uuid4(), version=1, created_at=datetime(2026, 1, 1, tzinfo=UTC), code="P1")
INK = "#1d2a2a"


# --- left beside right


def test_the_last_comparable_number_of_each_side_stands_in_degrees():
    takes = [knee_seen_from(Side.RIGHT, 138.0, 8), knee_seen_from(Side.LEFT, 110.0, 7),
             knee_seen_from(Side.LEFT, 92.0, 0)]  # fmt: skip

    bent = list_side_pairs(takes)[0]

    assert (bent.left[1].value, bent.right[1].value) == (110.0, 138.0)
    assert (bent.difference, bent.mdc95, bent.beyond_error) == (-28.0, 9.7, True)
    assert bent.provisional


def test_a_side_in_another_position_is_not_beside():
    right = knee_seen_from(Side.RIGHT, 138.0, 8)
    lying = replace(right, conditions=replace(right.conditions, position=Position.SUPINE))

    assert list_side_pairs([lying, knee_seen_from(Side.LEFT, 110.0, 7)]) == ()


def test_one_side_alone_is_no_pair():
    assert list_side_pairs([knee_seen_from(Side.LEFT, 110.0, 0)]) == ()
    assert list_side_pairs([]) == ()


def test_without_an_error_figure_no_difference_is_beyond_it():
    bare = [
        replace(take, measurements=tuple(replace(m, mdc95=math.nan) for m in take.measurements))
        for take in (knee_seen_from(Side.RIGHT, 138.0, 1), knee_seen_from(Side.LEFT, 60.0, 0))
    ]

    pair = list_side_pairs(bare)[0]

    assert math.isnan(pair.mdc95)
    assert not pair.beyond_error


def test_bars_of_the_two_sides_differ_in_more_than_colour():
    pairs = list_side_pairs(
        [knee_seen_from(Side.RIGHT, 138.0, 1), knee_seen_from(Side.LEFT, 110.0, 0)]
    )

    figure = side_figure(pairs[:1], ["Knee flexion"], ink=INK)

    named = {bar.name: bar for bar in figure.data}
    assert (list(named["Left"].x), list(named["Left"].text)) == ([110.0], ["110°"])
    assert list(named["Right"].text) == ["138°"]
    assert named["Left"].marker.pattern.shape != named["Right"].marker.pattern.shape


# --- repetitions


def test_repetitions_of_the_lines_own_angle_in_order_of_time():
    own = [make_repetition(2, 91.0), make_repetition(1, 93.5)]
    other = make_repetition(3, 40.0, joint="hip")
    takes = [
        make_take(0, make_measurement(92.0), repetitions=(*own, other)),
        make_take(7, make_measurement(93.0)),
    ]
    (line,) = follow(takes)

    (found,) = repetitions_of(line)

    assert [r.peak_deg for r in found.repetitions] == [93.5, 91.0]


def test_what_was_no_full_repetition_is_hatched():
    partial = make_repetition(2, 50.0, verdict=RepetitionVerdict.PARTIAL)
    take = make_take(0, make_measurement(92.0), repetitions=(make_repetition(1, 93.5), partial))
    (line,) = follow([take])

    full, other = repetition_figure(repetitions_of(line), ink=INK).data

    assert (list(full.y), full.marker.pattern.shape) == ([93.5], "")
    assert (list(other.y), other.marker.pattern.shape) == ([50.0], "/")
    assert list(other.customdata) == ["Partial"]


# --- walking and tests


def test_walking_and_tests_from_their_first_number_to_their_last():
    stands = make_measurement(
        14.0, joint=FUNCTIONAL, motion="test", side=Side.NONE, measure="five_sit_to_stand_time",
        unit="s", mdc95=3.9, mdc_source="somebody 2000",
    )  # fmt: skip
    takes = [
        make_take(30, make_gait_measurement(1.21), settings=WALK, movement="walking"),
        make_take(20, stands, movement="five_sit_to_stand"),
        make_take(0, make_gait_measurement(0.90), settings=WALK, movement="walking"),
    ]
    quantities = list_quantities(takes)

    (walk,) = list_walk_rows(PERSON, takes, quantities)
    (test,) = list_test_rows(PERSON, takes, quantities)

    assert walk.first is not None
    assert (walk.first.measurement.value, walk.measurement.value) == (0.90, 1.21)
    assert walk.last.change is not None
    assert_allclose(walk.last.change.difference, 0.31)
    assert walk.last.verdict.startswith("Improved beyond measurement error")
    assert walk.norm is None  # nobody knows how old the person is
    assert test.measurement.value == 14.0


def test_a_typical_range_stands_where_age_and_sex_are_known():
    person = replace(PERSON, birth_year=1960, sex_for_norms="female")
    takes = [make_take(0, make_gait_measurement(1.0), settings=WALK, movement="walking")]

    (row,) = list_walk_rows(person, takes, list_quantities(takes))

    assert row.norm is not None
    assert row.norm.source


# --- two dates over each other


def analysis_of(value_deg, *repetitions, time_s=None):
    recording = make_recording(len(value_deg))
    time = np.linspace(0.0, 10.0, len(value_deg)) if time_s is None else time_s
    curve = AngleCurve(
        joint="knee",
        motion="flexion",
        side=Side.LEFT,
        value_deg=value_deg,
        confidence=np.full(len(value_deg), 0.9),
        filled=np.zeros(len(value_deg), dtype=bool),
    )
    table = AngleTable(time_s=time, curves=(curve,))
    return make_analysis(recording=recording, angles=table, repetitions=repetitions)


def span(number, start_s, end_s, **changes):
    return make_repetition(
        number, start_s=start_s, peak_s=(start_s + end_s) / 2, end_s=end_s, **changes
    )


def test_a_repetition_over_percent_is_the_curve_between_its_ends():
    time_s = np.linspace(0.0, 10.0, 1001)
    analysis = analysis_of(10.0 * time_s, span(1, 2.0, 4.0), span(2, 6.0, 8.0), time_s=time_s)

    found = overlay_of(analysis, "left_knee_flexion")

    assert found is not None
    assert_allclose(found.curves_deg[0], 20.0 + 0.2 * PERCENT, atol=1e-9)
    assert_allclose(found.curves_deg[1], 60.0 + 0.2 * PERCENT, atol=1e-9)
    assert_allclose(found.mean_deg, 40.0 + 0.2 * PERCENT, atol=1e-9)


def test_a_gap_stays_a_gap():
    time_s = np.linspace(0.0, 10.0, 101)
    value = np.full(101, 50.0)
    value[30:41] = np.nan  # 3.0 to 4.0 s
    found = overlay_of(analysis_of(value, span(1, 2.0, 6.0), time_s=time_s), "left_knee_flexion")

    assert found is not None
    missing = np.isnan(found.curves_deg[0])
    # Also between the last frame that was measured and the first that was not.
    assert_allclose(PERCENT[missing][[0, -1]], [23.0, 52.0])
    assert not missing[PERCENT <= 22.0].any()
    assert np.isnan(found.mean_deg[30])


def test_another_angles_repetitions_and_other_movements_are_not_laid_over():
    hip = span(1, 2.0, 4.0, joint="hip")
    other = span(2, 5.0, 6.0, verdict=RepetitionVerdict.OTHER_MOVEMENT)

    assert overlay_of(analysis_of(np.linspace(0, 90, 50), hip, other), "left_knee_flexion") is None


@given(scale=st.floats(0.2, 5.0), offset=st.floats(-40.0, 40.0))
def test_how_long_a_repetition_took_does_not_matter(scale, offset):
    time_s = np.linspace(0.0, 10.0, 401)
    value = 45.0 + 40.0 * np.sin(time_s) + offset
    slow = analysis_of(value, span(1, 2.0, 6.0), time_s=time_s)
    quick = analysis_of(value, span(1, 2.0 * scale, 6.0 * scale), time_s=time_s * scale)

    one, other = (overlay_of(each, "left_knee_flexion") for each in (slow, quick))

    assert one is not None
    assert other is not None
    assert_allclose(one.mean_deg, other.mean_deg, atol=1e-6)


def test_two_takes_are_told_apart_by_their_line_too():
    curve = OverlaidTake(curves_deg=np.zeros((2, 101)), mean_deg=np.zeros(101))

    figure = overlay_figure([NamedTake(name="1 Jan", overlaid=curve),
                             NamedTake(name="8 Jan", overlaid=curve)], ink=INK)  # fmt: skip

    named = [trace for trace in figure.data if trace.name]
    assert [trace.name for trace in named] == ["1 Jan, mean of 2", "8 Jan, mean of 2"]
    assert named[0].line.dash != named[1].line.dash


def test_the_change_of_two_takes_is_judged_angle_by_angle():
    earlier, later = knee_seen_from(Side.LEFT, 92.0, 0), knee_seen_from(Side.LEFT, 110.0, 7)

    (bent, straight) = changes_of_angles(earlier, later)

    assert bent.verdict == "Improved beyond measurement error (provisional error figure)"
    assert straight.later.measure == "rom_min"


def test_two_takes_that_differ_are_not_compared():
    earlier, later = knee_seen_from(Side.LEFT, 92.0, 0), knee_seen_from(Side.LEFT, 110.0, 7)
    lying = replace(later, conditions=replace(later.conditions, position=Position.SUPINE))

    assert {each.verdict for each in changes_of_angles(earlier, lying)} == {
        "Not comparable: position differs"
    }


# --- as they are shown


def show(section: str) -> AppTest:
    """Run one section on takes of both sides and a walk."""

    def page(name: str) -> None:
        from datetime import UTC, datetime
        from uuid import uuid4

        from clinic_makers import make_gait_measurement
        from clinic_takes import WALK, knee_seen_from, make_take

        from dashboard.components.patient_overlay import show_overlay
        from dashboard.components.patient_sides import show_sides
        from dashboard.components.patient_tables import show_gait_and_tests
        from motion.clinic import Patient
        from motion.model import Side

        walk = make_take(9, make_gait_measurement(1.2), settings=WALK, movement="walking")
        takes = [walk, knee_seen_from(Side.RIGHT, 138.0, 8), knee_seen_from(Side.LEFT, 110.0, 7)]
        person = Patient(id=uuid4(), version=1, created_at=datetime.now(UTC), code="P1")
        sections = {
            "sides": lambda: show_sides(takes),
            "tests": lambda: show_gait_and_tests(person, takes),
            "nothing": lambda: (show_sides([]), show_gait_and_tests(person, []), show_overlay([])),
        }
        sections[name]()

    at = AppTest.from_function(page, args=(section,), default_timeout=30).run()
    assert not at.exception
    return at


def test_the_sides_are_compared_in_words():
    said = texts(show("sides"))

    assert "28° more on the right" in said
    assert "Beyond the measurement error" in said
    assert "smallest detectable 10°; provisional error figure" in said


def test_the_numbers_of_walking_stand_with_their_error():
    said = texts(show("tests"))

    assert "Walking speed" in said
    assert "1.20\N{NO-BREAK SPACE}m/s ± 0.03\N{NO-BREAK SPACE}m/s" in said


def test_nothing_to_show_is_said_in_plain_words():
    said = texts(show("nothing"))

    assert "Nothing to compare yet" in said
    assert "No walk and no timed test was measured yet" in said
    assert "It takes two takes to lay over each other" in said
