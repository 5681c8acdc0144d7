"""A take of a walk on its page: tabs, numbers in words, comparison, correction, downloads."""

import base64
import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from clinic_makers import STARTED_AT, make_measurement, make_nobody, make_provenance
from page_actions import open_tab, texts
from walk_takes import gait_measurement, gait_measurements, make_walk

from dashboard.components import replay
from dashboard.gait_compare import ChangeRow
from dashboard.gait_words import parameter_title, result_text
from dashboard.reference_lines import lines_of_walk
from motion.clinic import (
    PatientDetails,
    SexForNorms,
    add_patient,
    find_patient,
    list_takes,
    open_record,
)
from motion.model import (
    Gait,
    MeasureVerdict,
    Scale,
    Side,
    TakeConditions,
    TimedPhase,
    landmark_index,
)

TABS = [
    "Steps",
    "Curves",
    "Numbers",
    "Compare",
    "Correct",
    "All angles",
    "Other corrections",
    "Audit trail",
    "About this take",
]
WALKED = (("gait", True), ("gait_scale", "height"), ("treadmill", False))


@pytest.fixture
def woman() -> str:
    with open_record() as record:
        add_patient(
            record,
            PatientDetails(code="P-9", birth_year=1981, sex_for_norms=SexForNorms.FEMALE),
        )
    return "P-9"


def walked(sha256: str = "a" * 64):
    made = make_provenance(sha256)
    return replace(made, settings=(*made.settings, *WALKED))


def with_measurements(*measurements):
    return make_walk(measurements=measurements)


def test_a_walk_has_its_own_page_with_tabs(show):
    at, _ = show("Steps")
    assert at.title[0].value == "Walking"
    assert [tab.label for tab in at.tabs] == TABS
    said = texts(at)
    assert "Walking speed 1.20\N{NO-BREAK SPACE}m/s" in said
    assert "Cadence 109\N{NO-BREAK SPACE}steps/min" in said
    assert "Strides that count 6 · 4" in said
    assert (
        "Standard error of measurement ± 0.04\N{NO-BREAK SPACE}m/s, about two takes of three"
        in said
    )


def test_the_headline_says_of_how_few_strides_it_is(show):
    few = {"verdict": MeasureVerdict.FEW_STRIDES, "n_repetitions": 3}
    speed = gait_measurement("walking_speed", 1.2, "m/s", **few)
    cadence = gait_measurement("cadence", 109.1, "steps/min")
    at, _ = show("Steps", with_measurements(speed, cadence))
    assert texts(at).count("Of 3 strides only.") == 1
    assert "m/s · Cadence" in result_text([speed, cadence])
    assert result_text([speed, cadence]).endswith(" · of 3 strides only · Fair")
    assert "only" not in result_text([cadence])


def test_variability_is_said_in_words():
    title = "Variability of step time (standard deviation per mean)"
    assert parameter_title("step_time_cv") == title


def test_only_the_open_tab_is_made(show):
    at, take = show("Steps")
    assert "When each foot was on the floor" in texts(at)
    assert "Of each leg" not in texts(at)
    at = open_tab(at, take, "Numbers")
    assert "When each foot was on the floor" not in texts(at)
    assert "Of each leg" in texts(at)


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_of_a_walk_with_all_its_numbers(show, tab):
    scores = (
        gait_measurement(f"{joint}_variable_score", 5.2, "deg", side=Side.LEFT)
        for joint in ("hip", "knee", "ankle", "sagittal")
    )
    knee = make_measurement(61.0)
    at, _ = show(tab, with_measurements(*gait_measurements(), *scores, knee))
    assert not at.exception
    assert not at.error


def test_events_that_are_left_out_are_counted_with_their_reason(show):
    at, _ = show("Steps")
    assert "left out of the means: 8 × cut by the picture's edge." in texts(at)


