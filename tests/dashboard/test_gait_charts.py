"""The charts of a walk: what is drawn of events, strides and phases, from made-up takes."""

import math
from dataclasses import replace

import numpy as np
import pytest
from walk_takes import EDGE, STANCE, STRIDE_S, WALKS, make_walk

from dashboard.gait_curves import ReferenceCurve, cycle_figure, drawn_side
from dashboard.gait_cycles import curves_of_sides
from dashboard.gait_footfall import LINE_S, footfall_figure, stretches_of
from dashboard.gait_reference import find_reference, speed_of
from dashboard.gait_stances import double_supports, find_stances
from dashboard.gait_style import STYLES
from dashboard.gait_test_bar import phases_figure
from motion.gait import PERCENT
from motion.library import load_gait_bands
from motion.model import (
    FOOT_OFF,
    INITIAL_CONTACT,
    Event,
    NearSide,
    Side,
    TimedPhase,
    Walk,
)
from motion.norms import BandVerdict, Subject

INK = "#123456"
WALK = Walk(number=1, start_s=0.0, end_s=4.0, direction="left", near_side=NearSide.LEFT)


def event(time_s: float, kind: str = INITIAL_CONTACT, side: Side = Side.LEFT, **more) -> Event:
    return Event(time_s=time_s, side=side, event=kind, confidence=0.9, walk=1, **more)


def subject(birth_year: int | None = 1995) -> Subject:
    return Subject(birth_year=birth_year, sex="female", day=make_walk().started_at.date())


def test_a_foot_is_on_the_floor_from_contact_to_foot_off():
    events = [event(1.0), event(1.7, FOOT_OFF), event(2.1, left_out=EDGE), event(2.8, FOOT_OFF)]
    first, second = find_stances(events, WALK, Side.LEFT)
    assert (first.start_s, first.end_s, first.left_out) == (1.0, 1.7, "")
    assert (second.start_s, second.end_s, second.left_out) == (2.1, 2.8, EDGE)
    assert find_stances(events, WALK, Side.RIGHT) == ()


def test_a_stance_cut_by_the_walks_ends_is_open_and_left_out():
    first, last = find_stances([event(0.4, FOOT_OFF), event(3.5)], WALK, Side.LEFT)
    assert (first.start_s, first.open_start, first.open_end) == (0.0, True, False)
    assert (last.end_s, last.open_start, last.open_end) == (4.0, False, True)
    assert first.left_out
    assert last.left_out


def test_two_contacts_without_a_foot_off_draw_no_bar_between_them():
    (only,) = find_stances([event(1.0), event(2.0), event(2.6, FOOT_OFF)], WALK, Side.LEFT)
    assert (only.start_s, only.end_s) == (2.0, 2.6)


def test_both_feet_are_on_the_floor_only_between_events_that_were_seen():
    left = find_stances([event(1.0), event(1.7, FOOT_OFF)], WALK, Side.LEFT)
    right = find_stances(
        [event(0.6, FOOT_OFF, Side.RIGHT), event(1.55, INITIAL_CONTACT, Side.RIGHT)],
        WALK,
        Side.RIGHT,
    )
    assert double_supports(left, right) == ((1.55, 1.7),)
    never_off = find_stances([event(1.0)], WALK, Side.LEFT)
    assert double_supports(never_off, right) == ()


def test_a_long_walk_goes_on_in_further_lines_that_cover_it_once():
    walk = replace(WALK, end_s=2.5 * LINE_S)
    lines = stretches_of([walk, WALK])
    assert [line.start_s for line in lines] == [0.0, LINE_S, 2 * LINE_S, 0.0]
    assert [line.end_s for line in lines] == [LINE_S, 2 * LINE_S, 2.5 * LINE_S, 4.0]


