"""Of all takes of all patients only what the rules of quality and of decline look at."""

import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    case,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session

from motion.clinic.better import Better, better_of
from motion.clinic.flags_plans import recent_start
from motion.clinic.flags_quality import LOOKED_AT_N, Look
from motion.clinic.pairs import result_measure
from motion.clinic.tables import AnalysisRow, MeasurementRow, PatientRow, SessionRow, TakeRow
from motion.clinic.values import TakeKind, TakeSummary
from motion.clinic.wording import movement_title
from motion.exercise.functional_chair import FIVE, THIRTY
from motion.exercise.functional_stance import STANCE
from motion.gait import TimedTest
from motion.library import list_movements
from motion.model import (
    FUNCTIONAL,
    GAIT,
    Measurement,
    MeasureVerdict,
    ModelInfo,
    Side,
    TakeConditions,
)

__all__ = ["read_looks", "read_results"]

_AT_ONCE_N: Final = 50
"""Patients of one query: each stays well under 0.1 s, so that nobody who writes waits long."""

_FILMED: Final = (TakeKind.POSE, TakeKind.MARKERS)
_OF_WALKING: Final = ("walking_speed", *(f"{test}_time" for test in TimedTest))
_OF_TESTS: Final = (FIVE, THIRTY, STANCE)
_WORTH: Final = {
    MeasureVerdict.MEASURED: "good",
    MeasureVerdict.UNCERTAIN: "fair",
    MeasureVerdict.FEW_STRIDES: "fair",
    MeasureVerdict.NOT_MEASURABLE: "lost",
}

_SAID: Final = tuple(field.name for field in fields(TakeConditions))
_NUMBER: Final = tuple(field.name for field in fields(Measurement))
_NUMBER_AT: Final = slice(-len(_NUMBER), None)
_SAID_AT: Final = slice(-len(_NUMBER) - len(_SAID), -len(_NUMBER))
"""Where they stand in a row: last, and by their place, as thousands of rows are read."""
_Group = tuple[UUID, str, str, str, str, Side]
"""Patient, movement, measure, joint, motion and side."""
_GROUP_N: Final = 6
_ALIKE_AT: Final = slice(0, _GROUP_N + 5 + len(_SAID))
"""Where in a row stands what is equal of all numbers of one line."""


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
        .where(_is_recent(today), TakeRow.excluded_reason.is_(None), TakeRow.kind.in_(_FILMED))
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


def read_results(session: Session, today: date) -> dict[UUID, list[TakeSummary]]:
    """Return the results of whoever may have declined, by the patient's key, the oldest first.

    A result is the number that an exercise is counted by, the speed of a walk, or a test's number;
    each stands in a summary of its own. Three queries find what it may concern: who was recorded
    in the last 28 days, of whose results one of then lies beyond the smallest error figure from
    the best one, and of which of these a last one lies so from a first one. All other takes are
    left where they are.
    """
    recent = select(TakeRow.patient_id).where(_is_recent(today)).distinct()
    patients = list(session.scalars(recent.where(TakeRow.excluded_reason.is_(None))))
    found: dict[UUID, list[TakeSummary]] = {}
    for some in _parted(patients):
        groups = set(_may_have_declined(session, some, today))
        keys = list(_may_end_declined(session, groups, today)) if groups else []
        for row in session.execute(_numbers(keys)) if keys else ():
            found.setdefault(row.patient_id, []).append(_to_summary(row))
    return found


def _is_recent(today: date) -> ColumnElement[bool]:
    return TakeRow.started_at >= recent_start(today)


def _verdicts(worth: str) -> list[MeasureVerdict]:
    return [verdict for verdict, each in _WORTH.items() if each == worth]


def _parted(patients: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(patients), _AT_ONCE_N):
        yield patients[first : first + _AT_ONCE_N]


