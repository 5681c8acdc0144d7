"""Made-up chair stands and stances with exact answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from makers import Floats, bump, crossing_s, make_recording, uniform_times

from motion.exercise.functional_motion import FunctionalMotion
from motion.model import LANDMARKS, PoseRecording

SEAT, STANDING = 1.0, 1.7
RAISE_S, HOLD_S = 0.9, 0.3
STAND_S = 2.0 * RAISE_S + HOLD_S
ON_CHEST, ON_THIGH = 0.35, 0.95
_FOOT_APART = 0.3


@dataclass(frozen=True, kw_only=True)
class ChairPlan:
    """Chair stands: when each begins, how far up and down it goes, where the hands are."""

    starts_s: Sequence[float] = (2.0, 4.4, 6.8, 9.2, 11.6)
    duration_s: float = 16.0
    rate_hz: float = 30.0
    knees_deg: Sequence[float] = ()
    own_deg: float = 4.0
    hovers: Sequence[int] = ()
    hands_off: Sequence[int] = ()

    @property
    def up_s(self) -> list[float]:
        """When the hips are halfway up in each stand."""
        return [start_s + RAISE_S / 2.0 for start_s in self.starts_s]

    def seated_s(self, number: int) -> float:
        """When the hips are a tenth of the way above the seat after a stand, from 1."""
        start_s = self.starts_s[number - 1]
        return start_s + STAND_S - (crossing_s(start_s, RAISE_S) - start_s)


def make_chair(plan: ChairPlan | None = None, **changes: Any) -> FunctionalMotion:
    """Return what the tests are timed on."""
    plan = plan or ChairPlan()
    time_s = uniform_times(plan.duration_s, plan.rate_hz)
    n = len(time_s)
    hips, knee = np.full(n, SEAT), np.full(n, 88.0)
    hands, lean = np.full(n, ON_CHEST), np.full(n, 5.0)
    knees_deg = plan.knees_deg or [plan.own_deg] * len(plan.starts_s)
    for number, (start_s, knee_deg) in enumerate(zip(plan.starts_s, knees_deg, strict=True), 1):
        up = bump(time_s, start_s, RAISE_S, HOLD_S)
        if number in plan.hovers:
            low = (time_s > start_s + RAISE_S) & (time_s < plan.starts_s[number] + RAISE_S)
            up = np.where(low, np.maximum(up, 0.4), up)
        hips = np.maximum(hips, SEAT + (STANDING - SEAT) * up)
        knee = np.minimum(knee, 88.0 - (88.0 - knee_deg) * up)
        lean += 30.0 * bump(time_s, start_s - 0.3, 0.5)
        if number in plan.hands_off:
            hands[(time_s > start_s) & (time_s < start_s + 0.6)] = ON_THIGH
    values = {
        "time_s": time_s,
        "hips": hips,
        "lean_deg": lean,
        "hands": hands,
        "knee_deg": knee,
        "ankles": np.zeros((n, 2, 2)),
        "toes": np.zeros((n, 2, 2)),
    }
    return FunctionalMotion(**{**values, **changes})


@dataclass(frozen=True, kw_only=True)
class StancePlan:
    """Lifts of one foot: start, time held up between, and the side that is lifted."""

    lifts: Sequence[tuple[float, float, int]] = ((2.0, 8.0, 0),)
    duration_s: float = 14.0
    rate_hz: float = 30.0
    raise_s: float = 0.4
    height: float = 0.5
    changes: dict[str, Any] = field(default_factory=dict)

    def held_s(self, number: int = 0) -> float:
        """For how long the foot is more than 0.04 trunk lengths off the floor."""
        share = 0.04 / self.height
        low_s = crossing_s(0.0, self.raise_s, share)
        return 2.0 * (self.raise_s - low_s) + self.lifts[number][1]


def make_stance(plan: StancePlan | None = None, **changes: Any) -> FunctionalMotion:
    """Return what the test is timed on: ankles 0.1 above the toes, feet apart."""
    plan = plan or StancePlan()
    time_s = uniform_times(plan.duration_s, plan.rate_hz)
    toes = np.zeros((len(time_s), 2, 2))
    toes[:, 1, 0] = _FOOT_APART
    for start_s, hold_s, foot in plan.lifts:
        toes[:, foot, 1] += plan.height * bump(time_s, start_s, plan.raise_s, hold_s)
    values = {
        "time_s": time_s,
        "hips": np.full(len(time_s), STANDING),
        "lean_deg": np.full(len(time_s), 2.0),
        "hands": np.full(len(time_s), ON_CHEST),
        "knee_deg": np.full(len(time_s), np.nan),
        "ankles": toes + np.array([0.0, 0.1]),
        "toes": toes,
    }
    return FunctionalMotion(**{**values, **changes})


def film_chair(plan: ChairPlan) -> PoseRecording:
    """Return landmarks of a body, seen from its left, that does the stands with its feet still."""
    time_s = uniform_times(plan.duration_s, plan.rate_hz)
    up = np.max([bump(time_s, start_s, RAISE_S, HOLD_S) for start_s in plan.starts_s], axis=0)
    arms = {"shoulder_flexion": 25.0, "elbow_flexion": 140.0}
    bent: Floats = 88.0 - 84.0 * up
    lean: Floats = 30.0 * np.sin(np.pi * up)
    filmed = make_recording(
        {**arms, "knee_flexion": bent, "hip_flexion": bent, "trunk_flexion": lean},
        time_s,
        scale_px=200.0,
        centre_px=(320.0, 240.0),
    )
    ankle = filmed.image_px[:, LANDMARKS.index("left_ankle")]
    still = filmed.image_px - ankle[:, None] + np.array([320.0, 440.0])
    return PoseRecording(
        time_s=filmed.time_s,
        image_px=still,
        world_m=filmed.world_m,
        visibility=filmed.visibility,
        presence=filmed.presence,
        width_px=filmed.width_px,
        height_px=filmed.height_px,
    )
