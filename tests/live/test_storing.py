"""A live take is stored once, however often its journal is finished."""

from pathlib import Path

import pytest
from live_takes import bend_knee, leave_unfinished

from motion.clinic import find_live_facts, find_patient, list_takes, open_record
from motion.live.finishing import LiveTake, finish_take
from motion.live.storing import store_once
from motion.model import LiveEnd


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveTake:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "data"))
    journal = leave_unfinished(tmp_path, bend_knee(2.0))
    journal.note("begun", {"begun_s": 0.1, "neutral": None})
    journal.close(LiveEnd.STOPPED)
    return finish_take(journal.folder)


def test_the_patient_is_made_and_the_take_has_what_it_knows_of_itself(finished: LiveTake) -> None:
    key = store_once(finished, "P-7")
    with open_record() as record:
        assert find_patient(record, "P-7") is not None
        (take,) = list_takes(record, "P-7")
        facts = find_live_facts(record, key)
    assert take.id == key
    assert facts is not None
    assert facts.end is LiveEnd.STOPPED


def test_a_second_time_gives_the_first_key_and_stores_nothing(finished: LiveTake) -> None:
    keys = {store_once(finished, "P-7") for _ in range(2)}
    with open_record() as record:
        assert [take.id for take in list_takes(record, "P-7")] == list(keys)


def test_under_another_patient_it_is_another_take(finished: LiveTake) -> None:
    assert store_once(finished, "P-7") != store_once(finished, "P-8")
