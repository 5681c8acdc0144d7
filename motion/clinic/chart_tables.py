"""The tables of a patient's chart beside the takes: notes in time, scores, sign-offs, protocols."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from motion.clinic.base import Authored, Base, Excludable, Measured
from motion.clinic.chart_values import AnnotationKind, FlagKind
from motion.model import Setting

__all__ = [
    "AnnotationRow",
    "FlagSeenRow",
    "OutcomeItemRow",
    "OutcomeRow",
    "ProtocolRunRow",
    "ProtocolStepRow",
    "SignOffRow",
]


class AnnotationRow(Authored, Excludable, Base):
    """Something that happened on a day and is drawn into the patient's curves."""

    __tablename__ = "annotation"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    day: Mapped[date]
    kind: Mapped[AnnotationKind]
    text: Mapped[str]


class OutcomeRow(Authored, Excludable, Base):
    """The total score of a questionnaire or a pain scale on a day.

    ``context`` says what the answer is about where one instrument asks several things: pain at
    rest, in movement, at night.
    """

    __tablename__ = "outcome"
    __table_args__ = (Index(None, "patient_id", "day"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    instrument: Mapped[str] = mapped_column(String(64))
    day: Mapped[date]
    context: Mapped[str] = mapped_column(String(64))
    score: Mapped[Measured]
    note: Mapped[str]

    items: Mapped[list["OutcomeItemRow"]] = relationship(order_by="OutcomeItemRow.sequence")


class OutcomeItemRow(Base):
    """One line of an outcome whose lines are the patient's own, such as an activity of the PSFS."""

    __tablename__ = "outcome_item"

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"), index=True)
    sequence: Mapped[int]
    text: Mapped[str]
    score: Mapped[float]


class SignOffRow(Authored, Base):
    """Somebody looked at an analysis and answers for it; a later analysis needs another."""

    __tablename__ = "sign_off"
    __table_args__ = (
        Index(
            "uq_sign_off_current",
            "analysis_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    analysis_id: Mapped[UUID] = mapped_column(ForeignKey("analysis.id"), index=True)
    note: Mapped[str]
    withdrawn_at: Mapped[datetime | None]


class FlagSeenRow(Authored, Base):
    """Somebody saw a flag of the Today page; ``about`` names its occasion, so a new one shows."""

    __tablename__ = "flag_seen"
    __table_args__ = (UniqueConstraint("patient_id", "kind", "about"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    kind: Mapped[FlagKind]
    about: Mapped[str] = mapped_column(String(128))
    note: Mapped[str]


class ProtocolRunRow(Authored, Base):
    """One visit along a protocol; ``ended_at`` is empty until it was finished or broken off."""

    __tablename__ = "protocol_run"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    protocol: Mapped[str] = mapped_column(String(64))
    setting: Mapped[Setting]
    ended_at: Mapped[datetime | None]

    steps: Mapped[list["ProtocolStepRow"]] = relationship(order_by="ProtocolStepRow.sequence")


class ProtocolStepRow(Authored, Base):
    """What became of one step: a take, a value by hand, a score, or why it was left out."""

    __tablename__ = "protocol_step"
    __table_args__ = (UniqueConstraint("run_id", "sequence"),)

    run_id: Mapped[UUID] = mapped_column(ForeignKey("protocol_run.id"))
    sequence: Mapped[int]
    step: Mapped[str] = mapped_column(String(64))
    take_id: Mapped[UUID | None] = mapped_column(ForeignKey("take.id"), index=True)
    manual_id: Mapped[UUID | None] = mapped_column(ForeignKey("manual_measurement.id"))
    outcome_id: Mapped[UUID | None] = mapped_column(ForeignKey("outcome.id"))
    skipped_reason: Mapped[str | None]
