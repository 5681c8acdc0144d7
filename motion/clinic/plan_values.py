"""Plans as plain values: what is prescribed, how often, and the rule for more or less of it."""

import math
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from motion.exercise.prescription import Prescription

__all__ = [
    "AdoptedPlan",
    "Decision",
    "DiaryDetails",
    "DiaryEntry",
    "Dimension",
    "ItemDetails",
    "PlanItem",
    "PlanSettings",
    "PlanSettingsDetails",
    "PlanSuggestion",
    "ProgressionRule",
    "SharedPlan",
    "Suggestion",
    "Weekday",
    "effective_prescription",
]


class Weekday(StrEnum):
    """A day of the week, in the order of :meth:`datetime.date.weekday`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the day of the week of a date."""
        return tuple(cls)[day.weekday()]


class Dimension(StrEnum):
    """What of a dose a rule raises or lowers."""

    REPETITIONS = "repetitions"
    HOLD_S = "hold_s"
    TARGET_DEG = "target_deg"


class Decision(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """What came after it no longer says so, or the item was changed otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettingsDetails:
    """What holds for all of a patient's plan.

    Parameters
    ----------
    standing_at_home
        Whether exercises that are done standing may be done at home, where nobody is watching.
    pain_limit
        Above this answer, 0 to 10, no set is resumed and nothing more is suggested.
    guardian_consent_on
        When a guardian agreed, of a patient under 18; None where nobody did.
    note
        For the patient to read.
    """

    standing_at_home: bool = False
    pain_limit: int = 5
    guardian_consent_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings(PlanSettingsDetails):
    """The settings of the record; ``version`` is 0 where nobody has set any yet.

    ``from_clinic`` is whether a plan file brought them: then only another one changes them.
    """

    version: int = 0
    from_clinic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionRule:
    """When to suggest more or less of an exercise: the physiotherapist's own words as numbers.

    Nothing but an accepted suggestion changes a plan (clinical_rules.md 17).

    Parameters
    ----------
    after_sessions
        How many sessions in a row have to be full.
    full_percent
        From which share of the prescribed repetitions on a session is full.
    most_pain
        The largest answer, 0 to 10, of such a session.
    raise_what, raise_by, raise_up_to
        What becomes more, by how much, and never beyond what. Of a target the bound lies on its
        far side: below it where the movement lowers the angle. ``raise_by`` is positive always.
    lower_what, lower_by, lower_down_to
        What becomes less, likewise; None where nothing does.
    lower_after_sessions, lower_percent, lower_pain
        After how many sessions in a row, each with less than this share of the repetitions or at
        least this pain.
    """

    after_sessions: int = 3
    full_percent: int = 100
    most_pain: int = 3
    raise_what: Dimension = Dimension.REPETITIONS
    raise_by: float = 2.0
    raise_up_to: float = 15.0
    lower_what: Dimension | None = None
    lower_by: float = math.nan
    lower_down_to: float = math.nan
    lower_after_sessions: int = 2
    lower_percent: int = 60
    lower_pain: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDetails:
    """One exercise of a plan, and how often.

    Parameters
    ----------
    prescription
        The exercise, its side, dose, target and limits.
    times_per_week
        How often in a week, from Monday on.
    weekdays
        On which days, the same number of times on each; empty for any.
    started_on, ended_on
        From which day on, and from which day on no more; None while it holds.
    note
        For the patient to read.
    rule
        When to suggest more or less; None for never.
    """

    prescription: Prescription
    started_on: date
    times_per_week: int = 7
    weekdays: tuple[Weekday, ...] = ()
    note: str = ""
    rule: ProgressionRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem(ItemDetails):
    """An item of the record; ``version`` counts its changes.

    ``dosed_at`` is when its dose or target last changed: what was done before says nothing about
    the dose of now. ``prescribed_by`` is None where nobody was named.
    """

    id: UUID
    version: int
    created_at: datetime
    dosed_at: datetime
    prescribed_by: str | None
    ended_on: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether it is part of the plan on a day."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """More or less of one thing, and why, in plain words."""

    what: Dimension
    more: bool
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSuggestion(Suggestion):
    """A suggestion of the record; ``version`` is for the decision, which only one can make."""

    id: UUID
    item_id: UUID
    version: int
    made_at: datetime
    decision: Decision
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryDetails:
    """What a patient says of an exercise that is only guided; pain and exertion may be None."""

    done_at: datetime
    sets: int
    repetitions: int
    done: bool = True
    pain: int | None = None
    exertion: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryEntry(DiaryDetails):
    """An entry of the record; ``day`` is the patient's own, by the zone of ``done_at``."""

    id: UUID
    item_id: UUID
    day: date
    version: int


def effective_prescription(item: ItemDetails, settings: PlanSettingsDetails) -> Prescription:
    """Return what is prescribed, with the lower of the item's and the plan's limits of pain."""
    given = item.prescription
    return replace(given, pain_limit=min(given.pain_limit, settings.pain_limit))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPlan:
    """A plan as it travels from the clinic to the patient's own computer: no name, no birth date.

    Parameters
    ----------
    id
        The plan's key, the same on both computers.
    patient_code, language, withheld_joints
        All that is said of the patient.
    settings, items
        What holds, and what is to be done; without rules, as nothing is suggested at home.
    secret
        Known to these two computers only: a take that names it is of this plan.
    clinic_key
        Public key of the clinic in hexadecimal, for which takes are sealed.
    """

    id: UUID
    patient_code: str
    language: str
    withheld_joints: tuple[str, ...]
    settings: PlanSettingsDetails
    items: tuple[PlanItem, ...]
    secret: str
    clinic_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedPlan:
    """What a plan file changed on a patient's own computer.

    ``unknown`` are exercises that the library of this computer does not have.
    """

    patient_code: str
    added: int
    changed: int
    ended: int
    unchanged: int
    unknown: tuple[str, ...]
