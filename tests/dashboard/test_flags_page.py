"""The clinic's Today page: whom to look at, seen with a note, and what else is new."""

from datetime import date, datetime, timedelta

import pytest
from page_actions import button, texts
from plan_makers import GUIDED, MEASURED, did, live_take, make_plan, put_item
from sqlalchemy import update

from dashboard import known_flags
from motion.clinic import (
    Dimension,
    FlagKind,
    PatientDetails,
    ProgressionRule,
    add_patient,
    find_flags,
    open_record,
)
from motion.clinic.tables import PatientRow

LESS = ProgressionRule(
    lower_what=Dimension.REPETITIONS, lower_by=1.0, lower_down_to=2.0, lower_after_sessions=1
)


@pytest.fixture
def hurting():
    """A patient with pain 8 yesterday, and nothing missed."""
    with open_record() as record:
        (item,) = make_plan(record, GUIDED, name="Kim *Lee*")
        did(record, item.id, days_ago=1, pain=8)
    return item


def open_flags():
    with open_record() as record:
        return [flag for flag in find_flags(record, date.today()) if not flag.seen]


def named(at, label):
    """Return the buttons on which this is seen; only a screen reader says the rest."""
    return [each for each in at.button if each.label.partition(" :gray[")[0] == label]


def test_nobody_stands_on_an_empty_page(open_page):
    at = open_page("flags")

    assert at.title[0].value == "Today"
    assert f"{date.today().day} {date.today():%B %Y}" in texts(at)
    (empty,) = at.success
    assert empty.value.startswith("Nobody stands here today")
    assert "Also new" not in texts(at)


def test_a_flag_says_who_why_and_since_when(open_page, hurting):
    at = open_page("flags")
    yesterday = date.today() - timedelta(days=1)
    said = texts(at)

    assert "Pain (1)" in said
    assert "**P-1** · Kim *Lee*" in said
    assert "pain 8 of 10, above the limit of 5" in said
    assert f"Since {yesterday.day} {yesterday:%b %Y}" in said
    assert "made up" not in said
    assert "no diagnosis" in said


def test_a_made_up_patient_is_called_so(open_page, hurting):
    with open_record() as record, record.writing() as session:
        session.execute(update(PatientRow).values(made_up=True))

    assert "made up" in texts(open_page("flags"))


def test_a_flag_leads_to_its_patient(open_page, hurting):
    at = named(open_page("flags"), "Open patient")[0].click().run()

    assert not at.exception
    assert at.title[0].value == "P\\-1"


def test_seen_with_a_note_and_who(open_page, hurting):
    at = named(open_page("flags"), "Seen")[0].click().run()
    next(t for t in at.text_input if t.label == "Note (optional)").set_value("called *today*")
    next(t for t in at.text_input if t.label == "Seen by").set_value("Lee")
    at = button(at, "Mark as seen").click().run()

    assert not at.exception
    assert open_flags() == []
    (empty,) = at.success
    assert "that nobody has seen" in empty.value

    at = next(t for t in at.toggle if "(1)" in t.label).set_value(True).run()
    assert "Seen by Lee on" in texts(at)
    assert "called *today*" in texts(at)
    assert named(at, "Seen") == []


def test_what_somebody_else_saw_meanwhile_is_not_seen_twice(open_page, hurting):
    first, second = open_page("flags"), open_page("flags")
    for at in (first, second):
        named(at, "Seen")[0].click().run()
    button(first, "Mark as seen").click().run()
    at = button(second, "Mark as seen").click().run()

    assert not at.exception
    assert "that nobody has seen" in at.success[0].value


def test_one_form_is_open_at_a_time(open_page):
    with open_record() as record:
        for code in ("A", "B"):
            (item,) = make_plan(record, GUIDED, code=code)
            did(record, item.id, pain=8)
    at = open_page("flags")
    named(at, "Seen")[0].click().run()
    (other,) = named(at, "Seen")
    at = other.click().run()

    assert len(named(at, "Mark as seen")) == 1
    assert len(named(at, "Seen")) == 1, "of the flag whose form is open there is none"

    at = button(at, "Cancel").click().run()
    assert len(named(at, "Seen")) == 2
    assert len(open_flags()) == 2


def test_each_button_has_a_name_of_its_own(open_page):
    with open_record() as record:
        for code in ("A", "B"):
            (item,) = make_plan(record, GUIDED, code=code)
            did(record, item.id, pain=8)
    labels = [each.label for each in open_page("flags").button]

    assert len(labels) == 4
    assert len(set(labels)) == len(labels)


def test_long_groups_are_shown_a_part_at_a_time(open_page):
    with open_record() as record:
        for n in range(12):
            make_plan(record, GUIDED, code=f"P-{n:02d}")
    at = open_page("flags")

    assert "Sessions missed (12)" in texts(at)
    assert len(named(at, "Open patient")) == 10
    at = button(at, "Show more").click().run()
    assert len(named(at, "Open patient")) == 12
    assert named(at, "Show more") == []


def test_what_else_is_new_leads_on(open_page):
    with open_record() as record:
        (item,) = make_plan(record, MEASURED)
        live_take(record, item)
        guided = put_item(record, GUIDED, rule=LESS)
        did(record, guided.id, pain=8)
    at = open_page("flags")
    said = texts(at)

    assert "Suggestions that wait for a decision: 1 suggestion" in said
    assert "Received from home since yesterday: 1 take" in said
    assert "Recorded in the clinic" not in said
    at = named(at, "P\\-1 · 1")[0].click().run()
    assert not at.exception
    assert "Plan" in at.title[0].value


def test_home_says_how_many(open_page, hurting):
    def linked():
        return [each.proto.label for each in open_page().get("page_link")]

    assert "Today: 1 flag to look at" in linked()
    with open_record() as record:
        did(record, hurting.id, pain=1)
    assert "Today: no flags to look at" in linked()


def test_the_rules_look_again_only_after_a_change(open_page, hurting, monkeypatch):
    asked = []
    find = known_flags.find_occasions

    def counting(record, today):
        asked.append(today)
        return find(record, today)

    monkeypatch.setattr(known_flags, "find_occasions", counting)
    with open_record() as record:
        add_patient(record, PatientDetails(code="NEW"))  # no other test's answer is kept for this
    at = open_page("flags")
    at.run()
    named(at, "Seen")[0].click().run()
    button(at, "Mark as seen").click().run()
    assert len(asked) == 1, "what was seen changes nothing of what is found"

    with open_record() as record:
        did(record, hurting.id, pain=9)
    at.run()
    assert len(asked) == 2
    assert "pain 9 of 10" in texts(at)


def test_no_flag_uses_a_word_that_is_not_ours_to_say(open_page, hurting):
    with open_record() as record:
        for days_ago in (30, 10):
            live_take(
                record, put_item(record, MEASURED), frames=60 + days_ago,
                started_at=datetime.now().astimezone() - timedelta(days=days_ago),
            )  # fmt: skip
    said = texts(open_page("flags")).lower()

    for word in ("fall risk", "sarcopenia", "injury risk", "no change"):
        assert word not in said
    assert {flag.kind for flag in open_flags()} == {FlagKind.PAIN, FlagKind.SESSIONS_MISSED}
