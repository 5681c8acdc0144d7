"""A calendar of a plan's last weeks: what of each day was done, in a sign, a word and a colour."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from dashboard.plan_words import WEEKDAYS
from motion.clinic import (
    AdherenceDay,
    AdherenceWeek,
    DayState,
    Patient,
    Weekday,
    list_adherence_weeks,
    list_done,
    list_items,
    open_record,
    plan_settings,
)

__all__ = ["show_adherence"]

_WEEKS_N: Final = 12
_WORDS: Final = {
    DayState.DONE: "Done",
    DayState.PARTLY: "Partly done",
    DayState.MISSED: "Missed",
    DayState.NOT_PRESCRIBED: "Nothing prescribed",
    DayState.TO_COME: "Not over yet",
}
_SIGNS: Final = {
    DayState.DONE: "✓",
    DayState.PARTLY: "◐",
    DayState.MISSED: "✕",
    DayState.NOT_PRESCRIBED: "·",
    DayState.TO_COME: "",
}
_ABOVE: Final = "▲"


def show_adherence(patient: Patient) -> None:
    """Show what of a patient's plan was done on each day of the last twelve weeks.

    It is a table, so that a screen reader goes through it cell by cell; each cell says its day and
    what is meant by its sign. Excluded takes are left out.
    """
    today = date.today()
    since = today - timedelta(weeks=_WEEKS_N)
    with open_record() as record:
        items = list_items(record, patient.code, with_ended=True)
        sessions = list_done(record, patient.code, since=since)
        settings = plan_settings(record, patient.code)
    weeks = list_adherence_weeks(items, sessions, settings, today, _WEEKS_N)
    if not any(week.sessions_wanted or _is_lively(week) for week in weeks):
        st.markdown(f"Nothing was prescribed in the last {_WEEKS_N} weeks.")
        return
    st.html(_table(weeks, today))
    st.html(_key())
    st.caption(
        "Sessions done of those prescribed in the week; no more of an exercise is counted than was "
        "prescribed, and one that ended early or was stopped for pain is not counted as done. "
        "An exercise of so many times a week, on any days, is missed on no single day: the week's "
        "numbers say how much of it was done. What the camera does not measure is counted as the "
        "patient says."
    )


def _is_lively(week: AdherenceWeek) -> bool:
    return any(day.sessions_done or day.state is DayState.PARTLY for day in week.days)


def _table(weeks: Sequence[AdherenceWeek], today: date) -> str:
    names = "".join(
        f'<th scope="col"><abbr title="{name}">{name[:2]}</abbr></th>' for name in WEEKDAYS.values()
    )
    head = f'<th scope="col">Week of</th>{names}<th scope="col">Done</th>'
    body = "".join(f"<tr>{_row(week, today)}</tr>" for week in weeks)
    caption = f"The last {len(weeks)} weeks, day by day"
    return (
        f'<table class="pm-calendar"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(week: AdherenceWeek, today: date) -> str:
    monday = week.monday
    cells = "".join(_cell(day, today) for day in week.days)
    return f'<th scope="row">{monday.day} {monday:%b}</th>{cells}<td>{_week_text(week)}</td>'


def _week_text(week: AdherenceWeek) -> str:
    if math.isnan(week.percent):
        return "nothing prescribed"
    return f"{week.sessions_done} of {week.sessions_wanted}<span> ({week.percent:.0f} %)</span>"


def _cell(found: AdherenceDay, today: date) -> str:
    said = escape(_say(found), quote=True)
    pain = "" if found.pain is None else str(found.pain)
    if found.pain_above:
        pain = f"{_ABOVE}{pain}"
    is_today = " pm-today" if found.day == today else ""
    above = " pm-above" if found.pain_above else ""
    return (
        f'<td class="pm-day{is_today}"><div class="pm-{_class(found.state)}{above}" role="img" '
        f'aria-label="{said}" title="{said}"><b>{_SIGNS[found.state]}</b>'
        f"<small>{pain}</small></div></td>"
    )


def _say(found: AdherenceDay) -> str:
    day = found.day
    name = WEEKDAYS[Weekday.of(day)]
    said = f"{name} {day.day} {day:%b %Y}: {_WORDS[found.state].lower()}"
    if found.sessions_wanted:
        said += f", {found.sessions_done} of {found.sessions_wanted} sessions"
    elif found.sessions_done:
        said += f", {found.sessions_done} {'session' if found.sessions_done == 1 else 'sessions'}"
    if found.pain is not None:
        said += f", pain {found.pain} of 10"
    return f"{said}, pain above the limit, pressed or stopped for" if found.pain_above else said


def _class(state: DayState) -> str:
    return f"day-{state.value.replace('_', '-')}"


def _key() -> str:
    states = "".join(
        f'<span><i class="pm-{_class(state)}" aria-hidden="true">{_SIGNS[state]}</i>'
        f" {_WORDS[state]}</span>"
        for state in DayState
    )
    pain = (
        "<span>Number: the largest pain of the day, 0 to 10</span>"
        f'<span><i class="pm-above" aria-hidden="true">{_ABOVE}</i>'
        " Pain above the limit, pressed or stopped for</span>"
    )
    today = '<span><i class="pm-today-key" aria-hidden="true"></i> Today</span>'
    return f'<div class="pm-calendar-key">{states}{today}{pain}</div>'
