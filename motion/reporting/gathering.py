"""What a progress report says of a patient, gathered from the record."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from motion.clinic import (
    Line,
    Patient,
    PlanItem,
    Record,
    TakeSummary,
    Target,
    breaks_of,
    find_patient,
    follow_outcomes,
    list_adherence,
    list_annotations,
    list_items,
    list_manual_of_patient,
    list_outcomes,
    list_pain,
    list_takes,
    list_targets,
    monday_of,
)
from motion.clinic.answer_columns import weekly_percent
from motion.clinic.foretelling import foretell
from motion.clinic.hand_takes import takes_by_hand
from motion.clinic.other_side import OtherSide, find_other_side
from motion.clinic.plan_limits import allowed_deg
from motion.errors import InputError, RecordNotFoundError
from motion.library import (
    load_gait_norms,
    load_norms,
    load_outcome_measures,
    load_published_counts,
    load_published_times,
)
from motion.model import FUNCTIONAL, GAIT, Measurement, is_comparable
from motion.norms import (
    Subject,
    find_gait_norm,
    find_references,
    say_if_fewer,
    say_if_slower,
)
from motion.report.progress_values import (
    Followed,
    PlanDone,
    ProgressReport,
    Typical,
    judged_points,
)
from motion.reporting.choosing import choose_lines, has_range_asked_for, quantity_of, target_of

__all__ = ["follow_for_report", "gather_report"]

_WEEK: Final = timedelta(days=7)


def gather_report(
    record: Record,
    patient_code: str,
    *,
    made_on: date,
    first_day: date | None = None,
    last_day: date | None = None,
) -> ProgressReport:
    """Return a patient's progress over a period, both days included.

    Baselines are the first comparable takes of the period. The other side's number and the
    targets are those of the period's end.

    Parameters
    ----------
    made_on
        The day on which the report is made.
    first_day, last_day
        Without them, the first and the last day of which the record holds anything.

    Raises
    ------
    InputError
        If the period ends before it begins.
    RecordNotFoundError
        If there is no such patient.
    """
    if first_day is not None and last_day is not None and last_day < first_day:
        msg = f"the period must not end before it begins, got {first_day} to {last_day}: swap them"
        raise InputError(msg)
    patient = find_patient(record, patient_code)
    if patient is None:
        msg = f"no patient {patient_code!r} in the record: choose one of `motion patients`"
        raise RecordNotFoundError(msg)
    first, last = first_day or date.min, last_day or date.max
    everything = list_takes(record, patient_code)
    by_hand = takes_by_hand(patient_code, everything, list_manual_of_patient(record, patient_code))
    takes = _within(everything, first, last)
    hand = _within(by_hand, first, last)
    outcomes = [each for each in list_outcomes(record, patient_code) if first <= each.day <= last]
    pain = tuple(each for each in list_pain(record, patient_code) if first <= each.day <= last)
    annotations = tuple(
        each for each in list_annotations(record, patient_code) if first <= each.day <= last
    )
    days = [
        *(take.started_at.date() for take in (*takes, *hand)),
        *(each.day for each in outcomes),
        *(each.day for each in pain),
    ]
    begins = first_day or min(days, default=last_day or made_on)
    ends = last_day or max([*days, begins])
    followed = follow_for_report(
        patient,
        (*takes, *hand),
        list_targets(record, patient_code),
        list_items(record, patient_code),
        breaks=breaks_of(patient, annotations),
    )
    return ProgressReport(
        patient=patient,
        first_day=begins,
        last_day=ends,
        made_on=made_on,
        angles=tuple(each for each in followed if not _is_of_walking(each.number)),
        walking=tuple(each for each in followed if _is_of_walking(each.number)),
        scores=follow_outcomes(outcomes, load_outcome_measures()),
        pain=pain,
        plan=_plan_done(record, patient_code, begins, min(ends, made_on)),
        annotations=annotations,
        takes=tuple(take for take in takes if take.excluded_reason is None),
        excluded=tuple(take for take in takes if take.excluded_reason is not None),
    )


def _within(takes: Iterable[TakeSummary], first: date, last: date) -> tuple[TakeSummary, ...]:
    return tuple(take for take in takes if first <= take.started_at.date() <= last)


def _is_of_walking(m: Measurement) -> bool:
    return m.joint in (GAIT, FUNCTIONAL)


def follow_for_report(
    patient: Patient,
    takes: Sequence[TakeSummary],
    targets: Sequence[Target],
    items: Sequence[PlanItem],
    *,
    breaks: Sequence[date] = (),
) -> tuple[Followed, ...]:
    """Return what a report or a note may tell of takes, the most important first.

    Parameters
    ----------
    takes
        The camera's and those by hand (:func:`motion.clinic.hand_takes.takes_by_hand`).
    targets, items
        All of the patient's.
    breaks
        Days after which recovery begins anew (:func:`motion.clinic.breaks_of`).
    """
    lines = choose_lines(takes, targets, items)
    several = Counter(quantity_of(line.measurement) for line in lines)
    return tuple(
        replace(
            _followed(line, patient, takes, targets, items, breaks),
            several=several[quantity_of(line.measurement)] > 1,
        )
        for line in lines
    )


def _followed(
    line: Line,
    patient: Patient,
    takes: Sequence[TakeSummary],
    targets: Sequence[Target],
    items: Sequence[PlanItem],
    breaks: Sequence[date],
) -> Followed:
    last = judged_points(line)[-1]
    take, m = last.take, last.measurement
    subject = Subject(
        birth_year=patient.birth_year,
        sex=patient.sex_for_norms.value,
        day=take.started_at.date(),
        mode=take.conditions.mode,
        position=take.conditions.position,
    )
    other = find_other_side(takes, take, m)
    limit_deg = allowed_deg(items, line)
    return Followed(
        line=line,
        target=math.nan if _is_of_walking(m) else target_of(take, m, targets, items),
        other=other,
        other_of_then=other is not None and _is_of_then(other, take, takes),
        limit_deg=limit_deg,
        recovery=foretell(line, other, breaks=breaks, allowed_deg=limit_deg),
        typical=_typical(take, m, subject),
        published=_published(m, subject) if is_comparable(m) else "",
    )


def _is_of_then(other: OtherSide, take: TakeSummary, takes: Iterable[TakeSummary]) -> bool:
    """Whether the other side's number is of another day, or the same side has a later one."""
    m, day = other.measurement, other.take.started_at.date()
    return day != take.started_at.date() or any(
        (each.measure, each.joint, each.motion, each.side) == (m.measure, m.joint, m.motion, m.side)
        for later in takes
        if later.excluded_reason is None and later.started_at > other.take.started_at
        for each in later.measurements
    )


