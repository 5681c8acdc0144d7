"""The tables between clinic and home: what was sent from here, and who may open which pages."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from motion.clinic.base import Authored, Base, Digest

__all__ = ["PatientLinkRow", "SendingRow"]


class SendingRow(Authored, Base):
    """A file for the clinic that was written here: of a take, or of the diary alone."""

    __tablename__ = "sending"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    take_id: Mapped[UUID | None] = mapped_column(ForeignKey("take.id"))


class PatientLinkRow(Authored, Base):
    """A personal link to one patient's pages: of its secret only the digest is kept."""

    __tablename__ = "patient_link"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    secret_digest: Mapped[Digest] = mapped_column(unique=True)
    ended_at: Mapped[datetime | None]
