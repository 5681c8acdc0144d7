"""What a patient's chart holds beside the takes, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

__all__ = ["Annotation", "AnnotationDetails", "AnnotationKind", "FlagKind", "SignOff"]


class AnnotationKind(StrEnum):
    """What happened."""

    SURGERY = "surgery"
    PLAN_CHANGE = "plan_change"
    INJECTION = "injection"
    INJURY = "injury"
    ILLNESS = "illness"
    OTHER = "other"


class FlagKind(StrEnum):
    """Why a patient stands on the Today page."""

    SESSIONS_MISSED = "sessions_missed"
    """Two prescribed sessions in a row were missed."""
    PAIN = "pain"
    """Pain above the plan's limit."""
    DECLINE = "decline"
    """A decline beyond the error, confirmed by a second comparable take or with more pain."""
    LOW_QUALITY = "low_quality"
    """The last takes could not be measured well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationDetails:
    """Something that happened on a day and is drawn into the patient's curves."""

    day: date
    kind: AnnotationKind
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(AnnotationDetails):
    """An annotation of the record; ``version`` counts its changes."""

    id: UUID
    version: int
    created_at: datetime
    author: str | None
    excluded_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who answers for an analysis, since when, and with which words."""

    analysis_id: UUID
    author: str
    at: datetime
    note: str
