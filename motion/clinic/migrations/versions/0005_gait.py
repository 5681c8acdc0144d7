"""Adds what was found of walking: walks, steps, strides, timed phases, and more of an event."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WORD = sa.String(24)
_TABLES = ("walk", "step", "stride", "timed_phase")
_EVENT = (("walk", sa.Integer(), 0), ("left_out", sa.Text(), ""), ("origin", _WORD, "found"))


def upgrade() -> None:
    # Empty where walking was not measured: in every row of before.
    op.add_column("analysis", sa.Column("gait_scale_m_per_unit", sa.Double()))
    op.add_column("analysis", sa.Column("gait_scale_source", _WORD))
    op.add_column("analysis", sa.Column("gait_scale_relative_sd", sa.Double()))
    op.add_column("analysis", sa.Column("gait_treadmill", sa.Boolean()))
    _add_to_events()
    _create(
        "walk",
        *_columns(sa.Integer(), "number", nullable=False),
        *_columns(sa.Double(), "start_s", "end_s", "speed_m_s"),
        *_columns(sa.Text(), "direction", nullable=False),
        *_columns(_WORD, "near_side", nullable=False),
    )
    _create("step", *_one_foot("start_s", "end_s"))
    moments = ("start_s", "opposite_off_s", "opposite_contact_s", "foot_off_s", "end_s")
    _create("stride", *_one_foot(*moments))
    _create(
        "timed_phase",
        *_columns(sa.Text(), "test", "phase", nullable=False),
        *_columns(sa.Double(), "start_s", "end_s"),
    )


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)
    # Not by a copy of the table, as Alembic does it on SQLite: other rows refer to its rows.
    for name, _, _ in _EVENT:
        op.drop_column("event", name)
    for name in ("scale_m_per_unit", "scale_source", "scale_relative_sd", "treadmill"):
        op.drop_column("analysis", f"gait_{name}")


def _add_to_events() -> None:
    for name, kind, _ in _EVENT:
        op.add_column("event", sa.Column(name, kind))
    event = sa.table("event", *(sa.column(name, kind) for name, kind, _ in _EVENT))
    op.execute(sa.update(event).values({name: before for name, _, before in _EVENT}))
    with op.batch_alter_table("event") as table:
        for name, kind, _ in _EVENT:
            table.alter_column(name, existing_type=kind, nullable=False)


def _create(name: str, *columns: sa.Column[object]) -> None:
    key = sa.ForeignKey("analysis.id", name=f"fk_{name}_analysis_id")
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), key, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_analysis_id", name, ["analysis_id"])


def _one_foot(*moments: str) -> tuple[sa.Column[object], ...]:
    return (
        *_columns(_WORD, "side", nullable=False),
        *_columns(sa.Integer(), "walk", nullable=False),
        *_columns(sa.Double(), *moments, "length_m", "confidence"),
        *_columns(sa.Text(), "left_out", nullable=False),
    )


def _columns(
    kind: sa.types.TypeEngine[Any], *names: str, nullable: bool = True
) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, kind, nullable=nullable) for name in names)
