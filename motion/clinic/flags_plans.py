"""What the rules of the Today page need of all plans at once: what is expected, what hurt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Row, func, select
from sqlalchemy.orm import Session

from motion.clinic.flag_rules import RECENT_DAYS
from motion.clinic.flags_missed import Expected
from motion.clinic.flags_pain import Felt
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.plan_values import PlanSettings, Weekday
from motion.clinic.tables import PatientRow, SessionRow, TakeRow
from motion.clinic.wording import label, side_title
from motion.exercise.exercises import Exercise
from motion.library import list_exercises
from motion.model import LiveEnd
from motion.norms import ADULT_FROM_Y, Subject

__all__ = ["PlanOfPatient", "is_recent", "read_felt", "read_plans"]

_DAY: Final = timedelta(days=1)
_USUAL_LIMIT: Final = PlanSettings().pain_limit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfPatient:
    """What is expected of one patient now; ``sends_files`` of one with a computer of their own."""

    items: tuple[Expected, ...]
    sends_files: bool


def is_recent(moment: Any, today: date) -> ColumnElement[bool]:
    """Return whether a moment may be of one of the last days, in any zone."""
    found: ColumnElement[bool] = moment >= datetime.combine(
        today - timedelta(days=RECENT_DAYS + 1), time(), UTC
    )
    return found


def read_plans(session: Session, today: date) -> dict[UUID, PlanOfPatient]:
    """Return what is expected of each patient with a plan, by the patient's key.

    What nobody may do at home is not expected: an exercise done standing or a test where the plan
    does not allow it, one that the library does not have, and anything of a patient under age for
    whom no guardian agreed.
    """
    library = list_exercises()
    tried = _read_tried(session, today)
    found: dict[UUID, list[Expected]] = {}
    sends: dict[UUID, bool] = {}
    for row in session.execute(_items(today)):
        if _may_be_done(row, library.get(row.exercise), today):
            sends[row.patient_id] = bool(row.secret)
            found.setdefault(row.patient_id, []).append(
                Expected(
                    title=_title(library.get(row.exercise), row),
                    started_on=row.started_on,
                    times_per_week=row.times_per_week,
                    weekdays=tuple(map(Weekday, row.weekdays)),
                    tried_on=tuple(tried.get(row.id, ())),
                )
            )
    return {
        key: PlanOfPatient(items=tuple(items), sends_files=sends[key])
        for key, items in found.items()
    }


def read_felt(session: Session, today: date) -> dict[UUID, list[Felt]]:
    """Return what was said of pain in the last days, by the patient's key.

    That a take's numbers are left out takes back nothing of what the patient said in it.
    """
    library = list_exercises()
    found: dict[UUID, list[Felt]] = {}
    for row in session.execute(_live_answers(today)):
        answers = [each for each in (row.before, row.during, row.after) if each is not None]
        pain = max(answers, default=None)
        unanswered = row.pain_pressed and row.during is None and row.end is not LiveEnd.FINISHED
        felt = Felt(
            key=row.id.hex,
            day=row.day,
            title=_title(library.get(row.exercise), row),
            limit=_limit_of(row),
            pain=pain,
            pressed=row.pain_pressed,
            stopped=row.end is LiveEnd.PAIN or unanswered,
            left_out=row.excluded_reason or "",
        )
        found.setdefault(row.patient_id, []).append(felt)
    for row in session.execute(_diary_answers(today)):
        felt = Felt(
            key=row.id.hex,
            day=row.day,
            title=_title(library.get(row.exercise), row),
            limit=_limit_of(row),
            pain=row.pain,
        )
        found.setdefault(row.patient_id, []).append(felt)
    return found


def _holds_on(day: date) -> ColumnElement[bool]:
    return (PlanItemRow.started_on <= day) & (
        PlanItemRow.ended_on.is_(None) | (PlanItemRow.ended_on > day)
    )


def _items(today: date) -> Executable:
    columns = (PlanItemRow.id, PlanItemRow.exercise, PlanItemRow.side, PlanItemRow.started_on)
    often = (PlanItemRow.times_per_week, PlanItemRow.weekdays)
    plan = (PlanRow.patient_id, PlanRow.secret, PlanRow.standing_at_home)
    whose = (PlanRow.guardian_consent_on, PatientRow.birth_year, PatientRow.sex_for_norms)
    return (
        select(*columns, *often, *plan, *whose)
        .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
        .join(PatientRow, PlanRow.patient_id == PatientRow.id)
        .where(_holds_on(today))
        .order_by(PlanItemRow.created_at, PlanItemRow.id)
    )


def _read_tried(session: Session, today: date) -> Mapping[UUID, Iterable[date]]:
    """Return the days of the last sessions of each item that holds, a week's number of them.

    A session was tried even where the numbers of its take are left out.
    """
    live = (
        select(LiveTakeRow.plan_item_id.label("item"), SessionRow.day.label("day"))
        .join(TakeRow, LiveTakeRow.take_id == TakeRow.id)
        .join(SessionRow, TakeRow.session_id == SessionRow.id)
    )
    diary = select(DiaryRow.plan_item_id.label("item"), DiaryRow.day.label("day")).where(
        DiaryRow.done
    )
    found: dict[UUID, list[date]] = {}
    for query in (live, diary):
        each = query.subquery()
        of_item = each.c.item
        place = func.row_number().over(partition_by=of_item, order_by=each.c.day.desc())
        newest = func.max(each.c.day).over(partition_by=of_item)
        numbered = (
            select(of_item, each.c.day, place.label("place"), newest.label("newest"))
            .add_columns(PlanItemRow.times_per_week)
            .join(PlanItemRow, of_item == PlanItemRow.id)
            .where(_holds_on(today))
            .subquery()
        ).c
        # Of what was done yesterday nothing can be missed: its last day says enough.
        week = (numbered.newest < today - _DAY) & (numbered.place <= numbered.times_per_week)
        last = select(numbered.item, numbered.day).where((numbered.place == 1) | week)
        for item, day in session.execute(last):
            found.setdefault(item, []).append(day)
    return found


def _live_answers(today: date) -> Executable:
    pains = (LiveTakeRow.pain_before, LiveTakeRow.pain_during, LiveTakeRow.pain_after)
    said = (LiveTakeRow.exercise, LiveTakeRow.side, LiveTakeRow.end, LiveTakeRow.pain_pressed)
    query = (
        select(
            *(TakeRow.id, TakeRow.patient_id, TakeRow.excluded_reason, SessionRow.day, *said),
            *(each.label(each.key.removeprefix("pain_")) for each in pains),
            *_limits(),
            _last_day(TakeRow.patient_id, SessionRow.day),
        )
        .join(LiveTakeRow, LiveTakeRow.take_id == TakeRow.id)
        .join(SessionRow, TakeRow.session_id == SessionRow.id)
        .outerjoin(PlanItemRow, LiveTakeRow.plan_item_id == PlanItemRow.id)
        .outerjoin(PlanRow, PlanRow.patient_id == TakeRow.patient_id)
        .where(
            is_recent(TakeRow.started_at, today),
            LiveTakeRow.pain_pressed
            | (LiveTakeRow.end == LiveEnd.PAIN)
            | func.coalesce(*pains).is_not(None),
        )
    )
    return _of_last_day(query, today)


def _diary_answers(today: date) -> Executable:
    query = (
        select(
            *(DiaryRow.id, DiaryRow.day, DiaryRow.pain, PlanRow.patient_id),
            *(PlanItemRow.exercise, PlanItemRow.side, *_limits()),
            _last_day(PlanRow.patient_id, DiaryRow.day),
        )
        .join(PlanItemRow, DiaryRow.plan_item_id == PlanItemRow.id)
        .join(PlanRow, PlanItemRow.plan_id == PlanRow.id)
        .where(DiaryRow.pain.is_not(None), is_recent(DiaryRow.done_at, today))
    )
    return _of_last_day(query, today)


def _limits() -> tuple[ColumnElement[int], ...]:
    return PlanItemRow.pain_limit.label("of_item"), PlanRow.pain_limit.label("of_plan")


def _last_day(patient: Any, day: Any) -> ColumnElement[date]:
    return func.max(day).over(partition_by=patient).label("last_day")


def _of_last_day(query: Any, today: date) -> Executable:
    """Return only what was said on the last day of each patient: the rule looks at no other."""
    each = query.subquery()
    recent = each.c.day >= today - timedelta(days=RECENT_DAYS)
    return select(each).where(each.c.day == each.c.last_day, recent)


def _limit_of(row: Row[Any]) -> int:
    limits: list[int] = [each for each in (row.of_item, row.of_plan) if each is not None]
    return min(limits, default=_USUAL_LIMIT)


def _may_be_done(row: Row[Any], exercise: Exercise | None, today: date) -> bool:
    if exercise is None:
        return False
    if row.guardian_consent_on is None:
        ages_y = Subject(birth_year=row.birth_year, sex=row.sex_for_norms, day=today).ages_y
        if ages_y and min(ages_y) < ADULT_FROM_Y:
            return False
    return row.standing_at_home or not (exercise.standing or exercise.test)


def _title(exercise: Exercise | None, row: Row[Any]) -> str:
    title = label(row.exercise) if exercise is None else exercise.title
    named = side_title(row.side).lower()
    return f"{title}, {named}" if named else title
