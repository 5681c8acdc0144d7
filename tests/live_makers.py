"""Made-up moments of a live session: a body in the picture, a coach's and a set-up's state."""

import math
from typing import Any

import numpy as np
from makers import make_recording

from motion.exercise.coach_state import CoachState, LightColour, Phase
from motion.exercise.exercises import Evidence, Exercise, Region, Sides
from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose, Prescription
from motion.model import CoachedRepetition, LivePose, PoseRecording, Position, Side


def live_pose(recording: PoseRecording, row: int = 0) -> LivePose:
    """Return one frame of a recording as a camera would give it while it runs."""
    return LivePose(
        time_s=float(recording.time_s[row]),
        image_px=np.array(recording.image_px[row], dtype=float),
        world_m=np.array(recording.world_m[row], dtype=float),
        visibility=np.array(recording.visibility[row], dtype=float),
        presence=np.array(recording.presence[row], dtype=float),
    )


def posed(pose: dict[str, float], **changes: Any) -> LivePose:
    return live_pose(make_recording(pose, **changes))


def make_exercise(angle: str = "knee_flexion", **changes: Any) -> Exercise:
    base: dict[str, Any] = {
        "name": "squat",
        "title": "Squat",
        "region": Region.KNEE,
        "evidence": Evidence.VALIDATED,
        "position": Position.STANDING,
        "sides": Sides.ONE,
        "movement": Movement(name="squat", title="Squat", angles=(angle,)),
        "start_deg": 0.0,
    }
    return Exercise(**{**base, **changes})


def prescribe(side: Side = Side.LEFT, **dose: Any) -> Prescription:
    return Prescription(exercise="squat", side=side, dose=Dose(**dose))


def coach_state(**changes: Any) -> CoachState:
    """Return a coach in the middle of the second set."""
    base: dict[str, Any] = {
        "time_s": 20.0,
        "phase": Phase.RAISE,
        "frozen": False,
        "angle": "left_knee_flexion",
        "angle_deg": 60.0,
        "target_deg": 90.0,
        "tolerance_deg": 8.0,
        "max_allowed_deg": math.nan,
        "rest_deg": 2.0,
        "reached": 0.6,
        "light": LightColour.GOOD,
        "light_cue": None,
        "set_number": 2,
        "sets": 3,
        "repetition": 6,
        "repetitions": 10,
        "partial": 0,
        "hold_s": 0.0,
        "hold_wanted_s": 0.0,
        "phase_s": 0.5,
        "phase_wanted_s": math.nan,
        "rest_left_s": math.nan,
        "cue": None,
        "compensating": (),
        "events": (),
        "counted": (),
        "compensations": (),
    }
    return CoachState(**{**base, **changes})


def coached(end_s: float, *, full: bool = True) -> CoachedRepetition:
    return CoachedRepetition(
        start_s=end_s - 3.0,
        peak_s=end_s - 1.5,
        end_s=end_s,
        peak_deg=95.0,
        side=Side.LEFT,
        direction=1,
        full=full,
        hold_s=0.0,
        set_number=2,
    )
