"""The Patient page: who it is, what is chosen and remembered, the cards, the curve, sections."""

import json
from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance
from page_actions import button, buttons, texts
from sqlalchemy import update

from motion.clinic import (
    AnnotationDetails,
    AnnotationKind,
    OutcomeDetails,
    PatientDetails,
    add_annotation,
    add_outcome,
    add_patient,
    exclude_take,
    list_takes,
    open_record,
    sign_off,
)
from motion.clinic.tables import PatientRow
from motion.model import Position, Setting, Side, TakeConditions

OPERATED = STARTED_AT.date() - timedelta(days=14)
HOME = TakeConditions(setting=Setting.HOME)
SITTING = TakeConditions(position=Position.SITTING)


@pytest.fixture
def patient():
    with open_record() as record:
        return add_patient(
            record,
            PatientDetails(
                code="P-1",
                name="Ada <b>",
                affected_side=Side.LEFT,
                operation_date=OPERATED,
                diagnosis_note="Knee replacement",
                precautions="no *kneeling*",
            ),
        )


def knee(day, value, side=Side.LEFT, **changes):
    return {
        "started_at": STARTED_AT + timedelta(days=day),
        "provenance": make_provenance(f"{day:063x}{'1' if side is Side.LEFT else '2'}"),
        "measurements": (make_measurement(value, side=side),),
        "repetitions": (),
        "side": side,
    } | changes


@pytest.fixture
def recovering(store, patient):
    """Three takes in the clinic, two at home; and the other side once."""
    for day, value in ((0, 62.0), (7, 80.0), (21, 104.0)):
        store(**knee(day, value))
    for day, value in ((9, 70.0), (16, 75.0)):
        store(**knee(day, value, conditions=HOME))
    store(**knee(1, 138.0, Side.RIGHT))


def chart(at):
    (found,) = at.get("plotly_chart")
    return json.loads(found.proto.spec)


def traces(at):
    return {trace.get("name"): trace for trace in chart(at)["data"]}


def measure_of(at):
    return next(box for box in at.selectbox if box.label == "Measure")


def filter_of(at, label):
    return next(box for box in at.selectbox if box.label == label)


def test_the_header_says_who_it_is(open_page, patient):
    said = texts(open_page("patient", patient="P-1"))

    assert "Left" in said
    assert "Knee replacement" in said
    assert f"{OPERATED.day} {OPERATED:%b %Y}, " in said
    assert "weeks since the operation" in said
    assert "Precautions: no *kneeling*" in said
    assert "Nothing is prescribed" in said
    assert "Made up" not in said


def test_a_made_up_patient_is_called_so(open_page, patient):
    with open_record() as record, record.writing() as session:
        session.execute(update(PatientRow).values(made_up=True))

    assert "Made up: no person is behind it" in texts(open_page("patient", patient="P-1"))


def test_the_cards_show_the_affected_side_of_the_last_day_first(open_page, recovering):
    at = open_page("patient", patient="P-1")
    said = texts(at)

    assert measure_of(at).options[measure_of(at).index] == "Left knee flexion, largest"
    for title, value in (
        ("Baseline", "62°"),
        ("Last", "104°"),
        ("Best", "104°"),
        ("Other side (right)", "34° less on this side"),
        ("Change since the take before", "+24°"),
    ):
        card = said.split(f"<dt>{title}</dt>")[1].split("</div>")[0]
        assert value in card
    assert "Improved beyond measurement error (provisional error figure)" in said


def test_takes_at_home_are_another_line_that_can_be_looked_at(open_page, recovering):
    at = open_page("patient", patient="P-1")
    assert "Takes that cannot be compared with these" in texts(at)
    assert "Not comparable: setting differs" in texts(at)
    assert len(traces(at)["Measured"]["x"]) == 3

    at = button(at, "Look at these").click().run()

    assert len(traces(at)["Measured"]["x"]) == 2
    assert '<dd class="pm-card-value">70°</dd>' in texts(at)
    assert at.query_params["line"]

    again = open_page("patient", patient="P-1", line=at.query_params["line"])
    assert len(traces(again)["Measured"]["x"]) == 2


def test_a_filter_narrows_takes_measures_and_lines_and_stays_in_the_address(open_page, recovering):
    at = open_page("patient", patient="P-1")
    at = filter_of(at, "Setting").set_value("home").run()

    assert at.query_params["setting"] == "home"
    assert measure_of(at).options == ["Left knee flexion, largest"]
    assert len(buttons(at, "Open")) == 2
    assert "Takes that cannot be compared" not in texts(at)

    at = filter_of(at, "Setting").set_value("").run()
    assert "setting" not in at.query_params
    assert len(measure_of(at).options) == 2


def test_an_address_names_the_measure_and_the_filters(open_page, recovering):
    at = open_page("patient", patient="P-1", measure="rom_max.knee.flexion.right", side="right")

    assert filter_of(at, "Side").value == "right"
    assert measure_of(at).value == "rom_max.knee.flexion.right"
    assert "One take so far" in texts(at)
    assert not at.get("plotly_chart")


def test_an_address_that_names_nothing_shows_what_there_is(open_page, recovering):
    at = open_page("patient", patient="P-1", measure="rom_max.tail", side="up", line="x")

    assert measure_of(at).value == "rom_max.knee.flexion.left"
    assert len(traces(at)["Measured"]["x"]) == 3


