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

    Of many days the first, the last, the lowest and the highest point alone are labelled.
    """
    days: dict[date, list[Point]] = {}
    for point in points:
        days.setdefault(day_of(point), []).append(point)
    if len(days) > _MOST_LABELLED_N:
        places = _places_of_ends(points)
        return [
            (words.reached(p.measurement, movement) if id(p) in places else "",
             places.get(id(p), "top right"))
            for p in points
        ]  # fmt: skip
    found = []
    for point in points:
        same_day = sorted(days[day_of(point)], key=_value)
        said = words.reached(point.measurement, movement)
        if point is same_day[0]:
            found.append((said, "bottom right"))
        else:
            found.append((said if point is same_day[-1] else "", "top right"))
    return found


def _places_of_ends(points: Sequence[Point]) -> dict[int, str]:
    """Return where the labels of the ends stand: outside the line, as far as that goes."""
    lowest, highest = min(points, key=_value), max(points, key=_value)
    return {
        id(highest): "top center",
        id(lowest): "bottom center",
        id(points[0]): "middle left",
        id(points[-1]): "middle right",
    }


def _value(point: Point) -> float:
    return point.measurement.value


def day_of(point: Point) -> date:
    """Return the day of a take."""
    return point.take.started_at.date()
