"""A session that does what a test says, in the place of camera, pose model and coach."""

import math
import threading
from dataclasses import replace
from typing import Any

import numpy as np
from journal_makers import make_pose

from dashboard.live_request import LiveRequest
from motion.exercise.coach_state import CoachEvent, CoachState, LightColour, Phase
from motion.exercise.cues import Cue
from motion.exercise.prescription import Dose, Prescription
from motion.exercise.setup_state import SetupState, SetupStep
from motion.library import find_exercise
from motion.live.snapshot import LiveSnapshot, LiveStage, LiveStats
from motion.model import LiveEnd, LiveFacts, LiveSource, Setting, Side

STATS = LiveStats(rate_hz=21.0, came_n=300, dropped_n=4, delay_p95_ms=84.0)
PICTURE = np.zeros((48, 64, 3), np.uint8)


def make_request(**changes: Any) -> LiveRequest:
    given: dict[str, Any] = {
        "patient": "P-1",
        "exercise": find_exercise("squat"),
        "prescription": Prescription(
            exercise="squat", side=Side.BOTH, dose=Dose(sets=1, repetitions=3), target_deg=80.0
        ),
        "source": LiveSource.BROWSER,
        "language": "en",
        "setting": Setting.HOME,
        "pain_before": 2,
    }
    return LiveRequest(**(given | changes))


def make_coach(*events: CoachEvent, **changes: Any) -> CoachState:
    given: dict[str, Any] = {
        "time_s": 4.0,
        "phase": Phase.RAISE,
        "frozen": False,
        "angle": "left_knee_flexion",
        "angle_deg": 62.4,
        "target_deg": 80.0,
        "tolerance_deg": 5.0,
        "max_allowed_deg": math.nan,
        "rest_deg": 5.0,
        "reached": 0.7,
        "light": LightColour.GOOD,
        "light_cue": None,
        "set_number": 1,
        "sets": 2,
        "repetition": 2,
        "repetitions": 10,
        "partial": 0,
        "hold_s": 0.0,
        "hold_wanted_s": 0.0,
        "phase_s": 0.4,
        "phase_wanted_s": math.nan,
        "rest_left_s": math.nan,
        "cue": None,
        "compensating": (),
        "events": events,
        "counted": (),
        "compensations": (),
    }
    return CoachState(**(given | changes))


def make_snapshot(**changes: Any) -> LiveSnapshot:
    given: dict[str, Any] = {
        "number": 7,
        "stage": LiveStage.EXERCISE,
        "image_bgr": PICTURE,
        "pose": make_pose(3),
        "setup": None,
        "coach": make_coach(),
        "stats": STATS,
    }
    return LiveSnapshot(**(given | changes))


def in_setup(cue: Cue | None = None) -> LiveSnapshot:
    setup = SetupState(step=SetupStep.HAND, done=(SetupStep.PERSON,), cue=cue)
    return make_snapshot(stage=LiveStage.SETUP, coach=None, setup=setup)


def make_facts(**changes: Any) -> LiveFacts:
    given: dict[str, Any] = {
        "exercise": "squat",
        "side": Side.BOTH,
        "source": LiveSource.BROWSER,
        "rate_hz": 21.4,
        "dropped_frames": 4,
        "delay_p95_ms": 84.0,
        "end": LiveEnd.FINISHED,
        "sets_wanted": 1,
        "repetitions_wanted": 3,
        "pain_before": 2,
    }
    return LiveFacts(**(given | changes))


class FakeSession:
    """Notes what it was told, shows what it is given, and ends when it is stopped."""

    def __init__(self, request: LiveRequest, journal: Any) -> None:
        self.request, self.journal = request, journal
        self.shown = make_snapshot(number=0, stage=LiveStage.STARTING, coach=None, image_bgr=None)
        self.told: list[object] = []
        self.started = threading.Event()
        self.over = threading.Event()

    def start(self) -> None:
        self.started.set()

    def snapshot(self) -> LiveSnapshot:
        return self.shown

    def skip_setup_hand(self) -> None:
        self.told.append("start")

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def press_pain(self) -> None:
        self.told.append("pain")

    def answer_pain(self, score: int) -> None:
        self.told.append(score)

    def stop(self, end: LiveEnd = LiveEnd.STOPPED) -> None:
        self.journal.close(end)
        self.shown = replace(self.shown, stage=LiveStage.ENDED, end=end)
        self.over.set()

    def wait(self, timeout_s: float) -> bool:
        return self.over.wait(timeout_s)
