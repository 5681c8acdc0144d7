"""How far a plan lets a joint go at most, and what lies beyond it (clinical_rules.md 19)."""

import math
from collections.abc import Iterable

from motion.clinic.pairs import result_measure
from motion.clinic.plan_values import ItemDetails
from motion.clinic.progress import Line
from motion.kinematics import find_joint
from motion.library import list_movements
from motion.model import Measurement, Side

__all__ = ["allowed_deg", "is_beyond"]


def allowed_deg(items: Iterable[ItemDetails], line: Line) -> float:
    """Return how far the plan lets this line's joint go at most; NaN where it sets no limit.

    Of several limits the strictest holds: the one that is reached first from rest. In a movement
    to both sides the limit holds for either, as it does while the exercise is watched.
    """
    m = line.measurement
    limits = [limit for item in items if math.isfinite(limit := _limit_deg(item, m))]
    if not limits:
        return math.nan
    return max(limits) if m.measure == "rom_min" else min(limits)


def is_beyond(m: Measurement, limit_deg: float) -> bool:
    """Whether an angle lies beyond a limit; never where there is none."""
    if not math.isfinite(limit_deg):
        return False
    return m.value < limit_deg if m.measure == "rom_min" else m.value > limit_deg


def _limit_deg(item: ItemDetails, m: Measurement) -> float:
    """Return how far an item of the plan lets this number go; NaN where it is of another."""
    given = item.prescription
    exercise = list_movements().get(given.exercise)
    if (
        exercise is None
        or exercise.counted_angle != f"{m.joint}_{m.motion}"
        or given.side not in (m.side, Side.BOTH)
    ):
        return math.nan
    if exercise.two_directions or find_joint(exercise.counted_angle).two_directions:
        limit_deg = abs(given.max_allowed_deg)
        return {"rom_max": limit_deg, "rom_min": -limit_deg}.get(m.measure, math.nan)
    return given.max_allowed_deg if result_measure(given.exercise) == m.measure else math.nan
