"""What a suggestion says of the sessions it counts: their days, and what was missed in between."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from motion.clinic.flag_rules import day_text
from motion.clinic.plan_values import Weekday

__all__ = ["count_missed", "tell_days"]

_WEEK: Final = 7


def count_missed(
    first: date,
    last: date,
    tried_on: Collection[date],
    times_per_week: int,
    weekdays: Collection[Weekday],
) -> int:
    """Return how many prescribed sessions were missed between two days on which it was done.

    Several a day are one, as where missed ones are flagged; a session on another day than the
    prescribed one makes up for it. Without weekdays the week's sessions are spread evenly.

    Parameters
    ----------
    tried_on
        The days of all sessions that were begun: whoever stopped early missed nothing.
    """
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    if weekdays:
        wanted = sum(Weekday.of(day) in weekdays for day in days)
    else:
        wanted = len(days) * min(times_per_week, _WEEK) // _WEEK
    return max(0, wanted - len(set(days).intersection(tried_on)))


def tell_days(days: Sequence[date]) -> str:
    """Return days in words, the year once: ``4 Nov, 6 Nov and 11 Nov 2026``."""
    said = [
        day_text(day) if day is days[-1] or day.year != after.year else f"{day.day} {day:%b}"
        for day, after in zip(days, [*days[1:], days[-1]], strict=True)
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
