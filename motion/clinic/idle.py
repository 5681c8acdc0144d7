"""Whether a limb took part in a take: one that hung still shows no range of motion."""

import math
from typing import Final

from motion.clinic.values import TakeSummary
from motion.model import Measurement

__all__ = ["is_idle"]

_LEAST_RANGE_DEG: Final = 12.0
"""Less is swaying, breathing and noise: the resting arm beside one that is raised moves by some
degrees. It is also what validation takes for held still."""


def is_idle(take: TakeSummary, measurement: Measurement) -> bool:
    """Return whether a measured angle hardly moved in a take and no repetition was counted on it.

    A stiff joint that was exercised has its repetitions, however small; the other arm, which hung
    down meanwhile, has an angle at rest, and its largest value is no end of a range. False where
    the range is not known.
    """
    named = (measurement.joint, measurement.motion, measurement.side)
    if any((each.joint, each.motion, each.side) == named for each in take.repetitions):
        return False
    ends = {
        each.measure: each.value
        for each in take.measurements
        if (each.joint, each.motion, each.side) == named
    }
    range_deg = ends.get("rom_max", math.nan) - ends.get("rom_min", math.nan)
    return range_deg < _LEAST_RANGE_DEG
