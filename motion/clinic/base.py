"""What every table of the record has: a UUID key, a version, an author, a reason to be left out."""

import enum
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import Double, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from motion.clinic.columns import Number, UtcDateTime, Word
from motion.model import (
    Mirrored,
    Mode,
    NearSide,
    Position,
    Setting,
    Side,
    ViewName,
    WeightBearing,
)

__all__ = [
    "Authored",
    "Base",
    "Digest",
    "Excludable",
    "Found",
    "Measured",
    "OfAnalysis",
    "Said",
    "Viewed",
]

Measured = Annotated[float, mapped_column(Number(), nullable=True)]
"""A number that may be NaN."""

Digest = Annotated[str, mapped_column(String(64))]
"""A SHA-256 in hexadecimal: the name of a file of the record."""


class Base(DeclarativeBase):
    """What every table has: a UUID key and a version against lost updates."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        datetime: UtcDateTime(),
        float: Double(),
        str: Text(),
        enum.Enum: Word,
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}


class Authored:
    """Who wrote the row, and when."""

    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("author.id"))
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


class Excludable:
    """Nothing is deleted: a row with a reason is left out, and can be taken in again."""

    excluded_reason: Mapped[str | None]


class Said:
    """What a recording says about itself; on the take as recorded, on the analysis as corrected."""

    movement: Mapped[str]
    side: Mapped[Side]
    position: Mapped[Position]
    mode: Mapped[Mode]
    setting: Mapped[Setting]
    weight_bearing: Mapped[WeightBearing]
    aid: Mapped[str]
    footwear_orthosis: Mapped[str]
    near_side: Mapped[NearSide]
    mirrored: Mapped[Mirrored]


class Viewed:
    """From where a camera looked (see :class:`motion.model.View`)."""

    view_name: Mapped[ViewName]
    view_azimuth_deg: Mapped[Measured]
    view_azimuth_sd_deg: Mapped[Measured]
    view_off_plane_deg: Mapped[Measured]
    view_roll_deg: Mapped[Measured]
    view_facing: Mapped[str]
    view_pitch_deg: Mapped[Measured]
    view_spread_deg: Mapped[Measured]


class OfAnalysis:
    """A part of an analysis; ``sequence`` keeps the order in which it said so."""

    analysis_id: Mapped[UUID] = mapped_column(ForeignKey("analysis.id"), index=True)
    sequence: Mapped[int]


class Found(OfAnalysis, Excludable):
    """What an analysis found of one side."""

    side: Mapped[Side]
    confidence: Mapped[Measured]
