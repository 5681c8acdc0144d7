"""The list of patients: searched, narrowed by side, in an order, a page at a time."""

from datetime import timedelta

import pytest
from clinic_makers import STARTED_AT, make_analysis, with_digest
from page_actions import buttons, texts

from motion.clinic import PatientDetails, add_patient, exclude_take, open_record, store_analysis
from motion.model import Side


@pytest.fixture
def many() -> None:
    with open_record() as record:
        for number in range(1, 31):
            side = Side.LEFT if number % 3 == 0 else None
            add_patient(record, PatientDetails(code=f"P-{number:02d}", affected_side=side))


def listed(at) -> list[str]:
    said = (b.label.replace("\\", "") for b in buttons(at, "Open"))
    return [label.removeprefix("Open :gray[patient ").removesuffix("]") for label in said]


def press(at, label: str):
    return next(b for b in at.button if b.label == label).click().run()


def test_an_empty_record_says_so(open_page) -> None:
    assert "There are no patients yet." in texts(open_page("patients"))


def test_pages_hold_twenty_five_and_lead_on_and_back(open_page, many) -> None:
    at = open_page("patients")
    assert listed(at) == [f"P-{n:02d}" for n in range(1, 26)]
    assert "1 to 25 of 30" in texts(at)

    press(at, "Next")
    assert listed(at) == [f"P-{n:02d}" for n in range(26, 31)]
    assert next(b for b in at.button if b.label == "Next").disabled

    press(at, "Previous")
    assert "1 to 25 of 30" in texts(at)


def test_another_search_begins_at_the_first_page(open_page, many) -> None:
    at = press(open_page("patients"), "Next")
    at.text_input[0].set_value("p-1").run()

    assert listed(at) == [f"P-{n}" for n in range(10, 20)]
    at.text_input[0].set_value("nobody").run()
    assert "No patient was found." in texts(at)


def test_only_those_with_a_side_affected(open_page, many) -> None:
    at = open_page("patients")
    next(s for s in at.selectbox if s.label == "Affected").set_value(Side.LEFT).run()

    assert listed(at) == [f"P-{n:02d}" for n in range(3, 31, 3)]


def test_the_last_take_comes_first_and_an_excluded_one_does_not_count(open_page, many) -> None:
    with open_record() as record:
        for days, code in ((0, "P-04"), (5, "P-09"), (9, "P-02")):
            analysis = make_analysis(started_at=STARTED_AT + timedelta(days=days))
            take = store_analysis(record, with_digest(analysis, f"{days:064x}"), code)
        exclude_take(record, take.id, "somebody else")
    at = open_page("patients")
    next(s for s in at.selectbox if s.label == "Order").set_value("last_take").run()

    assert listed(at)[:3] == ["P-09", "P-04", "P-01"]


def test_only_those_with_a_flag_that_nobody_has_seen(open_page, many) -> None:
    at = open_page("patients")
    at.toggle[0].set_value(True).run()

    assert listed(at) == []
    assert "No patient was found." in texts(at)
