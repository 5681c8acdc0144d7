"""Takes of the record that repeat one another, and the retest that they make."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

import numpy as np

from motion.clinic.comparing import differences, is_walk, method_of
from motion.clinic.edits import note_edits, require_reason
from motion.clinic.idle import is_idle
from motion.clinic.pairs import result_measure
from motion.clinic.record import Record
from motion.clinic.retest import Reading
from motion.clinic.takes import take_row
from motion.clinic.values import TakeSummary
from motion.kinematics import JOINTS, find_joint
from motion.model import MeasureVerdict, ViewName

__all__ = ["Repeats", "find_repeats", "mark_retest", "readings_of_repeats"]

_ANGLES = frozenset(joint.name for joint in JOINTS)

_MOST_DAYS: Final = 14
"""Over a longer time a patient changes, and the difference is no error any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Comparable takes of one patient within 14 days, the earliest first; two or more."""

    takes: tuple[TakeSummary, ...]

    @property
    def patient_code(self) -> str:
        """Whose takes they are."""
        return self.takes[0].patient_code

    @property
    def first_day(self) -> date:
        """The day of the first take."""
        return self.takes[0].started_at.date()

    @property
    def day(self) -> date:
        """The day of the last take."""
        return self.takes[-1].started_at.date()


def find_repeats(
    takes: Iterable[TakeSummary], *, without: Collection[str] = ()
) -> tuple[Repeats, ...]:
    """Return which takes repeat one another: one patient, 14 days, nothing that differs.

    Whether they were *made* as a retest, with the camera set up anew and nothing done to the
    patient in between, the record cannot know: somebody marks them, and those that were marked
    (:func:`motion.clinic.retest_takes`) are a retest.

    Parameters
    ----------
    without
        Digests of recordings that show nobody real; one recording is taken once.
    """
    groups: list[list[TakeSummary]] = []
    for take in sorted(takes, key=lambda take: take.started_at):
        if take.excluded_reason is not None or not take.person_found or take.digest in without:
            continue
        group = next((each for each in groups if _repeats(each[0], take)), None)
        if group is None:
            groups.append([take])
        elif all(other.digest != take.digest for other in group):
            group.append(take)
    return tuple(Repeats(takes=tuple(group)) for group in groups if len(group) > 1)


def readings_of_repeats(
    repeats: Iterable[Repeats], is_of_today: Callable[[TakeSummary], bool]
) -> tuple[Reading, ...]:
    """Return the numbers of repeated takes as readings of a retest.

    The takes of one day are a series, and the first takes of several days are one: what a
    patient repeats within an hour and what from visit to visit are two errors.

    Of every angle that the camera measured the end of range that the movement asks for: the
    largest angle, in an extension the smallest. A limb that hung still meanwhile has none: it
    repeats itself far better than a movement does, and would make the error too small. Neither
    has a walk: its angles are means over strides, and no joint goes to its end of range in them.

    Parameters
    ----------
    is_of_today
        Whether a take was measured by today's method.
    """
    return tuple(
        Reading(
            person=take.patient_code,
            session=take.started_at.astimezone(UTC).isoformat(),
            series=str(series[0].id),
            angle=f"{m.joint}_{m.motion}",
            side=m.side,
            view=_seen_from(take, f"{m.joint}_{m.motion}"),
            value_deg=m.value,
            measure=m.measure,
            between_days=between_days,
            method=_name_method(take),
            conditions=_name_conditions(take),
            of_today=is_of_today(take),
            made_up=take.made_up,
        )
        for each in repeats
        for between_days, series in _series(each)
        for take in series
        for m in take.measurements
        if take.view is not ViewName.UNKNOWN
        and not is_walk(take)
        and m.measure == result_measure(take.movement)
        and f"{m.joint}_{m.motion}" in _ANGLES
        and m.verdict is not MeasureVerdict.NOT_MEASURABLE
        and np.isfinite(m.value)
        and not m.rests_on_hand  # how far a hand repeats itself is no error of the camera
        and not is_idle(take, m)
    )


def mark_retest(
    record: Record,
    take_ids: Iterable[UUID],
    reason: str,
    *,
    marked: bool = True,
    author: str | None = None,
) -> None:
    """Say of takes that they were made as a retest of one another, or that they were not.

    Raises
    ------
    InputError
        If there is no reason.
    """
    reason = require_reason(reason)
    moment = datetime.now(UTC) if marked else None
    with record.writing() as session:
        for take_id in take_ids:
            row = take_row(session, take_id)
            if (row.retest_marked_at is not None) == marked:
                continue
            change = {"retest_marked_at": (row.retest_marked_at, moment)}
            note_edits(session, row, change, reason, author)
            row.retest_marked_at = moment


def _seen_from(take: TakeSummary, angle: str) -> ViewName:
    """Return the view whose error figure goes with an angle: in a walk with turns its pass's."""
    if take.view in (ViewName.OBLIQUE, ViewName.SPATIAL):
        return take.view
    return find_joint(angle).plane.view


def _series(repeats: Repeats) -> Iterator[tuple[bool, tuple[TakeSummary, ...]]]:
    """Yield the takes of each day, and the first takes of the days if there are several."""
    days = [
        tuple(takes) for _, takes in groupby(repeats.takes, lambda take: take.started_at.date())
    ]
    for takes in days:
        if len(takes) > 1:
            yield False, takes
    if len(days) > 1:
        yield True, tuple(takes[0] for takes in days)


def _name_method(take: TakeSummary) -> str:
    """Return a method in words: what it is about first, and a mark of all that it consists of."""
    said = method_of(take.kind, take.model, take.settings)
    mark = hashlib.sha256(repr(said).encode()).hexdigest()[:6]
    centres = str(dict(take.settings).get("joint_centres", "plain landmarks"))
    moved = centres if centres == "plain landmarks" else f"joint centres {centres}"
    return f"{take.model.name}, {moved}, method {mark}"


def _name_conditions(take: TakeSummary) -> str:
    position, mode = take.conditions.position, take.conditions.mode
    return f"position {position.value.replace('_', ' ')}, {mode.value}"


def _repeats(first: TakeSummary, take: TakeSummary) -> bool:
    return (
        first.patient_code == take.patient_code
        and (take.started_at.date() - first.started_at.date()).days <= _MOST_DAYS
        and first.side == take.side
        and not differences(first, take)
    )
