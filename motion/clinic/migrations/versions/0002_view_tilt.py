"""Keeps how the camera was pitched and how far the person turned about the view."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = ("view_pitch_deg", "view_spread_deg")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("analysis", sa.Column(name, sa.Double()))


def downgrade() -> None:
    with op.batch_alter_table("analysis") as table:
        for name in _COLUMNS:
            table.drop_column(name)
