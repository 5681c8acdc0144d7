"""What else is new for the clinic: open suggestions, what came from home, who was recorded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from motion.clinic.plan_tables import PlanItemRow, PlanRow, SuggestionRow
from motion.clinic.record import Record
from motion.clinic.tables import PatientRow, TakeRow
from motion.model import Setting

__all__ = ["Lately", "PatientCount", "find_lately"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientCount:
    """So many of something of one patient."""

    patient_code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What is new beside the flags, each by the patient's code.

    Parameters
    ----------
    suggestions
        Suggestions of the rules of a plan that nobody has decided on.
    from_home
        Takes made at home that came into this record since yesterday.
    recorded
        Takes made in the clinic since yesterday, and stored since; not an old recording.
    """

    suggestions: tuple[PatientCount, ...]
    from_home: tuple[PatientCount, ...]
    recorded: tuple[PatientCount, ...]


def find_lately(record: Record, today: date) -> Lately:
    """Return what is new since yesterday began, in the time zone of this computer."""
    yesterday = datetime.combine(today - timedelta(days=1), time()).astimezone()
    with record.reading() as session:
        return Lately(
            suggestions=_suggestions(session),
            from_home=_takes(session, yesterday, Setting.HOME),
            # What was stored since, but recorded long ago, was brought in from elsewhere.
            recorded=_takes(session, yesterday, Setting.CLINIC, TakeRow.started_at >= yesterday),
        )


def _suggestions(session: Session) -> tuple[PatientCount, ...]:
    rows = session.execute(
        select(PatientRow.code, func.count(SuggestionRow.id))
        .join(PlanRow, PlanRow.patient_id == PatientRow.id)
        .join(PlanItemRow, PlanItemRow.plan_id == PlanRow.id)
        .join(SuggestionRow, SuggestionRow.plan_item_id == PlanItemRow.id)
        .where(SuggestionRow.decided_at.is_(None))
        .group_by(PatientRow.code)
        .order_by(PatientRow.code)
    )
    return tuple(PatientCount(patient_code=code, count=count) for code, count in rows)


def _takes(
    session: Session, since: datetime, setting: Setting, *more: ColumnElement[bool]
) -> tuple[PatientCount, ...]:
    rows = session.execute(
        select(PatientRow.code, func.count(TakeRow.id))
        .join(TakeRow, TakeRow.patient_id == PatientRow.id)
        .where(
            TakeRow.created_at >= since,
            *more,
            TakeRow.setting == setting,
            TakeRow.excluded_reason.is_(None),
        )
        .group_by(PatientRow.code)
        .order_by(PatientRow.code)
    )
    return tuple(PatientCount(patient_code=code, count=count) for code, count in rows)
