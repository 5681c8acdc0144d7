"""Adds what a patient's computer has sent to the clinic, and the personal links of a server."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending",
        *_columns_of_all("sending"),
        _reference("sending", "plan", nullable=False),
        _reference("sending", "take", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sending"),
    )
    op.create_table(
        "patient_link",
        *_columns_of_all("patient_link"),
        _reference("patient_link", "patient", nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_patient_link"),
        sa.UniqueConstraint("secret_digest", name="uq_patient_link_secret_digest"),
    )
    for table, column in (("sending", "plan_id"), ("patient_link", "patient_id")):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.drop_table("patient_link")
    op.drop_table("sending")


def _columns_of_all(table: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference(table, "author", nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _reference(table: str, to: str, *, nullable: bool) -> sa.Column[object]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{to}_id")
    return sa.Column(f"{to}_id", sa.Uuid(), key, nullable=nullable)
