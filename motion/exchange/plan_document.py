"""What stands in a plan file, and how it becomes a plan."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from motion.clinic import ItemDetails, PlanItem, PlanSettingsDetails, Weekday
from motion.clinic.plan_values import SharedPlan
from motion.exchange.wire import (
    Code,
    Count,
    Day,
    Document,
    Hex,
    Moment,
    Note,
    Real,
    Word,
    fields_of,
)
from motion.exercise.prescription import Dose, Prescription
from motion.model import Side

__all__ = ["FORMAT", "VERSION", "PlanDocument", "describe_plan", "plan_of"]

FORMAT: Final = "motion plan"
VERSION: Final = 1


class _Settings(Document):
    standing_at_home: bool
    pain_limit: Count
    guardian_consent_on: Day | None
    note: Note


class _Dose(Document):
    sets: Count
    repetitions: Count
    hold_s: Real
    rest_s: Real
    raise_s: Real
    lower_s: Real


class _Prescription(Document):
    exercise: Word
    side: Side
    dose: _Dose
    target_deg: Real
    tolerance_deg: Real
    max_allowed_deg: Real
    pain_limit: Count


class _Item(Document):
    id: UUID
    prescription: _Prescription
    started_on: Day
    ended_on: Day | None
    times_per_week: Count
    weekdays: tuple[Weekday, ...]
    note: Note
    created_at: Moment
    dosed_at: Moment


class PlanDocument(Document):
    """A plan file's ``plan``; its digest is of exactly this."""

    format: Literal["motion plan"] = "motion plan"
    version: Literal[1] = 1
    software: Word
    made_at: Moment
    id: UUID
    patient_code: Code
    language: Word
    withheld_joints: Annotated[tuple[Word, ...], Field(max_length=50)]
    settings: _Settings
    items: Annotated[tuple[_Item, ...], Field(min_length=1, max_length=200)]
    secret: Hex
    clinic_key: Hex


def describe_plan(shared: SharedPlan, made_at: Moment, software: str) -> PlanDocument:
    """Return what stands in the file of a plan."""
    return PlanDocument(
        software=software,
        made_at=made_at,
        id=shared.id,
        patient_code=shared.patient_code,
        language=shared.language,
        withheld_joints=shared.withheld_joints,
        settings=_Settings.model_validate(shared.settings),
        items=tuple(_Item.model_validate(item) for item in shared.items),
        secret=shared.secret,
        clinic_key=shared.clinic_key,
    )


def plan_of(document: PlanDocument) -> SharedPlan:
    """Return the plan of a file."""
    return SharedPlan(
        id=document.id,
        patient_code=document.patient_code,
        language=document.language,
        withheld_joints=document.withheld_joints,
        settings=PlanSettingsDetails(**fields_of(document.settings)),
        items=tuple(_item_of(item) for item in document.items),
        secret=document.secret,
        clinic_key=document.clinic_key,
    )


def _item_of(item: _Item) -> PlanItem:
    given = fields_of(item.prescription)
    prescription = Prescription(**{**given, "dose": Dose(**fields_of(item.prescription.dose))})
    rest = {**fields_of(item), "prescription": prescription}
    assert rest.keys() <= {*ItemDetails.__slots__, *PlanItem.__slots__}
    return PlanItem(**rest, rule=None, version=0, prescribed_by=None)
