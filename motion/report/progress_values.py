"""What stands in a progress report, as plain values: gathered elsewhere, only laid out here."""

import math
from dataclasses import dataclass
from datetime import date

from motion.clinic.belt import is_typed
from motion.clinic.change import is_judged
from motion.clinic.chart_values import Annotation
from motion.clinic.hand_takes import is_by_hand
from motion.clinic.other_side import OtherSide
from motion.clinic.outcome_lines import OutcomeLine
from motion.clinic.pain import PainPoint
from motion.clinic.plan_limits import is_beyond
from motion.clinic.progress import Line, Point
from motion.clinic.recovery import Recovery
from motion.clinic.values import Patient, TakeSummary
from motion.model import Measurement

__all__ = [
    "Followed",
    "PlanDone",
    "ProgressReport",
    "Typical",
    "judged_points",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """A published value or range beside a number, and by whom; a NaN where it has none of it."""

    label: str
    source: str = ""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One measure over comparable takes, with what it is held against.

    Parameters
    ----------
    line
        The takes of the report's period, the oldest first.
    target
        In the measure's unit; NaN where there is none.
    other
        The other side's last comparable number, up to the last take.
    other_of_then
        Whether that is of another day than the last take, or the other side has a later number.
    typical
        What is published of it.
    limit_deg
        How far the plan lets the joint go at most; NaN where it sets no limit.
    recovery
        The curve through the takes, as the Patient page draws it; None where they are too few.
    published
        A sentence that holds the last number of a timed test against published ones.
    several
        Whether another line of the same quantity stands in the report: then each says its
        exercise.
    """

    line: Line
    target: float = math.nan
    other: OtherSide | None = None
    other_of_then: bool = False
    limit_deg: float = math.nan
    recovery: Recovery | None = None
    typical: Typical | None = None
    published: str = ""
    several: bool = False

    @property
    def baseline(self) -> Point:
        """The first number that may be judged, or the first measured one where none may."""
        return judged_points(self.line)[0]

    @property
    def last(self) -> Point:
        """The last number that may be judged, or the last measured one where none may."""
        return judged_points(self.line)[-1]

    @property
    def number(self) -> Measurement:
        """The last number."""
        return self.last.measurement

    @property
    def beyond_limit(self) -> bool:
        """Whether the last number lies beyond the plan's limit."""
        return is_beyond(self.number, self.limit_deg)

    @property
    def by_hand(self) -> bool:
        """Whether it was measured by hand."""
        return is_by_hand(self.last.take)


def judged_points(line: Line) -> tuple[Point, ...]:
    """Return the points that may be judged, or all that were measured where none may."""
    measured = tuple(p for p in line.points if math.isfinite(p.measurement.value))
    judged = tuple(
        p for p in measured if is_judged(p.measurement) and not is_typed(p.take, p.measurement)
    )
    return judged or measured or line.points


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDone:
    """What was done of the plan in the whole weeks of the period; ``percent`` is at most 100."""

    weeks: int
    sessions_done: int
    sessions_wanted: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """A patient's progress over a period.

    Parameters
    ----------
    first_day, last_day
        The period: as asked, or from the first to the last that the record holds.
    made_on
        The day on which it is made.
    angles, walking
        What is followed, the most important first: angles; numbers of walking and tests.
    scores, pain
        Outcome measures and pain of the period.
    plan
        None where there was no plan in a whole week of it.
    takes, excluded
        The camera's takes of the period; those that were left out with a reason.
    """

    patient: Patient
    first_day: date
    last_day: date
    made_on: date
    angles: tuple[Followed, ...]
    walking: tuple[Followed, ...]
    scores: tuple[OutcomeLine, ...]
    pain: tuple[PainPoint, ...]
    plan: PlanDone | None
    annotations: tuple[Annotation, ...]
    takes: tuple[TakeSummary, ...]
    excluded: tuple[TakeSummary, ...]

    @property
    def followed(self) -> tuple[Followed, ...]:
        """All that is followed."""
        return self.angles + self.walking
