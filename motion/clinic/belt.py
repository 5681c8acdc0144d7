"""Numbers of a walk on a treadmill that the belt gives, not the patient."""

from typing import Final

from motion.clinic.better import Better, Direction, better_of
from motion.clinic.values import TakeSummary
from motion.model import Measurement, ScaleSource

__all__ = ["TYPED", "direction_of", "is_typed"]

TYPED: Final = "The belt's speed, as typed: change not judged"

_SPEED: Final = "walking_speed"
_SET_BY_BELT: Final = (_SPEED, "stride_length")
"""On a belt somebody walks as fast as it runs, and with strides as long as that asks for."""


def is_typed(take: TakeSummary, measurement: Measurement) -> bool:
    """Whether a number is what somebody typed: where metres come from the belt, its speed.

    It stands in every table, but is no baseline, no change and no part of a trend: who sets the
    belt faster has improved nothing.
    """
    return measurement.measure == _SPEED and _is_of_belt(take)


def direction_of(take: TakeSummary, measurement: Measurement) -> Direction:
    """Return which way a number of a take improves (:func:`motion.clinic.better_of`)."""
    if measurement.measure in _SET_BY_BELT and _is_of_belt(take):
        return Direction(Better.NONE)
    m = measurement
    return better_of(m.measure, m.joint, m.motion, take.movement)


def _is_of_belt(take: TakeSummary) -> bool:
    return dict(take.settings).get("gait_scale") == ScaleSource.BELT