def test_a_recording_without_a_walk_says_so_and_shows_no_number(show):
    nothing = make_walk(
        gait=Gait(), events=(), measurements=(), warnings=("No walking was found: too short",)
    )
    at, take = show("Steps", nothing)
    assert "No walking was found in this recording." in texts(at)
    assert "No walking was found: too short" in texts(at)
    assert "Walking speed Not measured" in texts(at)
    for tab, said in (("Curves", "No whole stride"), ("Numbers", "No number of walking")):
        assert said in texts(open_tab(at, take, tab))


def test_nobody_in_a_walk_is_said(store, open_page):
    take = store(make_nobody(movement="walking", gait=Gait()))
    at = open_page("take", take=str(take.id))
    assert [tab.label for tab in at.tabs] == ["Corrections", "Audit trail", "About this take"]
    assert "no person found" in texts(at)


def test_numbers_stand_left_beside_right_with_interval_symmetry_and_error(show):
    said = texts(show("Numbers")[0])
    assert "0.55\N{NO-BREAK SPACE}s" in said
    assert "interval 0.53 to 0.57\N{NO-BREAK SPACE}s" in said
    assert "difference 2\N{NO-BREAK SPACE}%" in said
    assert "smallest change 0.11\N{NO-BREAK SPACE}m/s; provisional error figure" in said
    assert "of 2 strides only" in said
    assert "Lengths come from the person's height." in said


def test_a_typical_range_names_whose_it_is_and_its_source_on_hover(show, woman):
    said = texts(show("Numbers", code=woman)[0])
    assert "Middle two thirds of women 40 to 49" in said
    assert 'title="GAITRite' in said
    assert "No typical range" not in said


@pytest.mark.parametrize("how", [{"treadmill": True}, {"timed_test": "tug"}])
def test_a_walk_of_another_kind_than_the_published_has_no_typical_range(show, store, woman, how):
    made = walked()
    other = replace(made, settings=tuple((dict(made.settings) | how).items()))
    said = texts(show("Numbers", make_walk(provenance=other), woman)[0])
    assert "Middle two thirds" not in said
    assert "the published ones are of walking straight on over the floor" in said


def test_without_age_and_sex_no_typical_range_is_shown_and_why_is_said(show):
    said = texts(show("Numbers")[0])
    assert "Middle two thirds" not in said
    assert "No typical range stands beside these numbers" in said


def test_a_child_is_given_no_range_and_no_reference_curves(show, store):
    with open_record() as record:
        child = PatientDetails(code="KID", birth_year=2016, sex_for_norms=SexForNorms.MALE)
        add_patient(record, child)
    at, take = show("Numbers", code="KID")
    assert "Middle two thirds" not in texts(at)
    said = texts(open_tab(at, take, "Curves"))
    assert "adults' curves say nothing about a child" in said
    assert "grey band" not in said


def test_what_was_not_measured_is_listed_with_its_reason(show):
    said = texts(show("Numbers")[0])
    assert "**Variability needs ten strides, 6 were seen.** Variability of stride time" in said
    assert "**Strides that are in no mean.** 4 × cut by the picture's edge." in said


def test_without_a_scale_lengths_are_missing_and_times_are_not(show):
    missing = {"verdict": MeasureVerdict.NOT_MEASURABLE, "note": "no scale: give the height"}
    take = make_walk(
        gait=replace(make_walk().gait, scale=Scale()),
        measurements=(
            gait_measurement("walking_speed", math.nan, "m/s", **missing),
            gait_measurement("step_length", math.nan, "m", side=Side.LEFT, **missing),
            gait_measurement("cadence", 101.0, "steps/min", sd=1.0),
        ),
    )
    said = texts(show("Numbers", take)[0])
    assert "**No scale: give the height.** Walking speed; Step length, left." in said
    assert "No scale was given: lengths and speed are missing, times are not." in said
    assert "101\N{NO-BREAK SPACE}steps/min" in said


def test_the_curves_say_whose_the_reference_is_and_that_the_hip_was_moved(show, woman):
    said = texts(show("Curves", code="P-1")[0])
    assert "the year of birth is not known" in said
    assert "Fukuchi CA" in said
    assert "compare shape and range, not height" in said
    assert "Left: 6 strides, of them 3 as the far leg (dotted): less certain" in said