def test_every_event_and_stance_of_a_walk_is_in_the_diagram():
    take = make_walk()
    figure = footfall_figure(stretches_of(WALKS), take.events, ink=INK)
    marks = [t for t in figure.data if t.type == "scatter"]
    assert sorted(x for t in marks for x in t.x) == pytest.approx([e.time_s for e in take.events])
    symbols = {s for t in marks for s in t.marker.symbol}
    assert symbols == {"triangle-down", "triangle-up-open"}
    colours = {t.marker.color for t in marks}
    assert colours == {style.colour for style in STYLES.values()}
    bars = [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape is not None]
    whole = [t for t in bars if t.marker.pattern.shape == ""]
    assert {round(float(t.x[0]), 6) for t in whole} == {round(STANCE * STRIDE_S, 6)}


def test_what_is_left_out_is_hatched_and_says_why_on_hover():
    take = make_walk()
    figure = footfall_figure(stretches_of(WALKS), take.events, ink=INK)
    hatched = [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape == "/"]
    assert hatched
    assert all("left out: " in t.hovertemplate for t in hatched)
    assert sum(EDGE in t.hovertemplate for t in hatched) == 4  # the first stance, twice a side
    faint = [
        (text, opacity)
        for t in figure.data
        if t.type == "scatter"
        for text, opacity in zip(t.hovertemplate, t.marker.opacity, strict=True)
    ]
    assert all((EDGE in text) == (opacity < 1.0) for text, opacity in faint)


def test_double_support_is_named_once_in_the_legend():
    figure = footfall_figure(stretches_of(WALKS), make_walk().events, ink=INK)
    named = [t.name for t in figure.data if t.showlegend]
    assert named == ["Both feet on the floor (double support)"]


def test_every_axis_has_a_title():
    walks = [WALK, replace(WALK, number=2, start_s=5.0, end_s=6.0)]
    layout = footfall_figure(stretches_of(walks), [event(1.0)], ink=INK).layout
    assert [layout.yaxis.title.text, layout.yaxis2.title.text] == ["Foot", "Foot"]
    assert "seconds (s)" in layout.xaxis2.title.text


def test_all_lines_have_one_scale_of_time():
    walks = [WALK, replace(WALK, number=2, start_s=5.0, end_s=6.0)]
    figure = footfall_figure(stretches_of(walks), [event(1.0)], ink=INK)
    first, second = figure.layout.xaxis.range, figure.layout.xaxis2.range
    assert first[1] - first[0] == pytest.approx(second[1] - second[0])


def test_a_leg_that_was_near_and_far_has_both_kinds_of_strides():
    curves = curves_of_sides(make_walk())
    left, right = (curves["knee_flexion", side] for side in (Side.LEFT, Side.RIGHT))
    assert (len(left.near), len(left.far), left.far_only) == (3, 3, False)
    assert left.left_out == (EDGE, EDGE)
    assert right.foot_off_percent == pytest.approx(100 * STANCE)
    assert left.mean_deg == pytest.approx(np.mean([*left.near, *left.far], axis=0))


def test_a_leg_that_was_always_far_is_flagged_in_its_name():
    take = make_walk()
    walks = tuple(replace(walk, near_side=NearSide.RIGHT) for walk in WALKS)
    curves = curves_of_sides(replace(take, gait=replace(take.gait, walks=walks)))
    assert curves["hip_flexion", Side.LEFT].far_only
    assert drawn_side(curves["hip_flexion", Side.LEFT]).name == "Left (far leg: less certain)"
    assert drawn_side(curves["hip_flexion", Side.RIGHT]).name == "Right"


def test_markers_have_no_far_leg():
    take = make_walk()
    walks = tuple(replace(walk, near_side=NearSide.NONE) for walk in WALKS)
    curves = curves_of_sides(replace(take, gait=replace(take.gait, walks=walks)))
    assert not any(c.far for c in curves.values())


