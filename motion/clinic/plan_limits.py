"""How far a plan lets a joint go at most, and what lies beyond it (clinical_rules.md 19)."""

import math
from collections.abc import Iterable

from motion.clinic.pairs import result_measure
from motion.clinic.plan_values import ItemDetails
from motion.clinic.progress import Line
from motion.library import list_movements
from motion.model import Measurement, Side

__all__ = ["allowed_deg", "is_beyond"]


def allowed_deg(items: Iterable[ItemDetails], line: Line) -> float:
    """Return how far the plan lets this line's joint go at most; NaN where it sets no limit.

    Of several limits the strictest holds: the one that is reached first from rest.
    """
    m = line.measurement
    limits = [
        item.prescription.max_allowed_deg
        for item in items
        if math.isfinite(item.prescription.max_allowed_deg) and _is_of(item, m)
    ]
    if not limits:
        return math.nan
    return max(limits) if m.measure == "rom_min" else min(limits)


def is_beyond(m: Measurement, limit_deg: float) -> bool:
    """Whether an angle lies beyond a limit; never where there is none."""
    if not math.isfinite(limit_deg):
        return False
    return m.value < limit_deg if m.measure == "rom_min" else m.value > limit_deg


def _is_of(item: ItemDetails, m: Measurement) -> bool:
    """Whether an item of the plan moves this joint this way on this side."""
    given = item.prescription
    exercise = list_movements().get(given.exercise)
    return (
        exercise is not None
        and exercise.counted_angle == f"{m.joint}_{m.motion}"
        and result_measure(given.exercise) == m.measure
        and given.side in (m.side, Side.BOTH)
    )
