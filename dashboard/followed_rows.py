"""Walking and timed tests over time, one row a number: first, last, change, what is published."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.components.functional_test import say_published
from motion.clinic import Line, Patient, Point, TakeSummary
from motion.clinic.change import is_judged
from motion.clinic.progress import Quantity, follow
from motion.gait import TimedTest
from motion.library import load_gait_norms, load_meaningful, load_published_times
from motion.model import FUNCTIONAL, GAIT, Measurement, is_comparable
from motion.norms import GaitNorm, Subject, find_gait_norm, say_if_slower

__all__ = ["FollowedRow", "list_test_rows", "list_walk_rows"]

_TIMES = tuple(f"{test}_time" for test in TimedTest)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedRow:
    """The last line of a number that was measured.

    Parameters
    ----------
    first
        The baseline; None where nothing may be one.
    published
        What is said of the last number, empty where nothing fits the person.
    norm
        The typical range of walking; None where none fits.
    """

    line: Line
    first: Point | None
    last: Point
    published: str = ""
    norm: GaitNorm | None = None

    @property
    def measurement(self) -> Measurement:
        """The last measured number."""
        return self.last.measurement


def list_walk_rows(
    patient: Patient, takes: Sequence[TakeSummary], quantities: Iterable[Quantity]
) -> tuple[FollowedRow, ...]:
    """Return the numbers of walking, without the timed tests, with their typical range."""
    wanted = [q for q in quantities if q[1] == GAIT and q[0] not in _TIMES]
    norms = load_gait_norms()
    rows = []
    for row in _follow_all(takes, wanted):
        settings: Mapping[str, object] = dict(row.last.take.settings)
        subject = _subject(patient, row.last.take)
        norm = find_gait_norm(norms, row.measurement.measure, subject, settings)
        rows.append(FollowedRow(line=row.line, first=row.first, last=row.last, norm=norm))
    return tuple(rows)


def list_test_rows(
    patient: Patient, takes: Sequence[TakeSummary], quantities: Iterable[Quantity]
) -> tuple[FollowedRow, ...]:
    """Return the numbers of functional and timed tests, with what is published for the person."""
    wanted = [q for q in quantities if q[1] == FUNCTIONAL or q[0] in _TIMES]
    return tuple(
        FollowedRow(
            line=row.line,
            first=row.first,
            last=row.last,
            published=_say(row.measurement, _subject(patient, row.last.take)),
        )
        for row in _follow_all(takes, wanted)
    )


def _follow_all(
    takes: Sequence[TakeSummary], quantities: Sequence[Quantity]
) -> tuple[FollowedRow, ...]:
    """Return for each number the line of its last take."""
    found: dict[Quantity, FollowedRow] = {}
    for line in follow(takes, load_meaningful(), only=set(quantities)):
        measured = [p for p in line.points if math.isfinite(p.measurement.value)]
        if not measured:
            continue
        m, last = line.measurement, measured[-1]
        first = next((p for p in measured if is_judged(p.measurement)), None)
        key = (m.measure, m.joint, m.motion, m.side)
        before = found.get(key)
        if before is None or before.last.take.started_at < last.take.started_at:
            found[key] = FollowedRow(line=line, first=first, last=last)
    return tuple(found[q] for q in quantities if q in found)


def _say(number: Measurement, subject: Subject) -> str:
    if number.joint == FUNCTIONAL:
        return say_published(number, subject)
    return say_if_slower(
        load_published_times(),
        number.measure,
        number.value,
        subject.ages_y,
        comparable=is_comparable(number),
    )


def _subject(patient: Patient, take: TakeSummary) -> Subject:
    return Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms,
        day=take.started_at.date(),
        mode=take.conditions.mode,
        position=take.conditions.position,
    )
