"""What of a plan is due on a day, what of it is done, and what may not be done there and why."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from motion.clinic.adherence import monday_of
from motion.clinic.done import done_of
from motion.clinic.done_values import DoneSession
from motion.clinic.patients import patient_row
from motion.clinic.plan_checks import require_item
from motion.clinic.plan_lookup import items_of, plan_row
from motion.clinic.plan_rows import to_settings
from motion.clinic.plan_values import (
    PlanItem,
    PlanSettings,
    Weekday,
    effective_prescription,
)
from motion.clinic.record import Record
from motion.errors import InputError
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.library import list_exercises
from motion.model import Setting
from motion.norms import ADULT_FROM_Y, Subject

__all__ = ["Today", "TodayItem", "Withheld", "require_allowed", "todays_list"]

_DAYS: Final = 7


class Withheld(StrEnum):
    """Why an item of the list may not be done now; its value is the key of a patient's text."""

    STANDING_AT_HOME = "standing_at_home"
    """Done standing, or a test: off at home until the physiotherapist allows it."""
    NO_CONSENT = "no_consent"
    """The patient is under 18, and no guardian's consent is noted."""
    NOT_MEASURED = "not_measured"
    """It no longer fits the patient or the exercise: a joint that is never measured."""
    UNKNOWN_EXERCISE = "unknown_exercise"
    """This computer's library has no such exercise."""

    @property
    def sentence(self) -> str:
        """What a physiotherapist reads."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    Withheld.STANDING_AT_HOME: "done standing: not allowed at home in this plan",
    Withheld.NO_CONSENT: "the patient is under 18 and no guardian's consent is noted",
    Withheld.NOT_MEASURED: "no longer fits the patient's record: change or end the item",
    Withheld.UNKNOWN_EXERCISE: "the library on this computer has no such exercise",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayItem:
    """An item on a day.

    Parameters
    ----------
    item, exercise
        What; the exercise is None where the library has none of that name.
    prescription
        What the coach is given: with the limit of pain that holds.
    due
        How many times it is still to be done on that day.
    done_today, done_in_week, wanted_in_week
        Sessions; an interrupted one is not counted.
    withheld
        Why it may not be done; None where it may.
    """

    item: PlanItem
    exercise: Exercise | None
    prescription: Prescription
    due: int
    done_today: int
    done_in_week: int
    wanted_in_week: int
    withheld: Withheld | None

    @property
    def measured(self) -> bool:
        """Whether the camera measures it; else it is guided, and goes into the diary."""
        return self.exercise is not None and self.exercise.measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All items that hold on a day, those that are due first."""

    day: date
    settings: PlanSettings
    items: tuple[TodayItem, ...]


def todays_list(
    record: Record, patient_code: str, day: date, setting: Setting = Setting.HOME
) -> Today:
    """Return what of a patient's plan is to be done on a day.

    An item without weekdays is due until the week has as many sessions as were prescribed, on one
    day no more than an even spread over seven days asks for.

    Parameters
    ----------
    setting
        Where it is done: at home nobody is watching, so what is done standing is withheld unless
        the plan allows it (clinical_rules.md 20).

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    with record.reading() as session:
        patient = patient_row(session, patient_code)
        plan = plan_row(session, patient)
        settings = to_settings(plan)
        items = [item for item in items_of(session, plan) if item.holds_on(day)]
        done = () if plan is None else done_of(session, plan)
        subject = Subject(birth_year=patient.birth_year, sex=patient.sex_for_norms, day=day)
        withheld_joints = patient.withheld_joints
    minor = bool(subject.ages_y) and min(subject.ages_y) < ADULT_FROM_Y
    no_consent = minor and settings.guardian_consent_on is None
    library = list_exercises()
    found = []
    for item in items:
        exercise = library.get(item.prescription.exercise)
        because = (
            Withheld.NO_CONSENT
            if no_consent
            else _withheld(item, exercise, setting, settings, withheld_joints)
        )
        found.append(_today_of(item, exercise, settings, day, done, because))
    found.sort(key=lambda each: (not each.due, each.item.created_at))
    return Today(day=day, settings=settings, items=tuple(found))


def require_allowed(found: TodayItem) -> None:
    """Check that an item may be done.

    Raises
    ------
    InputError
        If it is withheld: says why.
    """
    if found.withheld is not None:
        title = found.exercise.title if found.exercise else found.item.prescription.exercise
        msg = f"{title} cannot be started here: {found.withheld.sentence}; ask the clinic"
        raise InputError(msg)


def _withheld(
    item: PlanItem,
    exercise: Exercise | None,
    setting: Setting,
    settings: PlanSettings,
    withheld_joints: Collection[str],
) -> Withheld | None:
    if exercise is None:
        return Withheld.UNKNOWN_EXERCISE
    try:
        require_item(item, exercise, withheld_joints)
    except InputError:
        return Withheld.NOT_MEASURED
    watched = setting is not Setting.HOME or settings.standing_at_home
    if not watched and (exercise.standing or exercise.test):
        return Withheld.STANDING_AT_HOME
    return None


def _today_of(
    item: PlanItem,
    exercise: Exercise | None,
    settings: PlanSettings,
    day: date,
    done: Sequence[DoneSession],
    withheld: Withheld | None,
) -> TodayItem:
    mine = [each for each in done if each.item_id == item.id and each.counts]
    today = sum(each.day == day for each in mine)
    in_week = sum(monday_of(each.day) == monday_of(day) for each in mine)
    return TodayItem(
        item=item,
        exercise=exercise,
        prescription=effective_prescription(item, settings),
        due=_due(item, day, today, in_week),
        done_today=today,
        done_in_week=in_week,
        wanted_in_week=item.times_per_week,
        withheld=withheld,
    )


def _due(item: PlanItem, day: date, today: int, in_week: int) -> int:
    if item.weekdays:
        per_day = item.times_per_week // len(item.weekdays)
        return max(0, per_day - today) if Weekday.of(day) in item.weekdays else 0
    per_day = math.ceil(item.times_per_week / _DAYS)
    return max(0, min(per_day - today, item.times_per_week - in_week))