def test_distances_from_the_reference_stand_only_beside_people_like_those_measured(show):
    scored = make_walk(
        measurements=(
            *gait_measurements(),
            gait_measurement("knee_variable_score", 4.6, "deg", side=Side.LEFT),
        )
    )
    with open_record() as record:
        for code, born in (("YOUNG", 1995), ("OLD", 1950)):
            add_patient(record, PatientDetails(code=code, birth_year=born))
    assert "Distance from the reference" in texts(show("Curves", scored, "YOUNG")[0])
    assert "not comparable with published gait profile scores" in texts(
        show("Curves", replace(scored, provenance=make_provenance("c" * 64)), "YOUNG")[0]
    )
    assert "Distance from the reference" not in texts(show("Curves", scored, "OLD")[0])


def test_a_timed_test_shows_its_time_and_what_may_be_said_of_it(show):
    phases = (
        TimedPhase(test="tug", phase="stand_up", start_s=1.0, end_s=2.5),
        TimedPhase(test="tug", phase="sit_down", start_s=2.5, end_s=14.0),
    )
    slow = gait_measurement("tug_time", 14.2, "s", mdc95=1.1, mdc_source="provisional")
    take = make_walk(
        gait=replace(make_walk().gait, phases=phases),
        measurements=(slow, *gait_measurements()),
    )
    with open_record() as record:
        add_patient(record, PatientDetails(code="OLD", birth_year=1940))
    said = texts(show("Numbers", take, "OLD")[0])
    assert "Timed up and go" in said
    assert "Time 14.2 s" in said
    assert "1.2 s of it passed between GO and the first movement." in said
    assert "Slower than the published figure for this age (11.3 s)" in said
    assert "interpret with the full assessment" in said
    moved = replace(slow, note="timed from movement, not comparable with cut-offs")
    other = replace(
        take,
        measurements=(moved, *gait_measurements()),
        provenance=make_provenance("d" * 64),
    )
    said = texts(show("Numbers", other, "OLD")[0])
    assert "Timed from movement, not comparable with cut-offs" in said
    assert "Slower than" not in said


def test_a_test_that_was_not_seen_whole_says_why(show):
    missing = gait_measurement(
        "walk10_time",
        math.nan,
        "s",
        verdict=MeasureVerdict.NOT_MEASURABLE,
        note="the marks were out of view",
    )
    said = texts(show("Numbers", with_measurements(missing, *gait_measurements()))[0])
    assert "10 m walk" in said
    assert "Not timed: the marks were out of view." in said


# Two takes


def store_pair(store, **second):
    first = store(make_walk(measurements=gait_measurements(1.0), provenance=walked()))
    given = {
        "measurements": gait_measurements(1.2),
        "started_at": STARTED_AT + timedelta(days=7),
        "provenance": walked("e" * 64),
    }
    return first, store(make_walk(**(given | second)))


def test_two_walks_are_compared_with_the_change_and_its_verdict(store, open_page):
    first, second = store_pair(store)
    said = texts(open_tab(open_page("take", take=str(second.id)), second, "Compare"))
    assert "+0.20\N{NO-BREAK SPACE}m/s" in said
    assert "Improved beyond measurement error" in said
    assert "provisional error figure" in said
    assert "Too few strides: change not judged" in said
    assert "Not comparable" not in said
    # From the earlier take the change has the same sign: later less earlier.
    said = texts(open_tab(open_page("take", take=str(first.id)), first, "Compare"))
    assert "+0.20\N{NO-BREAK SPACE}m/s" in said


def test_a_faster_belt_is_no_gain(store, open_page):
    belt = {"gait_scale": "belt", "treadmill": True}
    first, second = (
        replace(made, settings=tuple((dict(made.settings) | belt).items()))
        for made in map(walked, ("a" * 64, "e" * 64))
    )
    store(make_walk(measurements=gait_measurements(0.6), provenance=first))
    later = store(
        make_walk(
            measurements=gait_measurements(0.9),
            provenance=second,
            started_at=STARTED_AT + timedelta(days=7),
        )
    )
    said = texts(open_tab(open_page("take", take=str(later.id)), later, "Compare"))
    assert "The belt's speed, as typed: change not judged" in said.replace("&#x27;", "'")
    assert "Improved" not in said


