"""Visits along a protocol in the made-up clinic: what was done in them, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from motion.clinic import MadeUpStep, MadeUpVisit, OutcomeDetails
from motion.clinic.pain import PAIN_SCALE
from motion.demo.courses import Course, Visit
from motion.model import Setting

__all__ = ["GuidedStep", "GuidedVisit", "ask_pain", "choose_guided", "film_steps", "write_guided"]

_BEGINS: Final = time(7, 30)
_STEP: Final = timedelta(seconds=24)
_MEASURING: Final = timedelta(seconds=15)
_ROOM: Final = 3
"""A patient's takes are at least so many times those of the guided visits: the courses of a small
clinic would have none left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedStep:
    """What became of a step: a take of a course at its ``start``, an answer, or a reason.

    Parameters
    ----------
    key
        Of the planned step, with its side: ``bend-left``.
    course
        What was filmed; None where nothing was.
    pain, context
        What was answered, 0 to 10, and about what; None where pain was not asked.
    left_out
        Why it was left out; empty where it was not.
    """

    key: str
    course: Course | None = None
    pain: int | None = None
    context: str = "now"
    left_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedVisit:
    """One visit along a protocol, so many days ago; left open where it did not end."""

    protocol: str
    days_ago: int
    steps: tuple[GuidedStep, ...]
    ended: bool = True


def choose_guided(guided: tuple[GuidedVisit, ...], takes: int) -> tuple[GuidedVisit, ...]:
    """Return the visits that a patient of so many takes has: all of them, or none."""
    filmed_n = sum(step.course is not None for visit in guided for step in visit.steps)
    return guided if takes >= _ROOM * filmed_n else ()


def film_steps(guided: Sequence[GuidedVisit], today: date) -> dict[tuple[int, str], Visit]:
    """Return the takes to be of all visits, by the visit's place and the step's key."""
    return {
        (place, step.key): Visit(
            course=step.course,
            day=today - timedelta(days=visit.days_ago),
            level=step.course.start,
            number=0,
            of=1,
            at=_step_at(visit, today, number),
        )
        for place, visit in enumerate(guided)
        for number, step in enumerate(visit.steps)
        if step.course is not None
    }


def ask_pain(guided: Sequence[GuidedVisit], today: date) -> dict[tuple[int, str], OutcomeDetails]:
    """Return the answers about pain of all visits, by the visit's place and the step's key."""
    return {
        (place, step.key): OutcomeDetails(
            instrument=PAIN_SCALE,
            day=today - timedelta(days=visit.days_ago),
            score=float(step.pain),
            context=step.context,
        )
        for place, visit in enumerate(guided)
        for step in visit.steps
        if step.pain is not None
    }


def write_guided(
    guided: Sequence[GuidedVisit],
    today: date,
    takes: dict[tuple[int, str], int],
    scores: dict[tuple[int, str], int],
) -> tuple[MadeUpVisit, ...]:
    """Return the visits for the chart.

    Parameters
    ----------
    takes, scores
        Where in the chart the take and the answer of a step stand, by the visit's place and the
        step's key.
    """
    written = []
    for place, visit in enumerate(guided):
        steps = tuple(
            MadeUpStep(
                step=step.key,
                noted_at=_step_at(visit, today, number) + _MEASURING,
                take=takes.get((place, step.key)),
                outcome=scores.get((place, step.key)),
                skipped_reason=step.left_out or None,
            )
            for number, step in enumerate(visit.steps)
        )
        written.append(
            MadeUpVisit(
                protocol=visit.protocol,
                started_at=_begin_of(visit, today),
                ended_at=steps[-1].noted_at if visit.ended else None,
                setting=Setting.CLINIC,
                steps=steps,
            )
        )
    return tuple(written)


def _begin_of(visit: GuidedVisit, today: date) -> datetime:
    # In the zone of the computer: a visit may be gone on with on the day on which it began there.
    begins = datetime.combine(today - timedelta(days=visit.days_ago), _BEGINS).astimezone()
    return begins.astimezone(UTC)


def _step_at(visit: GuidedVisit, today: date, number: int) -> datetime:
    return _begin_of(visit, today) + number * _STEP
