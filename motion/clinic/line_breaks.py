"""Days after which a patient's recovery begins anew: injuries and operations."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from motion.clinic.chart_values import Annotation, AnnotationKind
from motion.clinic.progress import Line
from motion.clinic.values import Patient

__all__ = ["breaks_of", "is_broken"]

_BREAKS: Final = (AnnotationKind.INJURY, AnnotationKind.SURGERY)


def breaks_of(patient: Patient, annotations: Iterable[Annotation]) -> tuple[date, ...]:
    """Return the days of the operation and of the injuries and operations that were noted."""
    days = [each.day for each in annotations if each.kind in _BREAKS]
    if patient.operation_date is not None:
        days.append(patient.operation_date)
    return tuple(sorted(set(days)))


def is_broken(line: Line, breaks: Iterable[date]) -> bool:
    """Return whether such a day lies among the takes: no curve of recovery goes on across it."""
    first, last = (line.points[n].take.started_at.date() for n in (0, -1))
    return any(first < day <= last for day in breaks)
