"""The calendar of a plan: each day in a sign and in words, each week in numbers."""

import re
from datetime import date, datetime, timedelta

import pytest
from page_actions import texts
from plan_makers import GUIDED, MEASURED, did, live_take, make_plan
from streamlit.testing.v1 import AppTest

from motion.clinic import end_item, exclude_take, monday_of, open_record
from motion.model import LiveEnd

MONDAY = monday_of(date.today()) - timedelta(days=7)
"""Of last week: all of its days are over."""


def show() -> str:
    def page() -> None:
        from dashboard.components.adherence_calendar import show_adherence
        from motion.clinic import find_patient, open_record

        with open_record() as record:
            patient = find_patient(record, "P-1")
        assert patient is not None
        show_adherence(patient)

    at = AppTest.from_function(page, default_timeout=20).run()
    assert not at.exception
    return texts(at)


def cells(said: str) -> dict[str, str]:
    """Return what each day says, by its date."""
    found = re.findall(r'aria-label="\w+ (\d+ \w+ \d+): ([^"]*)"', said)
    return dict(found)


def named(n: int) -> str:
    day = MONDAY + timedelta(days=n)
    return f"{day.day} {day:%b %Y}"


def ago(n: int) -> int:
    return (date.today() - MONDAY).days - n


@pytest.fixture
def items():
    with open_record() as record:
        return make_plan(record, GUIDED, MEASURED)


def test_without_a_plan_nothing_was_prescribed():
    with open_record() as record:
        make_plan(record)

    assert "Nothing was prescribed in the last 12 weeks" in show()


def test_each_day_says_what_was_done(items):
    guided, measured = items
    with open_record() as record:
        for n, item in ((0, guided), (0, measured), (1, guided), (2, measured)):
            if item is guided:
                did(record, item.id, days_ago=ago(n), pain=2)
            else:
                moment = datetime.now().astimezone() - timedelta(days=ago(n))
                end = LiveEnd.PAIN if n == 2 else LiveEnd.FINISHED
                live_take(record, item, started_at=moment, frames=60 + n, end=end)
        did(record, guided.id, days_ago=ago(4), pain=7)
    said = show()
    found = cells(said)

    assert found[named(0)] == "done, 2 of 2 sessions, pain 2 of 10"
    assert found[named(1)] == "partly done, 1 of 2 sessions, pain 2 of 10"
    above = "pain above the limit, pressed or stopped for"
    assert found[named(2)] == f"partly done, 0 of 2 sessions, {above}"
    assert found[named(3)] == "missed, 0 of 2 sessions"
    assert found[named(4)] == f"partly done, 1 of 2 sessions, pain 7 of 10, {above}"
    assert "4 of 14<span> (29 %)</span>" in said
    assert len(found) == 84
    assert "▲7" in said


def test_an_excluded_take_is_left_out(items):
    moment = datetime.now().astimezone() - timedelta(days=ago(0))
    with open_record() as record:
        take = live_take(record, items[1], started_at=moment)
        before = cells(show())[named(0)]
        exclude_take(record, take.id, "somebody else")

    assert before == "partly done, 1 of 2 sessions"
    assert cells(show())[named(0)] == "missed, 0 of 2 sessions"


def test_an_ended_plan_is_still_shown(items):
    with open_record() as record:
        for item in items:
            end_item(record, item, on=MONDAY)
    found = cells(show())

    assert found[named(0)] == "nothing prescribed"
    assert found[named(-1)] == "missed, 0 of 2 sessions"


def test_the_table_is_told_apart_by_more_than_colour(items):
    said = show()
    signs = dict(re.findall(r'<i class="(pm-day-[a-z-]+)" aria-hidden="true">(.?)</i>', said))

    assert len(signs) == 5
    assert len(set(signs.values())) == 5
    assert "<caption>The last 12 weeks, day by day</caption>" in said
    assert said.count('<th scope="row">') == 12
    for word in ("Done", "Partly done", "Missed", "Nothing prescribed", "Not over yet", "Today"):
        assert word in said
