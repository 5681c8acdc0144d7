"""Summaries of takes as a patient's list has them, without a record."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from clinic_makers import STARTED_AT, make_measurement

from motion.clinic import TakeKind, TakeSummary
from motion.model import Measurement, ModelInfo, NearSide, Side, TakeConditions, ViewName

SETTINGS = (
    ("side", "auto"),
    ("view", "auto"),
    ("cutoff_hz", 6.0),
    ("max_gap_s", 0.25),
    ("seen_confidence", 0.5),
    ("filtered", True),
)
WALK = (
    *SETTINGS,
    ("gait", True),
    ("gait_scale", "height"),
    ("treadmill", False),
    ("timed_test", ""),
    ("gait_events", "found"),
    ("gait_method", "1"),
)


def with_settings(**changes: str | float | bool) -> dict[str, Any]:
    """Return a walk's settings with some of them changed, for ``make_take``."""
    return {"settings": tuple((dict(WALK) | changes).items())}


def make_take(day: float = 0, *measurements: Measurement, **changes: Any) -> TakeSummary:
    """Return a take of that day with these numbers; any field may be given."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "analysis_id": uuid4(),
        "session_id": uuid4(),
        "patient_code": "P1",
        "kind": TakeKind.POSE,
        "started_at": STARTED_AT + timedelta(days=day),
        "movement": "knee_flexion",
        "side": Side.LEFT,
        "conditions": TakeConditions(),
        "view": ViewName.SAGITTAL,
        "model": ModelInfo(name="full", sha256="b" * 64),
        "software": "0.1.0",
        "duration_s": 10.0,
        "rate_hz": 30.0,
        "person_found": True,
        "measurements": measurements,
        "repetitions": (),
        "excluded_reason": None,
        "digest": uuid4().hex,
        "settings": SETTINGS,
    }
    return TakeSummary(**(given | changes))


def knee_seen_from(side: Side, value: float, day: float, **changes: Any) -> TakeSummary:
    """Return a take of a bent knee, seen from its own side."""
    return make_take(
        day,
        make_measurement(value, side=side),
        make_measurement(5.0, side=side, measure="rom_min"),
        side=side,
        conditions=TakeConditions(near_side=NearSide(side.value)),
        **changes,
    )