def _typical(take: TakeSummary, m: Measurement, subject: Subject) -> Typical | None:
    if m.joint == GAIT:
        walked = find_gait_norm(load_gait_norms(), m.measure, subject, dict(take.settings))
        if walked is None:
            return None
        return Typical(
            label=walked.label,
            source=walked.source,
            value=walked.value,
            low=walked.low,
            high=walked.high,
        )
    if m.joint == FUNCTIONAL or not has_range_asked_for(take, m):
        return None
    found = find_references(load_norms(), f"{m.joint}_{m.motion}", m.measure, subject).published
    if not found:
        return None
    norm = found[0]
    return Typical(
        label=norm.label,
        source=norm.source,
        value=norm.value_deg,
        low=norm.low_deg,
        high=norm.high_deg,
    )


def _published(m: Measurement, subject: Subject) -> str:
    if not math.isfinite(m.value):
        return ""
    if m.unit == "count":
        counts = load_published_counts()
        return say_if_fewer(
            counts, m.measure, m.value, subject.sex, subject.ages_y, comparable=True
        )
    return say_if_slower(
        load_published_times(), m.measure, m.value, subject.ages_y, comparable=True
    )


def _plan_done(record: Record, patient_code: str, first: date, last: date) -> PlanDone | None:
    """Return what was done in the whole weeks, Monday to Sunday, between two days."""
    monday = monday_of(first + _WEEK - timedelta(days=1))
    weeks = []
    while monday + _WEEK - timedelta(days=1) <= last:
        weeks.append(monday)
        monday += _WEEK
    found = [week for week in list_adherence(record, patient_code, weeks) if week.sessions_wanted]
    percent = weekly_percent(found)
    if percent is None:
        return None
    return PlanDone(
        weeks=len({week.monday for week in found}),
        sessions_done=sum(week.sessions_done for week in found),
        sessions_wanted=sum(week.sessions_wanted for week in found),
        percent=percent,
    )