def _is_result() -> ColumnElement[bool]:
    number, counted = MeasurementRow, _counted_numbers()
    measures = {measure for _, measure, _, _ in counted} | {*_OF_WALKING, *_OF_TESTS}
    of_angle = tuple_(AnalysisRow.movement, number.measure, number.joint, number.motion)
    return number.measure.in_(measures) & or_(
        of_angle.in_(counted), number.joint.in_((FUNCTIONAL, GAIT))
    )


def _counted_numbers() -> list[tuple[str, str, str, str]]:
    angles = {name: movement.counted_angle for name, movement in list_movements().items()}
    parted = ((name, *angle.partition("_")[::2]) for name, angle in angles.items())
    return [(name, result_measure(name), joint, motion) for name, joint, motion in parted]


def _may_have_declined(
    session: Session, patients: Collection[UUID], today: date
) -> Iterator[_Group]:
    now = case((_is_recent(today), MeasurementRow.value))
    value, m = MeasurementRow.value, MeasurementRow
    group = _group()
    columns = (
        *group,
        *(func.max(value).label("most"), func.min(value).label("least")),
        *(func.max(now).label("most_now"), func.min(now).label("least_now")),
        func.min(m.mdc95).label("error"),
    )
    query = (
        _kept(columns, patients)
        .where(value.is_not(None), _is_result())
        .group_by(*group)
        .having(func.min(now).is_not(None) & func.min(m.mdc95).is_not(None))
    )
    for row in session.execute(query):
        patient, movement, measure, joint, motion, side = row[:_GROUP_N]
        if _may_be_worse(row, better_of(measure, joint, motion, movement).better):
            yield patient, movement, measure, joint, motion, side


def _may_be_worse(row: Row[Any], better: Better) -> bool:
    """Return whether one of the last numbers may lie beyond the error from any of before."""
    match better:
        case Better.NONE:
            return False
        case Better.HIGHER:
            return bool(row.most - row.least_now >= row.error)
        case Better.LOWER:
            return bool(row.most_now - row.least >= row.error)
    return bool(row.most - row.least >= row.error)


def _may_end_declined(session: Session, groups: Collection[_Group], today: date) -> Iterator[UUID]:
    """Yield the keys of the numbers that stand in one lot with a last one that may be worse."""
    lots: dict[tuple[Any, ...], list[Row[Any]]] = {}
    for row in session.execute(_shortly(groups, today)):
        lots.setdefault(row[_ALIKE_AT], []).append(row)
    for rows in lots.values():
        if _may_end_worse(rows):
            yield from (UUID(str(row.id)) for row in rows)


def _may_end_worse(rows: Sequence[Row[Any]]) -> bool:
    """Return whether a last number may lie beyond the error from a first one.

    What is followed as one line (:mod:`motion.clinic.comparing`) is one or several of the rows of
    equal settings and an equal note, so that its first number is the first of one of them and its
    last the last of one. A recording that was stored twice counts once in a line, in which place is
    not known here: it stands alone.
    """
    errors = [row.mdc95 for row in rows if row.mdc95 is not None]
    better = better_of(rows[0].measure, rows[0].joint, rows[0].motion, rows[0].movement).better
    if not errors or better is Better.NONE or not any(row.recent for row in rows):
        return False
    times = Counter(row.digest for row in rows)
    ways = [(row.settings, row.note, times[row.digest] > 1 and row.digest) for row in rows]
    firsts = dict(zip(reversed(ways), reversed(rows), strict=True)).values()
    before = [row.value for row in firsts]
    now = [row.value for row in dict(zip(ways, rows, strict=True)).values() if row.recent]
    lost, gained = (
        max(before) - min(now, default=math.inf),
        max(now, default=-math.inf) - min(before),
    )
    worse = {Better.HIGHER: lost, Better.LOWER: gained}.get(better, max(lost, gained))
    return bool(worse >= min(errors))


