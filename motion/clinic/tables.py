"""The tables of the patient record: what a clinic asks for is a column, never hidden in JSON."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from motion.clinic.base import (
    Authored,
    Base,
    Digest,
    Excludable,
    Found,
    Measured,
    OfAnalysis,
    Said,
    Viewed,
)
from motion.clinic.chart_tables import (
    AnnotationRow,
    FlagSeenRow,
    OutcomeItemRow,
    OutcomeRow,
    ProtocolRunRow,
    ProtocolStepRow,
    SignOffRow,
)
from motion.clinic.columns import Words
from motion.clinic.gait_tables import StepRow, StrideRow, TimedPhaseRow, WalkRow
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow, RuleRow, SuggestionRow
from motion.clinic.sending_tables import PatientLinkRow, SendingRow
from motion.clinic.values import Instrument, SexForNorms, TakeKind
from motion.model import (
    MeasureVerdict,
    Mode,
    Origin,
    Position,
    RepetitionVerdict,
    ScaleSource,
    Setting,
    Side,
)

__all__ = [
    "AnalysisRow",
    "AnnotationRow",
    "AuthorRow",
    "DiaryRow",
    "EditRow",
    "EventRow",
    "FlagSeenRow",
    "LiveTakeRow",
    "ManualRow",
    "MeasurementRow",
    "OutcomeItemRow",
    "OutcomeRow",
    "PassRow",
    "PatientLinkRow",
    "PatientRow",
    "PlanItemRow",
    "PlanRow",
    "ProtocolRunRow",
    "ProtocolStepRow",
    "RepetitionRow",
    "RuleRow",
    "SendingRow",
    "SessionRow",
    "SignOffRow",
    "SuggestionRow",
    "TakeRow",
    "TargetRow",
]


class AuthorRow(Base):
    """Somebody who writes in the record."""

    __tablename__ = "author"

    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


class PatientRow(Authored, Base):
    """A person under a pseudonymous code."""

    __tablename__ = "patient"

    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    birth_year: Mapped[int | None]
    sex_for_norms: Mapped[SexForNorms]
    height_cm: Mapped[float | None]
    affected_side: Mapped[Side | None]
    operation_date: Mapped[date | None]
    aids: Mapped[str]
    brace: Mapped[str]
    cast: Mapped[str]
    prosthesis_or_absent_limb: Mapped[str]
    withheld_joints: Mapped[tuple[str, ...]] = mapped_column(Words())
    language: Mapped[str]
    precautions: Mapped[str]
    diagnosis_note: Mapped[str]
    made_up: Mapped[bool] = mapped_column(server_default=false())


class SessionRow(Authored, Base):
    """The takes of one patient on one day under the same circumstances."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("patient_id", "date", "setting", "mode", "position"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    day: Mapped[date] = mapped_column("date")
    setting: Mapped[Setting]
    mode: Mapped[Mode]
    position: Mapped[Position]


class TakeRow(Said, Authored, Excludable, Base):
    """One recording; what it says about itself never changes."""

    __tablename__ = "take"
    __table_args__ = (
        Index(None, "started_at"),
        Index(None, "patient_id", "started_at"),
        Index(None, "patient_id", "digest"),
        Index(None, "session_id"),
    )

    # Also in the session's row: every page asks for one patient's takes in order of time.
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    kind: Mapped[TakeKind]
    digest: Mapped[Digest]
    extension: Mapped[str]
    started_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(24))
    duration_s: Mapped[Measured]
    rate_hz: Mapped[Measured]
    frames: Mapped[int]
    dropped: Mapped[int]
    duplicated: Mapped[int]
    width_px: Mapped[int]
    height_px: Mapped[int]
    landmarks_digest: Mapped[Digest]
    source_digest: Mapped[Digest | None]
    annotated_digest: Mapped[Digest | None]
    retest_marked_at: Mapped[datetime | None]

    patient: Mapped[PatientRow] = relationship()
    analyses: Mapped[list["AnalysisRow"]] = relationship(
        back_populates="take", order_by="AnalysisRow.created_at"
    )