def test_filters_that_leave_nothing_say_so(open_page, recovering):
    at = open_page("patient", patient="P-1", mode="passive")

    assert "The filters leave no number to follow" in texts(at)
    assert "The filters leave no take" in texts(at)


def test_the_weeks_count_from_the_operation_or_the_axis_shows_dates(open_page, recovering):
    at = open_page("patient", patient="P-1")
    axis = chart(at)["layout"]["xaxis"]
    assert axis["title"]["text"] == "Weeks since the operation"
    assert "2" in axis["ticktext"]

    at.button_group(key=next(b.key for b in at.button_group if b.label == "Time axis")).set_value(
        "Dates"
    )
    at.run()

    assert chart(at)["layout"]["xaxis"]["title"]["text"] == "Date"
    assert at.query_params["axis"] == "dates"


def test_events_stand_in_the_curve_and_pain_on_its_own_axis(open_page, recovering):
    with open_record() as record:
        day = STARTED_AT.date() + timedelta(days=10)
        add_annotation(
            record,
            "P-1",
            AnnotationDetails(day=day, kind=AnnotationKind.INJECTION, text="<i>cortisone</i>"),
        )
        add_outcome(
            record,
            "P-1",
            OutcomeDetails(instrument="nprs", day=day, score=6.0, context="rest"),
        )
    at = open_page("patient", patient="P-1")
    named = [each["hovertext"] for each in chart(at)["layout"]["annotations"]]

    assert named[0].endswith(": Operation")
    assert ": Injection: &lt;i&gt;" in named[1]
    assert "◇ at rest" in texts(at)
    pain = traces(at)["Pain"]
    assert (pain["y"][0], pain["yaxis"]) == (6, "y2")
    assert "pain 6 of 10" in pain["hovertemplate"][0]

    next(box for box in at.checkbox if box.label.startswith("Pain")).uncheck()
    at.run()
    assert "Pain" not in traces(at)


def test_each_point_carries_its_take(open_page, recovering, store):
    last = store(**knee(30, 110.0))
    keys = traces(open_page("patient", patient="P-1"))["Measured"]["customdata"]

    assert keys[-1] == str(last.id)


def test_an_excluded_take_is_listed_and_in_no_curve(open_page, recovering, store):
    taken = store(**knee(30, 20.0))
    with open_record() as record:
        exclude_take(record, taken.id, "wrong patient")
    at = open_page("patient", patient="P-1")

    assert "Left out: wrong patient" in texts(at)
    assert len(traces(at)["Measured"]["x"]) == 3


@pytest.mark.parametrize(
    ("way", "section"),
    [
        ("Measure by hand", "Measured by hand"),
        ("Enter a score or pain", "Scores and pain"),
        ("Reports", "Reports"),
    ],
)
def test_ways_near_the_top_open_the_sections_far_below(open_page, recovering, way, section):
    at = button(open_page("patient", patient="P-1"), way).click().run()

    assert section in [each.value for each in at.header]


def test_more_takes_are_shown_on_demand(open_page, store, patient):
    for day in range(22):
        store(**knee(day, 60.0 + day))
    at = open_page("patient", patient="P-1")
    names = [each.label for each in buttons(at, "Open")]
    assert len(names) == len(set(names)) == 20

    at = button(at, "Show more").click().run()
    assert len(buttons(at, "Open")) == 22


def test_only_the_open_section_is_made_and_the_address_names_it(open_page, recovering):
    at = open_page("patient", patient="P-1", section="targets")

    assert "Set target" in [each.label for each in at.button]
    assert not buttons(at, "Open")


def test_the_choice_of_one_patient_is_not_that_of_another(open_page, recovering, store):
    store(code="P-2", **knee(0, 50.0))
    at = open_page("patient", patient="P-1", setting="home")
    at = button(at, "Save").run()
    at.query_params.clear()
    at.query_params["patient"] = "P-2"
    at.run()

    assert filter_of(at, "Setting").value == ""


def test_a_take_of_which_nothing_was_measured_leaves_the_page_whole(open_page, store, patient):
    store(**(knee(0, 60.0) | {"measurements": ()}))
    at = open_page("patient", patient="P-1")

    assert not at.exception
    assert not at.get("plotly_chart")
    assert "Not measured" in texts(at)


def test_the_day_of_an_operation_of_the_record_is_marked_once(open_page, recovering):
    with open_record() as record:
        add_annotation(
            record, "P-1", AnnotationDetails(day=OPERATED, kind=AnnotationKind.SURGERY, text="left")
        )
    named = [
        each["hovertext"]
        for each in chart(open_page("patient", patient="P-1"))["layout"]["annotations"]
    ]

    assert [name.partition(": ")[2] for name in named] == ["Operation: left"]


def test_a_take_that_somebody_signed_off_says_so_in_the_list_and_the_card(open_page, recovering):
    with open_record() as record:
        last = list_takes(record, "P-1")[0]
        sign_off(record, last.id, expected=last.analysis_id, author="Dr. *A*")
    at = open_page("patient", patient="P-1")

    assert "Signed off by Dr. *A*" in texts(at)
    assert "Signed off by Dr. *A*." in texts(at).split("<dt>Last</dt>")[1].split("</div>")[0]


def test_back_in_the_browser_comes_without_the_patient_and_shows_the_one_before(
    open_page, recovering
):
    at = open_page("patient", patient="P-1")
    at.query_params.clear()
    at.query_params["take"] = "of-the-page-before"
    at.run()

    assert "Knee replacement" in texts(at)
    assert at.query_params["patient"] == "P-1"
    assert "take" not in at.query_params
