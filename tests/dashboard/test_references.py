"""What stands beside a number: published values, tasks, the other side, each with its source."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance
from page_actions import texts

from dashboard.against import Against
from dashboard.charts import angle_figure
from dashboard.reference_lines import NAMED_LINE, ReferenceLine, lines_of, span_of
from dashboard.trend_chart import trend_figure
from motion.clinic import (
    PatientDetails,
    SexForNorms,
    TargetDetails,
    add_patient,
    follow,
    list_takes,
    open_record,
    set_target,
)
from motion.model import NearSide, Side, TakeConditions
from motion.norms import NormKind, References, parse_norm
from motion.report import rate_frames

ROW = {
    "angle": "knee_flexion", "measure": "rom_max", "sex": "both", "age_from": "18",
    "age_to": "", "mode": "active", "position": "", "method": "goniometer", "kind": "mean_sd",
    "value_deg": "140", "sd_deg": "5", "low_deg": "", "high_deg": "", "label": "Mean",
    "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip
KNEE = TargetDetails(joint="knee", motion="flexion", side=Side.LEFT, target_deg=120.0)


@pytest.fixture
def patient():
    with open_record() as record:
        details = PatientDetails(code="P-1", birth_year=1970, sex_for_norms=SexForNorms.FEMALE)
        return add_patient(record, details)


def from_side(side, value, day):
    """Return what to store: one side nearest the camera, on one day."""
    return {
        "conditions": TakeConditions(near_side=NearSide(side.value)),
        "started_at": STARTED_AT + timedelta(days=day),
        "provenance": make_provenance(f"{day:064x}"),
        "side": side,
        "measurements": (make_measurement(value, side=side, mdc95=9.7),),
        "repetitions": (),
    }


def store_both_sides(store, values, sources, mdc95=9.7):
    """Store the right side, then the left one, each with the source of its error figure."""
    for day, side, value, source in zip(
        (1, 2), (Side.RIGHT, Side.LEFT), values, sources, strict=True
    ):
        number = make_measurement(value, side=side, mdc95=mdc95, mdc_source=source)
        take = store(**(from_side(side, value, day) | {"measurements": (number,)}))
    return take


def lines(*rows, **changes):
    norms = tuple(parse_norm(ROW | row) for row in rows)
    return lines_of(Against(references=References(shown=norms), **changes))


def test_a_range_is_a_grey_band_that_names_its_source_on_hover(made):
    curve = made.angles["left_knee_flexion"]
    drawn = lines({})
    figure = angle_figure(
        made.angles, curve, (), rate_frames(made, curve), ink="#000", references=drawn
    )
    band = next(trace for trace in figure.data if trace.fill == "toself")

    assert sorted(set(band.y)) == pytest.approx([130.2, 149.8])
    assert "Someone 2000" in band.text
    red, green, blue, _ = (float(part) for part in band.fillcolor[5:-1].split(","))
    assert max(red, green, blue) - min(red, green, blue) < 20, "grey: a range is no alarm"
    assert figure.layout.yaxis.range[1] > 149.8


def test_a_line_names_itself_and_its_source(made):
    curve = made.angles["left_knee_flexion"]
    drawn = lines({"kind": "functional", "label": "Stairs", "value_deg": "90"})
    figure = angle_figure(
        made.angles, curve, (), rate_frames(made, curve), ink="#000", references=drawn
    )
    line = next(trace for trace in figure.data if trace.name == "Stairs")

    assert set(line.y) == {90}
    assert line.text[0] == f"{NAMED_LINE}Stairs 90°"
    assert "Someone 2000" in line.hovertemplate


def test_only_the_first_published_value_is_drawn_the_others_stand_in_the_table():
    drawn = lines({"value_deg": "140"}, {"value_deg": "150", "label": "Another"})

    assert [line.label for line in drawn] == ["Mean"]


def test_a_target_is_drawn():
    assert [(each.label, each.value) for each in lines(target_deg=110.0)] == [("Target", 110.0)]


def test_nothing_to_draw_stretches_no_axis():
    low, high = span_of(())

    assert (low, high) == (math.inf, -math.inf)
    assert span_of([ReferenceLine(value=5, label="a", source="b", dash="dot")]) == (5, 5)


def test_the_kinds_are_apart():
    norms = tuple(parse_norm(ROW | {"kind": kind}) for kind in ("mean", "functional"))
    references = References(shown=norms)

    assert [n.kind for n in references.published] == [NormKind.MEAN]
    assert [n.kind for n in references.functional] == [NormKind.FUNCTIONAL]


def test_a_take_shows_published_value_tasks_and_other_side_with_sources(open_page, store, patient):
    store(**from_side(Side.RIGHT, 128.0, 1))
    take = store(**from_side(Side.LEFT, 101.0, 2))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert 'title="US Code of Federal Regulations' in said
    assert "Walking 67°, stairs 90°" in said
    assert 'title="Hancock et al. 2018' in said
    assert "27° less on this side, beyond the provisional error figure" in said
    assert "%" not in said.split("27° less")[1][:60]


@pytest.mark.parametrize("value", [101.0, 125.0])
@pytest.mark.parametrize("sources", [("a study", "Provisional"), ("provisional", "a study")])
def test_the_other_sides_verdict_is_provisional_where_either_take_is(
    open_page, store, patient, sources, value
):
    take = store_both_sides(store, (128.0, value), sources)
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "provisional error figure" in said.split("° less on this side, ")[1][:80]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(101.0, "beyond measurement error"), (125.0, "not detectable with this camera<")],
)
def test_published_figures_of_both_takes_are_not_called_provisional(
    open_page, store, patient, value, verdict
):
    take = store_both_sides(store, (128.0, value), ("a study", "a study"))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert said.split("° less on this side, ")[1].startswith(verdict)


def test_without_an_error_figure_two_sides_are_not_judged(open_page, store, patient):
    take = store_both_sides(store, (128.0, 101.0), ("", ""), mdc95=math.nan)
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "27° less on this side, no error figure: not judged" in said


def test_the_angle_of_a_seat_is_held_against_no_published_range(open_page, store, patient):
    take = store(**(from_side(Side.LEFT, 89.0, 2) | {"movement": "five_sit_to_stand"}))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "Not tested here: the exercise does not go to this end" in said
    assert "US Code of Federal Regulations" not in said


def test_nothing_stands_beside_a_limb_that_hung_still(open_page, store, patient):
    with open_record() as record:
        set_target(record, "P-1", KNEE)
    store(**from_side(Side.RIGHT, 128.0, 1))
    given = from_side(Side.LEFT, 11.0, 2)
    ends = (*given["measurements"], make_measurement(5.0, measure="rom_min", mdc95=9.7))
    take = store(**(given | {"measurements": ends}))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "Not compared: it hardly moved" in said
    assert "Walking 67°" not in said
    assert "US Code of Federal Regulations" not in said
    assert "below the target" not in said
    assert "No comparable take" not in said


def test_a_target_is_held_against_the_last_take_in_which_the_limb_moved(open_page, store, patient):
    with open_record() as record:
        set_target(record, "P-1", KNEE)
    store(**from_side(Side.LEFT, 101.0, 1))
    given = from_side(Side.LEFT, 11.0, 2)
    ends = (*given["measurements"], make_measurement(5.0, measure="rom_min", mdc95=9.7))
    store(**(given | {"measurements": ends}))
    said = texts(open_page("patient", patient="P-1", section="targets"))

    assert "19° below the target" in said
    assert "109° below the target" not in said.split("Takes")[0]


def test_without_a_year_of_birth_the_take_says_why_there_is_no_norm(open_page, store):
    take = store(**from_side(Side.LEFT, 101.0, 2))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "No norm: the year of birth is not known" in said
    assert "Walking 67°" in said
    assert "No comparable take" in said


def test_a_childs_take_shows_no_adults_value(open_page, store):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", birth_year=STARTED_AT.year - 9))
    take = store(**from_side(Side.LEFT, 101.0, 2))
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "adults' values say nothing about a child" in said.replace("&#x27;", "'")
    assert "Walking 67°" not in said


def test_a_patients_recovery_is_drawn_from_two_comparable_takes_on(open_page, store, patient):
    store(**from_side(Side.LEFT, 60.0, 1))

    assert "Over time" not in texts(open_page("patient", patient="P-1"))

    store(**from_side(Side.LEFT, 80.0, 8))
    said = texts(open_page("patient", patient="P-1"))

    assert "Over time" in said
    assert "Improved beyond measurement error (provisional error figure)" in said


def test_each_point_of_a_trend_has_the_detectable_change_as_its_bar(store, patient):
    for day, value in ((1, 60.0), (8, 80.0)):
        store(**from_side(Side.LEFT, value, day))
    with open_record() as record:
        takes = list_takes(record, "P-1")
    line = next(each for each in follow(takes) if len(each.points) == 2)
    figure = trend_figure(line, "knee_flexion", lines({}), ink="#000")
    points = next(trace for trace in figure.data if trace.name == "Measured")

    assert list(points.y) == [60.0, 80.0]
    assert list(points.error_y.array) == [9.7, 9.7]
    assert figure.layout.yaxis.range[0] < 50.3
    assert figure.layout.yaxis.range[1] > 149.8


def test_a_point_without_an_error_figure_has_no_bar(store, patient):
    for day in (1, 2):
        given = from_side(Side.LEFT, 60.0 + day, day)
        bare = replace(given["measurements"][0], mdc95=math.nan)
        store(**(given | {"measurements": (bare,)}))
    with open_record() as record:
        line = follow(list_takes(record, "P-1"))[0]
    figure = trend_figure(line, "", (), ink="#000")

    assert list(figure.data[-1].error_y.array) == [0.0, 0.0]


def trend_of(store, *moments):
    """Draw takes made at ``(day, hour, value)``."""
    for day, hour, value in moments:
        given = from_side(Side.LEFT, value, day)
        made_at = given["started_at"] + timedelta(hours=hour)
        digest = make_provenance(f"{day:032x}{hour:032x}")
        store(**(given | {"started_at": made_at, "provenance": digest}))
    with open_record() as record:
        line = follow(list_takes(record, "P-1"))[0]
    figure = trend_figure(line, "knee_flexion", (), ink="#000")
    return {trace.name: trace for trace in figure.data}


def test_takes_of_one_day_are_not_joined_and_not_labelled_on_each_other(store, patient):
    drawn = trend_of(store, (1, 0, 60.0), (8, 0, 80.0), (8, 1, 70.0), (8, 2, 75.0), (15, 0, 90.0))
    joined, points = drawn["Day to day"], drawn["Measured"]

    assert list(joined.y) == [60.0, 80.0, None, 70.0, None, 75.0, 90.0]
    assert list(points.y) == [60.0, 80.0, 70.0, 75.0, 90.0]
    assert "lines" not in points.mode
    assert list(points.text) == ["60°", "80°", "70°", "", "90°"]
    assert points.textposition[1] == "top right"
    assert points.textposition[2] == "bottom right"


def test_two_equal_takes_of_one_day_are_labelled_above_and_below(store, patient):
    points = trend_of(store, (1, 0, 60.0), (1, 1, 60.0))["Measured"]

    assert list(points.text) == ["60°", "60°"]
    assert sorted(points.textposition) == ["bottom right", "top right"]
