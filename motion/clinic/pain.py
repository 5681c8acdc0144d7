"""Pain over time, from wherever the patient was asked: the scale, live takes, the diary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.patients import patient_row
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.record import Record
from motion.clinic.rows import zone_of
from motion.clinic.tables import OutcomeRow, PatientRow, TakeRow
from motion.library import find_outcome_measure

__all__ = ["DIARY", "LIVE_TAKE", "PAIN_SCALE", "PainPoint", "list_pain"]

PAIN_SCALE: Final = "nprs"
"""The outcome measure that asks for pain."""
LIVE_TAKE: Final = "Live take"
DIARY: Final = "Diary"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainPoint:
    """The worst pain of a day, 0 to 10, as it was said in one place.

    ``source`` is ``Live take``, ``Diary``, or the scale with what it was about: ``NPRS, at rest``.
    """

    day: date
    score: int
    source: str


def list_pain(record: Record, patient_code: str) -> tuple[PainPoint, ...]:
    """Return the worst pain of each day and source, the oldest first.

    Of a live take the largest answer of before, during and after counts, on the day where it was
    recorded. What was left out is passed over.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        worst: dict[tuple[date, str], int] = {}
        for point in (
            *_scale(session, patient),
            *_live(session, patient),
            *_diary(session, patient),
        ):
            key = (point.day, point.source)
            worst[key] = max(point.score, worst.get(key, 0))
    return tuple(
        PainPoint(day=day, score=score, source=source)
        for (day, source), score in sorted(worst.items())
    )


def _scale(session: Session, patient: PatientRow) -> Iterator[PainPoint]:
    measure = find_outcome_measure(PAIN_SCALE)
    titles = {each.name: f"{measure.short}, {each.title.lower()}" for each in measure.contexts}
    rows = session.execute(
        select(OutcomeRow.day, OutcomeRow.score, OutcomeRow.context).where(
            OutcomeRow.patient_id == patient.id,
            OutcomeRow.instrument == PAIN_SCALE,
            OutcomeRow.excluded_reason.is_(None),
        )
    )
    for day, score, context in rows:
        yield PainPoint(day=day, score=round(score), source=titles.get(context, measure.short))


def _live(session: Session, patient: PatientRow) -> Iterator[PainPoint]:
    rows = session.execute(
        select(TakeRow, LiveTakeRow.pain_before, LiveTakeRow.pain_during, LiveTakeRow.pain_after)
        .join(LiveTakeRow, LiveTakeRow.take_id == TakeRow.id)
        .where(TakeRow.patient_id == patient.id, TakeRow.excluded_reason.is_(None))
    )
    for take, *answers in rows:
        given = [answer for answer in answers if answer is not None]
        if given:
            day = take.started_at.astimezone(zone_of(take)).date()
            yield PainPoint(day=day, score=max(given), source=LIVE_TAKE)


def _diary(session: Session, patient: PatientRow) -> Iterator[PainPoint]:
    rows = session.execute(
        select(DiaryRow.day, DiaryRow.pain)
        .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
        .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
        .where(PlanRow.patient_id == patient.id)
    )
    for day, pain in rows:
        if pain is not None:
            yield PainPoint(day=day, score=pain, source=DIARY)
