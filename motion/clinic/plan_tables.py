"""The tables of plans: what is to be done, what was done without camera, what is suggested."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from motion.clinic.base import Authored, Base, Measured
from motion.clinic.columns import Words
from motion.clinic.plan_values import Decision, Dimension
from motion.model import Side

__all__ = ["DiaryRow", "PlanItemRow", "PlanRow", "RuleRow", "SuggestionRow"]


class PlanRow(Authored, Base):
    """A patient's plan as a whole (see :class:`motion.clinic.PlanSettings`).

    ``secret`` and ``clinic_key`` are empty until a plan file was written or taken in. The last
    three are empty but on a patient's own computer: there they say which plan file this is.
    """

    __tablename__ = "plan"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), unique=True)
    standing_at_home: Mapped[bool]
    pain_limit: Mapped[int]
    guardian_consent_on: Mapped[date | None]
    note: Mapped[str]
    secret: Mapped[str] = mapped_column(String(64))
    clinic_key: Mapped[str] = mapped_column(String(64))
    adopted_at: Mapped[datetime | None]
    file_made_at: Mapped[datetime | None]
    file_digest: Mapped[str | None] = mapped_column(String(64))

    items: Mapped[list["PlanItemRow"]] = relationship(
        back_populates="plan", order_by="PlanItemRow.created_at"
    )


class PlanItemRow(Authored, Base):
    """One exercise of a plan (see :class:`motion.clinic.PlanItem`)."""

    __tablename__ = "plan_item"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    exercise: Mapped[str]
    side: Mapped[Side]
    sets: Mapped[int]
    repetitions: Mapped[int]
    hold_s: Mapped[float]
    rest_s: Mapped[float]
    raise_s: Mapped[Measured]
    lower_s: Mapped[Measured]
    target_deg: Mapped[Measured]
    tolerance_deg: Mapped[float]
    max_allowed_deg: Mapped[Measured]
    pain_limit: Mapped[int]
    times_per_week: Mapped[int]
    weekdays: Mapped[tuple[str, ...]] = mapped_column(Words())
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    dosed_at: Mapped[datetime]
    note: Mapped[str]

    plan: Mapped[PlanRow] = relationship(back_populates="items")
    rule: Mapped["RuleRow | None"] = relationship(back_populates="item")


class RuleRow(Authored, Base):
    """When to suggest more or less of an item (see :class:`motion.clinic.ProgressionRule`).

    ``kept`` is False of a rule that was taken away; the row stays.
    """

    __tablename__ = "progression_rule"

    plan_item_id: Mapped[UUID] = mapped_column(ForeignKey("plan_item.id"), unique=True)
    kept: Mapped[bool]
    after_sessions: Mapped[int]
    full_percent: Mapped[int]
    most_pain: Mapped[int]
    raise_what: Mapped[Dimension]
    raise_by: Mapped[float]
    raise_up_to: Mapped[float]
    lower_what: Mapped[Dimension | None]
    lower_by: Mapped[Measured]
    lower_down_to: Mapped[Measured]
    lower_after_sessions: Mapped[int]
    lower_percent: Mapped[int]
    lower_pain: Mapped[int]

    item: Mapped[PlanItemRow] = relationship(back_populates="rule")


class SuggestionRow(Authored, Base):
    """More or less of an item, as its rule says; at most one is open per item."""

    __tablename__ = "suggestion"
    __table_args__ = (
        Index(None, "plan_item_id"),
        Index(
            "uq_suggestion_open",
            "plan_item_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    plan_item_id: Mapped[UUID] = mapped_column(ForeignKey("plan_item.id"))
    what: Mapped[Dimension]
    more: Mapped[bool]
    before: Mapped[float]
    after: Mapped[float]
    reason: Mapped[str]
    decision: Mapped[Decision]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("author.id"))
    decision_reason: Mapped[str]

    item: Mapped[PlanItemRow] = relationship()


class DiaryRow(Authored, Base):
    """An exercise that is only guided, as the patient says it was done."""

    __tablename__ = "exercise_diary"
    __table_args__ = (Index(None, "plan_item_id", "done_at"),)

    plan_item_id: Mapped[UUID] = mapped_column(ForeignKey("plan_item.id"))
    done_at: Mapped[datetime]
    day: Mapped[date]
    done: Mapped[bool]
    sets: Mapped[int]
    repetitions: Mapped[int]
    pain: Mapped[int | None]
    exertion: Mapped[int | None]
    note: Mapped[str]

    item: Mapped[PlanItemRow] = relationship()
