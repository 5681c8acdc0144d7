"""The tables of walking: what an analysis found of it, one row each (see :mod:`motion.model`)."""

from sqlalchemy.orm import Mapped

from motion.clinic.base import Base, Measured, OfAnalysis
from motion.model import NearSide, Side

__all__ = ["StepRow", "StrideRow", "TimedPhaseRow", "WalkRow"]


class WalkRow(OfAnalysis, Base):
    """Walking straight on, between two turns or stops."""

    __tablename__ = "walk"

    number: Mapped[int]
    start_s: Mapped[Measured]
    end_s: Mapped[Measured]
    direction: Mapped[str]
    near_side: Mapped[NearSide]
    speed_m_s: Mapped[Measured]


class StepRow(OfAnalysis, Base):
    """From one foot's initial contact to the other's, whose side it has."""

    __tablename__ = "step"

    side: Mapped[Side]
    walk: Mapped[int]
    start_s: Mapped[Measured]
    end_s: Mapped[Measured]
    length_m: Mapped[Measured]
    confidence: Mapped[Measured]
    left_out: Mapped[str]


class StrideRow(OfAnalysis, Base):
    """From an initial contact to the next one of the same foot."""

    __tablename__ = "stride"

    side: Mapped[Side]
    walk: Mapped[int]
    start_s: Mapped[Measured]
    opposite_off_s: Mapped[Measured]
    opposite_contact_s: Mapped[Measured]
    foot_off_s: Mapped[Measured]
    end_s: Mapped[Measured]
    length_m: Mapped[Measured]
    confidence: Mapped[Measured]
    left_out: Mapped[str]


class TimedPhaseRow(OfAnalysis, Base):
    """A part of a timed test."""

    __tablename__ = "timed_phase"

    test: Mapped[str]
    phase: Mapped[str]
    start_s: Mapped[Measured]
    end_s: Mapped[Measured]
