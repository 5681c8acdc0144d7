"""Events of a walk corrected on the page: moved, added, removed, refused, noted."""

from dataclasses import replace

import pytest
from clinic_makers import make_provenance
from page_actions import button, texts
from walk_takes import make_walk

from dashboard.components import walk_correct
from motion.clinic import add_analysis, list_edits, load_take, open_record
from motion.gait import GaitSettings
from motion.model import Origin, Side


@pytest.fixture
def measured_again(monkeypatch):
    """Stands where measuring is: a made-up skeleton does not walk."""
    asked = []

    def measure(analysis, settings):
        asked.append(settings)
        return replace(analysis, events=settings.gait.events)

    monkeypatch.setattr(walk_correct, "measure_again", measure)
    return asked


def choose(at, what: str):
    group = next(g for g in at.button_group if g.label == "What is wrong?")
    return group.set_value(what).run()


def store_corrections(at, reason: str):
    next(t for t in at.text_input if t.label == "Reason").set_value(reason)
    return button(at, "Measure again with these").click().run()


def test_a_moved_event_is_measured_again_and_noted_with_its_reason(show, measured_again):
    at, take = show("Correct")
    assert button(at, "Put it on the list").disabled
    old = take.analysis.events[0]
    at = at.number_input[0].set_value(old.time_s + 0.05).run()
    at = button(at, "Put it on the list").click().run()
    assert "Move: left initial contact at 1.10 s to 1.15 s" in texts(at)
    at = store_corrections(at, "late by two frames")
    assert not at.error
    with open_record() as record:
        now = load_take(record, take.id)
        notes = [e for e in list_edits(record, take.id) if "initial contact" in e.field]
    assert now.analysis_id != take.analysis_id
    (moved,) = [e for e in now.analysis.events if e.origin is Origin.BY_HAND]
    assert moved.time_s == pytest.approx(1.15)
    assert moved.side is old.side
    assert [note.reason for note in notes] == ["late by two frames"]
    assert "late by two frames" in texts(at)
    assert measured_again[0].gait.events is not None


def test_an_event_is_added_and_another_removed_in_one_go(show, measured_again):
    at, take = show("Correct")
    before = len(take.analysis.events)
    at = choose(at, "Remove")
    at = button(at, "Put it on the list").click().run()
    at = choose(at, "Add")
    next(s for s in at.selectbox if s.label == "Foot").set_value(Side.RIGHT)
    at = at.number_input[0].set_value(7.0).run()
    at = button(at, "Put it on the list").click().run()
    said = texts(at)
    assert "Remove: left initial contact at 1.10 s" in said
    assert "Add: right initial contact at 7.00 s" in said
    store_corrections(at, "seen in the film")
    assert len(measured_again) == 1
    events = measured_again[0].gait.events
    assert len(events) == before
    assert take.analysis.events[0] not in events


def test_the_last_correction_can_be_taken_back(show, measured_again):
    at, _ = show("Correct")
    at = button(choose(at, "Remove"), "Put it on the list").click().run()
    at = button(at, "Take the last one back").click().run()
    assert "not stored yet" not in texts(at)
    assert measured_again == []


def test_a_correction_without_a_reason_is_refused_in_one_line(show, measured_again):
    at, take = show("Correct")
    at = button(choose(at, "Remove"), "Put it on the list").click().run()
    at = store_corrections(at, "  ")
    assert len(at.error) == 1
    assert "needs a reason" in texts(at)
    assert measured_again == []
    with open_record() as record:
        assert load_take(record, take.id).analysis_id == take.analysis_id


def test_an_event_beside_the_same_event_is_refused_at_once(show):
    at, take = show("Correct")
    at = choose(at, "Add")
    at = at.number_input[0].set_value(take.analysis.events[0].time_s + 0.03).run()
    at = button(at, "Put it on the list").click().run()
    assert len(at.error) == 1
    assert "cannot do it twice" in texts(at)
    assert "not stored yet" not in texts(at)


def test_somebody_elses_correction_meanwhile_is_said(show, measured_again, monkeypatch):
    at, take = show("Correct")
    at = button(choose(at, "Remove"), "Put it on the list").click().run()
    with open_record() as record:
        add_analysis(record, take.id, make_walk(warnings=("other",)), "quicker")
    monkeypatch.setattr("dashboard.opening.load_take", lambda *_: take)
    at = store_corrections(at, "mine")
    assert "corrected by somebody else meanwhile" in texts(at)


def test_settings_of_a_walk_survive_a_correction(show, measured_again):
    made = make_provenance()
    pairs = GaitSettings(height_m=1.7).as_pairs()
    take = make_walk(provenance=replace(made, settings=(*made.settings, *pairs)))
    at, _ = show("Correct", take)
    at = button(choose(at, "Remove"), "Put it on the list").click().run()
    store_corrections(at, "no contact")
    assert measured_again[0].gait.height_m == 1.7
