"""Adds what was measured by hand, marks of a retest, who was measured, passes, and bands."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WORD = sa.String(24)
_PERSON = ("measured_frames", "lost_frames", "other_people", "frames_with_others")
_COUNTS = (
    *(f"person_{name}" for name in (*_PERSON, "unfollowed_looks")),
    *(f"sides_{name}" for name in ("swapped_leg_frames", "swapped_arm_frames", "ambiguous_frames")),
)
_TEXTS = ("person_chosen_by", "sides_suspicion")
_BANDS = (("measurement", "band95"), ("repetition", "peak_band95_deg"))
_VIEW = ("azimuth_deg", "azimuth_sd_deg", "off_plane_deg", "roll_deg", "pitch_deg", "spread_deg")


def upgrade() -> None:
    # Empty in the rows of before: nobody can say it of them any more.
    for name in _COUNTS:
        op.add_column("analysis", sa.Column(name, sa.Integer()))
    for name in _TEXTS:
        op.add_column("analysis", sa.Column(name, sa.Text()))
    for table, name in _BANDS:
        op.add_column(table, sa.Column(name, sa.Double()))
    op.add_column("take", sa.Column("retest_marked_at", sa.DateTime(timezone=True)))
    _create_manual()
    _create_passes()


def downgrade() -> None:
    op.drop_table("view_pass")
    op.drop_table("manual_measurement")
    for name, column in (*_BANDS, ("take", "retest_marked_at")):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
    with op.batch_alter_table("analysis") as table:
        for column in (*_COUNTS, *_TEXTS):
            table.drop_column(column)


def _create_manual() -> None:
    op.create_table(
        "manual_measurement",
        *_keyed(),
        _reference("manual_measurement", "author", nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("manual_measurement", "take"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("measure", "joint", "motion")),
        *(sa.Column(name, _WORD, nullable=False) for name in ("side", "instrument", "mode")),
        sa.Column("value_deg", sa.Double(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("measured_by", "note")),
        sa.Column("excluded_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_manual_measurement"),
    )
    op.create_index("ix_manual_measurement_take_id", "manual_measurement", ["take_id"])


def _create_passes() -> None:
    op.create_table(
        "view_pass",
        *_keyed(),
        _reference("view_pass", "analysis"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("sequence", "first", "stop")),
        *(sa.Column(name, sa.Double()) for name in ("start_s", "end_s")),
        sa.Column("view_name", _WORD, nullable=False),
        *(sa.Column(f"view_{name}", sa.Double()) for name in _VIEW),
        sa.Column("view_facing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_view_pass"),
    )
    op.create_index("ix_view_pass_analysis_id", "view_pass", ["analysis_id"])


def _keyed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _reference(table: str, to: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{to}_id")
    return sa.Column(f"{to}_id", sa.Uuid(), key, nullable=nullable)
