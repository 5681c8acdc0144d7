"""What changed between two takes of a patient, angle by angle, and whether they may be compared."""

import math
from dataclasses import dataclass

from motion.clinic import TakeSummary, comparability, judge_change
from motion.clinic.belt import direction_of
from motion.clinic.better import Better
from motion.clinic.progress import Quantity
from motion.library import load_meaningful
from motion.model import Measurement
from motion.norms.meaningful import find_meaningful

__all__ = ["TakeChange", "changes_of_angles"]

_ENDS = ("rom_max", "rom_min")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeChange:
    """One angle of two takes, and what is said of its change."""

    earlier: Measurement
    later: Measurement
    verdict: str


def changes_of_angles(earlier: TakeSummary, later: TakeSummary) -> tuple[TakeChange, ...]:
    """Return the ends of range that both takes have, each with the verdict of its change.

    ``Not comparable: ...`` where the takes differ in what an angle depends on. Ends that have no
    better, such as the rest position of a raised arm, are left out.
    """
    before = {_quantity(m): m for m in earlier.measurements if _is_end(earlier, m)}
    return tuple(
        TakeChange(
            earlier=before[_quantity(m)],
            later=m,
            verdict=_verdict(earlier, before[_quantity(m)], later, m),
        )
        for m in later.measurements
        if _is_end(later, m) and _quantity(m) in before
    )


def _is_end(take: TakeSummary, m: Measurement) -> bool:
    tells = m.measure in _ENDS and direction_of(take, m).better is not Better.NONE
    return tells and math.isfinite(m.value)


def _quantity(m: Measurement) -> Quantity:
    return m.measure, m.joint, m.motion, m.side


def _verdict(earlier: TakeSummary, a: Measurement, later: TakeSummary, b: Measurement) -> str:
    obstacle = comparability(earlier, a, later, b)
    if obstacle:
        return obstacle
    figures = find_meaningful(load_meaningful(), b.measure, b.unit)
    return judge_change(a, b, direction_of(later, b), meaningful=figures).verdict
