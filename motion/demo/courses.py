"""How the made-up numbers go over the weeks: fast at first, then slower, and sometimes down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from motion.model import Mode, Setting, Side

__all__ = ["Course", "Visit", "list_visits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The takes of one exercise in a story.

    Parameters
    ----------
    exercise, side
        What is measured.
    start, end
        Level in the beginning and where it goes to (:class:`motion.demo.filming.Motif`).
    share
        How large a part of the patient's takes these are; ``once`` is one take of them.
    weeks
        Until two thirds of the way are gone.
    from_day, until_day
        Days before today between which the takes lie.
    spread
        Standard deviation from take to take.
    drop
        How far the last two takes lie below the course.
    item
        Place of the plan's item that the takes are done for at home.
    weak, turned_deg, lost_share
        Of the motif.
    step
        To which multiples a level is rounded: equal levels share a recording.
    """

    exercise: str
    side: Side
    start: float
    end: float
    share: float = 1.0
    once: bool = False
    weeks: float = 4.0
    from_day: int = 120
    until_day: int = 3
    spread: float = 2.0
    drop: float = 0.0
    item: int | None = None
    setting: Setting = Setting.CLINIC
    mode: Mode = Mode.ACTIVE
    aid: str = "none"
    weak: float = 0.0
    turned_deg: float = 0.0
    lost_share: float = 0.0
    step: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One take to be: of which course, when, how far, and how often before on that course.

    ``at`` is its moment, where that is not left to chance.
    """

    course: Course
    day: date
    level: float
    number: int
    of: int
    at: datetime | None = None


def list_visits(
    courses: tuple[Course, ...], takes: int, today: date, rng: np.random.Generator
) -> list[Visit]:
    """Return the visits of a patient, the oldest first; at least one.

    Takes are dealt out by the courses' shares; a course of ``once`` gets one as long as there are
    enough. The first course comes first where there are few.
    """
    counts = _deal(courses, takes)
    visits = [
        visit
        for course, count in zip(courses, counts, strict=True)
        for visit in _visits_of(course, count, today, rng)
    ]
    return sorted(visits, key=lambda visit: visit.day)


def _deal(courses: tuple[Course, ...], takes: int) -> list[int]:
    once = [int(course.once) for course in courses]
    left = max(takes - sum(once), 1)
    shares = np.array([0.0 if course.once else course.share for course in courses])
    if not shares.any():
        return once
    exact = left * shares / shares.sum()
    counts = np.floor(exact).astype(int)
    for place in np.argsort(counts - exact, kind="stable")[: left - counts.sum()]:
        counts[place] += 1
    return [int(count) + extra for count, extra in zip(counts, once, strict=True)]


def _visits_of(course: Course, count: int, today: date, rng: np.random.Generator) -> list[Visit]:
    if not count:
        return []
    span = course.from_day - course.until_day
    # In even steps with a little disorder; the first and the last day are where they are said.
    ago = np.linspace(course.from_day, course.until_day, count)
    if count > 2:
        ago[1:-1] += rng.uniform(-0.3, 0.3, count - 2) * span / count
    found = []
    for number, days in enumerate(np.sort(np.round(ago))[::-1]):
        weeks = (course.from_day - days) / 7.0
        level = course.end + (course.start - course.end) * np.exp(-weeks / course.weeks)
        level += rng.normal(scale=course.spread)
        if count > 3 and number >= count - 2:
            level -= course.drop
        found.append(
            Visit(
                course=course,
                day=today - timedelta(days=int(days)),
                level=round(float(np.round(level / course.step) * course.step), 2),
                number=number,
                of=count,
            )
        )
    return found
