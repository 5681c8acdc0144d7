"""A decline beyond the error, confirmed or with more pain: a line in, a flag's occasion out."""

import math
from collections.abc import Hashable, Iterable
from datetime import date
from typing import Final

from motion.clinic.belt import direction_of, is_typed
from motion.clinic.change import PROVISIONAL, Outcome, is_judged, judge_change
from motion.clinic.chart_values import FlagKind
from motion.clinic.comparing import key_of_number, key_of_take
from motion.clinic.flag_rules import Occasion
from motion.clinic.pain import PainPoint
from motion.clinic.progress import Line, Point
from motion.clinic.units import number_text
from motion.clinic.values import TakeSummary
from motion.clinic.wording import movement_title, quantity_title, reached, side_title
from motion.model import Side

__all__ = ["MORE_PAIN", "ends_declined", "find_decline", "keep_declined"]

MORE_PAIN: Final = 2
"""Points of 0 to 10 by which pain is more: the smallest whole number that is above the change that
a numeric scale detects.

References
----------
.. [1] Salaffi et al. 2004, Eur J Pain 8:283 (numeric rating scale; change of 1.8 points).
"""


def keep_declined(takes: Iterable[TakeSummary]) -> list[TakeSummary]:
    """Return the takes of those numbers whose last one lies beyond the error from their first.

    It takes far less time than to follow all of them, and leaves out nothing that
    :func:`ends_declined`.

    Parameters
    ----------
    takes
        One number each, the oldest first.
    """
    lines: dict[Hashable, list[TakeSummary]] = {}
    for take in takes:
        (m,) = take.measurements
        if is_judged(m) and not is_typed(take, m):
            lines.setdefault((key_of_take(take), key_of_number(take, m)), []).append(take)
    return [take for line in lines.values() if _fell(line) for take in line]


def _fell(line: Iterable[TakeSummary]) -> bool:
    once: dict[str, TakeSummary] = {}
    for take in line:
        once.setdefault(take.digest, take)
    recordings = list(once.values())
    first, last = recordings[0], recordings[-1]
    (before,), (now,) = first.measurements, last.measurements
    change = judge_change(before, now, direction_of(first, before))
    return change.outcome is Outcome.DECLINED


def ends_declined(line: Line, since: date) -> bool:
    """Return whether the last take of a line, made on this day or later, lies beyond the error."""
    points = _judged_once(line)
    return bool(points) and _declined(points[-1]) and _day(points[-1]) >= since


def find_decline(line: Line, pain: Iterable[PainPoint], since: date) -> Occasion | None:
    """Return the flag of a line whose last take declined beyond the error (clinical_rules.md 14).

    It needs a second comparable take that says the same, or more pain: on the day of the last take
    at least two points more than on that of the baseline, both said in the same place.

    Parameters
    ----------
    line
        Comparable takes of one number, the oldest first.
    pain
        What the patient said of pain; looked at only where no second take confirms it.
    since
        The last take is of this day or later; an older one is no news.
    """
    if not ends_declined(line, since):
        return None
    points = _judged_once(line)
    first, last = points[0], points[-1]
    if line.decline_confirmed:
        shown, takes, end = points[-2:], "in the last two takes", "confirmed by a second take"
    else:
        end = _say_more_pain(pain, _day(first), _day(last))
        shown, takes = points[-1:], "in the last take"
    if not end:
        return None
    values = " and ".join(map(_value, shown))
    m = last.measurement
    return Occasion(
        kind=FlagKind.DECLINE,
        sentence=(
            f"{_title(last)}: {_value(first)} at baseline, {values} {takes} ({_error(last)}):"
            f" declined beyond measurement error, {end}"
        ),
        about=f"{last.take.id.hex} {m.measure} {m.joint} {m.motion} {m.side}",
        since=_day(_first_declined(points)),
    )


def _say_more_pain(pain: Iterable[PainPoint], first: date, last: date) -> str:
    """Return by how much pain is more than on the first day; empty where it is not."""
    said = {(point.source, point.day): point.score for point in pain}
    more = [
        (now - said[source, first], said[source, first], now)
        for (source, day), now in said.items()
        if day == last and (source, first) in said and now - said[source, first] >= MORE_PAIN
    ]
    if not more:
        return ""
    _, before, now = max(more)
    return f"with more pain ({before} of 10 then, {now} now)"


def _judged_once(line: Line) -> list[Point]:
    """Return the points that may be judged; one recording measured twice is one."""
    once: dict[str, Point] = {}
    for point in line.points:
        if is_judged(point.measurement) and not is_typed(point.take, point.measurement):
            once.setdefault(point.take.digest, point)
    return list(once.values())


def _first_declined(points: list[Point]) -> Point:
    """Return where the last row of declined takes begins."""
    row = len(points)
    while row > 0 and _declined(points[row - 1]):
        row -= 1
    return points[row]


def _declined(point: Point) -> bool:
    return point.change is not None and point.change.outcome is Outcome.DECLINED


def _day(point: Point) -> date:
    return point.take.started_at.date()


def _value(point: Point) -> str:
    return reached(point.measurement, point.take.movement)


def _title(point: Point) -> str:
    m, movement = point.measurement, point.take.movement
    title = quantity_title(m, movement)
    if m.side in (Side.LEFT, Side.RIGHT):
        title = f"{side_title(m.side)} {title[0].lower()}{title[1:]}"
    exercise = movement_title(movement)
    told = exercise.lower() in title.lower()
    return title if told else f"{title} ({exercise})"


def _error(point: Point) -> str:
    change = point.change
    if change is None or not math.isfinite(change.mdc95):
        return "no error figure"
    unit = point.measurement.unit
    size = f"{change.mdc95:.1f}°" if unit == "deg" else number_text(change.mdc95, unit)
    return f"MDC {size}, {PROVISIONAL}" if PROVISIONAL in change.remarks else f"MDC {size}"
