"""Which of a patient's lines of comparable takes are worth drawing, and which comes first."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from motion.clinic import Better, Line, TakeSummary, follow, result_measure
from motion.gait import TimedTest
from motion.library import list_movements, load_meaningful
from motion.model import FUNCTIONAL, GAIT, Measurement, Side

__all__ = ["lines_to_draw"]

_ENDS: Final = ("rom_max", "rom_min")
_MAIN_OF_WALKING: Final = "walking_speed"
_OF_WALKING: Final = (
    _MAIN_OF_WALKING, "cadence", "step_time", "step_length", "stride_time", "stride_length",
    "stance_percent", "single_support_percent", "double_support_percent",
)  # fmt: skip
_OF_TESTS: Final = tuple(f"{test}_time" for test in TimedTest)

_Quantity = tuple[str, str, str, Side]
"""Measure, joint, motion, side; without the measure both ends of an angle."""


def lines_to_draw(takes: Iterable[TakeSummary]) -> tuple[Line, ...]:
    """Return both ends of each angle, the main numbers of walking and tests, over comparable takes.

    Those of the last take come first, and of them the angle by which its exercise is counted, or
    the walking speed. Each angle is followed by itself: lines of two angles are never compared,
    and a patient's hundreds of takes have dozens of measures.
    """
    quantities: dict[_Quantity, list[TakeSummary]] = {}
    for take in takes:
        for named, of_one in _followed_of(take).items():
            quantities.setdefault(named, []).append(replace(take, measurements=tuple(of_one)))
    meaningful = load_meaningful()
    followed = (line for of_one in quantities.values() for line in follow(of_one, meaningful))
    lines = sorted(filter(_worth_drawing, followed), key=_is_counted, reverse=True)
    return tuple(sorted(lines, key=lambda line: line.points[-1].take.started_at, reverse=True))


def _followed_of(take: TakeSummary) -> dict[_Quantity, list[Measurement]]:
    found: dict[_Quantity, list[Measurement]] = {}
    for m in take.measurements:
        if m.joint == FUNCTIONAL or (m.joint == GAIT and _is_main(m.measure)):
            found.setdefault((m.measure, m.joint, m.motion, m.side), []).append(m)
        elif m.measure in _ENDS and m.unit == "deg":
            found.setdefault(("", m.joint, m.motion, m.side), []).append(m)
    return found


def _is_main(measure: str) -> bool:
    """Whether a number of walking says what no other one does: swing is what stance leaves."""
    return measure in _OF_WALKING or measure in _OF_TESTS or measure.endswith("_symmetry_ratio")


def _worth_drawing(line: Line) -> bool:
    measured = {p.take.digest for p in line.points if math.isfinite(p.measurement.value)}
    tells = line.measurement.joint == GAIT or line.direction.better is not Better.NONE
    return len(measured) >= 2 and tells


def _is_counted(line: Line) -> bool:
    """Whether a line is of the result of its exercise: what it asks for, or how fast one walks."""
    m, movement = line.measurement, line.points[-1].take.movement
    if m.joint == FUNCTIONAL:
        return True
    if m.joint == GAIT:
        return m.measure == _MAIN_OF_WALKING
    exercise = list_movements().get(movement)
    counted = exercise is not None and exercise.counted_angle == f"{m.joint}_{m.motion}"
    return counted and m.measure == result_measure(movement)
