"""Which of a trend's points are labelled with their number, and where the label stands."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard import words
from motion.clinic import Point

__all__ = ["day_of", "label_points"]

_MOST_LABELLED_N: Final = 8
"""More numbers than that run into each other on a phone."""


def label_points(points: Sequence[Point], movement: str) -> list[tuple[str, str]]:
    """Return what is written at each point, and where: of one day's at the two ends only.

    Of many days the first, the last, the lowest and the highest are labelled.
    """
    days: dict[date, list[Point]] = {}
    for point in points:
        days.setdefault(day_of(point), []).append(point)
    labelled = _days_labelled(points)
    found = []
    for point in points:
        if day_of(point) not in labelled:
            found.append(("", "top right"))
            continue
        same_day = sorted(days[day_of(point)], key=lambda p: p.measurement.value)
        said = words.reached(point.measurement, movement)
        if point is same_day[0]:
            found.append((said, "bottom right"))
        else:
            found.append((said if point is same_day[-1] else "", "top right"))
    return found


def _days_labelled(points: Sequence[Point]) -> set[date]:
    days = {day_of(point) for point in points}
    if len(days) <= _MOST_LABELLED_N:
        return days
    by_value = sorted(points, key=lambda p: p.measurement.value)
    return {day_of(point) for point in (points[0], points[-1], by_value[0], by_value[-1])}


def day_of(point: Point) -> date:
    """Return the day of a take."""
    return point.take.started_at.date()
