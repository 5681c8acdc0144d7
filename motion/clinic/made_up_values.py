"""The chart of a made-up patient as plain values, with dates that lie in the past."""

from dataclasses import dataclass
from datetime import datetime

from motion.clinic.chart_values import AnnotationDetails
from motion.clinic.outcome_values import OutcomeDetails
from motion.clinic.plan_values import DiaryDetails, ItemDetails, PlanSettingsDetails
from motion.clinic.target_values import TargetDetails
from motion.clinic.values import ByHand, PatientDetails
from motion.model import Analysis, LiveFacts, Setting

__all__ = [
    "MadeUpChart",
    "MadeUpDiary",
    "MadeUpHand",
    "MadeUpStep",
    "MadeUpTake",
    "MadeUpTarget",
    "MadeUpVisit",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MadeUpTake:
    """A take; ``item`` is the place of its exercise in the plan, None where it is of none.

    Analyses of one and the same recording share its files: the digest of the analysis's input
    tells the takes apart.
    """

    analysis: Analysis
    facts: LiveFacts | None = None
    item: int | None = None
    excluded_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpTarget:
    """A target and the day on which it was set."""

    details: TargetDetails
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpDiary:
    """What was done of the item at a place of the plan, as the patient says."""

    item: int
    details: DiaryDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpHand:
    """An angle measured by hand beside the take at a place of the chart."""

    take: int
    by_hand: ByHand


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpStep:
    """What became of a step of a visit: a take or a score of the chart, by place, or a reason."""

    step: str
    noted_at: datetime
    take: int | None = None
    outcome: int | None = None
    skipped_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpVisit:
    """A visit along a protocol; ``ended_at`` is None where it is left open."""

    protocol: str
    started_at: datetime
    ended_at: datetime | None
    setting: Setting
    steps: tuple[MadeUpStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MadeUpChart:
    """All that is made up of one patient.

    Parameters
    ----------
    begins_at
        When the patient and the plan were written down.
    """

    patient: PatientDetails
    begins_at: datetime
    takes: tuple[MadeUpTake, ...] = ()
    settings: PlanSettingsDetails | None = None
    items: tuple[ItemDetails, ...] = ()
    diary: tuple[MadeUpDiary, ...] = ()
    targets: tuple[MadeUpTarget, ...] = ()
    annotations: tuple[AnnotationDetails, ...] = ()
    outcomes: tuple[OutcomeDetails, ...] = ()
    by_hand: tuple[MadeUpHand, ...] = ()
    visits: tuple[MadeUpVisit, ...] = ()
