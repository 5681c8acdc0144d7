"""What a story of the made-up clinic says: a patient, what is measured, what is prescribed."""

from dataclasses import dataclass

from motion.clinic import (
    AnnotationKind,
    ItemDetails,
    PatientDetails,
    PlanSettingsDetails,
    TargetDetails,
)
from motion.demo.courses import Course
from motion.demo.guided import GuidedVisit

__all__ = ["Pain", "Story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """Pain in movement over the weeks, 0 to 10, and how much of it is felt at rest."""

    start: float
    end: float
    weeks: float = 5.0
    rest_share: float = 0.5
    last: int | None = None
    """What is answered after the last takes at home; None for as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One made-up patient.

    Parameters
    ----------
    name
        Of the story, for tests and the documentation.
    weight
        How many takes compared with other stories.
    most_takes
        Never more than so many; None for any number.
    begins_day
        How many days ago the patient first came.
    events
        What happened: days ago, kind, words.
    activities
        The patient's own activities for the patient-specific functional scale.
    questionnaire
        Name of a questionnaire of which total scores are written down, and the first and the last
        score; None for none.
    diary_items
        Places of the items that are only guided and stand in the diary.
    missed_days
        On how many of the last days nothing was done at home.
    excluded
        Reason for which one take was left out.
    corrected, signed
        Whether takes were corrected and signed.
    guided
        Visits along a protocol, where there are takes enough for them.
    by_hand
        ``(measure, joint, motion)`` that is measured by hand beside takes of the first course.
    """

    name: str
    patient: PatientDetails
    courses: tuple[Course, ...]
    weight: float = 1.0
    most_takes: int | None = None
    begins_day: int = 120
    settings: PlanSettingsDetails | None = None
    items: tuple[ItemDetails, ...] = ()
    diary_items: tuple[int, ...] = ()
    missed_days: int = 0
    targets: tuple[TargetDetails, ...] = ()
    pain: Pain | None = None
    activities: tuple[str, ...] = ()
    questionnaire: tuple[str, float, float] | None = None
    events: tuple[tuple[int, AnnotationKind, str], ...] = ()
    excluded: str = ""
    corrected: bool = False
    signed: bool = False
    by_hand: tuple[str, str, str] | None = None
    guided: tuple[GuidedVisit, ...] = ()
