"""Two prescribed sessions in a row missed: days in, a flag's occasion out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from motion.clinic.adherence import monday_of
from motion.clinic.chart_values import FlagKind
from motion.clinic.flag_rules import Occasion, day_text
from motion.clinic.plan_values import Weekday

__all__ = ["Expected", "MissedRow", "find_missed", "find_row"]

_IN_A_ROW: Final = 2
_WEEK: Final = 7
_LONG_WEEKS: Final = 4
_LOOKED_AT_DAYS: Final = 5 * _WEEK
"""After its last session an item's days are counted so far: the sentence says no more of them."""

_NAMED_N: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An item of a plan that holds today, and the days on which it was last tried.

    ``tried_on`` holds a day for each session that was begun, whether or not it was finished, and
    needs no more than the last ``times_per_week`` of them: whoever stopped for pain missed nothing.
    """

    title: str
    started_on: date
    times_per_week: int
    weekdays: tuple[Weekday, ...]
    tried_on: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRow:
    """Sessions of one item that were missed in a row, up to yesterday.

    ``since`` is the first day that was missed, ``last`` the one before on which the item was last
    tried, and ``never`` says that there is none: then it is the day on which it was prescribed.
    """

    title: str
    since: date
    sessions: int
    last: date
    never: bool


def find_row(item: Expected, today: date) -> MissedRow | None:
    """Return the sessions of an item missed since it was last tried; None of fewer than two.

    With weekdays a session is a prescribed day that is over; several a day are one. Without, the
    week's sessions are spread evenly over its days: three times a week is one session in 7/3 days,
    so two in a row are missed after five days without any. Days of a week whose sessions were all
    done are not counted, and neither is today. A session on any other day ends the row.
    """
    last = max(item.tried_on, default=None)
    first = item.started_on if last is None else max(item.started_on, last + timedelta(days=1))
    span_days = min((today - first).days, _LOOKED_AT_DAYS)
    days = [first + timedelta(days=n) for n in range(span_days)]
    if item.weekdays:
        days = [day for day in days if Weekday.of(day) in item.weekdays]
        sessions = len(days)
    else:
        if last is not None and _is_complete(item, monday_of(last)):
            days = [day for day in days if monday_of(day) != monday_of(last)]
        sessions = len(days) * min(item.times_per_week, _WEEK) // _WEEK
    if sessions < _IN_A_ROW:
        return None
    return MissedRow(
        title=item.title,
        since=days[0],
        sessions=sessions,
        last=item.started_on if last is None else max(item.started_on, last),
        never=last is None or last < item.started_on,
    )


def find_missed(
    items: Collection[Expected], today: date, *, may_be_unsent: bool = False
) -> Occasion | None:
    """Return the flag of a patient of whose items at least one missed two sessions in a row.

    It comes back with each full week that nothing is recorded, up to four; later the plan is
    rather to be ended.

    Parameters
    ----------
    items
        What is expected of the patient now.
    may_be_unsent
        Whether the patient works on a computer of their own, which sends files.
    """
    rows = [row for item in items if (row := find_row(item, today)) is not None]
    if not rows:
        return None
    first, since = min(row.since for row in rows), max(row.since for row in rows)
    said = f"{_say(rows, len(items))}, "
    if _weeks(since, today) < _LONG_WEEKS:
        fewest = min(row.sessions for row in rows)
        at_least = f"at least {fewest}" if len(rows) > 1 else f"{fewest}"
        each = " of each" if len(rows) > 1 else ""
        said += f"{at_least} prescribed sessions{each} in a row missed"
    else:
        said += f"{_LONG_WEEKS} weeks or more"
    if may_be_unsent:
        said += "; what was done at home may not have been sent yet"
    return Occasion(
        kind=FlagKind.SESSIONS_MISSED,
        sentence=said,
        about=f"{first} week {_weeks(first, today)}",
        since=since,
    )


def _weeks(since: date, today: date) -> int:
    return min((today - since).days // _WEEK, _LONG_WEEKS)


def _is_complete(item: Expected, monday: date) -> bool:
    return sum(monday_of(day) == monday for day in item.tried_on) >= item.times_per_week


def _say(rows: Sequence[MissedRow], items_n: int) -> str:
    """Return what was not done since when: the last day of any, so that it holds for each."""
    day = day_text(max(row.last for row in rows))
    if all(row.never for row in rows):
        prescribed = "it was" if len(rows) == 1 else "they were"
        done = f"done since {prescribed} prescribed on {day}"
    else:
        done = f"done since {day}"
    if len(rows) == 1:
        return f"{rows[0].title}: not {done}"
    if len(rows) == items_n:
        return f"None of the plan's {items_n} exercises {done}"
    titles = "; ".join(row.title for row in rows[:_NAMED_N])
    more = f"; and {len(rows) - _NAMED_N} more" if len(rows) > _NAMED_N else ""
    return f"{len(rows)} of {items_n} exercises ({titles}{more}) not {done}"
