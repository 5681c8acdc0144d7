"""What a patient did of the plan: live takes and the diary together."""

import math
import statistics
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from motion.clinic.adherence import Adherence, measure_adherence
from motion.clinic.comparing import method_of
from motion.clinic.done_values import DoneSession
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.patients import patient_row
from motion.clinic.plan_lookup import items_of, plan_row
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.record import Record
from motion.clinic.rows import conditions_of, model_of, settings_of, zone_of
from motion.clinic.tables import AnalysisRow, RepetitionRow, TakeRow
from motion.exercise.holds import measure_hold_s
from motion.exercise.prescription import Dose
from motion.library import list_exercises
from motion.model import LiveEnd, RepetitionVerdict

__all__ = ["done_of", "list_adherence", "list_done"]


def list_done(
    record: Record, patient_code: str, *, since: date | None = None
) -> tuple[DoneSession, ...]:
    """Return what a patient did of the plan, the oldest first; without excluded takes.

    Parameters
    ----------
    since
        Only what was done on this day or later; None for all.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        plan = plan_row(session, patient_row(session, patient_code))
        return () if plan is None else done_of(session, plan, since=since)


def list_adherence(
    record: Record, patient_code: str, days: Iterable[date]
) -> tuple[Adherence, ...]:
    """Return what was done of each item in the weeks of these days, week by week.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        plan = plan_row(session, patient_row(session, patient_code))
        items = items_of(session, plan)
        done = () if plan is None else done_of(session, plan)
    return tuple(week for day in days for week in measure_adherence(items, done, day))


def done_of(
    session: Session, plan: PlanRow, *, since: date | None = None
) -> tuple[DoneSession, ...]:
    """Return what was done of a plan, the oldest first; from a day on if one is named."""
    wanted = PlanItemRow.plan_id == plan.id
    takes = (
        select(LiveTakeRow, AnalysisRow, TakeRow)
        .join(PlanItemRow, LiveTakeRow.plan_item_id == PlanItemRow.id)
        .join(TakeRow, LiveTakeRow.take_id == TakeRow.id)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .where(wanted, TakeRow.excluded_reason.is_(None))
        .options(
            selectinload(AnalysisRow.repetitions.and_(RepetitionRow.excluded_reason.is_(None))),
            selectinload(LiveTakeRow.repetitions),
        )
    )
    entries = (
        select(DiaryRow, PlanItemRow)
        .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
        .where(wanted)
    )
    if since is not None:
        # A take's own day may have begun while it was still the day before in UTC.
        begun = datetime.combine(since - timedelta(days=1), time(), UTC)
        takes = takes.where(TakeRow.started_at >= begun)
        entries = entries.where(DiaryRow.day >= since)
    found = [_of_take(*row) for row in session.execute(takes)]
    found += [_of_entry(*row) for row in session.execute(entries)]
    kept = (each for each in found if since is None or each.day >= since)
    return tuple(sorted(kept, key=lambda each: each.at))


def _of_take(live: LiveTakeRow, analysis: AnalysisRow, take: TakeRow) -> DoneSession:
    assert live.plan_item_id is not None
    asked = Dose(hold_s=live.hold_wanted_s)
    full = [
        each
        for each in analysis.repetitions
        if each.verdict is RepetitionVerdict.FULL
        and asked.is_held(measure_hold_s(each.hold_s, each.peak_s, live.repetitions))
    ]
    wanted_n = live.sets_wanted * live.repetitions_wanted
    if _is_against_the_clock(live.exercise) and live.end is LiveEnd.FINISHED:
        wanted_n = len(full)  # as many as one can: the dose is no number to be reached
    answers = (live.pain_before, live.pain_during, live.pain_after)
    method = method_of(take.kind, model_of(analysis), settings_of(analysis))
    return DoneSession(
        item_id=live.plan_item_id,
        at=take.started_at,
        day=take.started_at.astimezone(zone_of(take)).date(),
        take_id=take.id,
        interrupted=live.end.interrupted,
        repetitions_wanted=wanted_n,
        repetitions_done=len(full),
        pain=max((answer for answer in answers if answer is not None), default=None),
        pain_pressed=live.pain_pressed,
        stopped_for_pain=_is_stopped_for_pain(live),
        exertion=live.exertion,
        peak_deg=_median_peak(full, live.exercise),
        comparable=(conditions_of(analysis), analysis.movement, analysis.view_name, method),
    )


def _is_stopped_for_pain(live: LiveTakeRow) -> bool:
    """Return whether pain ended it: above the limit, or pressed and never answered."""
    unanswered = live.pain_pressed and live.pain_during is None
    return live.end is LiveEnd.PAIN or (unanswered and live.end is not LiveEnd.FINISHED)


def _is_against_the_clock(exercise: str) -> bool:
    known = list_exercises().get(exercise)
    return known is not None and not math.isnan(known.lasts_s)


def _median_peak(full: Sequence[RepetitionRow], exercise: str) -> float:
    """Return how far it went, of a movement to both sides to either of them."""
    known = list_exercises().get(exercise)
    both_ways = known is not None and known.movement is not None and known.movement.two_directions
    peaks_deg = [abs(r.peak_deg) if both_ways else r.peak_deg for r in full]
    return statistics.median(peaks_deg) if peaks_deg else math.nan


def _of_entry(entry: DiaryRow, item: PlanItemRow) -> DoneSession:
    return DoneSession(
        item_id=item.id,
        at=entry.done_at,
        day=entry.day,
        repetitions_wanted=item.sets * item.repetitions,
        repetitions_done=entry.sets * entry.repetitions if entry.done else 0,
        pain=entry.pain,
        exertion=entry.exertion,
    )
