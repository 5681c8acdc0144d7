"""The kept picture of a live take: every picture that was looked at, and only the measured part."""

from pathlib import Path

import numpy as np
import pytest
from live_makers import live_pose
from live_takes import bend_knee, leave_unfinished
from video_makers import SIZE, numbered_picture, read_number, read_pictures, read_times

from motion.capture.turning import to_rgb
from motion.live.finishing import finish_take
from motion.live.journal_reading import read_journal
from motion.live.picture import PictureKeeper, write_kept_video
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.model import LiveEnd, Mirrored

STATS = LiveStats(rate_hz=20.0, came_n=1, dropped_n=0, delay_p95_ms=30.0)
FILM = bend_knee(2.0)


def moment(number: int) -> LiveSnapshot:
    """Return the moment of a picture that says its number, from 1."""
    return LiveSnapshot(
        number=number,
        stage=LiveStage.EXERCISE,
        image_bgr=to_rgb(numbered_picture(number - 1)),
        pose=live_pose(FILM, number - 1),
        setup=None,
        coach=None,
        stats=STATS,
    )


def keep(path: Path) -> PictureKeeper:
    with PictureKeeper(path) as keeper:
        for number in range(1, len(FILM) + 1):
            keeper.keep(moment(number))
        keeper.keep(moment(len(FILM)))  # as when the session ends
    return keeper


def test_every_picture_once_at_its_time(tmp_path: Path) -> None:
    keeper = keep(tmp_path / "picture.mp4")

    assert keeper.error is None
    assert [read_number(p) for p in read_pictures(keeper.path)] == list(range(len(FILM)))
    np.testing.assert_allclose(read_times(keeper.path), FILM.time_s, atol=1e-4)


def test_no_picture_at_all(tmp_path: Path) -> None:
    with PictureKeeper(tmp_path / "picture.mp4") as keeper:
        pass

    assert keeper.error is None
    assert not keeper.path.exists()


def test_a_writer_that_cannot_write_holds_nobody_up(tmp_path: Path) -> None:
    keeper = keep(tmp_path / "gone" / "picture.mp4")

    assert "the picture cannot be kept (No such file or directory)" in str(keeper.error)


@pytest.mark.parametrize("mirrored", [Mirrored.NO, Mirrored.YES])
def test_the_measured_part_as_it_was_shown(tmp_path: Path, mirrored: Mirrored) -> None:
    kept = keep(tmp_path / "picture.mp4").path
    journal = leave_unfinished(tmp_path, FILM, mirrored=mirrored)
    begun_s = float(FILM.time_s[10])
    journal.note("begun", {"begun_s": begun_s, "neutral": None})
    journal.close(LiveEnd.STOPPED)
    recorded_at = read_journal(journal.folder).header.started_at
    analysis = finish_take(journal.folder).analysis
    target = tmp_path / "annotated.mp4"
    write_kept_video(analysis, kept, target, recorded_at=recorded_at)

    pictures = read_pictures(target)
    assert len(pictures) == len(FILM) - 10
    assert pictures[0].shape == (SIZE[1], SIZE[0], 3)
    np.testing.assert_allclose(read_times(target), FILM.time_s[10:] - begun_s, atol=1e-4)
    corner = pictures[0][SIZE[1] - 6 :, :6].reshape(-1, 3).mean(axis=0)  # blue, bottom left
    assert corner.argmax() == 2
    assert corner[2] > 150
