"""The week at a glance: a tick for each day on which something was done."""

from collections.abc import Collection
from datetime import date, timedelta
from html import escape

import streamlit as st

from motion.clinic import Weekday, monday_of
from motion.texts import Texts

__all__ = ["show_week"]


def show_week(days_done: Collection[date], today: date, texts: Texts) -> None:
    """Show the seven days of this week; a day without a tick is said in neutral words."""
    monday = monday_of(today)
    days = [monday + timedelta(days=n) for n in range(len(Weekday))]
    cells = "".join(_cell(day, day in days_done, day == today, texts) for day in days)
    st.html(f'<ol class="pm-week">{cells}</ol>')


def _cell(day: date, done: bool, is_today: bool, texts: Texts) -> str:
    name = texts.say(f"weekday.{Weekday.of(day)}")
    said = texts.say("today.ticked" if done else "today.not_ticked", day=name)
    mark = "✓" if done else ""
    marked = ' class="pm-today"' if is_today else ""
    return (
        f'<li{marked} aria-label="{escape(said, quote=True)}">'
        f'<span aria-hidden="true">{escape(name)}</span>'
        f'<b class="{"pm-done" if done else "pm-open"}" aria-hidden="true">{mark}</b></li>'
    )
