"""What becomes of a live take: stored once, asked about, or nothing; and found after a crash."""

from dataclasses import replace

import pytest
from clinic_makers import make_analysis, make_recording
from journal_makers import make_header, make_poses
from live_page_makers import make_facts

from dashboard import live_finishing, live_recovery
from dashboard.live_finishing import finish_and_store, store_as_other_side
from dashboard.live_recovery import list_recovered, recover_takes
from motion.clinic import find_live_facts, list_takes, open_record
from motion.errors import NoPersonError, SourceError
from motion.live.finishing import LiveTake
from motion.live.journal import Journal
from motion.live.journal_reading import read_journal
from motion.model import LiveEnd, Side
from motion.paths import live_dir


def report(stage, done, total):
    pass


@pytest.fixture
def journal():
    """A journal of a take that nobody ended."""
    written = Journal.create(live_dir(), make_header(patient_code="P-1", prescription=None))
    for pose in make_poses(30):
        written.add(pose)
    return written


@pytest.fixture
def measured(monkeypatch):
    """Stands where the offline pipeline is: what a take is measured as."""
    found = {"analysis": make_analysis(recording=make_recording(30)), "conflict": ""}

    def finish(folder):
        if found["analysis"] is None:
            raise NoPersonError("the take ended before the exercise began")
        end = read_journal(folder).end or LiveEnd.CRASHED
        return LiveTake(analysis=found["analysis"], facts=make_facts(end=end, side=Side.LEFT))

    monkeypatch.setattr(live_finishing, "finish_take", finish)
    monkeypatch.setattr(live_finishing, "find_side_conflict", lambda analysis: found["conflict"])
    return found


def stored(code="P-1"):
    with open_record() as record:
        return [find_live_facts(record, take.id) for take in list_takes(record, code)]


def test_a_take_is_stored_with_its_facts_and_its_journal_goes(journal, measured):
    journal.close(LiveEnd.FINISHED)
    finished = finish_and_store(journal.folder, report)
    assert [facts.end for facts in stored()] == [LiveEnd.FINISHED]
    assert finished.take_id == stored()[0].take_id
    assert not journal.folder.exists()


def test_a_take_that_was_stored_before_its_journal_went_is_stored_once(
    journal, measured, monkeypatch
):
    journal.close(LiveEnd.CLOSED)
    with monkeypatch.context() as patch:
        patch.setattr(live_finishing, "discard", lambda folder: None)
        first = finish_and_store(journal.folder, report)
    again = finish_and_store(journal.folder, report)
    assert again.take_id == first.take_id
    assert len(stored()) == 1


def test_a_take_whose_exercise_never_began_leaves_nothing(journal, measured):
    measured["analysis"] = None
    journal.close(LiveEnd.CLOSED)
    finished = finish_and_store(journal.folder, report)
    assert finished.take_id is None
    assert not journal.folder.exists()


def test_where_another_side_moved_nothing_is_stored_until_somebody_decides(
    journal, measured, monkeypatch
):
    measured["conflict"] = "the right knee moved 70 degrees, the left 10"
    journal.close(LiveEnd.FINISHED)
    finished = finish_and_store(journal.folder, report)
    assert finished.take_id is None
    assert journal.folder.exists()
    other = replace(finished.analysis, side=Side.RIGHT)
    asked = []
    monkeypatch.setattr(
        live_finishing, "measure_again", lambda analysis, settings: asked.append(settings) or other
    )
    settled = store_as_other_side(finished)
    assert asked[0].side is Side.RIGHT
    assert stored()[0].side is Side.RIGHT
    assert (settled.item_id, settled.conflict) == (None, "")
    assert not journal.folder.exists()


def test_a_take_of_a_killed_program_is_stored_as_crashed_at_the_next_start(journal, measured):
    journal.note("begun", {"begun_s": 0.1})
    journal._closed.set()
    journal._keeper.join()
    for file in (journal._poses, journal._events, journal._lock):
        file.close()  # as the system does when a program dies
    job = recover_takes()
    job.wait(20)
    assert job.error is None
    assert [facts.end for facts in stored()] == [LiveEnd.CRASHED]
    assert [take.exercise for take in list_recovered().takes] == [""]
    assert recover_takes() is None


def test_a_take_that_still_runs_is_left_alone(journal, measured):
    assert recover_takes() is None
    assert journal.folder.exists()
    journal.close(LiveEnd.STOPPED)


def test_what_cannot_be_finished_does_not_hold_up_the_others(journal, measured, monkeypatch):
    journal.close(LiveEnd.STOPPED)
    broken = Journal.create(live_dir(), make_header(patient_code="P-1", prescription=None))
    broken.close(LiveEnd.STOPPED)
    real = live_recovery.finish_and_store

    def finish(folder, told):
        if folder == broken.folder:
            raise SourceError("not the head of a live take")
        return real(folder, told)

    monkeypatch.setattr(live_recovery, "finish_and_store", finish)
    recover_takes().wait(20)
    assert list_recovered().errors == ["not the head of a live take"]
    assert len(stored()) == 1