def test_sides_differ_in_line_and_colour_and_the_mean_is_thicker_than_a_stride():
    curves = curves_of_sides(make_walk())
    drawn = [drawn_side(curves["knee_flexion", side]) for side in (Side.LEFT, Side.RIGHT)]
    figure = cycle_figure(drawn, None, motion="flexion", ink=INK)
    means = {t.name: t.line for t in figure.data if t.name in ("Left", "Right")}
    assert means["Left"].dash != means["Right"].dash
    assert means["Left"].color != means["Right"].color
    strides = [t.line for t in figure.data if t.name.endswith("each stride")]
    assert max(line.width for line in strides) < min(line.width for line in means.values())
    assert figure.layout.yaxis.title.text == "Flexion in degrees (°)"
    assert figure.layout.xaxis.title.text == "Gait cycle in percent (%)"


def test_foot_off_is_a_line_at_its_percent():
    curves = curves_of_sides(make_walk())
    drawn = drawn_side(curves["knee_flexion", Side.LEFT])
    figure = cycle_figure([drawn], None, motion="flexion", ink=INK)
    (line,) = [t for t in figure.data if t.name.endswith("foot off")]
    assert set(np.round(line.x, 6)) == {100 * STANCE}
    none = replace(drawn, foot_off_percent=math.nan)
    without = cycle_figure([none], None, motion="flexion", ink=INK)
    assert not [t for t in without.data if t.name.endswith("foot off")]


def test_the_band_is_one_standard_deviation_and_grey():
    band = ReferenceCurve(
        percent=PERCENT, mean_deg=np.full(101, 10.0), sd_deg=np.full(101, 4.0), label="Adults"
    )
    figure = cycle_figure([], band, motion="flexion", ink=INK)
    filled = next(t for t in figure.data if t.fill == "toself")
    assert (min(filled.y), max(filled.y)) == (6.0, 14.0)
    assert "125, 138, 138" in filled.fillcolor


def test_the_hips_band_is_moved_to_the_mean_of_the_curves_and_no_other_is():
    curves = curves_of_sides(make_walk())
    reference = find_reference(load_gait_bands(), curves, subject(), 1.2)
    hip = reference.curves["hip_flexion"]
    own = np.mean([curves["hip_flexion", s].mean_deg for s in STYLES])
    shown = np.mean(np.interp(PERCENT, hip.percent, hip.mean_deg))
    assert shown == pytest.approx(own)
    published = load_gait_bands().find("hip_flexion")
    assert hip.mean_deg - hip.shift_deg == pytest.approx(published.mean_deg)
    assert [reference.curves[a].shift_deg for a in ("knee_flexion", "ankle_dorsiflexion")] == [0, 0]


@pytest.mark.parametrize(
    ("birth_year", "speed", "verdict"),
    [
        (1995, 1.2, BandVerdict.BAND),
        (1995, 0.9, BandVerdict.GREY),
        (1995, math.nan, BandVerdict.GREY),
        (1960, 1.2, BandVerdict.GREY),
        (None, 1.2, BandVerdict.GREY),
        (2015, 1.2, BandVerdict.NONE),
    ],
)
def test_whom_the_reference_may_stand_behind(birth_year, speed, verdict):
    curves = curves_of_sides(make_walk())
    reference = find_reference(load_gait_bands(), curves, subject(birth_year), speed)
    assert reference.use.verdict is verdict
    assert bool(reference.curves) is (verdict is not BandVerdict.NONE)


def test_the_speed_of_a_take_without_scale_is_not_known():
    assert speed_of(make_walk().measurements) == 1.2
    assert math.isnan(speed_of(()))


def test_phases_of_a_test_differ_in_more_than_colour_and_are_named_with_their_time():
    phases = [
        TimedPhase(test="tug", phase="stand_up", start_s=2.0, end_s=3.2),
        TimedPhase(test="tug", phase="walk_out", start_s=3.2, end_s=6.0),
    ]
    figure = phases_figure(phases, ink=INK)
    assert [t.name for t in figure.data] == ["Stand up 1.2 s", "Walk out 2.8 s"]
    assert [t.base[0] for t in figure.data] == pytest.approx([0.0, 1.2])
    assert len({t.marker.pattern.shape for t in figure.data}) == 2
