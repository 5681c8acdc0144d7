"""Made-up readings of a running camera: an angle over time, and a body that stands there."""

import math
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from motion.exercise.coach import Coach
from motion.exercise.coach_state import CoachState
from motion.exercise.exercises import Evidence, Exercise, Region, Sides
from motion.exercise.movements import Movement
from motion.exercise.prescription import Dose, Prescription
from motion.kinematics.live_angles import LiveReading
from motion.model import LANDMARKS, LivePose, Position, Side, View, ViewName

FROM_THE_LEFT = View(
    name=ViewName.SAGITTAL,
    azimuth_deg=90.0,
    azimuth_sd_deg=2.0,
    off_plane_deg=0.0,
    roll_deg=0.0,
    facing="left",
)
KNEE = "left_knee_flexion"


def body(time_s: float) -> LivePose:
    """Return a body of which everything is seen; where it lies does not matter."""
    count = len(LANDMARKS)
    places = np.arange(count, dtype=float)
    return LivePose(
        time_s=time_s,
        image_px=np.column_stack([100.0 + places, 400.0 - 10.0 * places]),
        world_m=np.zeros((count, 3)),
        visibility=np.ones(count),
        presence=np.ones(count),
    )


def reading(
    time_s: float, angle_deg: float, view: View = FROM_THE_LEFT, **others: float
) -> LiveReading:
    values: Mapping[str, float] = {KNEE: angle_deg, **others}
    pose = body(time_s) if math.isfinite(angle_deg) else LivePose.nobody(time_s)
    return LiveReading(pose=pose, view=view, value_deg=values, confidence={KNEE: 0.95})


def knee_bend(**changes: object) -> Exercise:
    given: dict[str, object] = {
        "name": "knee_bend",
        "title": "Knee bend",
        "region": Region.KNEE,
        "evidence": Evidence.VALIDATED,
        "position": Position.STANDING,
        "sides": Sides.ONE,
        "movement": Movement(
            name="knee_bend", title="Knee bend", angles=("knee_flexion",), rest="low"
        ),
        "start_deg": 0.0,
    }
    return Exercise(**(given | changes))  # type: ignore[arg-type]


def asked(**changes: object) -> Prescription:
    given: dict[str, object] = {
        "exercise": "knee_bend",
        "side": Side.LEFT,
        "dose": Dose(sets=1, repetitions=3),
    }
    return Prescription(**(given | changes))  # type: ignore[arg-type]


def angles(
    pieces: Iterable[tuple[float, float]], rate_hz: float = 30.0
) -> Iterator[tuple[float, float]]:
    """Yield time and angle along ``(seconds, angle at their end)``, eased in and out; from 0."""
    time_s, at_deg, row = 0.0, 0.0, 0
    for seconds, to_deg in pieces:
        while row / rate_hz < time_s + seconds:
            share = (row / rate_hz - time_s) / seconds
            yield row / rate_hz, at_deg + (to_deg - at_deg) * (1 - math.cos(math.pi * share)) / 2
            row += 1
        time_s, at_deg = time_s + seconds, to_deg


REPETITION = ((1.0, 90.0), (1.0, 0.0), (0.5, 0.0))


def coached(
    coach: Coach, pieces: Iterable[tuple[float, float]], rate_hz: float = 30.0
) -> list[CoachState]:
    """Return the coach's states along the pieces."""
    return [coach.update(reading(t, deg)) for t, deg in angles(pieces, rate_hz)]
