"""Adds the targets of a patient."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CURRENT = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("author", nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("patient"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("measure", "joint", "motion")),
        sa.Column("side", sa.String(24), nullable=False),
        sa.Column("target_deg", sa.Double(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
    )
    op.create_index("ix_target_patient_id", "target", ["patient_id"])
    op.create_index(
        "uq_target_current",
        "target",
        ["patient_id", "measure", "joint", "motion", "side"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )


def downgrade() -> None:
    op.drop_table("target")


def _reference(to: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_target_{to}_id")
    return sa.Column(f"{to}_id", sa.Uuid(), key, nullable=nullable)
