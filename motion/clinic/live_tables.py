"""The tables of live takes: what such a take says of itself (:class:`motion.model.LiveFacts`)."""

from uuid import UUID

from sqlalchemy import ForeignKey, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from motion.clinic.base import Authored, Base, Measured
from motion.model import LiveEnd, LiveSource, Side

__all__ = ["CoachedRepetitionRow", "CompensationRow", "LiveTakeRow"]


class LiveTakeRow(Authored, Base):
    """What a live take knows besides its landmarks; the take's own numbers are the analysis's.

    The columns ``neutral_...`` are empty where the pose before the exercise was skipped.
    """

    __tablename__ = "live_take"

    take_id: Mapped[UUID] = mapped_column(ForeignKey("take.id"), unique=True)
    plan_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    exercise: Mapped[str]
    side: Mapped[Side]
    source: Mapped[LiveSource]
    rate_hz: Mapped[Measured]
    dropped_frames: Mapped[int]
    delay_p95_ms: Mapped[Measured]
    end: Mapped[LiveEnd]
    sets_wanted: Mapped[int]
    repetitions_wanted: Mapped[int]
    hold_wanted_s: Mapped[float] = mapped_column(server_default=text("0"))
    difference: Mapped[str]
    neutral_start_s: Mapped[Measured]
    neutral_end_s: Mapped[Measured]
    neutral_thigh_px: Mapped[Measured]
    neutral_shank_px: Mapped[Measured]
    neutral_trunk_px: Mapped[Measured]
    neutral_upper_arm_px: Mapped[Measured]
    neutral_roll_deg: Mapped[Measured]
    neutral_off_plane_deg: Mapped[Measured]
    pain_before: Mapped[int | None]
    pain_during: Mapped[int | None]
    pain_after: Mapped[int | None]
    pain_pressed: Mapped[bool] = mapped_column(server_default=false())
    exertion: Mapped[int | None]
    note: Mapped[str]

    repetitions: Mapped[list["CoachedRepetitionRow"]] = relationship(
        order_by="CoachedRepetitionRow.sequence"
    )
    compensations: Mapped[list["CompensationRow"]] = relationship(
        order_by="CompensationRow.sequence"
    )


class CoachedRepetitionRow(Base):
    """A repetition as the coach counted it (see :class:`motion.model.CoachedRepetition`)."""

    __tablename__ = "coached_repetition"

    live_take_id: Mapped[UUID] = mapped_column(ForeignKey("live_take.id"), index=True)
    sequence: Mapped[int]
    start_s: Mapped[Measured]
    peak_s: Mapped[Measured]
    end_s: Mapped[Measured]
    peak_deg: Mapped[Measured]
    side: Mapped[Side]
    direction: Mapped[int]
    full: Mapped[bool]
    hold_s: Mapped[Measured]
    set_number: Mapped[int]


class CompensationRow(Base):
    """A compensation that was seen (see :class:`motion.model.Compensated`)."""

    __tablename__ = "compensation"

    live_take_id: Mapped[UUID] = mapped_column(ForeignKey("live_take.id"), index=True)
    sequence: Mapped[int]
    name: Mapped[str]
    count: Mapped[int]
    seconds: Mapped[float]
