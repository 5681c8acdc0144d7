"""The time axis of a trend: dates, or weeks since the operation."""

import math
from datetime import date, datetime, time, timedelta
from typing import Final

import plotly.graph_objects as go

__all__ = ["label_weeks", "week_ticks"]

_WEEK: Final = timedelta(weeks=1)
_STEPS: Final = (1, 2, 4, 6, 8, 13, 26, 52, 104)
_MOST_TICKS_N: Final = 9


def week_ticks(left: datetime, right: datetime, operation: date) -> list[int]:
    """Return the whole weeks since an operation at which an axis is labelled; negative before it.

    A few at most, so that they can be read on a phone.
    """
    zero = _start_of(operation, left)
    first, last = (left - zero) / _WEEK, (right - zero) / _WEEK
    step = next((s for s in _STEPS if (last - first) / s <= _MOST_TICKS_N), _STEPS[-1])
    return list(range(math.ceil(first / step) * step, math.floor(last) + 1, step))


def label_weeks(figure: go.Figure, left: datetime, right: datetime, operation: date) -> None:
    """Label a date axis in weeks since an operation."""
    weeks = week_ticks(left, right, operation)
    zero = _start_of(operation, left)
    figure.update_xaxes(
        tickvals=[zero + week * _WEEK for week in weeks],
        ticktext=[str(week).replace("-", "\N{MINUS SIGN}") for week in weeks],
        title_text="Weeks since the operation",
    )


def _start_of(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(0), tzinfo=like.tzinfo)
