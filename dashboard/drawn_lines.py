"""Which of a patient's numbers are followed over time, which comes first, and on which lines."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from dashboard.patient_choice import quantity_of
from motion.clinic import Better, Line, TakeSummary, follow, result_measure
from motion.clinic.belt import direction_of
from motion.clinic.progress import Quantity
from motion.gait import TimedTest
from motion.library import list_movements, load_meaningful
from motion.model import FUNCTIONAL, GAIT, Measurement, Side

__all__ = ["lines_to_draw", "list_quantities"]

_ENDS: Final = ("rom_max", "rom_min")
_MAIN_OF_WALKING: Final = "walking_speed"
_OF_WALKING: Final = (
    _MAIN_OF_WALKING, "cadence", "step_time", "step_length", "stride_time", "stride_length",
    "stance_percent", "single_support_percent", "double_support_percent",
)  # fmt: skip
_OF_TESTS: Final = tuple(f"{test}_time" for test in TimedTest)
_BOTH: Final = (Side.LEFT, Side.RIGHT)


def list_quantities(
    takes: Iterable[TakeSummary], affected_side: Side | None = None
) -> tuple[Quantity, ...]:
    """Return what was measured and is worth following: that of the last day comes first.

    Both ends of each angle, the main numbers of walking and tests. Of one day the number by which
    its exercise is counted, or the walking speed, goes before the others, and of these the
    affected side.

    Parameters
    ----------
    takes
        The newest first.
    """
    ranks: dict[Quantity, tuple[date, bool, bool, datetime]] = {}
    for take in takes:
        if take.excluded_reason is not None:
            continue
        for m in take.measurements:
            quantity = quantity_of(m)
            if quantity not in ranks and _is_followed(m) and _tells(take, m):
                affected = affected_side in (m.side, Side.BOTH)
                day, counted = take.started_at.date(), _is_counted(m, take.movement)
                ranks[quantity] = (day, counted, affected, take.started_at)
    return tuple(sorted(ranks, key=ranks.__getitem__, reverse=True))


def lines_to_draw(takes: Iterable[TakeSummary], quantity: Quantity) -> tuple[Line, ...]:
    """Return the lines of one number, of both sides: first those that show a change, the last on.

    Only these are followed: a patient's hundreds of takes have dozens of numbers.
    """
    measure, joint, motion, side = quantity
    sides = _BOTH if side in _BOTH else (side,)
    only = {(measure, joint, motion, each) for each in sides}
    followed = follow(takes, load_meaningful(), only=only)
    return tuple(sorted(filter(_measured, followed), key=_rank, reverse=True))


def _is_followed(m: Measurement) -> bool:
    if not math.isfinite(m.value):
        return False
    if m.joint == FUNCTIONAL:
        return True
    if m.joint == GAIT:
        return _is_main(m.measure)
    return m.measure in _ENDS and m.unit == "deg"


def _is_main(measure: str) -> bool:
    """Whether a number of walking says what no other one does: swing is what stance leaves."""
    return measure in _OF_WALKING or measure in _OF_TESTS or measure.endswith("_symmetry_ratio")


def _tells(take: TakeSummary, m: Measurement) -> bool:
    return m.joint == GAIT or direction_of(take, m).better is not Better.NONE


def _measured(line: Line) -> set[str]:
    """Return the recordings in which a line has a number; of a line without any there is none."""
    tells = line.measurement.joint == GAIT or line.direction.better is not Better.NONE
    return {p.take.digest for p in line.points if tells and math.isfinite(p.measurement.value)}


def _rank(line: Line) -> tuple[bool, date, bool, int, datetime]:
    """Return what puts a line before another: of one day's exercises that with most takes."""
    last, count = line.points[-1].take, len(_measured(line))
    counted = _is_counted(line.measurement, last.movement)
    return count > 1, last.started_at.date(), counted, count, last.started_at


def _is_counted(m: Measurement, movement: str) -> bool:
    """Whether a number is the result of its exercise: what it asks for, or how fast one walks."""
    if m.joint == FUNCTIONAL:
        return True
    if m.joint == GAIT:
        return m.measure == _MAIN_OF_WALKING
    exercise = list_movements().get(movement)
    counted = exercise is not None and exercise.counted_angle == f"{m.joint}_{m.motion}"
    return counted and m.measure == result_measure(movement)
