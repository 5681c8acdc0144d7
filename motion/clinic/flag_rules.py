"""What a flag of the Today page is before anybody has seen it, and what all its rules share."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from motion.clinic.chart_values import FlagKind

__all__ = ["RECENT_DAYS", "SHOWN_FIRST", "Occasion", "day_text"]

RECENT_DAYS: Final = 28
"""What lies further back is no news: a page for today does not repeat it."""

SHOWN_FIRST: Final = (
    FlagKind.PAIN,
    FlagKind.DECLINE,
    FlagKind.SESSIONS_MISSED,
    FlagKind.LOW_QUALITY,
)
"""The order in which the kinds stand on the page; it ranks no patient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why a patient stands on the Today page, as a rule found it.

    Parameters
    ----------
    kind, sentence
        Which rule, and what it found, in plain words with the numbers.
    about
        Names the occasion: equal as long as nothing new has happened, another one after.
    since
        Since which day.
    """

    kind: FlagKind
    sentence: str
    about: str
    since: date


def day_text(day: date) -> str:
    """Return a day that no country reads the wrong way round."""
    return f"{day.day} {day:%b %Y}"
