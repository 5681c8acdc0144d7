"""Who is told to turn a little, and does, is not kept waiting."""

import numpy as np
from coach_makers import asked, knee_bend
from makers import HEIGHT_PX, WIDTH_PX, make_recording, uniform_times
from setup_makers import make_exercise

from motion.exercise.cues import CueKey
from motion.exercise.setup_state import SetupStep
from motion.live.exercising import Exercising
from motion.model import Side
from motion.pose import FakeEstimator, FramePose

PICTURE = np.full((HEIGHT_PX, WIDTH_PX, 3), 120, dtype=np.uint8)
RATE_HZ = 15.0


def stand(azimuth_deg: float, seconds: float) -> list[FramePose]:
    filmed = make_recording(
        {}, uniform_times(seconds, RATE_HZ), azimuth_deg=azimuth_deg, scale_px=210.0
    )
    names = ("image_px", "world_m", "visibility", "presence")
    return [
        FramePose(**{name: np.array(getattr(filmed, name)[row], dtype=float) for name in names})
        for row in range(len(filmed))
    ]


def test_the_view_follows_within_a_few_seconds() -> None:
    bodies = [*stand(65.0, 10.0), *stand(88.0, 5.0)]
    exercise = knee_bend(movement=make_exercise().movement, needs=("hip", "knee"))
    doing = Exercising(
        FakeEstimator(bodies),
        (WIDTH_PX, HEIGHT_PX),
        exercise,
        asked(side=Side.LEFT),
        with_setup=True,
    )
    states = [doing.look(PICTURE, row / RATE_HZ).setup for row in range(len(bodies))]
    before, after = states[round(9.0 * RATE_HZ)], states[-1]

    assert before is not None
    assert after is not None
    assert before.step is SetupStep.SIDE
    assert before.cue is not None
    assert before.cue.key == CueKey.TURN_A_LITTLE
    assert after.step is SetupStep.HAND
