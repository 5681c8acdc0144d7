"""What goes into the record and comes out of it: plain values, never a database row."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motion.model import (
    Analysis,
    Measurement,
    Mode,
    ModelInfo,
    Position,
    Repetition,
    Setting,
    Side,
    TakeConditions,
    ViewName,
)

__all__ = [
    "ByHand",
    "Edit",
    "Instrument",
    "ManualMeasurement",
    "Patient",
    "PatientDetails",
    "PatientSummary",
    "SexForNorms",
    "StoredTake",
    "TakeKind",
    "TakeSummary",
]


class SexForNorms(StrEnum):
    """Which column of a table of norms applies."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class TakeKind(StrEnum):
    """What was recorded."""

    POSE = "pose"
    ULTRASOUND = "ultrasound"
    MARKERS = "markers"
    FORCE = "force"


class Instrument(StrEnum):
    """With what an angle was measured by hand."""

    GONIOMETER = "goniometer"
    INCLINOMETER = "inclinometer"
    PHONE = "phone"
    """An app on a phone laid against the limb."""
    ANGLE_TOOL = "angle_tool"
    """Lines drawn on a picture of the take itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetails:
    """What the record holds about a person; only the pseudonymous ``code`` must be given.

    ``withheld_joints`` such as ``left_knee`` are never measured: absent, in a cast or brace,
    covered by a dressing. They are words of :func:`motion.clinic.joint_names`.
    """

    code: str
    name: str = ""
    birth_year: int | None = None
    sex_for_norms: SexForNorms = SexForNorms.UNKNOWN
    height_cm: float | None = None
    affected_side: Side | None = None
    operation_date: date | None = None
    aids: str = ""
    brace: str = ""
    cast: str = ""
    prosthesis_or_absent_limb: str = ""
    withheld_joints: tuple[str, ...] = ()
    language: str = ""
    precautions: str = ""
    diagnosis_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient(PatientDetails):
    """A patient of the record; ``version`` counts the changes of the row.

    ``made_up`` patients belong to a demonstration: no person is behind them.
    """

    id: UUID
    version: int
    created_at: datetime
    made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSummary:
    """A line of the list of patients; excluded takes are not counted."""

    patient: Patient
    takes: int
    last_take_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSummary:
    """What a list, a trend or an export needs of a take: no landmarks and no curves.

    ``movement``, ``side`` and ``conditions`` are the current analysis's: as corrected.
    Measurements and repetitions that were excluded are left out. ``digest`` is the recording's:
    what is measured twice in one recording confirms nothing. ``settings`` are the analysis's.
    ``retest_marked_at`` is when somebody said that the take was made as a retest; ``signed_off_by``
    is who answers for the current analysis, None where nobody does. ``hand_points`` counts the
    landmarks that were placed by hand. ``made_up`` takes are of a demonstration's patient.
    """

    id: UUID
    analysis_id: UUID
    session_id: UUID
    patient_code: str
    kind: TakeKind
    started_at: datetime
    movement: str
    side: Side
    conditions: TakeConditions
    view: ViewName
    model: ModelInfo
    software: str
    duration_s: float
    rate_hz: float
    person_found: bool
    measurements: tuple[Measurement, ...]
    repetitions: tuple[Repetition, ...]
    excluded_reason: str | None
    digest: str
    settings: tuple[tuple[str, str | float | int | bool | None], ...]
    retest_marked_at: datetime | None = None
    signed_off_by: str | None = None
    hand_points: int = 0
    made_up: bool = False

    @property
    def note(self) -> str:
        """What must be said of the take as a whole; empty where nothing."""
        if self.excluded_reason is not None:
            return f"excluded: {self.excluded_reason}"
        return "" if self.person_found else "no person found"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredTake:
    """A take with its current analysis, as it was stored.

    ``analysis.provenance.input.name`` is empty: names of files hold patients' names, so the
    record keeps the digest and the extension only. ``source_digest`` and ``annotated_digest``
    are ``None`` where no video was kept.
    """

    id: UUID
    analysis_id: UUID
    session_id: UUID
    patient_code: str
    kind: TakeKind
    analysis: Analysis
    source_digest: str | None
    annotated_digest: str | None
    created_at: datetime
    excluded_reason: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """An angle that somebody measured by hand beside a take.

    ``measure`` is the number of the take that it is the same as: ``rom_max``, ``rom_min``.
    ``value_deg`` has the sign of the camera's angle: 0 is straight, hyperextension negative.
    """

    measure: str
    joint: str
    motion: str
    side: Side
    value_deg: float
    instrument: Instrument = Instrument.GONIOMETER
    mode: Mode = Mode.ACTIVE
    measured_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualMeasurement(ByHand):
    """An angle of the record that was measured by hand; ``version`` counts its changes.

    ``take_id`` is None where it was measured beside no take; ``source`` says where it was taken
    over from, empty where it was typed in here.
    """

    id: UUID
    take_id: UUID | None
    measured_at: datetime
    position: Position
    setting: Setting
    source: str
    version: int
    created_at: datetime
    excluded_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who changed what, when and why."""

    table: str
    row_id: UUID
    field: str
    before: str | None
    after: str | None
    reason: str
    author: str | None
    at: datetime
