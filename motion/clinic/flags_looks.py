"""How well everybody's last takes could be measured: what the rule of low quality looks at."""

from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from motion.clinic.flags_plans import is_recent
from motion.clinic.flags_quality import LOOKED_AT_N, Look
from motion.clinic.tables import AnalysisRow, MeasurementRow, SessionRow, TakeRow
from motion.clinic.values import TakeKind
from motion.clinic.wording import movement_title
from motion.model import MeasureVerdict

__all__ = ["read_looks"]

_FILMED: Final = (TakeKind.POSE, TakeKind.MARKERS)
_WORTH: Final = {
    MeasureVerdict.MEASURED: "good",
    MeasureVerdict.UNCERTAIN: "fair",
    MeasureVerdict.FEW_STRIDES: "fair",
    MeasureVerdict.NOT_MEASURABLE: "lost",
}


def read_looks(session: Session, today: date) -> dict[UUID, list[Look]]:
    """Return how well the last takes of each patient could be measured, the newest first.

    Only takes of the last 28 days with an image or markers; an excluded take is none.
    """
    newest = func.row_number().over(
        partition_by=TakeRow.patient_id,
        order_by=(TakeRow.started_at.desc(), TakeRow.created_at.desc(), TakeRow.id),
    )
    numbered = (
        select(TakeRow.id, newest.label("place"))
        .where(
            is_recent(TakeRow.started_at, today),
            TakeRow.excluded_reason.is_(None),
            TakeRow.kind.in_(_FILMED),
        )
        .subquery()
    )
    counted = [
        func.sum(case((MeasurementRow.verdict.in_(_verdicts(worth)), 1), else_=0)).label(worth)
        for worth in ("good", "fair", "lost")
    ]
    query = (
        select(
            *(TakeRow.patient_id, TakeRow.id, SessionRow.day, numbered.c.place),
            *(AnalysisRow.movement, AnalysisRow.person_found, AnalysisRow.view_name),
            *counted,
        )
        .join(numbered, TakeRow.id == numbered.c.id)
        .join(SessionRow, TakeRow.session_id == SessionRow.id)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .outerjoin(
            MeasurementRow,
            (MeasurementRow.analysis_id == AnalysisRow.id)
            & MeasurementRow.excluded_reason.is_(None),
        )
        .where(numbered.c.place <= LOOKED_AT_N)
        .group_by(
            *(TakeRow.patient_id, TakeRow.id, SessionRow.day, numbered.c.place),
            *(AnalysisRow.movement, AnalysisRow.person_found, AnalysisRow.view_name),
        )
        .order_by(TakeRow.patient_id, numbered.c.place)
    )
    found: dict[UUID, list[Look]] = {}
    title_of = lru_cache(movement_title)
    for row in session.execute(query):
        look = Look(
            take_id=row.id,
            day=row.day,
            title=title_of(row.movement),
            person_found=row.person_found,
            view=row.view_name,
            good=row.good,
            fair=row.fair,
            lost=row.lost,
        )
        found.setdefault(row.patient_id, []).append(look)
    return found


def _verdicts(worth: str) -> list[MeasureVerdict]:
    return [verdict for verdict, each in _WORTH.items() if each == worth]
