"""The results of takes as they are stored: which numbers they are, and how they are read."""

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, or_, select, tuple_
from sqlalchemy.orm import Session

from motion.clinic.pairs import result_measure
from motion.clinic.tables import AnalysisRow, MeasurementRow, PatientRow, TakeRow
from motion.clinic.values import TakeSummary
from motion.exercise.functional_chair import FIVE, THIRTY
from motion.exercise.functional_stance import STANCE
from motion.gait import TimedTest
from motion.library import list_movements
from motion.model import FUNCTIONAL, GAIT, Measurement, ModelInfo, TakeConditions

__all__ = ["SAID", "is_result", "of_courses", "read_numbers"]

SAID: Final = tuple(field.name for field in fields(TakeConditions))
"""What was said of how a take was made."""

_OF_WALKING: Final = ("walking_speed", *(f"{test}_time" for test in TimedTest))
_OF_TESTS: Final = (FIVE, THIRTY, STANCE)
_NUMBER: Final = tuple(field.name for field in fields(Measurement))
_NUMBER_AT: Final = slice(-len(_NUMBER), None)
_SAID_AT: Final = slice(-len(_NUMBER) - len(SAID), -len(_NUMBER))
"""Where they stand in a row: last, and by their place, as thousands of rows are read."""


def is_result() -> ColumnElement[bool]:
    """Return whether a number is the result of its take.

    That is the number that an exercise is counted by, the speed of a walk, or a test's number.
    """
    number, counted = MeasurementRow, _counted_numbers()
    measures = {measure for _, measure, _, _ in counted} | {*_OF_WALKING, *_OF_TESTS}
    of_angle = tuple_(AnalysisRow.movement, number.measure, number.joint, number.motion)
    return number.measure.in_(measures) & or_(
        of_angle.in_(counted), number.joint.in_((FUNCTIONAL, GAIT))
    )


def read_numbers(
    session: Session, courses: Collection[tuple[UUID, str]]
) -> list[tuple[UUID, TakeSummary]]:
    """Return the results of patients in movements with the patient's key, the oldest first.

    Each stands in a summary of its own; an excluded one is left out.
    """
    rows = session.execute(_numbers(courses)) if courses else ()
    return [(row.patient_id, _to_summary(row)) for row in rows]


def of_courses(courses: Collection[tuple[UUID, str]], *columns: Any) -> Select[Any]:
    """Return a query of the results of patients in movements; what is excluded is left out."""
    of_movement = tuple_(TakeRow.patient_id, AnalysisRow.movement)
    return (
        select(*columns)
        .select_from(TakeRow)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .join(MeasurementRow, MeasurementRow.analysis_id == AnalysisRow.id)
        .where(
            TakeRow.patient_id.in_({patient for patient, _ in courses}),
            of_movement.in_(courses),
            TakeRow.excluded_reason.is_(None),
            MeasurementRow.excluded_reason.is_(None),
            is_result(),
        )
    )


def _counted_numbers() -> list[tuple[str, str, str, str]]:
    angles = {name: movement.counted_angle for name, movement in list_movements().items()}
    parted = ((name, *angle.partition("_")[::2]) for name, angle in angles.items())
    return [(name, result_measure(name), joint, motion) for name, joint, motion in parted]


def _numbers(courses: Collection[tuple[UUID, str]]) -> Select[Any]:
    m, analysis = MeasurementRow, AnalysisRow
    columns = (
        *(TakeRow.id, TakeRow.patient_id, TakeRow.session_id, TakeRow.kind, TakeRow.digest),
        *(TakeRow.started_at, TakeRow.zone, TakeRow.duration_s, TakeRow.rate_hz),
        *(analysis.id.label("analysis_id"), analysis.movement, analysis.side),
        *(analysis.view_name, analysis.settings, analysis.model_name, analysis.model_sha256),
        *(analysis.software, analysis.person_found, PatientRow.code),
        *(getattr(analysis, name).label(f"said_{name}") for name in SAID),
        *(getattr(m, name).label(f"number_{name}") for name in _NUMBER),
    )
    joined = of_courses(courses, *columns).join(PatientRow, TakeRow.patient_id == PatientRow.id)
    return joined.order_by(TakeRow.started_at, TakeRow.created_at)


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
        conditions=TakeConditions(**dict(zip(SAID, row[_SAID_AT], strict=True))),
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
