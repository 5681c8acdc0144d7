"""A live take as the server's own object: no page stops it by chance, none leaves it running."""

import json
import time
from datetime import datetime

import pytest
from live_page_makers import FakeSession, make_coach, make_request, make_snapshot

from dashboard import live_takes
from dashboard.live_finishing import FinishedTake
from dashboard.live_takes import RunningTake, find_take, forget_take, start_take
from motion.exercise.coach_state import Phase
from motion.exercise.prescription import Prescription
from motion.library import find_exercise
from motion.live.journal_reading import read_journal
from motion.model import LiveEnd, Side
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
    data = panel_data(take, make_snapshot())
    assert json.loads(json.dumps(data)) == data
    assert data["stage"] == "exercise"
    assert data["facts"] == ["Repetition 2 of 10", "Set 1 of 2"]
    take.stop()


def show(take, **coach):
    from dashboard.components.live_panel import panel_data

    take.session.shown = make_snapshot(coach=make_coach(**coach))
    return panel_data(take, take.look())


def test_the_panel_names_the_exercise_and_its_side(finished):
    right = Prescription(exercise="seated_knee_extension", side=Side.RIGHT)
    take = make_take(prescription=right, exercise=find_exercise("seated_knee_extension"))
    assert show(take)["name"] == "Straighten your knee, sitting · Right side"
    take.stop()


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.PAUSED, Phase.PAIN, Phase.BETWEEN_SETS])
def test_a_standstill_is_said_for_as_long_as_it_lasts(finished, phase):
    take = make_take()
    assert show(take, phase=phase, cue=None)["caption"]
    take.stop()


def test_after_an_answer_about_pain_the_panel_says_how_to_go_on(finished):
    take = make_take()
    take.answer_pain(3)
    assert show(take, phase=Phase.PAUSED)["caption"] == take.texts.say("pain.go_on_gently")
    assert show(take, phase=Phase.REST)["caption"] == ""
    assert show(take, phase=Phase.PAUSED)["caption"] == take.texts.say("cue.paused")
    take.stop()


def test_a_take_that_nobody_came_back_to_is_let_go(finished, monkeypatch):
    monkeypatch.setattr(
        live_takes,
        "_make_session",
        lambda request, queue, journal, told: FakeSession(request, journal),
    )
    left = start_take(make_request())
    left.stop()
    wait_for(lambda: left.ended)
    left._asked_s -= 4000.0
    other = start_take(make_request())
    assert find_take(left.id) is None
    assert find_take(other.id) is other
    forget_take(other.id)
    other.stop()


def test_a_take_is_dated_by_the_clock_of_here(finished):
    take = make_take()
    take.start()
    bring_picture(take)
    [folder] = live_dir().iterdir()
    started_at = read_journal(folder).header.started_at
    assert started_at.utcoffset() == datetime.now().astimezone().utcoffset()
    take.stop()
    wait_for(lambda: take.ended)
