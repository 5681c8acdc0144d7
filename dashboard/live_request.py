"""What a patient is about to do in front of a camera: all that a live take needs from its page."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.gait import GaitSettings
from motion.live.asking import settings_of_prescription
from motion.live.journal_header import JournalHeader
from motion.model import LiveSource, Mode, Setting, TakeConditions

__all__ = ["LiveRequest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRequest:
    """One exercise of one patient, and how it is to be seen.

    Parameters
    ----------
    item_id
        The line of the plan that it belongs to; None where nothing was prescribed.
    source, camera
        The visitor's browser, or a camera of this computer by its number.
    language
        Of what is said to the patient.
    setting
        Where it is done.
    withheld_joints
        Joints that are never measured in this patient.
    pain_before
        0 to 10; None where it was not answered.
    with_setup
        Whether the check of place, light and side comes first.
    keep_video
        Whether the camera's picture is kept, with the measurements drawn on it; else only landmarks
        and numbers are.
    title
        What stands beside the picture; empty for the exercise's own name.
    mode
        Who moves the limb.
    record_s
        For how long is recorded where nothing is coached; NaN where the exercise is.
    height_m
        The patient's height, from which a walk has its metres; NaN where nobody said it.
    """

    patient: str
    exercise: Exercise
    prescription: Prescription
    source: LiveSource
    language: str
    setting: Setting
    camera: str = "0"
    item_id: UUID | None = None
    withheld_joints: tuple[str, ...] = ()
    pain_before: int | None = None
    with_setup: bool = True
    keep_video: bool = False
    title: str = ""
    mode: Mode = Mode.ACTIVE
    record_s: float = math.nan
    height_m: float = math.nan

    @property
    def coached(self) -> bool:
        """Whether the coach leads through it; else it is only recorded."""
        return math.isnan(self.record_s)

    def to_header(self, started_at: datetime) -> JournalHeader:
        """Return what the take's journal begins with: enough for anybody to finish it."""
        settings = settings_of_prescription(
            self.exercise,
            self.prescription,
            setting=self.setting,
            withheld_joints=self.withheld_joints,
            conditions=TakeConditions(mode=self.mode),
        )
        return JournalHeader(
            started_at=started_at,
            source=self.source,
            # What is only recorded is held against nothing that was asked for.
            prescription=self.prescription if self.coached else None,
            patient_code=self.patient,
            item_id=str(self.item_id or ""),
            settings=replace(settings, started_at=started_at, gait=self._gait()),
        )

    def _gait(self) -> GaitSettings | None:
        movement = self.exercise.movement
        return GaitSettings(height_m=self.height_m) if movement and movement.gait else None
