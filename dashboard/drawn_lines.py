"""Which of a patient's lines of comparable takes are worth drawing, and which comes first."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from motion.clinic import Better, Line, TakeSummary, follow, result_measure
from motion.library import list_movements
from motion.model import Measurement, Side

__all__ = ["lines_to_draw"]

_ENDS: Final = ("rom_max", "rom_min")


def lines_to_draw(takes: Iterable[TakeSummary]) -> tuple[Line, ...]:
    """Return both ends of each angle over comparable takes, as far as they are worth drawing.

    Those of the last take come first, and of them the angle by which its exercise is counted.
    Each angle is followed by itself: lines of two angles are never compared, and a patient's
    hundreds of takes have dozens of measures.
    """
    angles: dict[tuple[str, str, Side], list[TakeSummary]] = {}
    for take in takes:
        for named, ends in _ends_of(take).items():
            angles.setdefault(named, []).append(replace(take, measurements=tuple(ends)))
    followed = (line for of_angle in angles.values() for line in follow(of_angle))
    lines = sorted(filter(_worth_drawing, followed), key=_is_counted, reverse=True)
    return tuple(sorted(lines, key=lambda line: line.points[-1].take.started_at, reverse=True))


def _ends_of(take: TakeSummary) -> dict[tuple[str, str, Side], list[Measurement]]:
    found: dict[tuple[str, str, Side], list[Measurement]] = {}
    for m in take.measurements:
        if m.measure in _ENDS and m.unit == "deg":
            found.setdefault((m.joint, m.motion, m.side), []).append(m)
    return found


def _worth_drawing(line: Line) -> bool:
    measured = {p.take.digest for p in line.points if math.isfinite(p.measurement.value)}
    return len(measured) >= 2 and line.direction.better is not Better.NONE


def _is_counted(line: Line) -> bool:
    """Whether a line is of the result of its exercise: the end of range that it asks for."""
    m, movement = line.measurement, line.points[-1].take.movement
    exercise = list_movements().get(movement)
    counted = exercise is not None and exercise.counted_angle == f"{m.joint}_{m.motion}"
    return counted and m.measure == result_measure(movement)
