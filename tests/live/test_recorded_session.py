"""A session in which nothing is coached, from its first picture to the stored numbers."""

import math
from pathlib import Path

import pytest
from session_stage import REPETITION, STILL, Stage, film

from motion.live.finishing import finish_take
from motion.live.recording import GET_READY_S
from motion.live.snapshot import LiveStage
from motion.model import LiveEnd, Side

LONG = [STILL, *REPETITION * 4, (4.0, 0.0)]


def record(root: Path, **changes: object) -> Stage:
    """Return a session that records five seconds of a knee that bends again and again."""
    stage = Stage(root, film(LONG), **({"record_s": 5.0} | changes))
    stage.journal.amend(prescription=None)
    return stage


def test_it_counts_down_records_and_ends_by_itself(tmp_path: Path) -> None:
    stage = record(tmp_path)

    last = stage.run(LiveEnd.SOURCE_LOST, "not reached")

    assert (last.stage, last.end, last.coach) == (LiveStage.ENDED, LiveEnd.FINISHED, None)
    running = [each for each in stage.seen if each.stage is LiveStage.EXERCISE]
    assert all(each.recording is not None and each.setup is None for each in running)
    assert running[-1].recording.left_s == 0.0


def test_the_take_begins_after_the_countdown_and_is_as_long_as_asked(tmp_path: Path) -> None:
    stage = record(tmp_path)
    stage.run()

    take = finish_take(stage.journal.folder)

    assert take.analysis.recording.time_s[-1] == pytest.approx(5.0, abs=0.1)
    begun_s = (take.analysis.started_at - stage.journal.header.started_at).total_seconds()
    assert begun_s == pytest.approx(GET_READY_S, abs=0.1)
    assert take.facts.difference == ""
    assert (take.facts.exercise, take.facts.side) == ("", Side.NONE)
    assert any(
        math.isfinite(each.value) and each.joint == "knee" for each in take.analysis.measurements
    )


def test_pain_ends_a_recording_at_once_and_stands_in_the_take(tmp_path: Path) -> None:
    stage = record(tmp_path)
    show = stage.session._on_snapshot

    def hurt(snapshot: object) -> None:
        show(snapshot)
        if len(stage.seen) == 150:
            stage.session.press_pain()

    stage.session._on_snapshot = hurt
    last = stage.run(LiveEnd.SOURCE_LOST)

    assert last.end is LiveEnd.PAIN
    facts = finish_take(stage.journal.folder).facts
    assert facts.pain_pressed
    assert facts.end is LiveEnd.PAIN