def test_walks_that_differ_are_said_to_be_not_comparable(store, open_page):
    _, second = store_pair(store, conditions=TakeConditions(aid="cane"))
    at = open_tab(open_page("take", take=str(second.id)), second, "Compare")
    assert "Not comparable: aid differs. No change is judged" in texts(at)
    assert "Improved" not in texts(at)
    (choice,) = [s for s in at.selectbox if s.label == "Compare with"]
    assert "not comparable: aid differs" in choice.options[0]


def test_a_patients_first_walk_has_nothing_to_compare_with(show):
    assert "no other walk to compare with" in texts(show("Compare")[0])


# The replay and the files


def test_the_replay_knows_every_event_with_its_words():
    take = make_walk()
    data = replay.replay_data(take, None)
    assert len(data["events"]) == len(take.events)
    first = data["events"][0]
    assert first["text"] == ("Left initial contact at 1.10 s; left out: cut by the picture's edge")
    assert (first["side"], first["comes_down"], first["left_out"]) == ("left", True, True)
    assert set(data["side_colours"]) == {"left", "right"}


def test_the_replay_can_follow_who_walks_through_the_picture():
    take = make_walk()
    data = replay.replay_data(take, None)
    assert data["close"] < 0.8 * data["width"]
    across = np.frombuffer(base64.b64decode(data["across"]), "<f4")
    hip = landmark_index("left_hip")
    points = np.frombuffer(base64.b64decode(data["points"]), "<f4").reshape(len(across), -1, 2)
    assert np.abs(across - points[:, hip, 0]).max() < 0.25 * data["close"]


def test_a_take_that_is_no_walk_has_no_events_on_its_time_line(made):
    assert made.events
    assert replay.replay_data(made, None)["events"] == []


def test_a_walk_offers_its_tables(show):
    at, _ = show("About this take")
    offered = [element.proto.label for element in at.get("download_button")]
    assert offered[:3] == [
        "Gait events (CSV)",
        "Gait parameters (CSV)",
        "Gait cycles (CSV)",
    ]


def test_lists_show_how_fast_somebody_walked(store, open_page):
    store(make_walk())
    said = texts(open_page())
    assert "P-1 · Walking" in said
    assert (
        "Walking speed 1.20\N{NO-BREAK SPACE}m/s · Cadence 109\N{NO-BREAK SPACE}steps/min" in said
    )


@pytest.mark.parametrize(("treadmill", "drawn"), [(False, 1), (True, 0)])
def test_published_values_stand_behind_walks_over_the_floor_only(store, woman, treadmill, drawn):
    made = walked()
    settings = tuple((dict(made.settings) | {"treadmill": treadmill}).items())
    store(make_walk(provenance=replace(made, settings=settings)), woman)
    with open_record() as record:
        patient, (take,) = find_patient(record, woman), list_takes(record, woman)
    assert (
        len(lines_of_walk(patient, take, gait_measurement("cadence", 109.1, "steps/min"))) == drawn
    )


def test_walking_speed_is_followed_over_time_in_its_own_unit(store, open_page):
    store_pair(store)
    at = open_page("patient", patient="P-1")
    (measure,) = [s for s in at.selectbox if s.label == "Measure"]
    assert measure.options[0] == "Walking speed"
    assert "Cadence (steps in a minute)" in measure.options
    assert "Step length, left" in measure.options
    assert "Improved beyond measurement error" in texts(at)


def test_the_change_of_two_walks_is_that_of_the_numbers_shown():
    row = ChangeRow(
        measure="cadence", side=Side.BOTH, unit="steps/min", earlier=109.6, later=104.4, verdict=""
    )

    assert row.change == -6.0  # 110 and 104 are read
