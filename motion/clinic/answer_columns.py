"""What a patient answered, and how much of the plan was done, beside the numbers of a take."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from motion.clinic.adherence import Adherence, monday_of
from motion.clinic.done import list_adherence
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.patients import patient_row
from motion.clinic.record import Record
from motion.clinic.tables import TakeRow

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Answers", "add_answer_columns", "list_answers", "weekly_percent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a patient said of one live take: pain 0 to 10, exertion on Borg's CR10, or None."""

    pain_before: int | None
    pain_during: int | None
    pain_after: int | None
    exertion: int | None


_COLUMNS: Final = {"pain_before": "pain_before", "pain_after": "pain_after", "rpe": "exertion"}


def list_answers(record: Record, patient_code: str) -> dict[str, Answers]:
    """Return what was answered, by the take's key.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        rows = session.scalars(
            select(LiveTakeRow)
            .join(TakeRow, LiveTakeRow.take_id == TakeRow.id)
            .where(TakeRow.patient_id == patient.id)
        )
        return {
            str(row.take_id): Answers(
                pain_before=row.pain_before,
                pain_during=row.pain_during,
                pain_after=row.pain_after,
                exertion=row.exertion,
            )
            for row in rows
        }


def weekly_percent(found: Iterable[Adherence]) -> float | None:
    """Return which share of the sessions of a week was done; None where none was prescribed.

    What was done of one exercise more often than prescribed makes up for no other one.
    """
    known = tuple(found)
    wanted = sum(each.sessions_wanted for each in known)
    if not wanted:
        return None
    return 100.0 * sum(min(each.sessions_done, each.sessions_wanted) for each in known) / wanted


def add_answer_columns(table: "pd.DataFrame", record: Record, patient_code: str) -> "pd.DataFrame":
    """Fill pain, exertion and adherence of a progress table.

    Pain and exertion stand at every number of the live take that they were answered of. Adherence
    is of the row's week, Monday to Sunday, over the whole plan; of the running week only what was
    done so far.

    Parameters
    ----------
    table
        Of :func:`motion.clinic.progress_table`.
    """
    answers = list_answers(record, patient_code)
    rows = table.to_dict("records")
    weeks = {monday_of(_day(row)) for row in rows}
    by_week: dict[date, list[Adherence]] = {week: [] for week in weeks}
    for each in list_adherence(record, patient_code, sorted(weeks)):
        by_week[each.monday].append(each)
    shares = {week: weekly_percent(found) for week, found in by_week.items()}
    filled = table.copy()
    for column, field in _COLUMNS.items():
        filled[column] = [_answer(answers.get(str(row["take_id"])), field) for row in rows]
        filled = filled.astype({column: "Int64"})
    percent = [shares[monday_of(_day(row))] for row in rows]
    filled["adherence_pct"] = [None if each is None else round(each) for each in percent]
    return filled.astype({"adherence_pct": "Int64"})


def _answer(said: Answers | None, field: str) -> Any:
    return None if said is None else getattr(said, field)


def _day(row: Mapping[Hashable, Any]) -> date:
    return datetime.fromisoformat(row["datetime_iso"]).date()
