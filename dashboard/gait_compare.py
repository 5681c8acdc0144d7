"""Two walks of one patient side by side: which may be compared, and what the change amounts to."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from motion.clinic import TakeSummary, comparability, differences, judge_change
from motion.clinic.belt import TYPED, direction_of, is_typed
from motion.clinic.units import difference_of_shown
from motion.library import load_meaningful
from motion.model import GAIT, Measurement, Side
from motion.norms.meaningful import find_meaningful

__all__ = ["ChangeRow", "changes_between", "obstacle_between", "other_walks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One number of two walks, and what is said of its change."""

    measure: str
    side: Side
    unit: str
    earlier: float
    later: float
    verdict: str

    @property
    def change(self) -> float:
        """Later minus earlier, of the numbers as shown; NaN where one of them is missing."""
        return difference_of_shown(self.later, self.earlier, self.unit)


def other_walks(takes: Iterable[TakeSummary], take: TakeSummary) -> tuple[TakeSummary, ...]:
    """Return the patient's other walks that are not left out, the comparable ones first."""
    others = [
        each
        for each in takes
        if each.id != take.id
        and each.excluded_reason is None
        and any(m.joint == GAIT and math.isfinite(m.value) for m in each.measurements)
    ]
    return tuple(sorted(others, key=lambda each: bool(differences(each, take))))


def obstacle_between(first: TakeSummary, second: TakeSummary) -> str:
    """Return why two takes cannot be compared as a whole; empty where they can."""
    names = differences(first, second)
    if not names:
        return ""
    return f"Not comparable: {', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"


def changes_between(earlier: TakeSummary, later: TakeSummary) -> tuple[ChangeRow, ...]:
    """Return the numbers of walking that both takes have, each with the verdict of its change."""
    before = {(m.measure, m.side): m for m in earlier.measurements if m.joint == GAIT}
    # Both sides of a number one under the other, in the order of the later take.
    order = list(dict.fromkeys(m.measure for m in later.measurements))
    rows = sorted(later.measurements, key=lambda m: order.index(m.measure))
    return tuple(
        ChangeRow(
            measure=m.measure,
            side=m.side,
            unit=m.unit,
            earlier=before[m.measure, m.side].value,
            later=m.value,
            verdict=_verdict(earlier, before[m.measure, m.side], later, m),
        )
        for m in rows
        if m.joint == GAIT
        and (m.measure, m.side) in before
        and (math.isfinite(m.value) or math.isfinite(before[m.measure, m.side].value))
    )


def _verdict(earlier: TakeSummary, a: Measurement, later: TakeSummary, b: Measurement) -> str:
    obstacle = comparability(earlier, a, later, b)
    if obstacle:
        return obstacle
    if is_typed(later, b):
        return TYPED
    figures = find_meaningful(load_meaningful(), b.measure, b.unit)
    return judge_change(a, b, direction_of(later, b), meaningful=figures).verdict