def _shortly(groups: Collection[_Group], today: date) -> Select[Any]:
    """Return a query of the judged numbers of groups as they are stored, the oldest first.

    Of thousands the few that matter are found in them; to make keys, days and names of the rest
    would take longer than to read them.
    """
    m, analysis = MeasurementRow, AnalysisRow
    made = (TakeRow.kind, analysis.model_name, analysis.model_sha256, analysis.view_name)
    alike = (*_group(), m.unit, *made, *(getattr(analysis, name) for name in _SAID))
    columns = (
        *(type_coerce(column, String).label(column.key) for column in alike),
        *(analysis.settings, m.note, TakeRow.digest, m.value, m.mdc95),
        _is_recent(today).label("recent"),
        type_coerce(m.id, String).label("id"),
    )
    judged = m.value.is_not(None) & (m.verdict != MeasureVerdict.FEW_STRIDES)
    return (
        _kept(columns, {patient for patient, *_ in groups})
        .where(judged, tuple_(*_group()).in_(groups))
        .order_by(TakeRow.patient_id, TakeRow.started_at, TakeRow.created_at)
    )


def _group() -> tuple[Any, ...]:
    m = MeasurementRow
    return TakeRow.patient_id, AnalysisRow.movement, m.measure, m.joint, m.motion, m.side


def _kept(columns: Iterable[Any], patients: Collection[UUID]) -> Select[Any]:
    """Return a query of numbers of the current analyses of takes that are not excluded."""
    return _of_current(columns).where(
        TakeRow.patient_id.in_(patients),
        TakeRow.excluded_reason.is_(None),
        MeasurementRow.excluded_reason.is_(None),
    )


def _of_current(columns: Iterable[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(TakeRow)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .join(MeasurementRow, MeasurementRow.analysis_id == AnalysisRow.id)
    )


def _numbers(keys: Collection[UUID]) -> Select[Any]:
    m, analysis = MeasurementRow, AnalysisRow
    columns = (
        *(TakeRow.id, TakeRow.patient_id, TakeRow.session_id, TakeRow.kind, TakeRow.digest),
        *(TakeRow.started_at, TakeRow.zone, TakeRow.duration_s, TakeRow.rate_hz),
        *(analysis.id.label("analysis_id"), analysis.movement, analysis.side),
        *(analysis.view_name, analysis.settings, analysis.model_name, analysis.model_sha256),
        *(analysis.software, analysis.person_found, PatientRow.code),
        *(getattr(analysis, name).label(f"said_{name}") for name in _SAID),
        *(getattr(m, name).label(f"number_{name}") for name in _NUMBER),
    )
    return (
        _of_current(columns)
        .join(PatientRow, TakeRow.patient_id == PatientRow.id)
        .where(m.id.in_(keys))
        .order_by(TakeRow.started_at, TakeRow.created_at)
    )


def _to_summary(row: Row[Any]) -> TakeSummary:
    return TakeSummary(
        id=row.id,
        analysis_id=row.analysis_id,
        session_id=row.session_id,
        patient_code=row.code,
        kind=row.kind,
        started_at=row.started_at.astimezone(_zone(row.zone)),
        movement=row.movement,
        side=row.side,
        conditions=TakeConditions(**dict(zip(_SAID, row[_SAID_AT], strict=True))),
        view=row.view_name,
        model=ModelInfo(name=row.model_name, sha256=row.model_sha256),
        software=row.software,
        duration_s=row.duration_s,
        rate_hz=row.rate_hz,
        person_found=row.person_found,
        measurements=(Measurement(**dict(zip(_NUMBER, row[_NUMBER_AT], strict=True))),),
        repetitions=(),
        excluded_reason=None,
        digest=row.digest,
        settings=_settings(row.settings),
    )


@lru_cache(maxsize=64)
def _zone(stored: str) -> tzinfo | None:
    return datetime.strptime(stored, "%z").tzinfo


@lru_cache(maxsize=256)
def _settings(stored: str) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in json.loads(stored))
