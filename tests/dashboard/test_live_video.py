"""The video of a live take on the clinic's page: kept where somebody ticked it, and only there."""

import numpy as np
import pytest
from journal_makers import STARTED_AT
from live_takes import SIZE, bend_knee, leave_unfinished

from dashboard.live_finishing import finish_and_store
from motion.clinic import list_takes, load_take, open_record
from motion.live.picture import PICTURE, PictureKeeper
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.model import LiveEnd, LivePose
from motion.paths import live_dir

STATS = LiveStats(rate_hz=30.0, came_n=1, dropped_n=0, delay_p95_ms=50.0)


def report(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))


def leave_take(code: str):
    film = bend_knee()
    journal = leave_unfinished(live_dir(), film, patient_code=code, started_at=STARTED_AT)
    return film, journal


def moment(number: int, time_s: float) -> LiveSnapshot:
    return LiveSnapshot(
        number=number,
        stage=LiveStage.EXERCISE,
        image_bgr=np.full((SIZE[1], SIZE[0], 3), 90, dtype=np.uint8),
        pose=LivePose.nobody(time_s),
        setup=None,
        coach=None,
        stats=STATS,
    )


def annotated_of(code: str) -> str | None:
    with open_record() as record:
        (take,) = list_takes(record, code)
        return load_take(record, take.id).annotated_digest


def test_a_picture_that_was_kept_goes_into_the_record_with_the_numbers_drawn_on_it(own_record):
    film, journal = leave_take("P-1")
    with PictureKeeper(journal.folder / PICTURE) as keeper:
        for row, time_s in enumerate(film.time_s):
            keeper.keep(moment(row + 1, float(time_s)))
    journal.close(LiveEnd.FINISHED)

    assert finish_and_store(journal.folder, report).take_id is not None
    assert annotated_of("P-1") is not None
    assert not journal.folder.exists(), "the camera's own picture goes with the journal"


def test_without_a_tick_no_picture_is_kept(own_record):
    _, journal = leave_take("P-2")
    journal.close(LiveEnd.FINISHED)
    finish_and_store(journal.folder, report)

    assert annotated_of("P-2") is None


def test_a_picture_that_was_cut_off_costs_no_numbers(own_record):
    _, journal = leave_take("P-3")
    (journal.folder / PICTURE).write_bytes(b"\0\0\0\x20ftypisom torn")
    journal.close(LiveEnd.SOURCE_LOST)

    assert finish_and_store(journal.folder, report).take_id is not None
    assert annotated_of("P-3") is None
