"""How well the computer keeps up: for the clinic in small print, never on the patient's picture."""

import math
from dataclasses import replace

import numpy as np

from dashboard.browser_frames import LivePicture
from dashboard.components.live_running import pace_text
from motion.exercise.prescription import Prescription
from motion.exercise_library import find_exercise
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.model import LivePose, Side
from motion.texts import load_texts

STATS = LiveStats(rate_hz=9.2, came_n=300, dropped_n=247, delay_p95_ms=1710.0)


def test_the_pace_is_said_in_plain_words_once_it_is_known():
    assert pace_text(STATS) == (
        "This computer looks at 9 pictures a second and shows them 1.7 s late, 247 skipped to "
        "keep up."
    )
    assert pace_text(replace(STATS, dropped_n=0)).endswith("1.7 s late.")
    assert pace_text(replace(STATS, rate_hz=math.nan)) == ""
    assert pace_text(replace(STATS, delay_p95_ms=math.nan)) == ""


def test_the_patients_picture_is_the_same_whatever_the_pace():
    def drawn(stats: LiveStats):
        given = Prescription(exercise="squat", side=Side.BOTH)
        picture = LivePicture(find_exercise("squat"), given, load_texts("en"))
        return picture.draw(
            LiveSnapshot(
                number=1,
                stage=LiveStage.EXERCISE,
                image_bgr=np.full((480, 640, 3), 90, dtype=np.uint8),
                pose=LivePose.nobody(0.0),
                setup=None,
                coach=None,
                stats=stats,
            )
        )

    assert np.array_equal(drawn(STATS), drawn(replace(STATS, dropped_n=0, rate_hz=30.0)))
