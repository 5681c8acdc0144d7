"""The bell of a timed test on the console."""

import threading
import time

from live_makers import coach_state

from motion.commands.live_bell import Bell
from motion.exercise.coach_state import Phase
from motion.exercise.setup_state import SetupState, SetupStep
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats

STATS = LiveStats(rate_hz=30.0, came_n=1, dropped_n=0, delay_p95_ms=50.0)


def moment(*, go_in_s: float | None = None, phase: Phase | None = None) -> LiveSnapshot:
    setup = None
    if go_in_s is not None:
        setup = SetupState(step=SetupStep.NEUTRAL, done=(), cue=None, go_in_s=go_in_s)
    return LiveSnapshot(
        number=1,
        stage=LiveStage.SETUP if setup else LiveStage.EXERCISE,
        image_bgr=None,
        pose=None,
        setup=setup,
        coach=coach_state(phase=phase) if phase else None,
        stats=STATS,
        captured_s=time.monotonic(),
    )


def test_go_rings_once_and_not_before_its_time() -> None:
    rang, rang_s = threading.Event(), []

    def ring() -> None:
        rang_s.append(time.monotonic())
        rang.set()

    bell = Bell(ring)
    first = moment(go_in_s=0.2)
    bell.hear(first)
    bell.hear(moment(go_in_s=0.1))

    assert rang.wait(10.0)
    assert rang_s[0] >= first.captured_s + 0.2
    assert len(rang_s) == 1


def test_the_end_rings_once() -> None:
    rang: list[int] = []
    bell = Bell(lambda: rang.append(1))

    for phase in (Phase.REST, Phase.RAISE, Phase.DONE, Phase.DONE):
        bell.hear(moment(phase=phase))

    assert rang == [1]
