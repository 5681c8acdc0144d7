"""Which of a patient's numbers stand in a report, and in which order."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from motion.clinic import (
    Line,
    PlanItem,
    TakeSummary,
    Target,
    find_target,
    follow,
    result_measure,
)
from motion.clinic.comparing import is_walk
from motion.clinic.hand_takes import is_by_hand
from motion.clinic.idle import is_idle
from motion.errors import InputError
from motion.gait import TimedTest
from motion.library import find_exercise, find_movement, load_meaningful
from motion.model import FUNCTIONAL, GAIT, Measurement
from motion.report.progress_values import judged_points

__all__ = ["choose_lines", "has_range_asked_for", "quantity_of", "target_of"]

_WALKING: Final = (
    "walking_speed", *(f"{test}_time" for test in TimedTest), "cadence", "step_length",
    "step_time_symmetry_ratio", "stance_percent", "single_support_percent",
    "double_support_percent", "step_time",
)  # fmt: skip
"""In the order in which they are shown; tests of the chair and of one leg follow the timed ones."""
_TESTS_FOLLOW: Final = 1 + len(TimedTest)

_Quantity = tuple[str, str, str, str]


def choose_lines(
    takes: Iterable[TakeSummary], targets: Sequence[Target], items: Sequence[PlanItem]
) -> tuple[Line, ...]:
    """Return the lines of comparable takes that a report may show, the most important first.

    First what has a target of the patient's own, then what an exercise of the plan is counted
    by, then what was measured most often; of one quantity the line of the last take goes first
    and the others come after everything else. Of an angle that is an end of its range, in an
    exercise that asks for it, in a take that asked for nothing, or by hand; a limb that hung still
    shows none. What is measured by hand is on lines of its own: it was no second camera that
    began anew.

    Parameters
    ----------
    takes
        Of the period, the camera's and those by hand; excluded ones are left out.
    targets
        All of the patient's.
    items
        The plan's.
    """
    quantities: dict[tuple[_Quantity, bool], list[TakeSummary]] = {}
    for take in takes:
        for m in take.measurements:
            if _is_wanted(take, m, targets):
                one = replace(take, measurements=(m,))
                quantities.setdefault((quantity_of(m), is_by_hand(take)), []).append(one)
    planned = {item.prescription.exercise for item in items}
    ranked: list[tuple[tuple[object, ...], Line]] = []
    for of_one in quantities.values():
        lines = [line for line in follow(of_one, load_meaningful()) if _is_measured(line)]
        lines.sort(key=_rank_in_quantity, reverse=True)
        ranked += [(_rank(line, place, targets, planned), line) for place, line in enumerate(lines)]
    return tuple(line for _, line in sorted(ranked, key=lambda each: each[0]))


def quantity_of(m: Measurement) -> _Quantity:
    """Return what two numbers have in common that may stand in one table beside each other."""
    return m.measure, m.joint, m.motion, m.side.value


def target_of(
    take: TakeSummary, m: Measurement, targets: Sequence[Target], items: Sequence[PlanItem]
) -> float:
    """Return the patient's own target of a number, or the plan's; NaN where nobody set one."""
    own = find_target(targets, m.measure, m.joint, m.motion, m.side)
    if own is not None:
        return own.target_deg
    if not _is_counted(take, m):
        return math.nan
    for item in reversed(items):
        given = item.prescription
        if given.exercise == take.movement and m.side.value in (given.side.value, "none"):
            return given.target_deg
    return math.nan


def _is_wanted(take: TakeSummary, m: Measurement, targets: Sequence[Target]) -> bool:
    if m.joint == FUNCTIONAL:
        return True
    if m.joint == GAIT:
        return m.measure in _WALKING
    if m.measure not in ("rom_max", "rom_min") or is_idle(take, m):
        return False
    if _bends_as_needed(take):
        return False
    if find_target(targets, m.measure, m.joint, m.motion, m.side) is not None:
        return True
    return has_range_asked_for(take, m)


def has_range_asked_for(take: TakeSummary, m: Measurement) -> bool:
    """Whether an angle is an end of a range that somebody was asked to reach.

    By hand, what its exercise is counted by, or the largest of a take that asked for nothing. A
    knee that bends in a walk, on a chair or on one leg bends as far as that needs, not as far as
    it can. To the side either end is one.
    """
    if is_by_hand(take) or m.motion == "lateral_flexion":
        return True
    if _bends_as_needed(take):
        return False
    return _is_counted(take, m) or (not take.movement and m.measure == "rom_max")


def _bends_as_needed(take: TakeSummary) -> bool:
    """Whether joints bend as far as a walk or a test needs: no target is held against that."""
    return not is_by_hand(take) and (is_walk(take) or _is_test(take.movement))


def _is_test(movement: str) -> bool:
    try:
        return bool(find_exercise(movement).test)
    except InputError:  # a movement that is no exercise, or one of another version
        return False


def _is_counted(take: TakeSummary, m: Measurement) -> bool:
    """Whether a number is what its exercise asks for."""
    try:
        movement = find_movement(take.movement) if take.movement else None
    except InputError:  # an exercise that this version does not know any more
        return False
    return (
        movement is not None
        and movement.counted_angle == f"{m.joint}_{m.motion}"
        and m.measure == result_measure(take.movement)
    )


def _is_measured(line: Line) -> bool:
    return any(math.isfinite(point.measurement.value) for point in line.points)


def _rank_in_quantity(line: Line) -> tuple[object, ...]:
    last = judged_points(line)[-1]
    counted = _is_counted(last.take, last.measurement)
    return counted, last.take.started_at, len(line.points)


def _rank(
    line: Line, place: int, targets: Sequence[Target], planned: set[str]
) -> tuple[object, ...]:
    last = judged_points(line)[-1]
    m, take = last.measurement, last.take
    own = find_target(targets, m.measure, m.joint, m.motion, m.side) is not None
    counted = _is_counted(take, m)
    recordings = len({point.take.digest for point in line.points})
    return (
        place,
        _order_of(m),
        not own,
        not (counted and take.movement in planned),
        not counted,
        -recordings,
        m.joint,
        m.motion,
        m.measure,
        m.side.value,
        str(line.points[0].take.id),
    )


def _order_of(m: Measurement) -> float:
    """Return a number's place among those of walking and tests; the tests' are between two."""
    if m.joint == FUNCTIONAL:
        return _TESTS_FOLLOW - 0.5
    return _WALKING.index(m.measure) if m.measure in _WALKING else len(_WALKING)
