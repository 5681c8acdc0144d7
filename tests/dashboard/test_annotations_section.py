"""Events on the Patient page: added with a day and words, listed, left out with a reason."""

from datetime import date

import pytest
from chart_pages import open_section
from page_actions import button, texts

from motion.clinic import (
    AnnotationDetails,
    AnnotationKind,
    PatientDetails,
    add_annotation,
    add_patient,
    list_annotations,
    open_record,
)


@pytest.fixture(autouse=True)
def _patient():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))


def add(day: int, kind: AnnotationKind, text: str = "") -> None:
    details = AnnotationDetails(day=date(2026, 3, day), kind=kind, text=text)
    with open_record() as record:
        add_annotation(record, "P-1", details, author="AB")


def stored():
    with open_record() as record:
        return list_annotations(record, "P-1")


def test_an_event_is_added_with_its_day_and_words() -> None:
    at = open_section("annotations")
    assert "No events are written down" in texts(at)
    at.date_input[0].set_value(date(2026, 3, 2))
    next(s for s in at.selectbox if s.label == "What happened").set_value("injection")
    next(t for t in at.text_input if t.label == "In words").set_value("cortisone, left knee")
    next(t for t in at.text_input if t.label == "Written by").set_value("AB")
    button(at, "Add event").click().run()

    assert not at.exception
    (event,) = stored()
    assert (event.day, event.kind) == (date(2026, 3, 2), AnnotationKind.INJECTION)
    assert (event.text, event.author) == ("cortisone, left knee", "AB")
    assert "2 Mar 2026" in texts(at)
    assert "Injection" in texts(at)


def test_another_event_needs_words() -> None:
    at = open_section("annotations")
    next(s for s in at.selectbox if s.label == "What happened").set_value("other")
    button(at, "Add event").click().run()

    assert "an event of kind 'other' needs words" in texts(at)
    assert stored() == ()


def test_an_event_is_left_out_with_a_reason() -> None:
    add(2, AnnotationKind.SURGERY)
    add(9, AnnotationKind.PLAN_CHANGE, "more load")
    at = open_section("annotations")
    next(t for t in at.text_input if t.label == "Reason").set_value("the wrong patient")
    button(at, "Leave it out").click().run()

    assert not at.exception
    assert [event.kind for event in stored()] == [AnnotationKind.SURGERY]
    assert "the wrong patient" in texts(at)


def test_leaving_out_needs_a_reason() -> None:
    add(2, AnnotationKind.SURGERY)
    at = open_section("annotations")
    button(at, "Leave it out").click().run()

    assert "needs a reason" in texts(at)
    assert len(stored()) == 1
