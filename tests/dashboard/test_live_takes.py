"""A live take as the server's own object: no page stops it by chance, none leaves it running."""

import json
import time

import pytest
from live_page_makers import FakeSession, make_request, make_snapshot

from dashboard import live_takes
from dashboard.live_finishing import FinishedTake
from dashboard.live_takes import RunningTake, find_take, forget_take, start_take
from motion.live.journal_reading import read_journal
from motion.model import LiveEnd
from motion.paths import live_dir

WAIT_S = 20.0


@pytest.fixture
def finished(monkeypatch):
    """Stands where finishing is; keeps the folders that it was given."""
    folders = []

    def finish(folder, report):
        report("Measuring", 0, 0)
        folders.append(folder)
        return FinishedTake(folder=folder, patient="P-1", exercise="squat")

    monkeypatch.setattr(live_takes, "finish_and_store", finish)
    monkeypatch.setattr(live_takes, "_LOOK_S", 0.01)
    return folders


def make_take(**changes) -> RunningTake:
    def make(request, queue, journal, on_snapshot):
        return FakeSession(request, journal)

    return RunningTake(make_request(**changes), make)


def wait_for(true) -> None:
    end_s = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < end_s
        time.sleep(0.01)


def bring_picture(take: RunningTake) -> None:
    take._pictures.set()
    assert take.session.started.wait(WAIT_S)


def test_a_browsers_take_begins_with_its_first_picture_and_is_finished_at_its_end(finished):
    take = make_take()
    take.start()
    assert not take.has_pictures
    assert not take.session.started.is_set()
    bring_picture(take)
    take.stop()
    wait_for(lambda: take.ended)
    take.finishing.wait(WAIT_S)
    assert take.finishing.result.patient == "P-1"
    assert read_journal(finished[0]).end is LiveEnd.STOPPED


def test_a_page_that_is_closed_ends_the_take_and_keeps_it(finished, monkeypatch):
    take = make_take()
    take.start()
    bring_picture(take)
    monkeypatch.setattr(live_takes, "_GONE_S", 0.05)
    wait_for(lambda: take.ended)
    take.finishing.wait(WAIT_S)
    assert read_journal(finished[0]).end is LiveEnd.CLOSED


def test_a_page_that_asks_keeps_its_take_running(finished, monkeypatch):
    monkeypatch.setattr(live_takes, "_GONE_S", 60.0)
    take = make_take()
    take.start()
    bring_picture(take)
    take._asked_s -= 61.0
    take.look()
    assert not take.session.wait(0.1)
    take.stop()
    wait_for(lambda: take.ended)


@pytest.mark.parametrize("how", ["stop", "close"])
def test_of_a_take_without_a_picture_nothing_is_left(finished, monkeypatch, how):
    take = make_take()
    take.start()
    assert len(list(live_dir().iterdir())) == 1
    if how == "stop":
        take.stop()
    else:
        monkeypatch.setattr(live_takes, "_GONE_S", 0.05)
    wait_for(lambda: take.ended)
    assert take.finishing is None
    assert finished == []
    assert list(live_dir().iterdir()) == []


def test_the_journal_knows_from_the_start_whose_take_it_is_and_the_pain_before(finished):
    take = make_take(pain_before=4)
    take.start()
    bring_picture(take)
    [folder] = live_dir().iterdir()
    journal = read_journal(folder)
    assert (journal.header.patient_code, journal.header.exercise) == ("P-1", "squat")
    assert journal.header.settings.movement == "squat"
    assert [note.values for note in journal.find_notes("pain_before")] == [{"score": 4}]
    take.stop()
    wait_for(lambda: take.ended)


def test_a_started_take_is_found_until_it_is_forgotten(finished, monkeypatch):
    monkeypatch.setattr(
        live_takes,
        "_make_session",
        lambda request, queue, journal, told: FakeSession(request, journal),
    )
    take = start_take(make_request())
    assert find_take(take.id) is take
    forget_take(take.id)
    forget_take(take.id)
    assert find_take(take.id) is None
    take.stop()
    wait_for(lambda: take.ended)


def test_what_the_panel_is_told_is_plain_data(finished):
    from dashboard.components.live_panel import panel_data

    take = make_take()
    take.signals.listen(make_snapshot())
    data = panel_data(
        take.id,
        make_snapshot(),
        take.signals.latest(),
        take.request,
        take.texts,
        has_pictures=True,
    )
    assert json.loads(json.dumps(data)) == data
    assert data["stage"] == "exercise"
    assert data["facts"] == ["Repetition 2 of 10", "Set 1 of 2", "62 degrees", "Good"]
    take.stop()
