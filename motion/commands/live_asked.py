"""What was typed for `motion live`, as an exercise, its prescription and a journal's head."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from motion.clinic import (
    Patient,
    TodayItem,
    open_record,
    plan_settings,
    require_allowed,
    todays_list,
)
from motion.clinic.plan_checks import require_item
from motion.clinic.plan_values import ItemDetails
from motion.errors import InputError
from motion.exercise.exercises import Exercise, Sides
from motion.exercise.prescription import Prescription
from motion.library import find_exercise
from motion.live.asking import settings_of_prescription
from motion.live.journal_header import JournalHeader
from motion.model import LiveSource, Setting, Side, TakeConditions
from motion.settings import AnalysisSettings

__all__ = ["Asked", "LiveChoices"]

_SIDES: Final = ("auto", *Side)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChoices:
    """What was typed."""

    camera: str
    exercise: str
    side: str
    patient: str
    plan_item: str
    sets: int | None
    repetitions: int | None
    target_deg: float | None
    max_allowed_deg: float | None
    hold_s: float | None
    setup: bool
    seconds: float | None
    person: str
    setting: Setting
    model: Path | None
    write_video: bool
    keep_video: bool
    window: bool
    unfinished: bool

    @property
    def dosed(self) -> dict[str, int | float]:
        """What was typed of the dose."""
        typed = {"sets": self.sets, "repetitions": self.repetitions, "hold_s": self.hold_s}
        return {name: value for name, value in typed.items() if value is not None}

    @property
    def limited(self) -> dict[str, float]:
        """What was typed of the angles."""
        typed = {"target_deg": self.target_deg, "max_allowed_deg": self.max_allowed_deg}
        return {name: value for name, value in typed.items() if value is not None}

    def require_sense(self) -> None:
        """Check what does not go together, before anything is opened.

        Raises
        ------
        InputError
            If something was typed that has no meaning here: says what to do.
        """
        if self.side not in _SIDES:
            msg = f"--side: expected one of {', '.join(_SIDES)}, got {self.side!r}"
            raise InputError(msg)
        if self.seconds is not None and not self.seconds > 0:
            msg = f"--seconds: expected more than 0, got {self.seconds:g}"
            raise InputError(msg)
        if self.keep_video and not self.write_video:
            msg = "--keep-video and --no-video: the video is kept or not written; leave one out"
            raise InputError(msg)
        if self.plan_item:
            self._require_plain_plan()
        elif not self.exercise and (self.dosed or self.limited or self.side != "auto"):
            msg = "a dose, an angle or a side needs an exercise: name it with --exercise"
            raise InputError(msg)

    def _require_plain_plan(self) -> None:
        if not self.patient:
            msg = "--plan-item: needs --patient CODE, whose plan it is"
            raise InputError(msg)
        if self.exercise or self.dosed or self.limited or self.side != "auto":
            msg = (
                "--plan-item: the plan says exercise, side, dose and angles; leave those out, or "
                "have the plan changed"
            )
            raise InputError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be done; both parts are None where everything is measured and nothing coached."""

    exercise: Exercise | None
    prescription: Prescription | None
    item_id: str = ""

    @classmethod
    def find(cls, choices: LiveChoices, patient: Patient | None) -> "Asked":
        """Return what was typed, or what the plan says.

        Raises
        ------
        InputError
            If it cannot be meant, is not allowed, or nothing of it can be measured.
        """
        withheld = patient.withheld_joints if patient else ()
        if choices.plan_item:
            return _from_plan(choices)
        if not choices.exercise:
            return cls(exercise=None, prescription=None)
        exercise = find_exercise(choices.exercise)
        _require_measured(exercise)
        _require_allowed_at_home(exercise, choices, patient)
        return cls(exercise=exercise, prescription=_prescribe(exercise, choices, withheld))

    def to_header(
        self,
        choices: LiveChoices,
        patient: Patient | None,
        source: LiveSource,
        started_at: datetime,
    ) -> JournalHeader:
        """Return what the take's journal begins with: enough for anybody to finish it."""
        withheld = patient.withheld_joints if patient else ()
        settings = (
            settings_of_prescription(
                self.exercise, self.prescription, setting=choices.setting, withheld_joints=withheld
            )
            if self.exercise and self.prescription
            else AnalysisSettings(
                conditions=TakeConditions(setting=choices.setting), withheld_joints=withheld
            )
        )
        settings = replace(
            settings, person=choices.person, started_at=started_at, model_path=choices.model
        )
        return JournalHeader(
            started_at=started_at,
            source=source,
            prescription=self.prescription,
            patient_code=choices.patient,
            item_id=self.item_id,
            settings=settings,
        )


def _prescribe(exercise: Exercise, choices: LiveChoices, withheld: Collection[str]) -> Prescription:
    usual = {Sides.BOTH: Side.BOTH, Sides.NONE: Side.NONE}
    if choices.side == "auto" and exercise.sides not in usual:
        msg = f"--side: {exercise.title} moves one side; say left or right"
        raise InputError(msg)
    prescription = Prescription(
        exercise=exercise.name,
        side=usual[exercise.sides] if choices.side == "auto" else Side(choices.side),
        dose=replace(exercise.dose, **choices.dosed),  # type: ignore[arg-type]
        target_deg=choices.limited.get("target_deg", exercise.target_deg),
        tolerance_deg=exercise.tolerance_deg,
        max_allowed_deg=choices.limited.get("max_allowed_deg", float("nan")),
    )
    today = datetime.now().astimezone().date()
    require_item(ItemDetails(prescription=prescription, started_on=today), exercise, withheld)
    return prescription


def _from_plan(choices: LiveChoices) -> Asked:
    today = datetime.now().astimezone().date()
    with open_record() as record:
        items = todays_list(record, choices.patient, today, choices.setting).items
    found = next((each for each in items if str(each.item.id) == choices.plan_item), None)
    if found is None:
        there = "; ".join(_name_item(each) for each in items) or "none"
        msg = f"--plan-item: {choices.plan_item} is not in today's plan; items there: {there}"
        raise InputError(msg)
    require_allowed(found)
    assert found.exercise is not None, "an unknown exercise is not allowed"
    _require_measured(found.exercise)
    return Asked(
        exercise=found.exercise, prescription=found.prescription, item_id=choices.plan_item
    )


def _name_item(found: TodayItem) -> str:
    return f"{found.item.id} ({found.prescription.exercise})"


def _require_measured(exercise: Exercise) -> None:
    movement = exercise.movement
    if movement is None:
        msg = f"--exercise: {exercise.title} is only guided, the camera measures nothing of it"
        raise InputError(msg)
    if movement.gait:
        msg = f"--exercise: {exercise.title} is not coached; record it and use `motion gait`"
        raise InputError(msg)
    if not exercise.measured:
        msg = (
            f"--exercise: {exercise.title} is guide only, not measured: no count and no angle of it"
            " is good enough to coach by; leave --exercise out to record every angle"
        )
        raise InputError(msg)


def _require_allowed_at_home(
    exercise: Exercise, choices: LiveChoices, patient: Patient | None
) -> None:
    """Check what nobody is watching: standing only where the plan says so (rule 20)."""
    if choices.setting is not Setting.HOME or not (exercise.standing or exercise.test):
        return
    if patient is not None:
        with open_record() as record:
            if plan_settings(record, patient.code).standing_at_home:
                return
    msg = (
        f"--setting home: {exercise.title} is done standing, or is a test: off at home until the"
        " patient's plan allows it; allow it in the plan and give --patient"
    )
    raise InputError(msg)