class AnalysisRow(Said, Viewed, Authored, Excludable, Base):
    """One reading of a take; a correction adds another and leaves this one as it is.

    What begins with ``person_`` or ``sides_`` is empty in rows of before schema 0003; what begins
    with ``gait_`` where walking was not measured, which ``gait_treadmill`` tells. ``hand_points``
    counts the landmarks that somebody placed by hand.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        Index(None, "take_id"),
        Index(
            "uq_analysis_current",
            "take_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    take_id: Mapped[UUID] = mapped_column(ForeignKey("take.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("analysis.id"))
    is_current: Mapped[bool]
    person_found: Mapped[bool]
    model_name: Mapped[str]
    model_sha256: Mapped[Digest]
    software: Mapped[str]
    settings: Mapped[str]
    person_chosen_by: Mapped[str | None]
    person_measured_frames: Mapped[int | None]
    person_lost_frames: Mapped[int | None]
    person_other_people: Mapped[int | None]
    person_frames_with_others: Mapped[int | None]
    person_unfollowed_looks: Mapped[int | None]
    sides_swapped_leg_frames: Mapped[int | None]
    sides_swapped_arm_frames: Mapped[int | None]
    sides_ambiguous_frames: Mapped[int | None]
    sides_suspicion: Mapped[str | None]
    gait_scale_m_per_unit: Mapped[Measured]
    gait_scale_source: Mapped[ScaleSource | None]
    gait_scale_relative_sd: Mapped[Measured]
    gait_treadmill: Mapped[bool | None]
    counted_on: Mapped[str]
    rest_deg: Mapped[Measured]
    incomplete_repetitions: Mapped[int]
    neutral: Mapped[str]
    warnings: Mapped[str]
    timings: Mapped[str]
    landmarks_digest: Mapped[Digest]
    angles_digest: Mapped[Digest]
    hand_points: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    take: Mapped[TakeRow] = relationship(back_populates="analyses")
    measurements: Mapped[list["MeasurementRow"]] = relationship(order_by="MeasurementRow.sequence")
    repetitions: Mapped[list["RepetitionRow"]] = relationship(order_by="RepetitionRow.sequence")
    events: Mapped[list["EventRow"]] = relationship(order_by="EventRow.sequence")
    passes: Mapped[list["PassRow"]] = relationship(order_by="PassRow.sequence")
    walks: Mapped[list[WalkRow]] = relationship(order_by=WalkRow.sequence)
    steps: Mapped[list[StepRow]] = relationship(order_by=StepRow.sequence)
    strides: Mapped[list[StrideRow]] = relationship(order_by=StrideRow.sequence)
    phases: Mapped[list[TimedPhaseRow]] = relationship(order_by=TimedPhaseRow.sequence)


class MeasurementRow(Found, Base):
    """One number (see :class:`motion.model.Measurement`)."""

    __tablename__ = "measurement"

    measure: Mapped[str]
    joint: Mapped[str]
    motion: Mapped[str]
    value: Mapped[Measured]
    unit: Mapped[str]
    n_repetitions: Mapped[int]
    verdict: Mapped[MeasureVerdict]
    sd: Mapped[Measured]
    sem: Mapped[Measured]
    mdc95: Mapped[Measured]
    mdc_source: Mapped[str]
    valid_fraction: Mapped[Measured]
    note: Mapped[str]
    band95: Mapped[Measured]


class RepetitionRow(Found, Base):
    """One repetition (see :class:`motion.model.Repetition`)."""

    __tablename__ = "repetition"

    repetition: Mapped[int]
    joint: Mapped[str]
    motion: Mapped[str]
    direction: Mapped[int]
    start_s: Mapped[Measured]
    peak_s: Mapped[Measured]
    end_s: Mapped[Measured]
    peak_deg: Mapped[Measured]
    rom_deg: Mapped[Measured]
    raise_s: Mapped[Measured]
    hold_s: Mapped[Measured]
    lower_s: Mapped[Measured]
    smoothness_sparc: Mapped[Measured]
    peak_band95_deg: Mapped[Measured]
    verdict: Mapped[RepetitionVerdict]
    origin: Mapped[Origin] = mapped_column(server_default=Origin.FOUND.value)


class EventRow(Found, Base):
    """One moment (see :class:`motion.model.Event`)."""

    __tablename__ = "event"

    time_s: Mapped[Measured]
    event: Mapped[str]
    walk: Mapped[int]
    left_out: Mapped[str]
    origin: Mapped[Origin]


class PassRow(OfAnalysis, Viewed, Base):
    """A part of a take between two turns (see :class:`motion.model.ViewPass`)."""

    __tablename__ = "view_pass"

    first: Mapped[int]
    stop: Mapped[int]
    start_s: Mapped[Measured]
    end_s: Mapped[Measured]


class ManualRow(Authored, Excludable, Base):
    """What somebody measured by hand, beside a take or alone (see :class:`motion.clinic.ByHand`).

    ``source`` says where it was taken over from; empty where it was typed in here.
    """

    __tablename__ = "manual_measurement"
    __table_args__ = (Index(None, "patient_id", "measured_at"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    take_id: Mapped[UUID | None] = mapped_column(ForeignKey("take.id"), index=True)
    measured_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(24))
    position: Mapped[Position]
    setting: Mapped[Setting]
    measure: Mapped[str]
    joint: Mapped[str]
    motion: Mapped[str]
    side: Mapped[Side]
    value_deg: Mapped[float]
    instrument: Mapped[Instrument]
    mode: Mapped[Mode]
    measured_by: Mapped[str]
    note: Mapped[str]
    source: Mapped[str]


class TargetRow(Authored, Base):
    """How far an angle of a patient shall go (see :class:`motion.clinic.Target`)."""

    __tablename__ = "target"
    __table_args__ = (
        Index(
            "uq_target_current",
            *("patient_id", "measure", "joint", "motion", "side"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    measure: Mapped[str]
    joint: Mapped[str]
    motion: Mapped[str]
    side: Mapped[Side]
    target_deg: Mapped[float]
    note: Mapped[str]
    ended_at: Mapped[datetime | None]


class EditRow(Authored, Base):
    """Who changed what, when and why; ``created_at`` is when."""

    __tablename__ = "edit"
    __table_args__ = (Index(None, "table_name", "row_id"),)

    table_name: Mapped[str] = mapped_column(String(32))
    row_id: Mapped[UUID]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str]
