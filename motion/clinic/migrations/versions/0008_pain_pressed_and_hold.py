"""Keeps of a live take that Pain was pressed, and how long each repetition was to be held."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLE = "live_take"


def upgrade() -> None:
    op.add_column(
        _TABLE, sa.Column("pain_pressed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        _TABLE, sa.Column("hold_wanted_s", sa.Double(), nullable=False, server_default=sa.text("0"))
    )
    take = sa.table(
        _TABLE,
        sa.column("pain_pressed", sa.Boolean),
        sa.column("pain_during", sa.Integer),
        sa.column("end", sa.String),
    )
    # The question came only after Pain was pressed; a press without an answer was not kept.
    told = take.c.pain_during.is_not(None) | (take.c.end == "pain")
    op.execute(take.update().where(told).values(pain_pressed=sa.true()))


def downgrade() -> None:
    for name in ("hold_wanted_s", "pain_pressed"):  # in place: other tables point to this one
        op.drop_column(_TABLE, name)
